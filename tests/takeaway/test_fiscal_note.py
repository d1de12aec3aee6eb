"""A fiscal note to hand in: two pages in Word, and a workbook whose totals are sums and follow what is changed."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import docx
import pytest

from sim.questions.fiscal.note import BASES, Note, Wanted, fiscal_note
from sim.questions.fiscal.text import PAYERS
from sim.results.budget import TOTAL
from sim.runs.replicate import Settings
from sim.scenario.files import load
from sim.scenario.read.what_if import typed_as
from sim.takeaway.fiscal_note import SHEETS, fiscal_word, fiscal_workbook
from sim.takeaway.fiscal_tables import in_short, over_all_years, tables_of
from tests.questions.test_fiscal import SURE
from tests.takeaway.test_documents import lines
from tests.takeaway.test_rate_workbook import Sheet
from tests.takeaway.test_tables import Book

ROOT = Path(__file__).parents[2]
SUM = re.compile(r"SUM\(([A-Z])(\d+):([A-Z])(\d+)\)")


@cache
def note_of(*names: str) -> Note:
    everyone = [load(ROOT / f"scenarios/{name}.toml") for name in names]
    return fiscal_note(everyone, Settings(4, 1, 1), Wanted(members=3_000))


RISE = ("pa_fee_for_service", "pa_rate_rise")


def points_of(document: docx.document.Document) -> float:
    """Return how high the text is, counted as in tests/takeaway/test_documents.py."""
    points = 0.0
    for one in document.paragraphs:
        size = one.style.font.size.pt
        points += lines(one.text, size, 516.0) * 1.22 * size + 2.5 + 7.0 * one.style.name.startswith("Heading")
    for table in document.tables:
        widths = [cell.width.pt for cell in table.rows[0].cells]
        for row in table.rows:
            most = max(lines(cell.text, 8.5, width - 11) for cell, width in zip(row.cells, widths, strict=True))
            points += most * 1.22 * 8.5 + 1.0
    return points


def test_a_note_in_word_has_about_two_pages_and_every_number_of_the_text() -> None:
    note = note_of(*RISE)
    document = docx.Document(io.BytesIO(fiscal_word(note, "peerstay fiscal")))
    assert points_of(document) < 2 * (792 - 2 * 48.2)
    assert len(document.tables) == 2
    for basis, table in zip(BASES, document.tables, strict=True):
        (told,) = tables_of(note, basis)
        assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [told.heading, *told.rows]
        assert any(row[0] == "A less the base: All payers" for row in told.rows)
        assert any(row[0] == "Base: per member per month" for row in told.rows)
    texts = [one.text for one in document.paragraphs]
    assert in_short(note)[0] in texts
    assert any(text.startswith("Base = ") for text in texts)


def test_alternatives_whose_titles_begin_alike_are_told_apart_by_letter() -> None:
    alike = in_short(note_of(*RISE, RISE[1]))
    assert [line.partition(":")[0] for line in alike] == ["Alternative A", "Alternative B"]
    assert "Alternative A" not in in_short(note_of(*RISE))[0]


def test_in_short_is_the_difference_over_all_years() -> None:
    note = note_of(*RISE)
    added = over_all_years(note, "accrual", TOTAL, 1)
    years = sum(cell.mean or 0.0 for cell in note.differences("accrual", TOTAL, 1))
    assert added.mean == pytest.approx(years)
    assert f"${(added.mean or 0.0) / 1e6:.2f}m more" in in_short(note)[0]
    assert "All payers come to owe" in in_short(note_of("pa_fee_for_service"))[0]


def test_where_only_the_match_moves_all_payers_together_owe_the_same() -> None:
    """A fault seen: "$0 more (between hardly any change and hardly any change)"."""
    ends = typed_as("ends", ["funding.expansion.federal_share=0.5606@2029-10"])
    file = ROOT / "scenarios/pa_match_mix.toml"
    (told,) = in_short(fiscal_note([load(file), load(file, what_if=ends)], Settings(4, 1, 1), Wanted()))
    assert "all payers together come to owe the same: the federal government $" in told
    assert ", the state general fund $" in told
    assert "hardly any change" not in told


def test_every_payer_that_moves_is_named_largest_first_and_they_add_up(tmp_path: Path) -> None:
    """A fault seen: of $4.28m less the state was told to owe $3.44m less and the federal government $8.16m more, and
    counties' $9.00m less was left out. Here the match of two months of claims, 65,816 dollars, falls from 60 to 50 %
    and counties pay 20,000 more.
    """
    file = tmp_path / "sure.toml"
    file.write_text(SURE, encoding="utf-8")
    payments = "funding.county.payments=[{at='2027-07',usd=21_000}]"
    match = typed_as("match", ["funding.medicaid.federal_share=0.5", payments])
    note = fiscal_note([load(file), load(file, what_if=match)], Settings(2, 1, 1), Wanted())
    (told,) = in_short(note, ["Base", "Match"])
    assert told == (
        "Match: from FY 2027 (2 mo) to FY 2028 (2 mo) all payers come to owe $20k more; of it counties $20k more, the "
        "federal government $6,580 less, the state general fund $6,580 more."
    )


def added_up(sheet: Sheet, at: str) -> float:
    """Return a cell; of a sum what it comes to."""
    if at not in sheet.formulas:
        return float(sheet.cells[at] or 0.0)
    first, top, last, bottom = SUM.fullmatch(sheet.formulas[at]).groups()  # type: ignore[union-attr]
    cells = [f"{chr(c)}{r}" for c in range(ord(first), ord(last) + 1) for r in range(int(top), int(bottom) + 1)]
    return sum(added_up(sheet, cell) for cell in cells)


@pytest.mark.parametrize("names", [RISE, ("pa_braided",)])
@pytest.mark.parametrize("basis", BASES)
def test_totals_of_the_workbook_are_sums_that_come_to_the_note(names: tuple[str, ...], basis: str) -> None:
    note = note_of(*names)
    sheet = Sheet(Book(fiscal_workbook(note, "peerstay fiscal")), SHEETS[basis])
    rows = {
        (sheet.cells[f"A{row}"], sheet.cells[f"B{row}"], sheet.cells[f"C{row}"]): row
        for row in range(2, 2 + sum(at.startswith("A") for at in sheet.cells) - 1)
    }
    for case, one in enumerate(note.answer.cases):
        row = rows[one.name, PAYERS[TOTAL], "spend"]
        for letter, cell in zip("DEFGH", note.amounts(basis, TOTAL, case), strict=True):
            assert f"{letter}{row}" in sheet.formulas
            assert added_up(sheet, f"{letter}{row}") == pytest.approx(cell.mean)
            assert sheet.cells[f"{letter}{row}"] == pytest.approx(cell.mean)
        assert added_up(sheet, f"I{row}") == pytest.approx(
            sum(cell.mean or 0 for cell in note.amounts(basis, TOTAL, case))
        )
    for payer in note.payers(basis) if len(names) > 1 else ():
        told = over_all_years(note, basis, payer, 1)
        found = [sheet.cells[f"I{rows[names[1], PAYERS[payer], words]}"] for words in ("differs by", "from", "to")]
        assert found == pytest.approx([told.mean, told.low, told.high])


def test_a_total_follows_a_payer_that_is_changed() -> None:
    sheet = Sheet(Book(fiscal_workbook(note_of("pa_fee_for_service"), "peerstay fiscal")), "Cash")
    before = added_up(sheet, "D5")
    sheet.cells["D3"] = float(sheet.cells["D3"] or 0.0) + 1_000.0
    assert added_up(sheet, "D5") == pytest.approx(before + 1_000.0)
