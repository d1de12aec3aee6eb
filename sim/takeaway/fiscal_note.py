"""Write a fiscal note as a Word document of two pages, and as a workbook whose totals are live formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.questions.compare.budget_text import year_name
from sim.questions.fiscal.note import BASES, Note
from sim.questions.fiscal.text import PAYERS, TITLES, UNIT, award_lines, how_told, match_lines, per_member_month
from sim.results.budget import TOTAL
from sim.results.spreads import ranged, spread_of_moved
from sim.results.summary import Estimate, estimate
from sim.takeaway.content import called, keyed, made_by
from sim.takeaway.parts import Part, Table
from sim.takeaway.plain import on_day, one_line
from sim.takeaway.word import Head, again, listed, saved, set_up, small, table
from sim.takeaway.workbook import Book, Cell, Cells, Formula
from sim.words.layout import counted
from sim.words.numbers import short
from sim.words.provenance import Stamp, stamp
from sim.words.ranges import ends_in_words, mean_told

MORE_LESS: Final = ("more", "less")
TITLE_LENGTH: Final = 110
FIRST_YEAR: Final = 3  # column of the first fiscal year in the workbook
WIDTHS: Final = (30, 30, 12)
SHEETS: Final = {"cash": "Cash", "accrual": "Accrual"}
ENDS: Final = {"mean": "differs by", "low": "from", "high": "to"}
FAREST: Final = 6  # years that fit beside one another on a page


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


def in_short(note: Note) -> list[str]:
    """Return what each alternative adds over all years, for all payers together and for the state's general fund."""
    span = f"{year_name(next(iter(note.years)))} to {year_name(list(note.years)[-1])}"
    base = estimate(note.spending[0].accrual[TOTAL].sum(axis=1))
    if not note.answer.alternatives:
        return [f"All payers come to owe {mean_told(base, UNIT, brief=True)} from {span}."]
    return [_added(note, case, span) for case in range(1, len(note.spending))]


def _added(note: Note, case: int, span: str) -> str:
    own = {payer: over_all_years(note, "accrual", payer, case) for payer in (TOTAL, "state", "federal")}
    name = one_line(note.answer.cases[case].title, TITLE_LENGTH)
    whose = {"state": "the state general fund", "federal": "the federal government"}
    parts = (f"{words} {_moved(own[payer])}" for payer, words in whose.items())
    return f"{name}: from {span} all payers come to owe {_moved(own[TOTAL])}; of it {', '.join(parts)}."


def over_all_years(note: Note, basis: str, payer: str, case: int) -> Estimate:
    """Return by how much a payer's spending over all years differs from the base's, run by run."""
    own, base = (note.spending[at].of(basis)[payer].sum(axis=1) for at in (case, 0))
    spread = spread_of_moved(own - base) if note.answer.settings.unknowns else None
    return ranged(estimate(own - base, within=note.answer.within), spread)


def _moved(one: Estimate) -> str:
    """Return a difference in words, with its range."""
    if not one.mean:
        return "nothing more"
    told = f"{short(abs(one.mean), UNIT)} {MORE_LESS[one.mean < 0]}"
    inside = ends_in_words(one, UNIT, MORE_LESS, brief=True)
    return f"{told} ({inside})" if inside else told


def tables_of(note: Note, basis: str) -> Iterator[Table]:
    """Return the tables of one way of counting: a row for each scenario and payer, at most six years side by side."""
    names = [year_name(year) for year in note.years]
    for first in range(0, len(names), FAREST):
        at = slice(first, first + FAREST)
        yield Table(("", *names[at]), tuple(_rows(note, basis, at)), f"{TITLES[basis]}, by fiscal year and payer.")


def _rows(note: Note, basis: str, at: slice) -> Iterator[tuple[str, ...]]:
    for case, name in enumerate(called(note.answer).values()):
        for payer in note.payers(basis):
            cells = note.amounts(basis, payer, case)[at]
            yield (f"{name}: {PAYERS[payer]}", *(mean_told(cell, UNIT, brief=True) for cell in cells))
        if note.wanted.members is not None:
            yield (
                f"{name}: per member per month",
                *(f"${usd:,.2f}" for usd in per_member_month(note, basis, case)[at]),
            )
        for payer in note.payers(basis) if case else ():
            cells = note.told_differences(basis, payer, case)[at]
            yield (f"{name} less the base: {PAYERS[payer]}", *map(_difference, cells))


def _difference(cell: Estimate) -> str:
    told = short(cell.mean, UNIT, signed=True)
    if cell.low is None or cell.low == cell.high:
        return told
    return f"{told} ({short(cell.low, UNIT, signed=True)} to {short(cell.high, UNIT, signed=True)})"


# the workbook ----------------------------------------------------------------------------------------------------


def fiscal_workbook(note: Note, command: str) -> bytes:
    """Return a note as an Excel workbook: a sheet for each way of counting, and one about them."""
    told = stamp(note.answer, command)
    head = _head(note, told)
    book = Book(told.made, {"title": head.title, "subject": head.about, "author": "peerstay", "comments": head.footer})
    for basis in BASES:
        _sheet(book, note, basis, head.footer)
    sheet = book.sheet("About", (130,), head.footer)
    texts = [(head.title, "title"), *((text, "text") for text in (*in_short(note), *how_told(note)))]
    for title, lines in (("Federal share", match_lines(note)), ("What ends with an award", award_lines(note))):
        texts += [(title, "heading"), *((line, "text") for line in lines)] if lines else []
    texts += [("Make it again", "heading"), *((line, "text") for line in (told.command, *made_by(told)))]
    for place, (text, look) in enumerate(texts):
        book.row(sheet, place, [Cell(text, look)])
    return book.finished()


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
            usd = [cell.mean or 0.0 for cell in note.amounts(basis, payer, case)]
            yield [one.name, PAYERS[payer], "spends", *(Cell(value, "usd") for value in usd), _across(row, usd)]
        totals = [cell.mean or 0.0 for cell in note.amounts(basis, TOTAL, case)]
        first, row = row - len(payers) + 1, row + 1
        sums = [_down(_letter(FIRST_YEAR + year), first, row - 1, totals[year]) for year in range(years)]
        yield [one.name, PAYERS[TOTAL], "spend", *(sums if payers else map(_usd, totals)), _across(row, totals)]
        for payer in note.payers(basis) if case else ():
            told = note.told_differences(basis, payer, case)
            over_all = over_all_years(note, basis, payer, case)
            for what in ENDS:
                row += 1
                words = {"mean": "differs by", "low": "from", "high": "to"}[what]
                yield [
                    one.name,
                    PAYERS[payer],
                    words,
                    *(Cell(getattr(cell, what), "usd") for cell in (*told, over_all)),
                ]


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
