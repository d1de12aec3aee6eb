"""Write a rate build-up as a workbook whose formulas are live: change an input and the rate follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sim.questions.rate.build_up import TURNOVER, Prices, build_up, group_rate
from sim.questions.rate.columns import ADDED, ALL, CHANGED, DIFFERENCES, LINES, SIMULATED
from sim.questions.rate.lines import PARTS_IN_WORDS, SECTIONS, SHARE, STAFFING_IN_WORDS, Line, known
from sim.questions.rate.rate import RateStudy
from sim.questions.rate.staffing import Staffing
from sim.questions.rate.tables import change_in_words
from sim.questions.rate.text import how, sentences
from sim.results.summary import Estimate
from sim.scenario.files import Loaded
from sim.takeaway.rate.cells import FORMULAS, INPUTS, RUNS, STEPS
from sim.takeaway.workbook import Book, Cell, Cells, Formula

SHEET, RANGES = "Rate", "Ranges"
FIRST: Final = 3  # column of the first amount
NAMES: Final = re.compile(r"\{([^}]+)\}")
INPUTS_OVER_FUTURES: Final = (
    "Inputs: change them here. What futures draw stands at the value by which this arithmetic comes to the mean over "
    "all of them"
)
NOBODY_LEAVES: Final = "nobody leaves"


@dataclass(frozen=True)
class Row:
    """One row of the sheet: a name that formulas know it by, its words, and its cell in each column."""

    name: str
    words: str
    known: tuple[str, str]
    cells: tuple[Cell | Formula, ...]


def rate_workbook(study: RateStudy, loaded: Loaded, command: str) -> bytes:
    """Return a study as an Excel workbook; `loaded` is the base before it was made neutral."""
    title = f"Rate build-up: {study.answer.base.title}"
    book = Book(datetime.now(UTC).isoformat(timespec="seconds"), {"title": title, "author": "peerstay"})
    rate_sheets(book, study, loaded, title)
    sheet = book.sheet("About", (130,), title)
    texts = [(title, "title"), *((text, "text") for text in (*sentences(study), *how(study)))]
    texts += [("Make it again", "heading"), (command, "text")]
    for place, (text, look) in enumerate(texts):
        book.row(sheet, place, [Cell(text, look)])
    return book.finished()


def rate_sheets(book: Book, study: RateStudy, loaded: Loaded, title: str, ranges: str = RANGES) -> None:
    """Write the table with its live formulas, and the ranges under a name of the caller's."""
    _rate_sheet(book, study, loaded, title)
    _ranges_sheet(book, study, title, ranges)


# the table -----------------------------------------------------------------------------------------------------


def _rate_sheet(book: Book, study: RateStudy, loaded: Loaded, title: str) -> None:
    columns = _columns(study)
    sheet = book.sheet(SHEET, (52, 12, 36, *(18,) * len(columns)), title)
    heading = ("Line", "How known", "Card", NOBODY_LEAVES, *(one.name for one in study.columns))
    parts = {**_sections(study, loaded, columns), **_below(study, columns)}
    places, place = dict[str, int](), 1
    for rows in parts.values():
        place += 1
        for row in rows:
            places[row.name], place = place, place + 1
    book.row(sheet, 0, [Cell(text, "head") for text in heading])
    at = 1
    for name, rows in parts.items():
        book.row(sheet, at, [Cell(name, "heading")])
        for row in rows:
            at += 1
            cells = [_placed(cell, places, FIRST + column) for column, cell in enumerate(row.cells)]
            book.row(sheet, at, [row.words, *row.known, *cells])
        at += 1
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)


def _columns(study: RateStudy) -> list[tuple[Prices, Staffing]]:
    """Return terms and staffing of each column: the base if nobody left, then every scenario."""
    return [study.columns[0].nobody, *((one.prices, one.staffing) for one in study.columns)]


def _sections(study: RateStudy, loaded: Loaded, columns: Sequence[tuple[Prices, Staffing]]) -> dict[str, list[Row]]:
    amounts = [build_up(prices, staffing) for prices, staffing in columns]
    return {title: [_line(line, study, loaded, amounts) for line in lines] for title, lines in SECTIONS.items()}


def _line(line: Line, study: RateStudy, loaded: Loaded, amounts: Sequence[Mapping[str, Any]]) -> Row:
    look = "share" if line.unit == SHARE else "hourly"
    formula = FORMULAS.get(line.key, "{wage}")
    cells = tuple(Formula(formula, float(one.get(line.key, 0.0)), look) for one in amounts)
    how_known = known(line, loaded, study.payer)
    name = "line.wage" if line.key == "wage" else line.key
    return Row(name, line.words, (how_known.how, how_known.card), cells)


def _group_row(size: int, rates: Sequence[float]) -> Row:
    cells = tuple(Formula(f"{{rate}}/{size}", float(group_rate(rate, size)), "hourly") for rate in rates)
    return Row(f"group.{size}", f"Rate of a unit for each of {size} clients", ("", ""), cells)


def _below(study: RateStudy, columns: Sequence[tuple[Prices, Staffing]]) -> dict[str, list[Row]]:
    """Return groups' rates, inputs, what came out of the runs, and the steps between them and the table."""
    rates = [float(build_up(prices, staffing)["rate"]) for prices, staffing in columns]
    groups = [_group_row(size, rates) for size in study.wanted.sizes]
    inputs = [
        Row(name, words, ("input", ""), tuple(Cell(read(prices), look) for prices, _ in columns))
        for name, (words, look, read) in INPUTS.items()
    ]
    runs = [
        Row(f"run.{name}", words, ("simulated", ""), tuple(Cell(getattr(one, name), "plain") for _, one in columns))
        for name, words in RUNS.items()
    ]
    steps = [
        Row(name, words, ("", ""), tuple(Formula(formula, None, "plain") for _ in columns))
        for name, (words, formula) in STEPS.items()
    ]
    return {
        "Groups, USD": groups,
        INPUTS_OVER_FUTURES if study.answer.settings.unknowns else "Inputs: change them here": inputs,
        "Out of the runs: they stay as they are when an input is changed here": runs,
        "Steps": steps,
    }


def _placed(cell: Cell | Formula, places: Mapping[str, int], column: int) -> Cell | Formula:
    """Return a formula with the cells of its column in place of names."""
    if isinstance(cell, Cell):
        return cell
    letter = _letters(column)
    return Formula(NAMES.sub(lambda found: f"{letter}{places[found[1]] + 1}", cell.text), cell.value, cell.look)


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column, from 0."""
    above, last = divmod(column, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + last)


# ranges --------------------------------------------------------------------------------------------------------


def _ranges_sheet(book: Book, study: RateStudy, title: str, name: str) -> None:
    sheet = book.sheet(name, (46, *(14,) * (3 * len(study.columns))), title)
    heads = [head for one in study.columns for head in (one.name, "from", "to")]
    ranges = "middle 90 % of single futures" if study.answer.over_futures else "95 % interval of the mean"
    book.table(sheet, (f"Mean and {ranges}", *heads), _ranges(study), 1)


def _ranges(study: RateStudy) -> Iterator[Cells]:
    yield ["Rate of a unit, USD", *_cells([one.told(LINES)["rate"] for one in study.columns], "hourly")]
    for part in (*TURNOVER, ALL):
        added = [one.told(ADDED)[part] for one in study.columns]
        yield [f"Turnover adds, USD: {PARTS_IN_WORDS[part]}", *_cells(added, "hourly")]
    for part in DIFFERENCES if len(study.columns) > 1 else ():
        told = [one.told(CHANGED).get(part) for one in study.columns]
        yield [f"Against the base, USD: {change_in_words(part)}", *_cells(told, "hourly")]
    for name, (words, unit) in STAFFING_IN_WORDS.items():
        yield [
            words,
            *_cells([one.told(SIMULATED)[name] for one in study.columns], "share" if unit == SHARE else "plain"),
        ]


def _cells(estimates: Sequence[Estimate | None], look: str) -> list[Cell]:
    ends = [(None,) * 3 if one is None else (one.mean, one.low, one.high) for one in estimates]
    return [Cell(end, look) for three in ends for end in three]
