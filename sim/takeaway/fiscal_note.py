"""Write a fiscal note as a Word document of two pages, and as a workbook whose totals are live formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.questions.compare.budget_text import year_name
from sim.questions.fiscal.note import BASES, Note
from sim.questions.fiscal.text import PAYERS, TITLES, award_lines, how_told, match_lines
from sim.results.budget import TOTAL
from sim.takeaway.fiscal_tables import TITLE_LENGTH, in_short, over_all_years, tables_of
from sim.takeaway.named import keyed, made_by
from sim.takeaway.parts import Part
from sim.takeaway.plain import on_day, one_line
from sim.takeaway.word import Head, again, listed, saved, set_up, small, table
from sim.takeaway.workbook import Book, Cell, Cells, Formula
from sim.words.layout import counted
from sim.words.provenance import Stamp, stamp

FIRST_YEAR: Final = 3  # column of the first fiscal year in the workbook
WIDTHS: Final = (30, 30, 12)
SHEETS: Final = {"cash": "Cash", "accrual": "Accrual"}
ENDS: Final = {"mean": "differs by", "low": "from", "high": "to"}


def fiscal_word(note: Note, command: str) -> bytes:
    """Return a note as a Word document."""
    import docx  # noqa: PLC0415  # a fifth of a second

    told, document = stamp(note.answer, command), docx.Document()
    set_up(document, _head(note, told))
    listed(document, Part("In short", tuple(in_short(note))))
    if note.answer.alternatives:
        small(document, f"{keyed(note.answer)}.")
    for basis in BASES:
        document.add_heading(TITLES[basis].capitalize(), 1)
        for one in tables_of(note, basis):
            table(document, one)
    for title, lines in (("Federal share", match_lines(note)), ("What ends with an award", award_lines(note))):
        if lines:
            listed(document, Part(title, tuple(lines)))
    document.add_heading("How to read it", 1)
    small(document, " ".join(how_told(note)))
    again(document, told.command, made_by(told))
    return saved(document)


def _head(note: Note, told: Stamp) -> Head:
    title = f"Fiscal note: {one_line(note.answer.base.title, TITLE_LENGTH)}"
    runs = counted(told.replications, "run")
    return Head(
        title,
        f"Fiscal note · {on_day(told.made)}",
        f"peerstay {told.version} · seed {told.seed} · {runs} · {told.made[:10]}",
        told.made,
    )


# the workbook ----------------------------------------------------------------------------------------------------


def fiscal_workbook(note: Note, command: str) -> bytes:
    """Return a note as an Excel workbook: a sheet for each way of counting, and one about them."""
    told = stamp(note.answer, command)
    head = _head(note, told)
    book = Book(told.made, {"title": head.title, "subject": head.about, "author": "peerstay", "comments": head.footer})
    fiscal_sheets(book, note, head.footer)
    sheet = book.sheet("About", (130,), head.footer)
    texts = [(head.title, "title"), *((text, "text") for text in (*in_short(note), *how_told(note)))]
    for title, lines in (("Federal share", match_lines(note)), ("What ends with an award", award_lines(note))):
        texts += [(title, "heading"), *((line, "text") for line in lines)] if lines else []
    texts += [("Make it again", "heading"), *((line, "text") for line in (told.command, *made_by(told)))]
    for place, (text, look) in enumerate(texts):
        book.row(sheet, place, [Cell(text, look)])
    return book.finished()


def fiscal_sheets(book: Book, note: Note, footer: str) -> None:
    """Write a sheet for each way of counting."""
    for basis in BASES:
        _sheet(book, note, basis, footer)


def _sheet(book: Book, note: Note, basis: str, footer: str) -> None:
    names = [year_name(year) for year in note.years]
    sheet = book.sheet(SHEETS[basis], (*WIDTHS, *(15,) * (len(names) + 1)), footer)
    heading = ("Scenario", "Payer", "What", *names, "All years")
    book.table(sheet, heading, _cells(note, basis), 2)


def _cells(note: Note, basis: str) -> Iterator[Cells]:
    """Return the rows: amounts, all payers as a sum of those above, and differences with their ranges."""
    payers, years, row = note.payers(basis)[:-1], note.years.number, 1  # a sheet's second row is the first of these
    for case, one in enumerate(note.answer.cases):
        for payer in payers:
            row += 1
            usd = _means(note, basis, payer, case)
            yield [one.name, PAYERS[payer], "spends", *(Cell(value, "usd") for value in usd), _across(row, usd)]
        totals = _means(note, basis, TOTAL, case)
        first, row = row - len(payers) + 1, row + 1
        sums = [_down(_letter(FIRST_YEAR + year), first, row - 1, totals[year]) for year in range(years)]
        yield [one.name, PAYERS[TOTAL], "spend", *(sums if payers else map(_usd, totals)), _across(row, totals)]
        if case:
            differences = list(_differences(note, basis, case))
            row += len(differences)
            yield from differences


def _differences(note: Note, basis: str, case: int) -> Iterator[Cells]:
    """The rows of a scenario's differences from the base: three a payer, the mean and the ends of its range."""
    for payer in note.payers(basis):
        told = (*note.told_differences(basis, payer, case), over_all_years(note, basis, payer, case))
        for what, words in ENDS.items():
            cells = (Cell(getattr(cell, what), "usd") for cell in told)
            yield [note.answer.cases[case].name, PAYERS[payer], words, *cells]


def _means(note: Note, basis: str, payer: str, case: int) -> list[float]:
    return [cell.mean or 0.0 for cell in note.amounts(basis, payer, case)]


def _usd(value: float) -> Cell:
    return Cell(value, "usd")


def _down(letter: str, first: int, last: int, usd: float) -> Formula:
    """Return the sum of the payers above."""
    return Formula(f"SUM({letter}{first}:{letter}{last})", usd, "usd")


def _across(row: int, usd: list[float]) -> Formula:
    """Return the sum of a row's years."""
    return Formula(f"SUM({_letter(FIRST_YEAR)}{row}:{_letter(FIRST_YEAR + len(usd) - 1)}{row})", sum(usd), "usd")


def _letter(column: int) -> str:
    """Return what a spreadsheet calls a column, from 0."""
    above, last = divmod(column, 26)
    return (_letter(above - 1) if above else "") + chr(ord("A") + last)
