"""Split what comes of a scenario by whether an award is renewed at its first notice: cash, and peers in post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.charts.drawing import Area, Chart, Line, Panel, Part, Words, role
from sim.charts.painting import figure_of
from sim.charts.seen import Seen
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.payers.lanes import QUARTER, of_100, runs_of
from sim.questions.payers.until import year_ticks
from sim.results.bands import FEWEST_OPEN, Band, middle
from sim.results.blocks import Floats
from sim.scenario.timeline import plans
from sim.units import MONTHS_PER_YEAR
from sim.words.layout import capitalized, name_of_key
from sim.words.numbers import value
from sim.words.sentences import month_name

FEWEST: Final = 5  # runs on either side: fewer tell of chance
HEIGHT, MARGIN = 170, 92  # pixels
APART: Final = 0.11  # of a panel's height that a label needs
SIDES: Final = ("renewed", "not renewed")
SERIES: Final = {
    "headcount": ("Peers in post, end of each quarter", "peers"),
    "cash_usd": ("Cash, lowest month's end of each quarter, while the employer exists", "USD"),
}


@dataclass(frozen=True)
class Split:
    """An award, and the runs in which its first notice says that it is renewed, or that it is not."""

    award: str
    sides: tuple[NDArray[np.bool_], NDArray[np.bool_]]  # over the runs, as SIDES


def split_of(seen: Seen, place: int) -> Split | None:
    """Return the first award of one employer whose renewal is uncertain; None where there is none."""
    scenario, views = seen.cases[place].loaded.scenario, seen.views[place]
    if scenario.employer:
        return None  # of many employers some are renewed and some not, in the same run
    awards = [name for name in plans(scenario)[0].epochs[0][1].funding if f"award.{name}.of" in views]
    for name in awards:
        renewed, ended = (np.asarray(views[f"award.{name}.{what}"]) > 0 for what in ("renewed", "not_renewed"))
        told, first = (renewed | ended).any(axis=1), np.argmax(renewed | ended, axis=1)
        well = told & renewed[np.arange(len(first)), first]
        if min(well.sum(), (told & ~well).sum()) >= FEWEST:
            return Split("the award" if len(awards) == 1 else name_of_key(name), (well, told & ~well))
    return None


def renewal_view(seen: Seen, place: int) -> View | None:
    """Return what an award's renewal decides in one scenario; None where no renewal is uncertain."""
    split = split_of(seen, place)
    if split is None:
        return None
    bands = {key: tuple(_band(seen, place, key, rows) for rows in split.sides) for key in SERIES}
    chart = Chart(tuple(_panel(seen, place, key, bands[key], last=key == "cash_usd") for key in SERIES), MARGIN)
    title = _message(seen, place, split, bands["headcount"])
    shares = [of_100(float(rows.mean()), runs_of(seen)) for rows in split.sides]
    untold = 1.0 - float(np.logical_or(*split.sides).mean())
    rest = f"; in {of_100(untold, runs_of(seen))} the employer closed or the award was ended early before" * (
        untold > 0
    )
    return View(
        key=f"renewal.{place}",
        title=title,
        figure=figure_of(chart, seen.look),
        alt=f"Two lines with bands, {SIDES[0]} and {SIDES[1]}, for peers in post and for cash. {title}.",
        reading=f"Projection: {split.award} is renewed at its first notice in {shares[0]}, not in {shares[1]}{rest}.",
        note=(
            f"Bands hold nine of ten {runs_of(seen)} of each side: {seen.told_apart()}. "
            "A side is where the first notice puts it: at a later end the award may be lost all the same. "
            "The chance of renewal is an input; what it should be is an assumption."
        ),
        table=_table(seen, bands),
        chart=chart,
        about=seen.about([place] if place else []),
    )


def _band(seen: Seen, place: int, key: str, rows: NDArray[np.bool_]) -> Band:
    runs = (seen.path_while_open if key == "cash_usd" else seen.path)(place, key)[rows]
    return middle(_by_quarter(runs, lowest=key == "cash_usd"), FEWEST_OPEN)


def _by_quarter(runs: Floats, *, lowest: bool) -> Floats:
    """Return each quarter's lowest month's end, or its last."""
    starts = range(0, runs.shape[1], QUARTER)
    quarters = [runs[:, start : start + QUARTER] for start in starts]
    return np.stack([np.fmin.reduce(one, axis=1) if lowest else one[:, -1] for one in quarters], axis=1)


def _panel(seen: Seen, place: int, key: str, bands: Sequence[Band], *, last: bool) -> Panel:
    heading, unit = SERIES[key]
    months = len(seen.months)
    at = [float(min(months, start + QUARTER)) for start in range(0, months, QUARTER)]
    lows, highs = np.concatenate([band.low for band in bands]), np.concatenate([band.high for band in bands])
    low, high = bounds(list(lows[np.isfinite(lows)]), list(highs[np.isfinite(highs)]), from_zero=True)
    scale = number_axis(low, high, unit, 4)
    parts: list[Part] = [_area(at, *told) for told in zip(bands, (role(place), "faint"), strict=True)]
    parts += [_line(at, band, side, (role(place), "ink")[side], unit) for side, band in enumerate(bands)]
    heights = _apart(_last_known(bands), APART * (high - low))
    parts += [Words(SIDES[side], height, 1.0) for side, height in heights.items()]
    ticks = tuple(zip(scale["tickvals"], scale["ticktext"], strict=True))
    years = year_ticks(seen) if last else ()
    return Panel(HEIGHT, (0.0, float(months)), (low, high), tuple(parts), years, ticks, heading=heading)


def _line(at: Sequence[float], band: Band, side: int, color: str, unit: str) -> Line:
    """The mean of one side, dashed where the award is not renewed."""
    told = [f"{SIDES[side]}: {value(float(mean), unit)}" if np.isfinite(mean) else "" for mean in band.mean]
    return Line(at, list(band.mean), color, dashed=side == 1, told=told)


def _area(at: Sequence[float], band: Band, color: str) -> Area:
    """A band over the quarters in which it is known."""
    known = np.isfinite(band.mean)
    inside = [one for one, there in zip(at, known, strict=True) if there]
    return Area(inside, list(band.low[known]), list(band.high[known]), color)


def _last_known(bands: Sequence[Band]) -> dict[int, float]:
    """The last mean of each side that has one."""
    known = {side: band.mean[np.isfinite(band.mean)] for side, band in enumerate(bands)}
    return {side: float(means[-1]) for side, means in known.items() if means.size}


def _apart(heights: dict[int, float], least: float) -> dict[int, float]:
    """Return the heights of two labels, moved apart where one would cover the other."""
    if len(heights) < len(SIDES) or abs(heights[0] - heights[1]) >= least:
        return heights
    middle_of, up = (heights[0] + heights[1]) / 2.0, 1.0 if heights[0] >= heights[1] else -1.0
    return {0: middle_of + up * least / 2.0, 1: middle_of - up * least / 2.0}


def _message(seen: Seen, place: int, split: Split, peers: Sequence[Band]) -> str:
    renewed, ended = (value(float(band.mean[-1]), "peers") for band in peers)
    name = seen.said(place)
    peers_told = f"{renewed} peers in post at the end if {split.award} is renewed at its first end, {ended} if not"
    return f"{capitalized(name)}: {peers_told}"


def _table(seen: Seen, bands: dict[str, tuple[Band, ...]]) -> Table:
    columns = [Column("Month's end")]
    columns += [
        Column(f"{words}, {side}", unit)
        for words, unit in (("Peers", "peers"), ("Cash", "USD")) for side in SIDES
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for at in range(MONTHS_PER_YEAR - 1, len(seen.months), MONTHS_PER_YEAR):
        means = [float(band.mean[at // QUARTER]) for key in SERIES for band in bands[key]]
        rows.append((month_name(seen.months[at]), *means))
    return Table(tuple(columns), tuple(rows))
