"""Draw until when the money lasts: sources through time, where they end or are renewed, and under them the cash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from sim.charts.drawing import Area, Block, Chart, Line, Panel, Part, Ticks, Words, role
from sim.charts.painting import figure_of
from sim.charts.seen import Seen
from sim.charts.sentences import AFTER_CLOSING
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.payers.lanes import QUARTER, Lane, cash_of, lanes_of, of_100, open_of, runs_of, whose_of
from sim.results.bands import Band
from sim.results.blocks import Floats
from sim.units import MONTHS_PER_YEAR
from sim.words.apart import NOT_YET
from sim.words.futures import employers_of
from sim.words.layout import capitalized
from sim.words.numbers import short as short_of
from sim.words.numbers import value
from sim.words.sentences import month_name

ROW, NAME, BAR, CASH, OPEN = 68, 18, 20, 170, 64  # pixels
HALF: Final = 0.5
MOST_YEARS: Final = 6  # that are named under the months
PAYMENT: Final = 0.55  # of a month's width
FULL: Final = 0.4  # of full color


def until_when_view(seen: Seen, place: int) -> View:
    """Return the money of one scenario through time: its sources, and its cash while an employer exists."""
    lanes, cash, still = lanes_of(seen, place), cash_of(seen, place), open_of(seen, place)
    chart = _chart(seen, place, lanes, cash)
    told = [text for lane in lanes for text in (_lane_in_words(lane, seen, place),) if text]
    title = message(seen, place)
    return View(
        key=f"until_when.{place}",
        title=title,
        figure=figure_of(chart, seen.look),
        alt=f"Bars of each source of money through time, over a line of cash. {'. '.join(told)}. {title}.",
        reading=f"Projection: {title[:1].lower()}{title[1:]}. {'; '.join(told)}.",
        note=_note(seen, place, closing=bool((still < 1.0).any())),
        table=_table(seen, place, lanes),
        chart=chart,
        about=seen.about([place] if place else []),
    )


# the drawing -----------------------------------------------------------------------------------------------------


def _chart(seen: Seen, place: int, lanes: Sequence[Lane], cash: Band) -> Chart:
    span, years = (0.0, float(len(seen.months))), year_ticks(seen)
    sources = tuple(part for at, lane in enumerate(reversed(lanes)) for part in _lane(seen, lane, at, place))
    panels = [Panel(ROW * len(lanes), span, (0.0, float(ROW * len(lanes))), sources, x_grid=True)] if lanes else []
    still = open_of(seen, place)
    closing = bool((still < 1.0).any())
    panels.append(_cash(seen, place, cash, () if closing else years, span))
    if closing:
        panels.append(_open(seen, still, years, span))
    return Chart(tuple(panels))


def year_ticks(seen: Seen) -> Ticks:
    """Return the projection's first month and its anniversaries."""
    months = len(seen.months)
    every = max(1, -(-months // MONTHS_PER_YEAR // MOST_YEARS)) * MONTHS_PER_YEAR
    return tuple((float(at), _short(seen, at).replace(" ", "<br>")) for at in range(0, months, every))


def _short(seen: Seen, at: int) -> str:
    name, year = month_name(seen.months[min(at, len(seen.months) - 1)]).split()
    return f"{name[:3]} {year}"


def _lane(seen: Seen, lane: Lane, row: int, place: int) -> Iterator[Part]:
    bottom, top, color = row * ROW + 6.0, (row + 1.0) * ROW, role(place)
    told = _lane_in_words(lane, seen, place)
    yield Words(capitalized(lane.name), top - NAME / 2, bold=True)
    yield Words(_ends_in_words(lane, seen), top - 3 * NAME / 2, faint=True)
    if lane.payments:
        for at in lane.payments:
            high = bottom + BAR * float(lane.share[at])
            yield Block((at + 0.2, at + 0.2 + PAYMENT), (bottom, high), color, told, FULL)
        return
    for start, end in _stretches(lane.share):
        high = bottom + BAR * float(lane.share[start])
        if high > bottom:
            yield Block((float(start), float(end)), (bottom, high), color, told, FULL)
    for at, _ in lane.cliffs if lane.award else ():
        yield Line((at, at), (bottom - 4, bottom + BAR + 4), "ink", 2.0)
    for at in lane.renewals:
        yield Line((at, at), (bottom - 4, bottom + BAR + 4), "faint", 1.5, dashed=True)


def _stretches(share: Floats) -> Iterator[tuple[int, int]]:
    """Yield the months between which a share stays the same."""
    breaks = [0, *(int(at) + 1 for at in np.flatnonzero(np.diff(share))), share.size]
    yield from pairwise(breaks)


def _cash(seen: Seen, place: int, cash: Band, years: Ticks, span: tuple[float, float]) -> Panel:
    at = [float(min(len(seen.months), start + QUARTER)) for start in range(0, len(seen.months), QUARTER)]
    known = np.isfinite(cash.mean)
    low, high = bounds(list(cash.low[known]), list(cash.high[known]), from_zero=True)
    scale, inside = number_axis(low, high, "USD", 4), [one for one, there in zip(at, known, strict=True) if there]
    parts: list[Part] = [
        Line(span, (0.0, 0.0), "faint", 1.0),
        Area(inside, list(cash.low[known]), list(cash.high[known]), role(place)),
        Line(at, list(cash.mean), role(place), told=[
            f"{_short(seen, int(end) - 1)}: {value(mean, 'USD')}" if np.isfinite(mean) else ""
            for end, mean in zip(at, cash.mean, strict=True)
        ]),
    ]  # fmt: skip
    ticks = tuple(zip(scale["tickvals"], scale["ticktext"], strict=True))
    heading = "Cash, lowest month's end of each quarter"
    return Panel(CASH, span, (low, high), tuple(parts), years, ticks, heading=heading)


def _open(seen: Seen, still: Floats, years: Ticks, span: tuple[float, float]) -> Panel:
    at, ends = [float(month) for month in range(1, still.size + 1)], ((0.0, "0 %"), (1.0, "100 %"))
    told = [f"{_short(seen, month)}: {value(float(share), 'share')}" for month, share in enumerate(still)]
    line = Line(at, list(still), "ink", told=told)
    several = employers_of(seen.cases[0].loaded.scenario) > 1
    whose = "Employers that still exist" if several else f"{runs_of(seen).capitalize()} in which it still exists"
    return Panel(OPEN, span, (0.0, 1.08), (line,), years, ends, heading=whose)


# words and numbers -----------------------------------------------------------------------------------------------


def message(seen: Seen, place: int) -> str:
    """Return in a sentence until when the money lasts: the message of the chart."""
    runs, whose = seen.path(place, "chance_of_negative_cash"), whose_of(seen, place)
    below = float(runs[:, -1].mean())
    several = employers_of(seen.cases[place].loaded.scenario) > 1
    if below == 0.0:
        cash = f"cash stays above zero in all {whose}"
    else:
        month = month_name(seen.months[_half_by(runs, several=several)])
        cash = f"cash falls below zero in {of_100(below, whose)}, half of those by {month}"
    closed = 1.0 - float(open_of(seen, place)[-1])
    return f"{capitalized(seen.said(place))}: {cash}{_closes(closed, whose, several=several)}"


def _closes(closed: float, whose: str, *, several: bool) -> str:
    """Return who closes, as the end of a sentence; nothing where nobody does."""
    if closed <= 0.0:
        return ""
    return f"; {of_100(closed, whose)} close" if several else f"; the employer closes in {of_100(closed, whose)}"


def _half_by(runs: Floats, *, several: bool) -> int:
    """Return by which month half of those whose cash ever falls below zero have seen it."""
    if several:  # a row is then the share of its employers
        mean = runs.mean(axis=0)
        return int(np.argmax(mean >= HALF * mean[-1]))
    return int(np.median(np.argmax(runs > 0.0, axis=1)[runs[:, -1] > 0.0]))


def _ends_in_words(lane: Lane, seen: Seen) -> str:
    """Return what stands above a source's bar, short enough for a phone: what it pays, until when, how often longer."""
    if lane.award is None:
        last = f"; last payment {_short(seen, lane.payments[-1])}" if lane.payments else ""
        return f"{_a_year(lane, short=True)}{last}"
    if lane.award.last is None:
        return _a_year(lane, short=True)
    renewed = f"renewed in {of_100(lane.award.renewed, '').strip()}"
    return f"{_a_year(lane, short=True)} to {_short(seen, lane.award.last)}; {renewed}"


def _a_year(lane: Lane, *, short: bool = False) -> str:
    """Return what a source pays a year: an award what it states, any other what it brings on average."""
    tell = short_of if short else value
    if lane.award is not None:
        return f"{tell(lane.award.usd_per_year, 'USD')} a year"
    return f"{tell(lane.usd_per_year, 'USD')} a year on average"


def _lane_in_words(lane: Lane, seen: Seen, place: int) -> str:
    """Return what a source pays and until when; of an award what becomes of it, in shares of one and the same."""
    told, whose = [_a_year(lane)], whose_of(seen, place)
    told += [f"last payment in {month_name(seen.months[lane.payments[-1]])}"] if lane.payments else []
    if lane.award is not None:
        terms = lane.award
        if terms.last is not None:
            told[-1] += f" through {month_name(seen.months[terms.last])}"
            told.append(f"renewed at that end in {of_100(terms.renewed, whose)}")
        told += [f"ended early in {of_100(terms.ended_early, whose)}"] if terms.ended_early else []
        told.append(f"pays nothing at the end of the projection in {of_100(1.0 - float(lane.share[-1]), whose)}")
    return f"{capitalized(lane.name)}: {', '.join(told)}"


def _note(seen: Seen, place: int, *, closing: bool) -> str:
    gone = (
        f" Cash is of those in which the employer still exists, and drawn while one in twenty does.{AFTER_CLOSING}"
        if closing
        else ""
    )
    number = f"{seen.runs:,} {runs_of(seen)}"
    below = bool(seen.path(place, "chance_of_negative_cash")[:, -1].any())
    short = f" {NOT_YET}: money due soon and a credit limit count too." * below
    return (
        f"A bar is as high as the share of {whose_of(seen, place)} in which a source runs; a line across it marks an "
        f"end, a dotted one a notice of renewal; a renewed award may begin after a gap. The shaded band holds nine of "
        f"ten of {number}: {seen.told_apart()}.{short}{gone}"
    )


def _table(seen: Seen, place: int, lanes: Sequence[Lane]) -> Table:
    columns = (
        Column("Month's end"), Column("Cash, mean", "USD"), Column("1 in 20 below", "USD"),
        Column("1 in 20 above", "USD"), Column("Still exists in", "share"),
        *(Column(f"{lane.name} runs", "share") for lane in lanes),
    )  # fmt: skip
    cash, still = cash_of(seen, place), open_of(seen, place)
    rows: list[tuple[Cell, ...]] = []
    for at in range(MONTHS_PER_YEAR - 1, len(seen.months), MONTHS_PER_YEAR):
        sides = [float(side[at // QUARTER]) for side in (cash.mean, cash.low, cash.high)]
        shares = [float(lane.share[at]) for lane in lanes]
        rows.append((month_name(seen.months[at]), *sides, float(still[at]), *shares))
    return Table(columns, tuple(rows))
