"""Write a rate build-up as a workbook whose formulas are live: change an input and the rate follows.

The formulas are those of `sim.questions.rate.build_up` once more, for a sheet; a test recomputes them and holds the two
together. `{name}` stands for the cell of a row in the same column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sim.model.world.terms import fixed_fringe_share
from sim.questions.rate.build_up import TURNOVER, USES, Prices, build_up, even_group_rate
from sim.questions.rate.columns import ADDED, ALL, CHANGED, DIFFERENCES, LINES, SIMULATED
from sim.questions.rate.lines import PARTS_IN_WORDS, SECTIONS, SHARE, STAFFING_IN_WORDS, Line, known
from sim.questions.rate.rate import RateStudy
from sim.questions.rate.staffing import Staffing
from sim.questions.rate.tables import change_in_words
from sim.questions.rate.text import how, sentences
from sim.results.summary import Estimate
from sim.scenario.files import Loaded
from sim.takeaway.workbook import Book, Cell, Cells, Formula, Value

SHEET, RANGES = "Rate", "Ranges"
FIRST: Final = 3  # column of the first amount
NAMES: Final = re.compile(r"\{([^}]+)\}")
INPUTS_OVER_FUTURES: Final = (
    "Inputs: change them here. What futures draw stands at the value by which this arithmetic comes to the mean over "
    "all of them"
)
NOBODY_LEAVES: Final = "nobody leaves"

# rows: inputs, what came out of the runs, and formulas that name other rows --------------------------------------


Reader = Callable[[Prices], Value]

INPUTS: Final[dict[str, tuple[str, str, Reader]]] = {  # row → words, look, value
    "wage": ("Wage of a newcomer, USD an hour", "hourly", lambda p: p.wage),
    "reference_wage": ("The base's wage, at which fixed costs are priced", "hourly", lambda p: p.reference_wage),
    "fringe_share": ("Fringe, share of wages", "share", lambda p: p.organization.benefits.fringe_share),
    "fixed_fringe": ("of it: does not rise with pay", "share", lambda p: fixed_fringe_share(p.organization)),
    "flat": ("Flat benefits, USD a month and FTE", "hourly", lambda p: p.organization.benefits.flat_per_fte),
    "fte": ("FTE of a post", "plain", lambda p: p.organization.posts.fte),
    "paid_hours": ("Paid hours a year and FTE", "whole", lambda p: p.organization.posts.paid_hours_per_year),
    "supervisor_stated": (
        "Supervisors' wage, as stated", "hourly", lambda p: p.organization.practices.supervisor_wage_usd_per_hour,
    ),
    "supervisor_gap": (
        "Supervisors over newcomers, at least", "share", lambda p: p.organization.practices.supervisor_gap_share,
    ),
    "span": (
        "Peers per supervisor", "plain",
        lambda p: p.organization.practices.span,
    ),
    "supervisors_fte": (
        "Supervisors, FTE (in place of the span)", "plain", lambda p: p.organization.practices.other_supervisors_fte,
    ),
    "overhead_share": ("Overhead, share", "share", lambda p: p.organization.posts.overhead_share),
    "fixed_overhead": (
        "of it: does not rise with pay", "share", lambda p: p.organization.posts.fixed_overhead_share,
    ),
    "support_usd": (
        "Training and support, USD a month and peer", "hourly",
        lambda p: p.organization.practices.training_usd_per_peer_month,
    ),
    "direct_usd": (
        "Direct cost, USD a month and peer", "hourly", lambda p: p.organization.posts.direct_usd_per_peer_month,
    ),
    "fixed_usd": ("Direct cost, USD a month", "hourly", lambda p: p.organization.posts.fixed_usd_per_month),
    "exit_usd": ("Cost of leaving, USD", "hourly", lambda p: p.organization.turnover.cost_per_exit_usd),
    "hire_usd": ("Cost of a hire, USD", "hourly", lambda p: p.organization.recruitment.cost_per_hire_usd),
    "cover_usd": (
        "Cover, USD a month and vacant post", "hourly", lambda p: p.organization.recruitment.cover_usd_per_vacant_month,
    ),
    "leave_share": ("Paid time off, share of paid hours", "share", lambda p: p.organization.time_use.leave_share),
    "absence_share": ("Absence a cap by day goes by", "share", lambda p: p.organization.time_use.absence_share),
    **{
        f"in.{name}": (
            f"Of hours worked: {name.replace('_', ' ')}", "share",
            lambda p, name=name: getattr(p.organization.time_use, name),  # type: ignore[misc]
        )
        for name in USES
    },
    **{
        f"bill.{name}": (
            f"May be billed: {name.replace('_', ' ')} (1 is yes)", "whole",
            lambda p, name=name: int(name in p.source.billable),  # type: ignore[misc]
        )
        for name in USES
    },
    "group_size": ("Clients in a group", "plain", lambda p: p.organization.time_use.group_size),
    "certificate": ("Certificate required (1 is yes)", "whole", lambda p: int(p.source.certification_required)),
    "visit": ("Minutes of a visit", "plain", lambda p: p.source.visit_minutes),
    "session": ("Minutes of a group session", "plain", lambda p: p.source.group_visit_minutes),
    "most_day": ("Most units, client and day", "plain", lambda p: p.source.max_units_per_client_day),
    "cap_worker_day": ("Most units, working day of a peer", "plain", lambda p: p.source.max_units_per_worker_day),
    "cap_client_month": ("Most units, client and month", "plain", lambda p: p.source.max_units_per_client_month),
    "cap_client_year": ("Most units, client and year", "plain", lambda p: p.source.max_units_per_client_year),
    "caseload": ("Clients of a full caseload", "plain", lambda p: p.organization.services.caseload_per_peer),
    "denial": ("Denied at first", "share", lambda p: p.source.denial_share),
    "recovered": ("of it: recovered later", "share", lambda p: p.source.rework_recovered_share),
    "per_claim": ("Units on a claim", "plain", lambda p: p.source.units_per_claim),
    "claim_usd": ("Sending a claim again, USD", "hourly", lambda p: p.source.rework_usd_per_claim),
    "billed_factor": (
        "Hours billed over those by these terms (1 but over futures)", "plain", lambda p: p.billed_factor,
    ),
    "today": ("Rate of a unit today, USD", "hourly", lambda p: p.source.rate_usd_per_unit),
    "group_today": ("Group rate of a unit and client today, USD", "hourly", lambda p: p.source.group_rate_usd_per_unit),
    "brought_factor": (
        "What an hour billed brings over that by these terms (1 but over futures)", "plain", lambda p: p.brought_factor,
    ),
}  # fmt: skip
RUNS: Final[Mapping[str, str]] = {  # row → words; a staffing's fields
    "pay": "Mean wage over a newcomer's",
    "months_in_post": "Months in post, each post's year of paid hours",
    "months_held": "Months in post or on leave",
    "months_staffed": "Months of posts with supervision, vacant ones too",
    "employers": "Months of the organization",
    "months_vacant": "Months vacant",
    "exits": "Separations",
    "hires": "Hires",
    "supported_leave": "Supported leave that is paid, share of paid hours",
    "absence": "Absence, share of paid hours",
    "ramp_up": "Newcomers' ramp-up, share of paid hours",
    "supervising": "Supervising other peers, share of paid hours",
    "uncertified": "Given before certified, share of paid hours",
    "used": "Of what clients could have, used",
}
STEPS: Final[dict[str, tuple[str, str]]] = {  # row → words, formula
    "year": ("Paid hours a year of a post", "{paid_hours}*{fte}"),
    "flat_an_hour": ("Flat benefits, USD an hour paid", "{flat}*{fte}*{run.months_held}/{year}"),
    "hours_month": ("Hours that could be billed, month in post", "{able}*{year}/{run.months_in_post}"),
    "visit_units": ("Units of a visit", "MIN(INT(({visit}+7)/15),IF(ISNUMBER({most_day}),{most_day},1E+99))"),
    "session_units": ("Units of a session", "MIN(INT(({session}+7)/15),IF(ISNUMBER({most_day}),{most_day},1E+99))"),
    "units_wanted": (
        "Individual units, month in post, before caps",
        "4*{hours_month}*({run.used}*{in.individual}*{bill.individual}*{visit_units}*15/{visit}+"
        + "+".join(f"{{in.{name}}}*{{bill.{name}}}" for name in USES if name not in ("individual", "group"))
        + ")",
    ),
    "group_wanted": (
        "Group units, before caps",
        "4*{hours_month}*{run.used}*{in.group}*{bill.group}*{group_size}*{session_units}*15/{session}",
    ),
    "day_cap": (
        "Most units a month by the working day",
        "IF(ISNUMBER({cap_worker_day}),{cap_worker_day}*365.25/12*5/7*(1-{leave_share}-{absence_share})*{fte},1E+99)",
    ),
    "month_cap": (
        "Most units a month by the client's month",
        "IF(ISNUMBER({cap_client_month}),{cap_client_month}*{caseload}*{fte},1E+99)",
    ),
    "year_cap": (
        "Most units a month by the client's year",
        "IF(ISNUMBER({cap_client_year}),{cap_client_year}/12*{caseload}*{fte},1E+99)",
    ),
    "most": ("Most units a month that caps allow", "MIN({day_cap},{month_cap},{year_cap})"),
    "individual_units": ("Individual units, month in post", "MIN({units_wanted},{most})"),
    "group_units": ("Group units, month in post", "MIN({group_wanted},{most}-{individual_units})"),
    "units_in_hours": ("Both in hours, a group's once, times four", "{individual_units}+{group_units}/{group_size}"),
    "group_ratio": (
        "Group rate over the rate: today's, or that of an hour's worth",
        "IF({today}>0,{group_today}/{today},1/{group_size})",
    ),
    "supervisor": (
        "Supervisors' wage, USD an hour", "MAX({supervisor_stated},(1+{supervisor_gap})*{wage})",
    ),
    "supervisors": (
        "Supervisors, months over paid hours",
        "IF(ISNUMBER({supervisors_fte}),{supervisors_fte}*{run.employers},{fte}/{span}*{run.months_staffed})/{year}",
    ),
    "reference": (
        "Wages, fringe, supervision at the base's wage, USD an hour paid",
        "({reference_wage}+{supervisors}*{supervisor_stated}*{paid_hours}/12)*(1+{fringe_share})+{flat_an_hour}",
    ),
    "personnel": (
        "Wages, fringe, supervision that overhead goes by, USD an hour paid",
        "(1-{fixed_overhead})*({hourly}+{supervision})+{fixed_overhead}*{reference}",
    ),
}  # fmt: skip
_NOT_GIVEN = ("planned_leave", "supported_leave", "absence", "ramp_up", "supervising", "uncertified")
_ON_TOP = ("hourly", "supervision", "support", "direct", "replacement", "cover", "overhead")
FORMULAS: Final[dict[str, str]] = {  # line of the table → formula; the wage is an input itself
    "pay_above": "{wage}*({run.pay}-1)",
    "fringe_moving": "{fringe_share}*(1-{fixed_fringe})*{wage}*{run.pay}",
    "fringe_fixed": "{fringe_share}*{fixed_fringe}*{reference_wage}+{flat_an_hour}",
    "hourly": "{line.wage}+{pay_above}+{fringe_moving}+{fringe_fixed}",
    "planned_leave": "{leave_share}*{run.months_in_post}/12",
    **{name: f"{{run.{name}}}" for name in ("supported_leave", "absence", "ramp_up", "supervising")},
    "uncertified": "{certificate}*{run.uncertified}",
    "able": "1-" + "-".join(f"{{{name}}}" for name in _NOT_GIVEN),
    **{f"use.{name}": f"{{able}}*{{in.{name}}}*(1-{{bill.{name}}})" for name in USES},
    "use.rest": "{able}*(1-" + "-".join(f"{{in.{name}}}" for name in USES) + ")",
    "unasked": "(1-{run.used})*{able}*({in.individual}*{bill.individual}+{in.group}*{bill.group})",
    "billed": "{billed_factor}*({individual_units}+{group_units}/{group_size})*{run.months_in_post}/(4*{year})",
    "beyond": "{able}*(" + "+".join(f"{{in.{name}}}*{{bill.{name}}}" for name in USES) + ")-{unasked}-{billed}",
    "supervision": "{supervisors}*{paid_hours}/12*({supervisor}*(1+{fringe_share}*(1-{fixed_fringe}))"
    "+{supervisor_stated}*{fringe_share}*{fixed_fringe})",
    "support": "{support_usd}*{run.months_in_post}/{year}",
    "direct": "({direct_usd}*{run.months_in_post}+{fixed_usd}*{run.employers})/{year}",
    "replacement": "({exit_usd}*{run.exits}+{hire_usd}*{run.hires})/{year}",
    "cover": "{cover_usd}*{run.months_vacant}/{year}",
    "overhead": "{overhead_share}*({direct}+{personnel})",
    "paid_hour": "+".join(f"{{{name}}}" for name in _ON_TOP),
    "billable_hour": "{paid_hour}/{billed}",
    "unit": "{billable_hour}/4",
    "rework": "IF({recovered}>0,{denial}*{claim_usd}/{per_claim},0)"
    "*({individual_units}+{group_units})/{units_in_hours}",
    "kept": "1-{denial}*(1-{recovered})",
    "brought": "{brought_factor}*({individual_units}+{group_units}*{group_ratio})/{units_in_hours}",
    "rate": "({unit}+{rework})/{kept}/{brought}",
}


# the workbook ---------------------------------------------------------------------------------------------------


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


def _group_row(size: int, told: Sequence[Mapping[str, Any]]) -> Row:
    rates = (float(even_group_rate(one["rate"], one["brought"], size)) for one in told)
    cells = tuple(Formula(f"{{rate}}*{{brought}}/{size}", rate, "hourly") for rate in rates)
    return Row(f"group.{size}", f"Rate of a unit for each of {size} clients", ("", ""), cells)


def _below(study: RateStudy, columns: Sequence[tuple[Prices, Staffing]]) -> dict[str, list[Row]]:
    """Return groups' rates, inputs, what came out of the runs, and the steps between them and the table."""
    told = [build_up(prices, staffing) for prices, staffing in columns]
    groups = [_group_row(size, told) for size in study.wanted.sizes]
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
        "Group rate at which an hour with a group brings what an hour billed has to, USD": groups,
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
