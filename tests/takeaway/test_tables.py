"""Workbook and CSV: every measure with its full digits, every input, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sim.results.measures.table import MEASURES
from sim.results.spreads import spread_between
from sim.runs.futures.rows import question_of
from sim.runs.replicate import Settings
from sim.takeaway.long_table import COLUMNS, STAMPED, csv_table, input_rows
from sim.takeaway.monthly import SERIES
from sim.takeaway.offer import made
from sim.takeaway.private import WITHHELD
from sim.takeaway.sheets import OF_MEAN
from sim.takeaway.workbook import look_of
from tests.takeaway.hand_made import (
    FEES,
    answer,
    better,
    case,
    granted,
    hostile,
    loaded,
    paths,
    stamped,
    with_roster,
)  # fmt: skip

SHEETS = [
    "Answer", "Results", "Budget", "Monthly", "Charts", "Inputs", "Differences", "Assumptions", "Glossary",
    "Provenance",
]  # fmt: skip
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ASKED = answer(better(), granted())
Rows = list[list[str | float | None]]


class Book:
    """Read a workbook from its XML: nothing else here could."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            self.files = {name: packed.read(name).decode() for name in packed.namelist()}
        strings = ET.fromstring(self.files["xl/sharedStrings.xml"])
        self.strings = ["".join(text.itertext()) for text in strings]
        sheets = ET.fromstring(self.files["xl/workbook.xml"]).iterfind(".//m:sheet", NS)
        self.names = [str(sheet.get("name")) for sheet in sheets]

    def xml(self, name: str) -> str:
        return self.files[f"xl/worksheets/sheet{self.names.index(name) + 1}.xml"]

    def rows(self, name: str) -> Rows:
        found: Rows = []
        for row in ET.fromstring(self.xml(name)).iterfind(".//m:row", NS):
            cells: list[str | float | None] = []
            for cell in row.iterfind("m:c", NS):
                value = cell.findtext("m:v", namespaces=NS)
                known = None if value is None else self.strings[int(value)] if cell.get("t") == "s" else float(value)
                cells += [None] * (place(str(cell.get("r"))) - len(cells)) + [known]
            found.append(cells)
        return found

    def table(self, name: str) -> list[dict[str, str | float | None]]:
        heading, *rows = self.rows(name)
        return [dict(zip(map(str, heading), row + [None] * len(heading), strict=False)) for row in rows]


def place(reference: str) -> int:
    letters = reference.rstrip("0123456789")
    return sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters))) - 1


@cache
def book(who: str = "two") -> Book:
    asked = {"two": ASKED, "hostile": answer(hostile()), "alone": answer(), "roster": answer(with_roster())}[who]
    return Book(made(".xlsx", asked, stamped(asked), paths(asked)))


# the workbook


def test_a_workbook_has_a_sheet_for_each_thing() -> None:
    assert book().names == SHEETS
    assert [name for name, _ in (row[0].split(": ", 1) for row in book().rows("Answer")[-9:])] == SHEETS[1:]  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["two", "hostile", "alone", "roster"])
def test_no_cell_is_a_formula_or_a_link(who: str) -> None:
    for name in SHEETS:
        assert "<f>" not in book(who).xml(name)
        assert "<hyperlink" not in book(who).xml(name)


def test_a_text_like_a_formula_is_marked_as_text() -> None:
    told = book("hostile")
    assert any(text.startswith("=HYPERLINK") for text in told.strings)
    assert 'quotePrefix="1"' in told.files["xl/styles.xml"]
    assert not any(letter in text for text in told.strings for letter in "\x07\u202e")


def test_results_hold_every_measure_with_full_digits() -> None:
    rows = book().table("Results")
    assert {row["Key"] for row in rows} == set(MEASURES)
    row = next(one for one in rows if one["Key"] == "cash_end_usd" and one["Scenario"] == "raise")
    compared = ASKED.alternatives[0].measures["cash_end_usd"]
    assert row["Base"] == compared.base.mean
    assert row[f"Difference, low {OF_MEAN}"] == compared.difference.low
    assert row["Chance of being better"] == compared.p_better
    assert row["Verdict"] == compared.verdict == "worse"
    assert str(row["In words, against the base"]).endswith(")")
    assert row["Definition"] == MEASURES["cash_end_usd"].definition


def test_over_futures_the_middle_90_percent_stands_beside_the_interval_of_the_mean() -> None:
    """Differences of −9 to +10 in 20 futures: nine below 0 and one at it; the middle 90 % is −8.05 to 9.05."""
    key, own = "cash_end_usd", np.arange(20.0)
    one = ASKED.alternatives[0]
    compared = replace(one.measures[key], spread=spread_between(key, np.full(20, 9.0), own))
    case_of = replace(one.case, own={key: own})
    over = replace(ASKED, alternatives=(replace(one, measures={**one.measures, key: compared}, case=case_of),))
    table = csv.DictReader(io.StringIO(csv_table(over, stamped(over)).decode("utf-8-sig")))
    row = next(told for told in table if told["key"] == key)
    assert [float(row[name]) for name in ("futures_low", "futures_high")] == pytest.approx([0.95, 18.05])
    ends = [float(row[f"difference_futures_{name}"]) for name in ("low", "high")]
    assert ends == pytest.approx([-8.05, 9.05])
    assert float(row["difference_low"]) == one.measures[key].difference.low
    assert (one.measures[key].difference.mean or 0.0) < 0
    assert float(row["futures_on_its_side"]) == 0.45
    sheet = Book(made(".xlsx", over, stamped(over), paths(over))).table("Results")
    cells = next(told for told in sheet if told["Key"] == key and told["Scenario"] == "raise")
    assert cells["Own, 5 % of futures below"] == pytest.approx(0.95)
    assert cells["Difference, 5 % above"] == pytest.approx(9.05)
    assert (cells["Futures on its side"], cells["Definition"]) == (0.45, MEASURES[key].definition)


def test_a_scenario_alone_has_no_differences() -> None:
    rows = book("alone").table("Results")
    assert all(row["Difference (of a share: points)"] is None for row in rows)
    assert next(row for row in rows if row["Key"] == "headcount")["Scenario's own"] == 36.2
    assert len(book("alone").rows("Differences")) == 1


def test_every_month_of_every_series_is_there_and_drawn() -> None:
    rows = book().rows("Monthly")
    assert len(rows) == 61
    assert rows[1][0] == "2027-07"
    assert len(rows[0]) == 1 + 3 * 3 * len(SERIES)
    column = rows[0].index("Peers in post, A, mean")
    assert [row[column] for row in rows[1:]] == pytest.approx([36.0 * 1.04] * 60)
    charts = [name for name in book().files if re.fullmatch(r"xl/charts/chart\d\.xml", name)]
    assert len(charts) == len(SERIES)
    drawing = book().files["xl/drawings/drawing1.xml"]
    assert drawing.count('descr="') == len(SERIES)
    assert "Monthly!$B$2:$B$61" in book().files["xl/charts/chart1.xml"]


def test_sheets_are_ready_to_read_and_print() -> None:
    for name in SHEETS:
        assert "<pageSetup" in book().xml(name)
        assert ('fitToHeight="0"' in book().xml(name)) != (name == "Charts")  # which are on one page
    for name in ("Results", "Monthly", "Inputs", "Assumptions"):
        assert 'state="frozen"' in book().xml(name)
        assert "<autoFilter" in book().xml(name)


def test_a_row_is_high_enough_for_texts_longer_than_their_columns() -> None:
    for name in ("Answer", "Results", "Assumptions", "Glossary"):
        tree = ET.fromstring(book().xml(name))
        wide = [float(one.get("width", 0)) for one in tree.iterfind(".//m:col", NS) for _ in range(_columns(one))]
        for row, cells in zip(tree.iterfind(".//m:row", NS), book().rows(name), strict=True):
            alone = name != "Answer" or sum(cell is not None for cell in cells) > 1  # not a line across the sheet
            needs = max(
                (len(str(cell)) / wide[at] for at, cell in enumerate(cells) if isinstance(cell, str)), default=0
            )
            assert not alone or float(row.get("ht", 15)) >= 15 * min(20, math.floor(needs))


def _columns(one: ET.Element) -> int:
    return int(one.get("max", 1)) - int(one.get("min", 1)) + 1


def test_a_wide_sheet_is_printed_on_pages_side_by_side_that_say_whose_numbers_these_are() -> None:
    assert 'fitToWidth="' not in book().xml("Answer")  # on one
    assert int(re.findall(r'fitToWidth="(\d+)"', book().xml("Monthly"))[0]) > 1
    assert "Monthly!$A:$A,Monthly!$1:$1" in book().files["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("unit", "look"), [("share", "share"), ("USD a year", "usd"), ("USD/hour", "hourly"), ("ratio", "two")]
)
def test_numbers_look_like_their_unit(unit: str, look: str) -> None:
    assert look_of(unit) == look


def test_assumptions_carry_grades_and_say_what_is_leaned_on() -> None:
    rows = {row["Key"]: row for row in book().table("Assumptions")}
    assert rows["effects.pay_adequacy.burnout"]["Grade"] == "C"
    assert rows["effects.pay_adequacy.burnout"]["Leaned on"] == "yes"
    assert rows["horizon.months"]["Leaned on"] == ""


def test_the_glossary_explains_grades_measures_and_words() -> None:
    terms = {row["Term"] for row in book().table("Glossary")}
    assert {"grade C", "Cash at the end", "base", "replication, run, future"} <= terms


def test_what_made_it_is_in_the_workbook() -> None:
    told = {row["What"]: row["Value"] for row in book().table("Provenance")}
    prints = stamped(ASKED).fingerprints
    assert {"model", "data", "numpy", "seed", "replications", "command", "made"} <= told.keys()
    assert all(prints[case.name] in str(told[f"scenario {case.name}"]) for case in ASKED.cases)


# inputs


def test_inputs_stand_beside_one_another_and_say_who_states_them() -> None:
    rows = {row.path: row for row in input_rows(ASKED)}
    wage = rows["pay.wage_usd_per_hour"]
    assert wage.values == (24.0, 26.0, 24.0)
    assert wage.stated == (True, True, True)
    assert (wage.unit, wage.range, wage.differs) == ("USD/hour", "from 1 to 500", True)
    assert rows["funding.medicaid.rate_usd_per_unit"].values == (13.75, 13.75, None)
    assert rows["turnover.tenure_shape"].stated == (False, False, False)
    assert rows["turnover.tenure_shape"].grade == "C"


def test_inputs_that_futures_draw_say_from_where_to_where() -> None:
    """The page told of awards ended early beside a chance of 0 in the workbook: futures draw it from 0 to 0.1."""
    award = {"kind": "grant", "amount_usd_per_year": 780_000.0, "start": "2025-03", "renewal_chance": 0.5}
    base = replace(answer().base, loaded=loaded(funding={"award": award}))
    futures = question_of([base.loaded], 1)
    over = replace(answer(), base=base, settings=Settings(2, 1, unknowns=True, futures=futures))
    drawn = {row.path: row.drawn for row in input_rows(over)}
    assert drawn["funding.award.early_end_chance_per_year"] == "0 to 0.1 (likely 0)"
    assert drawn["funding.award.renewal_amount_change"].startswith("−0.5 to 0.2")
    assert drawn["funding.award.renewal_chance"] == ""  # the file states it
    assert not any(row.drawn for row in input_rows(ASKED))


def test_every_input_of_the_schema_that_holds_is_known_by_unit_and_evidence() -> None:
    unknown = [row.path for row in input_rows(ASKED) if not row.about]
    assert all(path.endswith((".payments", "roster", ".kind")) or "." not in path for path in unknown), unknown


def test_kinds_of_employers_that_agree_are_told_once() -> None:
    kinds = [{"name": name, "pay": {"wage_usd_per_hour": wage}} for name, wage in (("city", 24.0), ("rural", 20.0))]
    rows = {row.path: row for row in input_rows(answer(case("state", loaded(employer=kinds))))}
    assert rows["employer.rural.pay.wage_usd_per_hour"].values[1] == 20.0
    assert rows["employer.rural.pay.wage_usd_per_hour"].stated[1]


def test_later_changes_are_inputs_with_their_date() -> None:
    dated = [{"at": "2029-01", "set": {"funding.medicaid.rate_usd_per_unit": 15.0}}]
    rows = {row.path: row for row in input_rows(answer(case("rise", loaded(change=dated))))}
    assert rows["funding.medicaid.rate_usd_per_unit, from 2029-01"].values == (None, 15.0)


def test_people_of_a_roster_are_in_no_sheet() -> None:
    assert not any("2026-01" in text for text in book("roster").strings if "made" not in text)
    assert any(WITHHELD in text for text in book("roster").strings)


# CSV


def test_csv_holds_every_measure_with_every_digit() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_table(ASKED, stamped(ASKED)).decode("utf-8-sig"))))
    assert list(rows[0]) == [*COLUMNS, *STAMPED]
    row = next(one for one in rows if one["key"] == "cash_end_usd" and one["scenario"] == "raise")
    compared = ASKED.alternatives[0].measures["cash_end_usd"]
    assert float(row["difference"]) == compared.difference.mean
    assert float(row["difference_high"]) == compared.difference.high
    assert (row["version"], row["seed"], row["runs"]) == ("1.2.3", "1", "5")


def test_csv_guards_text_and_leaves_numbers() -> None:
    asked = answer(hostile())
    rows = list(csv.DictReader(io.StringIO(csv_table(asked, stamped(asked)).decode("utf-8-sig"))))
    assert all(row["title"].startswith("'=HYPERLINK") for row in rows)
    assert any(row["difference"].startswith("-") for row in rows)
    assert FEES["kind"] == "fee_for_service"
