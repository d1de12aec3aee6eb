"""Fill the sheets of a workbook: answer, results, months and their charts, inputs, differences, and what made them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sim.charts.printed import COLORS, Paths
from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.marks import GRADES, KINDS
from sim.evidence.paths import GLOSSARY
from sim.questions.compare import assumptions
from sim.questions.compare.budget_text import line_name, year_name, years_of
from sim.results.bands import middle
from sim.results.budget import budget_lines
from sim.results.measures.table import MEASURES
from sim.runs.answer import Answer
from sim.runs.identity import versions
from sim.takeaway.also import FAIR_SHEET, NOTHING_ELSE, WORTH_SHEET, Also, fair_rows, worth_rows
from sim.takeaway.content import brief
from sim.takeaway.fiscal_note import SHEETS as FISCAL_SHEETS
from sim.takeaway.fiscal_note import fiscal_sheets
from sim.takeaway.long_table import InputRow, Result, input_rows, results
from sim.takeaway.monthly import SERIES, Series, month_ends
from sim.takeaway.named import called, case_title, keyed
from sim.takeaway.parts import Brief, Table
from sim.takeaway.plain import one_line
from sim.takeaway.private import change_told, shareable
from sim.takeaway.rate.workbook import SHEET as RATE_SHEET
from sim.takeaway.rate.workbook import rate_sheets
from sim.takeaway.workbook import Book, Cell, Cells, Value, look_of, look_of_measure
from sim.words.inputs import name_in_words, value_in_words
from sim.words.provenance import Stamp

GLOSSARY_ROW = re.compile(r"^\|(?P<term>[^|]+)\|(?P<name>[^|]*)\|(?P<meaning>[^|]+)\|$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
MONTHLY: Final = "Monthly"
BANDS_UP_TO: Final = 2  # scenarios; the bands of more would cover one another
DASHES: Final = ("solid", "dash", "dash_dot", "round_dot", "long_dash")
OF_THE_RUNS: Final = ("mean", "5 %", "95 %")
CHART: Final = {"width": 760, "height": 380}
ROWS_A_CHART, COLUMNS_A_CHART = 20, 12
STANDARD: Final = 8.43  # characters: a column's width where nothing is said
Places = Mapping[tuple[str, str, str], int]  # series, name of the case, kind → column


def assumption_rows(answer: Answer) -> Iterator[Cells]:
    """Yield every effect and every card, those of weak evidence that the differences rest on marked."""
    found = assumptions.leaning(answer)
    effects, cards = {one.key for one in found.effects}, {one.key: one for one in found.cards}
    for effect in load_effects().values():
        unit = "log hazard per SD" if effect.outcome in assumptions.OUTCOMES else "SD per SD"
        name = assumptions.effect_in_words(effect).partition(":")[0]
        yield [
            "effect", name, f"effects.{effect.key}", effect.effect, effect.low, effect.high, unit,
            _graded(effect.grade), _leaned(effect.key in effects), effect.source, effect.basis,
        ]  # fmt: skip
    for card in {**load_cards(), **cards}.values():
        remark = "; ".join(part for part in (KINDS[card.kind], card.place, card.population, card.note) if part)
        yield [
            "input", card.title, card.key, card.value, card.low, card.high, card.unit,
            _graded(card.grade), _leaned(card.key in cards), ", ".join(card.sources), remark,
        ]  # fmt: skip


def _graded(grade: str) -> Cell:
    return Cell(grade, "strong" if grade in assumptions.WEAK else "")


def _leaned(yes: bool) -> str:
    return "yes" if yes else ""


def glossary_rows() -> Iterator[Cells]:
    """Yield grades, measures, and the glossary of the documentation where that comes along."""
    yield from ([f"grade {grade}", "", meaning] for grade, meaning in GRADES.items())
    for measure in MEASURES.values():
        yield [measure.label, measure.key, f"{measure.definition} Unit: {measure.unit}."]
    if not GLOSSARY.is_file():
        return
    known = {measure.key for measure in MEASURES.values()}
    for row in GLOSSARY_ROW.finditer(GLOSSARY.read_text(encoding="utf-8")):
        term, name, meaning = (row[part].replace("`", "").strip() for part in ("term", "name", "meaning"))
        if name not in known and term not in ("term", "---") and not term.startswith("grade "):
            yield [term, name, LINK.sub(r"\1", meaning)]


CONTENTS = (
    ("Results", "every measure: base, alternative, difference, interval of the mean, middle 90 % of futures"),
    (
        "Budget",
        "by fiscal year: money received, cost, margin, cash, awards; mean, and the middle 90 % of the runs",
    ),
    ("Monthly", "month by month: mean, and the middle 90 % of the runs"),
    ("Charts", "the same as charts"),
    ("Inputs", "every input of every scenario, with unit, range, what futures draw in its place, and source"),
    ("Differences", "what differs from the base"),
    ("Assumptions", "every effect and input with its range, grade and source"),
    ("Glossary", "what the words mean"),
    ("Provenance", "version, fingerprints, seed, command"),
)
OF_MEAN: Final = "(95 % interval of the mean)"
RESULTS = (
    "Family", "Measure", "Key", "Unit", "Scenario", "Title",
    "Base", f"Base, low {OF_MEAN}", f"Base, high {OF_MEAN}",
    "Scenario's own", f"Own, low {OF_MEAN}", f"Own, high {OF_MEAN}",
    "Difference (of a share: points)", f"Difference, low {OF_MEAN}", f"Difference, high {OF_MEAN}",
    "Own, 5 % of futures below", "Own, 5 % above", "Difference, 5 % of futures below", "Difference, 5 % above",
    "In words, against the base", "Chance of being better", "Futures on its side", "Verdict",
    "Better is", "Runs", "Definition",
)  # fmt: skip
RESULT_WIDTHS = (9, 32, 34, 18, 26, 34, *(13,) * 13, 38, 11, 11, 16, 9, 8, 70)
LONGEST_VALUE = 2_000
WORTH_NAME, FAIR_NAME, RATE_RANGES = "Worth", "By group", "Rate ranges"
NOT_THERE = "–"  # the scenario has no such table, or no such change
FUTURES_DRAW: Final = "Futures draw, in place of the value"
FIRST_NUMBER, WORDS_AT, CHANCES_AT, VERDICT_AT, RUNS_AT = 6, 19, (20, 21), 22, 24
SPECIAL = (
    dict.fromkeys((WORDS_AT, VERDICT_AT, RUNS_AT + 1), "beside")
    | dict.fromkeys(CHANCES_AT, "chance")
    | {RUNS_AT: "whole"}
)


def workbook(answer: Answer, stamp: Stamp, paths: Paths, also: Also = NOTHING_ELSE) -> bytes:
    """Return an answer as an Excel workbook."""
    told = brief(answer, stamp, also)
    properties = {"title": told.title, "subject": told.about, "author": "peerstay", "comments": told.footer}
    book = Book(stamp.made, properties)
    _answer_sheet(book, told, also)
    _results_sheet(book, answer, told.footer)
    _budget(book, answer, told.footer)
    places = monthly_sheet(book, answer, paths, told.footer)
    charts_sheet(book, answer, places, told.footer)
    _inputs_sheet(book, answer, told.footer)
    _differences_sheet(book, answer, told.footer)
    _also_sheets(book, answer, also, told.footer)
    sheet = book.sheet("Assumptions", (10, 44, 44, 10, 10, 10, 24, 8, 10, 34, 60), told.footer)
    heading = (
        "What", "Name", "Key", "Value", "Low", "High", "Unit", "Grade", "Leaned on", "Sources", "Basis or remark"
    )  # fmt: skip
    book.table(sheet, heading, assumption_rows(answer), 2)
    sheet = book.sheet("Glossary", (34, 40, 110), told.footer)
    book.table(sheet, ("Term", "Name in files", "Meaning"), glossary_rows(), 1)
    sheet = book.sheet("Provenance", (30, 120), told.footer)
    book.table(sheet, ("What", "Value"), _provenance(answer, stamp), 1)
    return book.finished()


def _answer_sheet(book: Book, told: Brief, also: Also) -> None:
    columns = len(told.numbers.heading)
    sheet = book.sheet("Answer", (44, *(27,) * (columns - 1)), told.footer)
    above = [(told.title, "title"), (told.about, "text"), ("Question", "heading"), (told.question, "text")]
    above += [("Answer", "heading"), *((answer, "text") for answer in told.answers), ("The numbers", "heading")]
    limits = told.parts[-1]
    below = [(told.how_to_read, "text"), (limits.title, "heading"), *((item, "text") for item in limits.items)]
    below += [
        ("In this workbook", "heading"),
        *((f"{name}: {about}", "text") for name, about in (*CONTENTS, *_more(also))),
    ]
    for row, (text, look) in enumerate(above):
        book.wide(sheet, row, text, look, columns)
    at = _tables(book, sheet, len(above), list(filter(None, (told.numbers, told.payers))))
    for row, (text, look) in enumerate(below, at):
        book.wide(sheet, row, text, look, columns)


def _tables(book: Book, sheet: Any, at: int, tables: Sequence[Table]) -> int:
    """Write tables beneath one another from a row on; return the row behind them."""
    for table in tables:
        book.row(sheet, at, [Cell(text, "head") for text in table.heading])
        for row, cells in enumerate(table.rows, at + 1):
            book.row(sheet, row, cells)
        at += len(table.rows) + 2
    return at


def _results_sheet(book: Book, answer: Answer, footer: str) -> None:
    sheet = book.sheet("Results", RESULT_WIDTHS, footer)
    book.table(sheet, RESULTS, map(_result_row, results(answer)), 2)


def _result_row(one: Result) -> Cells:
    look = look_of_measure(one.key)
    cells: list[Cell | str | float | None] = []
    for place, value in enumerate(one.values()):
        number = FIRST_NUMBER <= place < WORDS_AT
        cells.append(Cell(value, look if number and value is not None else SPECIAL.get(place, "")))
    return cells


def _inputs_sheet(book: Book, answer: Answer, footer: str) -> None:
    names = [f"{short}: {case_title(case)}" for short, case in zip(called(answer).values(), answer.cases, strict=True)]
    sheet = book.sheet("Inputs", (46, 44, 20, 24, *(22,) * len(names), 28, 24, 34, 9, 40), footer)
    heading = (
        "Input", "What it is", "Unit", "Range it may have", *names,
        FUTURES_DRAW, "Stated by", "Evidence card", "Grade of the default", "Sources of the default",
    )  # fmt: skip
    short = list(called(answer).values())
    book.table(sheet, heading, (_input_row(one, short) for one in input_rows(answer)), 1)


def _input_row(one: InputRow, names: Sequence[str]) -> Cells:
    values = [
        Cell(NOT_THERE if value is None else value, "strong" if place and value != one.values[0] else "")
        for place, value in enumerate(one.values)
    ]
    stating = ", ".join(name for name, stated in zip(names, one.stated, strict=True) if stated) or "nobody: the default"
    return [one.path, one.about, one.unit, one.range, *values, one.drawn, stating, one.evidence, one.grade, one.sources]


def _differences_sheet(book: Book, answer: Answer, footer: str) -> None:
    sheet = book.sheet("Differences", (34, 44, 44, 40, 40, 12, 80), footer)
    heading = ("Scenario", "Input", "Name", "In the base", "In the alternative", "From month", "In words")
    book.table(sheet, heading, _differences(answer), 1)


def _differences(answer: Answer) -> Iterator[Cells]:
    names = called(answer)
    for one in answer.alternatives:
        title = f"{names[one.case.name]}: {case_title(one.case)}"
        if not one.changes:
            yield [title, "", "", "", "", "", "nothing: the scenarios mean the same"]
        for change in one.changes:
            told = shareable(change)
            sides = [_side(side, told.path) for side in (told.from_, told.to)]
            yield [
                title,
                told.path,
                name_in_words(told.path.split(".")),
                *sides,
                told.at or "the start",
                change_told(change),
            ]


def _side(value: object, path: str) -> str | float | None:
    """Return a value as a cell: a number as such, a table by the names of its inputs."""
    if value is None:
        return "none"
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    return one_line(value_in_words(value, path=path.split(".")), LONGEST_VALUE)


def _provenance(answer: Answer, stamp: Stamp) -> Iterator[Cells]:
    facts = {"program": "peerstay", **stamp.manifest(), **versions()}
    facts.pop("scenarios")  # each with its title below
    yield from ([name, str(value)] for name, value in facts.items())
    for case in answer.cases:
        yield [f"scenario {case.name}", f"{case_title(case)}; fingerprint {stamp.fingerprints[case.name]}"]
        scenario = case.loaded.scenario
        for what, text in (("question", scenario.question), ("notes", scenario.notes)):
            if text:
                yield [f"{what} of {case.name}", text.strip()]
        yield from ([f"warning for {case.name}", str(problem)] for problem in case.loaded.warnings)
    yield ["series", "; ".join(f"{series.title}: {series.about}" for series in SERIES)]


def _budget(book: Book, answer: Answer, footer: str) -> None:
    """Write a row for each scenario and line, and for each fiscal year the mean and the ends of the middle 90 %."""
    names = [year_name(year) for year in years_of(answer)]
    sheet = book.sheet("Budget", (10, 34, *(14,) * (3 * len(names))), footer)
    heading = [f"{name}, {kind}" for name in names for kind in ("mean", "5 %", "95 %")]
    book.table(sheet, ("Scenario", "Line, USD", *heading), _budget_rows(answer), 2)


def _budget_rows(answer: Answer) -> Iterator[Cells]:
    short, years = called(answer), years_of(answer)
    for case in answer.cases:
        for line in budget_lines(case.books, years) if case.books else ():
            numbers = [Cell(one, "usd") for of_year in zip(line.means, *line.middle, strict=True) for one in of_year]
            yield [short[case.name], line_name(line).strip(), *numbers]


def _more(also: Also) -> Iterator[tuple[str, str]]:
    """Yield the sheets of what else is asked, each with what it holds."""
    if also.rate is not None:
        yield RATE_SHEET, "the rate that the wage needs, line by line, with live formulas; its ranges beside it"
    if also.fiscal is not None:
        yield " and ".join(FISCAL_SHEETS.values()), "what each payer spends by state fiscal year, with live totals"
    if also.worth is not None:
        yield WORTH_NAME, "what a served client must avoid for the money to come back"
    if also.fair is not None:
        yield FAIR_NAME, "pay, retention, promotion and leaving by group, small groups left out"


def _also_sheets(book: Book, answer: Answer, also: Also, footer: str) -> None:
    """Write what else is asked, a sheet or two each."""
    if also.rate is not None:
        rate_sheets(book, also.rate, answer.base.loaded, footer, RATE_RANGES)
    if also.fiscal is not None:
        fiscal_sheets(book, also.fiscal, footer)
    if also.worth is not None:
        sheet = book.sheet(WORTH_NAME, (16, 52, 14, *(16,) * 5), footer)
        book.table(sheet, WORTH_SHEET, worth_rows(also.worth), 1)
    if also.fair is not None:
        sheet = book.sheet(FAIR_NAME, (16, 40, 18, 10, 26, *(13,) * 7), footer)
        book.table(sheet, FAIR_SHEET, fair_rows(also.fair), 3)


# month by month: the series, and charts of the spreadsheet itself -----------------------------------------------


def monthly_sheet(book: Book, answer: Answer, paths: Paths, footer: str) -> Places:
    """Write a row for each month; return where each column stands."""
    columns: list[list[Cell | Value]] = [list(month_ends(answer))]
    heading, places = ["Month"], {}
    for series in SERIES:
        for name, short in called(answer).items():
            told = middle(paths.of(name, series.key))
            for kind, values in zip(OF_THE_RUNS, (told.mean, told.low, told.high), strict=True):
                places[series.key, name, kind] = len(columns)
                heading.append(f"{series.title}, {short}, {kind}")
                columns.append([Cell(float(value), look_of(series.unit)) for value in values])
    sheet = book.sheet(MONTHLY, (10, *(13,) * (len(columns) - 1)), footer)
    book.table(sheet, heading, zip(*columns, strict=True), 1)
    return places


def charts_sheet(book: Book, answer: Answer, places: Places, footer: str) -> None:
    """Draw a chart for each series, two beside one another."""
    sheet = book.sheet("Charts", (STANDARD,) * (2 * COLUMNS_A_CHART), footer)
    keys = keyed(answer)
    bands = "thin lines: 5 % of the runs lie below, 5 % above. " if len(answer.cases) <= BANDS_UP_TO else ""
    book.wide(sheet, 0, "Projection, month by month", "title", 2 * COLUMNS_A_CHART)
    told = f"Lines are means of the runs; {bands}The sheet {MONTHLY} holds all bands. {keys}."
    book.wide(sheet, 1, told, "text", 2 * COLUMNS_A_CHART)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, 2 + ROWS_A_CHART * math.ceil(len(SERIES) / 2), 2 * COLUMNS_A_CHART - 1)
    for number, series in enumerate(SERIES):
        chart = _chart(book, answer, series, places)
        row, column = 3 + ROWS_A_CHART * (number // 2), COLUMNS_A_CHART * (number % 2)
        sheet.insert_chart(row, column, chart, {"description": f"{series.title} by month. {series.about} {keys}."})


def _chart(book: Book, answer: Answer, series: Series, places: Places) -> Any:
    chart = book.book.add_chart({"type": "line"})
    months = answer.base.loaded.scenario.horizon.months
    kinds = OF_THE_RUNS if len(answer.cases) <= BANDS_UP_TO else OF_THE_RUNS[:1]
    hidden: list[int] = []
    for number, (name, short) in enumerate(called(answer).items()):
        for kind in kinds:
            column = places[series.key, name, kind]
            if kind != OF_THE_RUNS[0]:
                hidden.append(number * len(kinds) + kinds.index(kind))
            chart.add_series(
                {
                    "name": short if kind == OF_THE_RUNS[0] else f"{short}, {kind}",
                    "categories": [MONTHLY, 1, 0, months, 0],
                    "values": [MONTHLY, 1, column, months, column],
                    "line": _line(number, kind),
                }
            )
    _dress(chart, series, months)
    chart.set_legend({"position": "bottom", "delete_series": hidden})
    return chart


def _line(number: int, kind: str) -> dict[str, Any]:
    width = 2.25 if kind == OF_THE_RUNS[0] else 0.75
    return {"color": COLORS[number % len(COLORS)], "width": width, "dash_type": DASHES[number % len(DASHES)]}


def _dress(chart: Any, series: Series, months: int) -> None:
    quiet = {"line": {"color": "#E4E4E4"}}
    formats = {"share": "0%", "USD": "$#,##0", "peers": "0"}
    chart.set_title({"name": series.title, "name_font": {"size": 12}, "overlay": False})
    every = max(1, months // 6)
    chart.set_x_axis({"interval_unit": every, "interval_tick": every, "label_position": "low"})
    chart.set_y_axis({"num_format": formats.get(series.unit, "0.0"), "major_gridlines": {"visible": True, **quiet}})
    chart.set_size(CHART)
    chart.show_blanks_as("gap")
