"""Draw how the base's money becomes an alternative's: dollars a year more or less, payer by payer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.charts.drawing import Block, Chart, Line, Panel, Part, Words, role
from sim.charts.painting import figure_of
from sim.charts.seen import Seen
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.results.blocks import Floats
from sim.results.spreads import ranged, spread_between
from sim.results.summary import Estimate, Values, estimate
from sim.runs.answer import Alternative, Answer
from sim.words.layout import capitalized, listed
from sim.words.numbers import short
from sim.words.organization import organization_line
from sim.words.ranges import mean_told, span
from sim.words.sentences import differences_without_ranges, how_to_read, over

UNIT: Final = "USD a year"
PAYERS: Final = {  # measure → role, name, name in a sentence
    "spending_federal_usd_per_year": ("federal", "Federal government", "the federal government"),
    "spending_state_usd_per_year": ("state", "State", "the state"),
    "spending_county_usd_per_year": ("county", "County", "the county"),
    "spending_other_usd_per_year": ("other", "Other payers", "other payers"),
}
UNSEEN, SAME = "no difference seen", "the same"
ROW, NAME, BAR = 46, 18, 20  # pixels
TICKS: Final = 4
MOST_QUOTED: Final = 2  # differences in the sentence to quote
ROOM: Final = 96  # pixels at the right, for the numbers


@dataclass(frozen=True)
class Step:
    """What one payer pays more than in the base, USD a year, with the range that is told, and where its bar begins."""

    key: str
    difference: Estimate
    start: float
    sure: bool  # the mean can be told from none
    futures: bool  # the range is of single futures, and is told whatever it holds

    @property
    def end(self) -> float:
        """Return where its bar ends."""
        return self.start + (self.difference.mean or 0.0)

    @property
    def number(self) -> str:
        """Return the difference as it is told in the columns."""
        one = self.difference
        if one.mean == one.low == one.high == 0.0:
            return SAME
        return mean_told(one, UNIT, signed=True, brief=True) if self.sure or self.futures else UNSEEN

    @property
    def with_range(self) -> str:
        """Return the difference with its range, where it has one."""
        one, number = self.difference, self.number
        inside = "" if number in (SAME, UNSEEN) or one.low == one.high else span(one, UNIT, signed=True, brief=True)
        return f"{number} ({inside})" if inside else number


def steps_of(one: Alternative, answer: Answer) -> list[Step]:
    """Return the steps from the base to an alternative; payers who pay nothing in either are left out."""
    found, at = list[Step](), 0.0
    for key in PAYERS:
        if any((case.measures[key].mean or 0.0) for case in (answer.base, one.case)):
            compared = one.measures[key]
            found.append(Step(key, compared.told, at, compared.detectable, compared.spread is not None))
            at = found[-1].end
    return found


def together_more(one: Alternative, answer: Answer) -> Step:
    """Return what all payers together pay more than in the base, USD a year."""
    mean = estimate(_all(one.case.values) - _all(answer.base.values), within=answer.within)
    before, after = answer.base.own, one.case.own
    spread = None if before is None or after is None else spread_between(next(iter(PAYERS)), _all(before), _all(after))
    return Step("", ranged(mean, spread), 0.0, mean.excludes_zero, spread is not None)


def _all(values: Values) -> Floats:
    return np.asarray(np.sum([values[key] for key in PAYERS], axis=0), dtype=np.float64)


def who_pays_more_view(seen: Seen) -> View:
    """Return who pays how much more a year in each alternative than in the base, as a waterfall."""
    answer = seen.answer
    told = [message(one, answer, seen.name(at)) for at, one in enumerate(answer.alternatives, 1)]
    headings = [""] if len(told) == 1 else told
    between = _across(answer)
    panels = tuple(_panel(seen, at, between, heading) for at, heading in enumerate(headings if told else [], 1))
    chart = Chart(panels, right=ROOM)
    return View(
        key="who_pays_more",
        title=told[0] if len(told) == 1 else "Who pays how much more a year than in the base",
        figure=figure_of(chart, seen.look) if panels else None,
        alt=f"Waterfall of dollars a year by payer from the base to each alternative. {' '.join(_amounts(seen))}",
        reading=f"Projection: {' '.join(_amounts(seen))}",
        note=_note(answer),
        table=_table(seen),
        chart=chart,
        about=seen.about(range(1, len(seen.cases))),
    )


def quotable(one: Alternative, answer: Answer) -> str:
    """Return one plain sentence to quote: where, what changes and by how much, who pays, and how sure that is."""
    base = answer.base.loaded.scenario
    frame = f"Projected for {organization_line(base, money=False)}, over {over(base.horizon)}"
    what = f'"{one.case.title}"'
    if one.changes_nothing:
        return f"{frame}: {what} changes nothing."
    told = "; ".join(differences_without_ranges(one)[:MOST_QUOTED])
    payers = message(one, answer, "").removeprefix(": ")
    return f"{frame}: {what} {f'means {told}' if told else 'makes no difference that can be told'}; {payers}."


def message(one: Alternative, answer: Answer, name: str) -> str:
    """Return in a sentence who pays more and who less: the message of the chart."""
    moved = [step for step in steps_of(one, answer) if step.sure]
    told = list(filter(None, (_who(moved, way) for way in ("more", "less"))))
    return f"{capitalized(name)}: {', '.join(told) or _nobody(steps_of(one, answer))}"


def _who(moved: Sequence[Step], way: str) -> str:
    """Return who pays more, or who pays less."""
    told = [f"{_said(step)} {way}" for step in moved if ((step.difference.mean or 0.0) > 0) == (way == "more")]
    return f"{listed(told)} a year" if told else ""


def _nobody(steps: Sequence[Step]) -> str:
    """Return that nobody pays more or less, as far as can be told."""
    alike = all(step.number == SAME for step in steps)
    return (
        "every payer pays the same as in the base" if alike else "no payer is seen to pay more or less than in the base"
    )


def _said(step: Step) -> str:
    return f"{PAYERS[step.key][2]} pays {short(abs(step.difference.mean or 0.0), UNIT)}".replace(
        "other payers pays", "other payers pay"
    )


def _across(answer: Answer) -> tuple[float, float]:
    """Return the ends of the axis that all alternatives share."""
    ends = [0.0]
    for one in answer.alternatives:
        steps = steps_of(one, answer)
        ends += [end for step in [*steps, together_more(one, answer)] for end in _ends(step)]
    return bounds([min(ends)], [max(ends)], from_zero=True)


def _panel(seen: Seen, place: int, between: tuple[float, float], heading: str) -> Panel:
    one, (low, high) = seen.answer.alternatives[place - 1], between
    steps, whole = steps_of(one, seen.answer), together_more(one, seen.answer)
    scale = number_axis(low, high, UNIT, TICKS)
    rows = len(steps) + 2
    parts: list[Part] = [Line((0.0, 0.0), (0.0, rows * ROW), "faint", 1.0)]
    parts += _row(rows - 1, f"Base: {short(float(_all(seen.answer.base.values).mean()), UNIT)}", "", bold=True)
    for at, step in enumerate(steps):
        parts += _bar(rows - 2 - at, step, PAYERS[step.key][0], PAYERS[step.key][1])
        parts.append(Line((step.end, step.end), _between(rows - 2 - at), "faint", 1.0, dashed=True))
    name = f"{_capital(seen.name(place))}: {short(float(_all(one.case.values).mean()), UNIT)}"
    parts += _bar(0, whole, role(place), name, bold=True)
    ticks = tuple(zip(scale["tickvals"], scale["ticktext"], strict=True))
    return Panel(rows * ROW, (low, high), (0.0, rows * ROW), tuple(parts), ticks, x_grid=True, heading=heading)


def _ends(step: Step) -> Iterator[float]:
    yield from (step.start, step.end)
    if step.difference.low is not None and step.difference.high is not None:
        yield from (step.start + step.difference.low, step.start + step.difference.high)


def _between(row: int) -> tuple[float, float]:
    """Return the ends of the line from a bar to the one below it."""
    return (row - 1) * ROW + (ROW - NAME) / 2 - BAR / 2, row * ROW + (ROW - NAME) / 2 + BAR / 2


def _row(row: int, name: str, text: str, *, bold: bool = False) -> list[Part]:
    top = (row + 1) * ROW
    return [
        Words(name, top - NAME / 2, bold=bold),
        Words(text, row * ROW + (ROW - NAME) / 2, 1.0, bold=bold),
    ]


def _bar(row: int, step: Step, color: str, name: str, *, bold: bool = False) -> list[Part]:
    middle, one = row * ROW + (ROW - NAME) / 2, step.difference
    text = step.number.replace("difference ", "difference<br>")
    parts = _row(row, name, text, bold=bold)
    left, right = sorted((step.start, step.end))
    parts.append(Block((left, right), (middle - BAR / 2, middle + BAR / 2), color, f"{name}: {step.with_range}"))
    if one.low is not None and one.high is not None and one.low < one.high:
        ends = step.start + one.low, step.start + one.high
        parts.append(Line(ends, (middle, middle), "ink", 1.6))
        parts += [Line((end, end), (middle - 4, middle + 4), "ink", 1.6) for end in ends]
    return parts


def _amounts(seen: Seen) -> Sequence[str]:
    return [_told(seen, one, at) for at, one in enumerate(seen.answer.alternatives, 1)]


def _told(seen: Seen, one: Alternative, place: int) -> str:
    parts = [f"{PAYERS[step.key][1]} {step.with_range}" for step in steps_of(one, seen.answer)]
    whole = together_more(one, seen.answer).with_range
    return f"{_capital(seen.name(place))}, against the base, a year: {listed(parts)}; all together {whole}."


def _capital(name: str) -> str:
    return capitalized(name)


def _note(answer: Answer) -> str:
    return (
        "Dollars a year. Each bar begins where the one above ends, so the last is what all pay together. "
        f"{how_to_read(answer)}"
    )


def _table(seen: Seen) -> Table:
    columns = (
        Column("Alternative"), Column("Paid by"), Column("In the base", UNIT), Column("In the alternative", UNIT),
        Column("More than the base", UNIT), Column("Range from", UNIT), Column("Range to", UNIT),
    )  # fmt: skip
    return Table(columns, tuple(row for at in range(1, len(seen.cases)) for row in _rows(seen, at)))


def _rows(seen: Seen, place: int) -> Iterator[tuple[Cell, ...]]:
    one, base = seen.answer.alternatives[place - 1], seen.answer.base
    for step in steps_of(one, seen.answer):
        before, after, found = base.measures[step.key].mean, one.case.measures[step.key].mean, step.difference
        yield (seen.name(place), PAYERS[step.key][1], before, after, found.mean, found.low, found.high)
    whole = together_more(one, seen.answer)
    yield (
        seen.name(place), "All together", float(_all(base.values).mean()), float(_all(one.case.values).mean()),
        whole.difference.mean, whole.difference.low, whole.difference.high,
    )  # fmt: skip
