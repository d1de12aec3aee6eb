"""Ask PolicyEngine for the net income of every household, area and wage; goes on where it was broken off.

Run by the Python of an environment of its own, made from requirements.txt beside this file, never by the project's:

    python -m studies.net_income.compute FOLDER

FOLDER gets `rows.csv`, a row for each area, household and wage, and `made.json`, which version and year they are of.
One simulation takes three to five seconds, the whole some twenty minutes. `python -m studies.net_income.pack FOLDER`
then makes the table.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from studies.net_income.asked import AREAS, FILED, HOURS_PER_YEAR, HOUSEHOLDS, WAGES, YEAR, situation

PROGRAM: Final = "policyengine-us"
FOOD: Final = ("snap", "wic", "free_school_meals", "reduced_price_school_meals", "commodity_supplemental_food_program")
MARKETPLACE: Final = ("aca_ptc", "premium_subsidy", "premium_assistance", "cascade_care_savings", "connector_care")
ROUNDING_USD: Final = 1.0  # parts and whole are float32
Amounts = Callable[[str], Sequence[float]]


def main(folder: Path) -> None:
    """Work out every row that is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"program": PROGRAM, "version": version(PROGRAM), "year": YEAR}
    _of_one_version(folder / "made.json", made)
    rows = folder / "rows.csv"
    if not rows.exists():
        rows.write_text(",".join(FILED) + "\n", encoding="utf-8")
    done = _done(rows)
    simulation = import_module("policyengine_us").Simulation
    for state in AREAS:
        for household in HOUSEHOLDS:
            if (state, household) in done:
                continue
            began = perf_counter()
            found = _rows(simulation, state, household)
            with rows.open("a", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(found)
            print(f"{state} {household}: {perf_counter() - began:.1f} s", flush=True)  # noqa: T201  # a long job


def _of_one_version(file: Path, made: dict[str, Any]) -> None:
    """Write what rows are made by, or refuse to mix them with those of another version."""
    if file.exists() and json.loads(file.read_text(encoding="utf-8")) != made:
        raise SystemExit(f"{file} names another version or year than {made}: use another folder")
    file.write_text(json.dumps(made), encoding="utf-8")


def _done(rows: Path) -> set[tuple[str, str]]:
    """Return the areas and households that are there in full; what was broken off is taken out of the file."""
    with rows.open(encoding="utf-8", newline="") as file:
        kept = [row for row in csv.reader(file) if len(row) == len(FILED)][1:]
    counts: dict[tuple[str, str], int] = {}
    for state, household, *_ in kept:
        counts[state, household] = counts.get((state, household), 0) + 1
    done = {key for key, count in counts.items() if count == len(WAGES)}
    with rows.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([FILED, *(row for row in kept if (row[0], row[1]) in done)])
    return done


def _rows(simulation: Any, state: str, household: str) -> list[tuple[Any, ...]]:
    """Return the rows of one household in one area, in whole cents."""
    asked = simulation(situation=situation(state, household))

    def amounts(name: str) -> Sequence[float]:
        return [float(usd) for usd in asked.calculate(name, YEAR, map_to="household")]

    household_tables = asked.tax_benefit_system.parameters(f"{YEAR}-01-01").gov.household
    benefits, health = list(household_tables.household_benefits), list(household_tables.household_health_benefits)
    columns = _columns(amounts, benefits, health)
    grid = [wage * HOURS_PER_YEAR for wage in WAGES]
    _holds_together(grid, amounts, columns)
    named = [columns[name] for name in FILED[3:]]
    return [(state, household, wage, *(round(usd, 2) for usd in own)) for wage, *own in zip(WAGES, *named, strict=True)]


def _columns(amounts: Amounts, benefits: Sequence[str], health: Sequence[str]) -> dict[str, Sequence[float]]:
    market = [name for name in health if name.endswith(MARKETPLACE)]
    return {
        "net": amounts("household_net_income"),
        "net_with_health": amounts("household_net_income_including_health_benefits"),
        "taxes": amounts("household_tax_before_refundable_credits"),
        "credits": amounts("household_refundable_tax_credits"),
        "food": _sum(amounts, FOOD),
        "other": _sum(amounts, [name for name in benefits if name not in (*FOOD, "household_health_benefits")]),
        "public_cover": _sum(amounts, [name for name in health if name not in market]),
        "marketplace_help": _sum(amounts, market),
    }


def _sum(amounts: Amounts, names: Sequence[str]) -> Sequence[float]:
    return [sum(usd) for usd in zip(*map(amounts, names), strict=True)]


def _holds_together(grid: Sequence[float], amounts: Amounts, columns: dict[str, Sequence[float]]) -> None:
    """Stop where the parts are not the whole, or the wages are not those of the grid."""
    earned, dividends = amounts("employment_income"), amounts("ak_permanent_fund_dividend")
    for at, (gross, paid, unearned) in enumerate(zip(grid, earned, dividends, strict=True)):
        own = {name: column[at] for name, column in columns.items()}
        net = gross + unearned - own["taxes"] + own["credits"] + own["food"] + own["other"]
        with_health = own["net"] + own["public_cover"] + own["marketplace_help"]
        off = (paid - gross, net - own["net"], with_health - own["net_with_health"])
        if max(map(abs, off)) > ROUNDING_USD:
            raise SystemExit(f"the parts are not the whole at {gross:,.0f} USD a year: {own}, off by {off}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
