"""The table of net income is asked for, goes on where it was broken off, and is packed whole."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from sim.evidence.net_income import AMOUNTS, FILE, HOUSEHOLDS, read_net_income
from studies.net_income import asked, compute
from studies.net_income.asked import AREAS, FILED, WAGES, situation
from studies.net_income.pack import pack

PAID = [wage * asked.HOURS_PER_YEAR for wage in WAGES]


class Program:
    """Stands for PolicyEngine: a tax of a tenth, food help of 100, Medicaid of 50 and a premium credit of 7."""

    asked_for: list[str] = []  # noqa: RUF012  # counted over all of its households
    food = 100.0

    def __init__(self, situation: dict[str, Any]) -> None:
        (home,) = situation["households"].values()
        self.asked_for.append(home["state_name"][asked.YEAR])
        self.tax_benefit_system = self

    def parameters(self, date: str) -> Any:
        assert date == f"{asked.YEAR}-01-01"

        class Gov:
            class household:  # noqa: N801  # as the program names it
                household_benefits = ("snap", "tanf", "household_health_benefits")
                household_health_benefits = ("medicaid_cost", "assigned_aca_ptc")

            gov: Any

        Gov.gov = Gov
        return Gov

    def calculate(self, name: str, year: int, map_to: str) -> list[float]:
        assert (year, map_to) == (asked.YEAR, "household")
        net = [0.9 * usd + 100.0 for usd in PAID]
        told = {
            "household_net_income": net,
            "household_net_income_including_health_benefits": [usd + 57.0 for usd in net],
            "household_tax_before_refundable_credits": [0.1 * usd for usd in PAID],
            "snap": [self.food] * len(WAGES),
            "medicaid_cost": [50.0] * len(WAGES),
            "assigned_aca_ptc": [7.0] * len(WAGES),
            "employment_income": PAID,
        }
        return told.get(name, [0.0] * len(WAGES))


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> type[Program]:
    class Package:
        Simulation = Program

    Program.asked_for = []
    monkeypatch.setattr(compute, "import_module", lambda _: Package)
    monkeypatch.setattr(compute, "version", lambda _: "9.9.9")
    monkeypatch.setattr(compute, "AREAS", ("OH", "PA"))
    return Program


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_area_and_every_household_of_the_reader_is_asked() -> None:
    assert len(AREAS) == len(set(AREAS)) == 51
    assert tuple(asked.HOUSEHOLDS) == HOUSEHOLDS
    assert set(FILED[3:]) == set(AMOUNTS)


def test_a_household_is_told_by_ages_and_state_and_its_first_adult_alone_is_paid() -> None:
    told = situation("PA", "two_adults_two_children")
    ages = {name: one["age"][2026] for name, one in told["people"].items()}
    assert ages == {"adult1": 35, "adult2": 35, "child1": 10, "child2": 6}
    assert told["marital_units"]["couple"]["members"] == ["adult1", "adult2"]
    ((axis,),) = told["axes"]
    assert (axis["name"], axis["index"], axis["count"]) == ("employment_income", 0, 77)
    assert (axis["min"], axis["max"]) == (12 * 2080, 50 * 2080)


def test_rows_hold_amounts_and_parts_by_wage(tmp_path: Path, program: type[Program]) -> None:
    compute.main(tmp_path)
    first = rows(tmp_path)[0]
    assert (first["state"], first["household"], first["wage_usd_per_hour"]) == ("OH", "one_adult", "12.0")
    told = {name: float(first[name]) for name in AMOUNTS}
    assert told == {
        "net": 0.9 * 24_960 + 100, "net_with_health": 0.9 * 24_960 + 157, "taxes": 2_496.0, "credits": 0.0,
        "food": 100.0, "other": 0.0, "public_cover": 50.0, "marketplace_help": 7.0,
    }  # fmt: skip
    assert len(rows(tmp_path)) == 2 * 5 * 77


def test_what_was_broken_off_goes_on_where_it_was(tmp_path: Path, program: type[Program]) -> None:
    compute.main(tmp_path)
    whole = (tmp_path / "rows.csv").read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    (tmp_path / "rows.csv").write_text("".join(lines[: 1 + 7 * 77 + 30]) + "PA,two_ad", encoding="utf-8")
    program.asked_for.clear()
    compute.main(tmp_path)
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8") == whole
    assert program.asked_for == ["PA"] * 3


def test_parts_that_are_not_the_whole_stop_the_work(
    tmp_path: Path, program: type[Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "food", 102.0)
    with pytest.raises(SystemExit, match="the parts are not the whole at 24,960 USD a year"):
        compute.main(tmp_path)


def test_rows_of_another_version_are_not_mixed_in(
    tmp_path: Path, program: type[Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    compute.main(tmp_path)
    monkeypatch.setattr(compute, "version", lambda _: "9.9.10")
    with pytest.raises(SystemExit, match="another version or year"):
        compute.main(tmp_path)


def test_the_packed_table_is_what_was_worked_out_and_names_what_is_missing(
    tmp_path: Path, program: type[Program]
) -> None:
    compute.main(tmp_path)
    lines = (tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "rows.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    missing = pack(tmp_path, tmp_path)
    known = read_net_income(tmp_path / FILE)
    assert (known.program, known.version, known.year, known.states) == ("policyengine-us", "9.9.9", 2026, ("OH",))
    assert missing == [state for state in AREAS if state != "OH"]
    assert [curve.household for curve in known.of("OH")] == list(HOUSEHOLDS)
    assert known.of("OH")[0].at("net", 12.0) == round(0.9 * 24_960 + 100)
    assert json.loads((tmp_path / "made.json").read_text(encoding="utf-8"))["version"] == "9.9.9"
