"""Follow the people who are there at the start of a market, in peer jobs and in the pool: V11, tried with a market.

A pool has no names, so how many of the cohort are in it is an expectation: hires draw on the cohort in proportion to
its share of the pool, and those of it who are hired leave as often as others hired since the start.

    python -m studies.validation.cohort
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import OTHER_PEER_JOB
from sim.model.world import log
from sim.scenario.files import load, load_table
from sim.scenario.patch import merge
from sim.scenario.schema import Scenario
from sim.units import MONTHS_PER_YEAR
from studies.validation.history import FOLDER

POSTS, EMPLOYERS, REPLICATIONS = 40, 20, 4
EMPLOYED: Final = 123 / 266  # of those without a peer job, the share with another job (ostrow_2025_jobs, 2020)
PUBLISHED: Final = (0.73, 0.63)
GROWTH: Final = (0.0, 0.05, 0.20)  # of outside wages a year
LAPSES: Final = (0.1, 0.25, 0.5)  # share of a pool that leaves the field in a year, and of its start that is trained


@dataclass
class Cohort:
    """Expected people of the cohort by where they are; `rest` and `waiting_all` count whoever was hired since."""

    opening: float  # still where they were at the start
    pool: float
    hired: float = 0.0  # in a post they have come to since
    waiting: float = 0.0  # between two peer jobs
    gone: float = 0.0  # left the field for good

    @property
    def share(self) -> float:
        """Share of those employed who are in peer jobs; who has left for good is employed as often as a pool is."""
        peers, others = self.opening + self.hired, self.pool + self.gone + self.waiting
        return peers / (peers + EMPLOYED * others)


def followed(block: BlockResult, pool: float, lapse: float) -> tuple[float, float]:
    """Return the share of employed people of the cohort in peer jobs at the start and at the end, all runs together."""
    months = block.panel["hires"].shape[0]
    gone_old, gone_new, want_old, want_new = _leavers(block, months)
    hires = _by_month(block, block.facts["kind"] == log.HIRED, months)
    moved = block.panel["moved_in"].sum(axis=1).astype(np.float64)
    cohort = Cohort(float((block.facts["kind"] == log.OPENING).sum()), pool)
    started, everybody, newcomers, waiting = cohort.share, pool, 0.0, 0.0
    for month in range(months):
        found = moved[month] / waiting if waiting else 0.0
        cohort.hired += found * cohort.waiting
        cohort.pool += (1.0 - found) * cohort.waiting
        everybody += (1.0 - found) * waiting
        drawn = (hires[month] - moved[month]) * cohort.pool / everybody
        cohort.hired, cohort.pool = cohort.hired + drawn, cohort.pool - drawn
        everybody -= hires[month] - moved[month]
        newcomers += hires[month]
        share = cohort.hired / newcomers if newcomers else 0.0
        leaving, wanting = gone_old[month] + share * gone_new[month], want_old[month] + share * want_new[month]
        cohort.opening -= gone_old[month]
        cohort.hired -= share * gone_new[month]
        newcomers -= gone_new[month]
        cohort.gone += cohort.pool * lapse / MONTHS_PER_YEAR
        cohort.pool += leaving - wanting - cohort.pool * lapse / MONTHS_PER_YEAR
        everybody += (pool - everybody) * lapse / MONTHS_PER_YEAR
        waiting, cohort.waiting = want_old[month] + want_new[month], wanting
        everybody += gone_old[month] + gone_new[month] - waiting
    return started, cohort.share


def _leavers(block: BlockResult, months: int) -> list[NDArray[np.float64]]:
    """Return by month who leaves of those there at the start and of the others, then who of them wants a peer job."""
    facts = block.facts
    left, old = facts["kind"] == log.LEFT, facts["hired"] < 0
    wants = left & (facts["destination"] == OTHER_PEER_JOB)
    return [_by_month(block, one, months) for one in (left & old, left & ~old, wants & old, wants & ~old)]


def _by_month(block: BlockResult, chosen: NDArray[np.bool_], months: int) -> NDArray[np.float64]:
    month = np.minimum(np.floor(block.facts["time"][chosen]).astype(np.int64), months - 1)
    return np.bincount(month, minlength=months).astype(np.float64)


def tried(growth: float, lapse: float) -> tuple[float, float]:
    """Return the share at the start and after two years, where outside wages grow and as many are trained as leave."""
    market = {"employers_meet": True, "people_move": True}
    flows = {"leave_field_share_per_year": lapse, "trained_share_per_year": lapse}
    tables: dict[str, Any] = merge(
        dict(load(FOLDER / "v11_certified_people.toml").raw),
        {"posts": {"number": POSTS}, "employer": [{"name": "alike", "count": EMPLOYERS}], "market": market | flows},
    )
    base = _scenario(tables, 0.0)
    [block] = simulate(base, [_scenario(tables, growth)], range(REPLICATIONS), 1)[1]
    pool = base.market.pool_per_post * POSTS * EMPLOYERS * REPLICATIONS
    return followed(block, pool, lapse)


def _scenario(tables: dict[str, Any], growth: float) -> Scenario:
    return load_table(merge(tables, {"place": {"outside_wage_growth_per_year": growth}})).scenario


def main() -> None:
    """Print what comes out beside what was published."""
    lines = [
        f"published: {PUBLISHED[0]:.2f} to {PUBLISHED[1]:.2f} in two years; {EMPLOYERS} employers of {POSTS} posts"
    ]
    for lapse in LAPSES:
        for growth in GROWTH:
            started, ended = tried(growth, lapse)
            how = f"{lapse:.2f} a year leave the pool, outside wages +{growth:.0%} a year"
            lines.append(f"{how}: {started:.3f} to {ended:.3f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
