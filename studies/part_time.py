"""Hold part-time posts against what is published of them: direct support staff, full-time and part-time vacancies.

In the model part-time peers leave by the rules of full-time ones, but for the burnout that full-time work brings. So
one turnover goes in, that of all posts, and what comes out is a vacancy rate for each.

    python -m studies.part_time
"""

from __future__ import annotations

import sys
from typing import Any, Final

from sim.model.engine.run import simulate
from sim.scenario.files import load, load_table
from sim.scenario.patch import merge
from sim.scenario.schema import Scenario
from studies.validation.history import FOLDER

POSTS, REPLICATIONS, MONTHS = 40, 200, 24
PUBLISHED: Final = {2014: (0.07, 0.13), 2019: (0.085, 0.112)}  # nci_2014, nci_2019: full-time posts, part-time posts
LEVELS: Final = {2014: 45.0, 2019: 42.8}  # separations per 100 posts a year, of all posts
DAYS_THAT_FOLLOW: Final = (79.0, 108.0)  # to fill a post, 2019: v/(1 - v) over separations (recruitment.days_to_fill)


def scenario(level: float, **more: Any) -> Scenario:
    """Direct support staff, half of the posts half-time, at a turnover of all posts."""
    tables: dict[str, Any] = {
        "horizon": {"months": MONTHS},
        "posts": {"number": POSTS},
        "positions": {"half_time": {"number": POSTS // 2, "fte": 0.5}},
        "practices": {"supported_leave_share": 0.0},  # who is on leave holds a post
        "turnover": {"level": {"separations_per_100_posts_year": level}},
    }
    base = load(FOLDER / "v4_direct_support.toml").scenario.model_dump()
    return load_table(merge(merge(base, tables), more)).scenario


def filled_apart() -> Scenario:
    """Return the same at the days to fill that follow from what is published, those of each kind of post its own."""
    full, part = DAYS_THAT_FOLLOW
    own = {"recruitment": {"days_to_fill": full}, "positions": {"half_time": {"days_to_fill": part}}}
    return scenario(LEVELS[2019], **own)


def vacancies(of: Scenario, replications: int = REPLICATIONS) -> tuple[float, float]:
    """Share of full-time posts that are vacant, and of part-time posts, over all closes and runs."""
    (blocks,) = simulate(of, [], range(replications), of.experiment.seed)
    full = sum(block.panel["full_time"].sum() for block in blocks)
    every = sum(block.panel["peers"].sum() for block in blocks)
    posts = sum(block.panel["full_time"].size for block in blocks) * POSTS / 2
    return 1.0 - full / posts, 1.0 - (every - full) / posts


def main() -> int:
    """Write what is published and what comes out."""
    lines = ["posts vacant, full-time and part-time    published    simulated"]
    for year, (full, part) in PUBLISHED.items():
        ours, theirs = vacancies(scenario(LEVELS[year]))
        lines.append(f"{year}, filled alike                 {full:11.3f} {part:.3f}  {ours:9.3f} {theirs:.3f}")
    ours, theirs = vacancies(filled_apart())
    full, part = PUBLISHED[2019]
    days = " and ".join(f"{one:.0f}" for one in DAYS_THAT_FOLLOW)
    lines.append(f"2019, filled in {days} days {full:10.3f} {part:.3f}  {ours:9.3f} {theirs:.3f}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
