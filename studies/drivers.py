"""Find which results each input drives most, for the library's reference base; writes data/sensitivity.toml.

Every effect and every input whose card has a range is moved over it. What the base states, or leaves at a decision's
default, is moved too, over the card's range around the base's value; it stays as the base has it while others move, so
that they are judged in an organization like the base, not in one with any wage, rate and overhead. Run it again after
a change of the model or of the evidence: `make sensitivity`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sim import __version__
from sim.evidence.paths import DATA, ROOT
from sim.questions.sensitivity.sensitivity import Screening, screen
from sim.questions.uncertainty.study import Study
from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.runs.replicate import Settings
from sim.runs.toml import written
from sim.scenario.files import load

BASE: Final = "pa_fee_for_service"
MEASURES: Final = (
    "separations_per_100_posts_year",
    "vacancy_rate",
    "burnout_prevalence",
    "hours_delivered_per_year",
    "cash_end_usd",
    "chance_of_missing_payroll",
)
STARS, REPLICATIONS, SEED = 5, 40, 20_260_103
FILE: Final = DATA / "sensitivity.toml"
COMMAND: Final = "python -m studies.drivers"


def drivers(settings: Settings, stars: int = STARS, base: str = BASE) -> dict[str, Any]:
    """Return the table of data/sensitivity.toml: how it was made, and for each measure each input's size."""
    loaded = load(ROOT / "scenarios" / f"{base}.toml")
    unknowns = unknowns_of([loaded], stated=True)
    study = Study((loaded,), unknowns, open_in([loaded], unknowns, stated=True), MEASURES, settings)
    known = frozenset(one.path for one in unknowns) - {one.path for one in unknowns_of([loaded])}
    screenings, ran = screen(study, stars, known)
    made = {
        "command": COMMAND,
        "version": __version__,
        "date": datetime.now(UTC).date().isoformat(),
        "scenario": base,
        "fingerprint": loaded.fingerprint,
        "method": "elementary effects (Morris), stars; size is mu*, over the input's whole range",
        "stars": stars,
        "replications": settings.replications,
        "seed": settings.seed,
        "refused": sum(ran.refused.values()),
    }
    return {"made": made} | {key: _sizes(one) for key, one in screenings.items()}


def _sizes(screening: Screening) -> dict[str, dict[str, float]]:
    return {
        one.path: {
            "size": _short(moved.size),
            "low": _short(moved.low),
            "high": _short(moved.high),
            "mean": _short(moved.mean),
            "luck": _short(moved.luck),
        }
        for one, moved in screening.inputs
    }


def _short(number: float) -> float:
    """Return four significant digits: more would be luck, and noise in the file's history."""
    return float(f"{number:.4g}")


def main() -> None:
    """Write data/sensitivity.toml."""

    def show(done: int, total: int) -> None:
        sys.stderr.write(f"\r{done:,} of {total:,} points")

    settings = Settings(REPLICATIONS, SEED, progress=show)
    FILE.write_text(page(drivers(settings)), encoding="utf-8")


def page(table: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the table as TOML: a table for each measure, a line for each input."""
    parts = []
    for name, rows in table.items():
        lines = (written({key: [value]} if isinstance(value, Mapping) else {key: value}) for key, value in rows.items())
        parts.append(f"\n[{name}]\n" + "".join(line.replace("= [{", "= {").replace("}]\n", "}\n") for line in lines))
    return HEAD + "".join(parts)


HEAD: Final = """\
# How far each input moves a result when it goes over its range, in the reference base of the library; written by
# `make sensitivity`, not by hand. size is mu* of Morris, low and high its 95 % interval, mean has the sign, luck is
# what luck alone would show. README.md beside this file says more. Where all five are 0.0 the base does not use the
# input, and its runs are the same bits at both ends of the range.
"""

if __name__ == "__main__":
    main()
