"""The workbook of a rate build-up: its formulas, worked out again, come to the table, and follow a changed input."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from sim.questions.rate.build_up import build_up, rate_of
from sim.questions.rate.lines import SECTIONS
from sim.questions.rate.rate import RateStudy, Wanted, rate_study
from sim.runs.answer import settings_of
from sim.scenario.files import Loaded
from sim.takeaway.rate.workbook import rate_workbook
from tests.questions.test_rate import BY_HAND, CHURN, FEES, made
from tests.takeaway.test_tables import NS, Book

REFERENCE = re.compile(r"\b([A-Z]+)(\d+)\b")
BLANK = 0  # counts as 0 and is no number
FUNCTIONS = {
    "MIN": min,
    "MAX": max,
    "INT": lambda number: number // 1,
    "ISNUMBER": lambda value: isinstance(value, float),
    "IF": lambda condition, yes, no: yes if condition else no,
}
LIMITED = FEES | {
    "visit_minutes": 50.0,
    "group_visit_minutes": 90.0,
    "max_units_per_client_day": 4,
    "max_units_per_worker_day": 14.0,
    "max_units_per_client_month": 30.0,
    "max_units_per_client_year": 380.0,
    "rework_recovered_share": 0.5,
    "billable": ["individual", "group", "travel"],
    "certification_required": False,
}
PRICES: dict[str, Any] = {
    "posts": {
        "number": 30,
        "fte": 0.9,
        "overhead_share": 0.15,
        "fixed_overhead_share": 0.4,
        "fixed_usd_per_month": 520.0,
        "direct_usd_per_peer_month": 100.0,
    },
    "practices": {"training_usd_per_peer_month": 26.0},
}
FUTURES = "futures"  # churn, with what it leaves open drawn
WORLDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "by hand": (BY_HAND, {}),
    "churn": (CHURN, PRICES),
    FUTURES: (CHURN, PRICES),
    "limits": (CHURN, PRICES | {"funding": {"medicaid": LIMITED}, "practices": {"other_supervisors_fte": 3.0}}),
}


class Sheet:
    """The cells of a sheet by address, formulas as such; `value` works them out."""

    def __init__(self, book: Book, name: str) -> None:
        self.cells: dict[str, float | str | None] = {}
        self.formulas: dict[str, str] = {}
        for cell in ET.fromstring(book.xml(name)).iterfind(".//m:c", NS):
            at, formula, value = str(cell.get("r")), cell.findtext("m:f", None, NS), cell.findtext("m:v", None, NS)
            if formula is not None:
                self.formulas[at] = formula
            known = book.strings[int(value)] if cell.get("t") == "s" and value else value
            self.cells[at] = known if cell.get("t") == "s" or known is None or known == "" else float(known)

    def value(self, at: str) -> Any:
        if at not in self.formulas:
            return BLANK if self.cells.get(at) is None else self.cells[at]
        told = REFERENCE.sub(lambda found: f"at('{found[0]}')", self.formulas[at].replace("1E+99", "1e99"))
        return eval(told, {"__builtins__": {}}, {**FUNCTIONS, "at": self.value})

    def row(self, words: str) -> int:
        return next(int(at[1:]) for at, value in self.cells.items() if value == words and at[0] == "A")


@cache
def worlds(name: str) -> tuple[RateStudy, Loaded, bytes]:
    table, more = WORLDS[name]
    base = made(table, **more)
    raised = made(table, **more | {"pay": table.get("pay", {}) | {"wage_usd_per_hour": 31.0}})
    settings = settings_of(base, 1)
    settings = replace(settings, unknowns=True, replications=20) if name == FUTURES else settings
    study = rate_study([base, raised], settings, Wanted())
    return study, base, rate_workbook(study, base, "peerstay rate")


def sheet_of(name: str) -> Sheet:
    return Sheet(Book(worlds(name)[2]), "Rate")


@pytest.mark.parametrize("name", WORLDS)
def test_every_formula_comes_to_the_table(name: str) -> None:
    study, sheet = worlds(name)[0], sheet_of(name)
    for column, letter in zip(study.columns, "EF", strict=True):
        lines = {key: one.mean for key, one in column.lines.items() if one.mean is not None}
        assert lines == pytest.approx(
            {key: float(one) for key, one in build_up(column.prices, column.staffing).items()}
        )
        for line in (line for told in SECTIONS.values() for line in told):
            place = f"{letter}{sheet.row(line.words)}"
            assert place in sheet.formulas
            assert sheet.value(place) == pytest.approx(float(lines.get(line.key, 0.0)), abs=1e-9), line.words
            assert sheet.cells[place] == pytest.approx(float(lines.get(line.key, 0.0)), abs=1e-9), line.words
    for line in (line for told in SECTIONS.values() for line in told):
        nobody = study.columns[0].without.get(line.key, 0.0)
        assert sheet.value(f"D{sheet.row(line.words)}") == pytest.approx(nobody, abs=1e-9), line.words
    assert sheet.value(f"E{sheet.row('Rate of a unit for each of 6 clients')}") == pytest.approx(
        (study.columns[0].lines["rate"].mean or 0.0) * (study.columns[0].lines["brought"].mean or 0.0) / 6
    )


@pytest.mark.parametrize("name", WORLDS)
def test_the_rate_follows_an_input_that_is_changed(name: str) -> None:
    study, sheet = worlds(name)[0], sheet_of(name)
    column = study.columns[0]
    sheet.cells[f"E{sheet.row('Wage of a newcomer, USD an hour')}"] = 27.5
    changed = sheet.value(f"E{sheet.row('RATE OF A UNIT')}")
    assert changed == pytest.approx(float(rate_of(column.prices.at(27.5), column.staffing)))
    assert changed > (column.lines["rate"].mean or 0.0)


def test_what_the_limits_cut_is_there_to_be_seen() -> None:
    assert sheet_of("limits").value(f"E{sheet_of('limits').row('Part units, caps')}") > 0.01


def test_a_name_like_a_formula_is_text() -> None:
    study, base, _ = worlds("by hand")
    hostile = base.titled('=HYPERLINK("x")')
    book = Book(rate_workbook(study, hostile, "=1+1"))
    assert "=1+1" in book.strings
    assert "<f>" not in book.xml("About")
    assert "<f>" not in book.xml("Ranges")
