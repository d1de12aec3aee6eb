"""Draw the award calendar: which award runs when, and how likely it is renewed, in the runs there were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.charts.look import SMALL, Sheet, axis, faded, new_sheet
from sim.charts.seen import Seen
from sim.charts.sentences import with_range
from sim.charts.ticks import number_axis, year_axis
from sim.charts.view import Cell, Column, Table, View
from sim.results.bands import ratio_of
from sim.results.blocks import Floats
from sim.results.summary import Estimate, estimate
from sim.words.futures import whose_chance
from sim.words.layout import listed, name_of_key
from sim.words.numbers import value
from sim.words.ranges import mean_told, span
from sim.words.sentences import month_name

PANEL, HEAD, BELOW = 74, 46, 40
RENEWED, RUNS = "Renewed, of those told then", "Runs at the start"
DRAWN: Final = "Area charts of the share of runs, or of employers, in which each award runs."


@dataclass(frozen=True)
class Award:
    """The awards of one source in one scenario: arrays of shape (replications, months)."""

    place: int
    source: str
    of: Floats  # employers that may have it, by replication
    running: Floats
    renewed: Floats
    not_renewed: Floats
    ended_early: Floats
    lapsed_usd: Floats

    @property
    def name(self) -> str:
        """Return the source's name in words."""
        return name_of_key(self.source)

    def share(self, month: int) -> Estimate:
        """Return the share of runs, or employers, whose award runs as a month begins."""
        found = ratio_of(self.running[:, month], self.of)
        certain = found.mean in {0.0, 1.0}  # mostly by its dates, which leave nothing to luck
        return Estimate(found.mean, None, None, found.n) if certain else found

    def notices(self) -> Iterator[tuple[int, Estimate]]:
        """Yield the months in which anybody is told, and the share of those told who are renewed."""
        told = self.renewed + self.not_renewed
        for month in np.flatnonzero(told.sum(axis=0)):
            yield int(month), ratio_of(self.renewed[:, month], told[:, month])

    def later(self, month: int) -> Estimate:
        """Return the share of those told after a month who are renewed; gaps between awards spread their months."""
        renewed, refused = (told[:, month + 1 :].sum(axis=1) for told in (self.renewed, self.not_renewed))
        return ratio_of(renewed, renewed + refused)

    @property
    def always(self) -> bool:
        """Whether there is nothing to show: it runs all the time, and nothing lapses."""
        return bool((self.running == self.of[:, None]).all() and not self.lapsed_usd.any())

    @property
    def early(self) -> Estimate:
        """Return how many awards end early, on average for each employer that may have one."""
        return estimate(self.ended_early.sum(axis=1) / self.of, 0.0)

    @property
    def lapsed(self) -> Estimate:
        """Return the money that lapses over the whole projection, USD."""
        return estimate(self.lapsed_usd.sum(axis=1), 0.0)


def awards_view(seen: Seen) -> View:
    """Return the calendar of the awards of every scenario."""
    awards = list(_awards(seen))
    return View(
        key="awards",
        title="Award calendar",
        figure=_figure(seen, awards) if awards else None,
        alt=f"{DRAWN} {' '.join(_words(seen, awards))}",
        reading=_reading(seen, awards),
        note=_note(seen),
        table=_table(seen, awards),
        data=_data(seen, awards),
    )


def _note(seen: Seen) -> str:
    return (
        f"Projection. The height is the share of {seen.runs_in_words()}, or of employers, whose award runs as the "
        f"month begins. Ranges are 95 % intervals: {seen.told_apart()}. Claims and dated payments are never renewed."
    )


def _awards(seen: Seen) -> Iterator[Award]:
    for place, views in enumerate(seen.views):
        for key in views:
            if key.startswith("award.") and key.endswith(".of"):
                start = key.removesuffix("of")
                names = ("of", "running", "renewed", "not_renewed", "ended_early", "lapsed_usd")
                arrays = {name: np.asarray(views[start + name], np.float64) for name in names}
                yield Award(place, start[len("award.") : -1], **arrays)


# the figure ------------------------------------------------------------------------------------------------------


def _figure(seen: Seen, awards: list[Award]) -> Any:
    number = len(awards)
    sheet = new_sheet(seen.look, (HEAD + PANEL) * number + BELOW, l=8, r=10, t=4, b=BELOW)
    for at, award in enumerate(awards):
        _panel(sheet, seen, award, (at, number))
    return sheet.figure()


def _panel(sheet: Sheet, seen: Seen, award: Award, which: tuple[int, int]) -> None:
    at, number = which
    suffix, top = "" if at == 0 else str(at + 1), 1.0 - at / number
    domain = [max(0.0, top - 1.0 / number), top - HEAD / (HEAD + PANEL) / number]
    sheet.layout[f"yaxis{suffix}"] = axis(
        seen.look, **number_axis(0.0, 1.0, "share", 2), domain=domain, anchor=f"x{suffix}"
    )
    sheet.layout[f"xaxis{suffix}"] = axis(
        seen.look,
        **year_axis(seen.months, seen.ends),
        showgrid=False,
        anchor=f"y{suffix}",
        showticklabels=at == number - 1,
    )
    faint = f'<span style="font-size:{SMALL}px;color:{seen.look.faint}">{_notice_in_words(seen, award)}</span>'
    place = {"x": 0.0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "top", "align": "left"}
    sheet.note(text=f"<b>{seen.name(award.place)}: {award.name}</b><br>{faint}", **place)
    shares = [award.share(month).mean or 0.0 for month in range(len(seen.months))]
    color = seen.look.color(award.place)
    sheet.add(
        "scatter",
        x=[f"{month}-01" for month in seen.months],
        y=shares,
        xaxis=f"x{suffix}",
        yaxis=f"y{suffix}",
        mode="lines",
        line={"shape": "hv", "color": color, "width": 2},
        fill="tozeroy",
        fillcolor=faded(color, 0.3),
        hovertext=[
            f"{month_name(month)}: runs in {value(share, 'share')}"
            for month, share in zip(seen.months, shares, strict=True)
        ],
        hoverinfo="text",
    )


def _notice_in_words(seen: Seen, award: Award) -> str:
    told = [
        f"{_month(seen, month)}: {value(one.mean, 'share')} of those told renewed" for month, one in award.notices()
    ]
    early = award.early.mean or 0.0
    told += [f"{value(early, 'share')} ended early"] if early else []
    return "; ".join(told[:2]) or "no renewal falls into the projection"


def _month(seen: Seen, month: int) -> str:
    name, year = month_name(seen.months[month]).split()
    return f"{name[:3]} {year}"


# words and numbers -----------------------------------------------------------------------------------------------


def _reading(seen: Seen, awards: list[Award]) -> str:
    if not awards:
        return "No scenario has an award that could end or be renewed."
    without = [seen.said(place) for place in range(len(seen.cases)) if place not in {award.place for award in awards}]
    none = f" No award in {listed(without)}." if without else ""
    return f"Projection: {' '.join(_words(seen, awards))}{none}"


def _fate(seen: Seen, award: Award) -> Iterator[str]:
    """What becomes of an award, as ends of a sentence about it."""
    for month, one in list(award.notices())[:1]:
        yield f"is renewed in {with_range(one, 'share')} of those told in {month_name(seen.months[month])}"
        if (later := award.later(month)).mean is not None:
            yield f"is renewed again in {with_range(later, 'share')} of those told later"
    if award.early.mean:
        yield f"is ended early in {value(award.early.mean, 'share')} of {_whose(seen, award)}"
    if award.lapsed.mean:
        yield f"lets {value(award.lapsed.mean, 'USD')} lapse on average"
    yield f"runs at the end in {value(award.share(len(seen.months) - 1).mean, 'share')}"


def _whose(seen: Seen, award: Award) -> str:
    runs = "futures" if seen.answer.over_futures else "runs"
    return whose_chance(seen.cases[award.place].loaded.scenario, runs)


def _words(seen: Seen, awards: list[Award]) -> Iterator[str]:
    steady_ones = [one for one in awards if one.always and not any(one.notices())]
    for award in awards:
        if award not in steady_ones:
            yield f'In {seen.said(award.place)}, the award "{award.name}" {listed(list(_fate(seen, award)))}.'
    for place in range(len(seen.cases)):
        steady = [f'"{one.name}"' for one in steady_ones if one.place == place]
        if steady:
            yield f"In {seen.said(place)}, {listed(steady)} run{'s' * (len(steady) == 1)} all the time."


def _table(seen: Seen, awards: list[Award]) -> Table:
    columns = (
        Column("Scenario"),
        Column("Award"),
        Column("When"),
        Column("What"),
        Column("Mean"),
        Column("95 % interval"),
    )
    rows: list[tuple[Cell, ...]] = []
    for award in awards:
        for when, what, one, unit in _facts(seen, award):
            inside = "" if one.low == one.high else span(one, unit)  # where all runs agree, they do not say how sure
            rows.append((seen.name(award.place), award.name, when, what, mean_told(one, unit), inside))
    return Table(columns, tuple(rows))


def _facts(seen: Seen, award: Award) -> Iterator[tuple[str, str, Estimate, str]]:
    yield month_name(seen.months[0]), RUNS, award.share(0), "share"
    for month, one in award.notices():
        yield month_name(seen.months[month]), RENEWED, one, "share"
    yield month_name(seen.months[-1]), "Awards ended early by then", award.early, "awards"
    yield month_name(seen.months[-1]), "Runs in the last month", award.share(len(seen.months) - 1), "share"
    yield month_name(seen.months[-1]), "Money lapsed by then", award.lapsed, "USD"


def _data(seen: Seen, awards: list[Award]) -> Table:
    columns = (
        Column("Month"), Column("Scenario"), Column("Award"),
        Column("Runs", "share"), Column("95 % interval from", "share"), Column("95 % interval to", "share"),
        Column("Told renewed", "a run"), Column("Told not renewed", "a run"), Column("Ended early", "a run"),
        Column("Lapsed", "USD"),
    )  # fmt: skip
    rows = [_data_row(seen, award, month) for award in awards for month in range(len(seen.months))]
    return Table(columns, tuple(rows))


def _data_row(seen: Seen, award: Award, month: int) -> tuple[Cell, ...]:
    one = award.share(month)
    counted = (award.renewed, award.not_renewed, award.ended_early, award.lapsed_usd)
    means = [float(values[:, month].mean()) for values in counted]
    return (month_name(seen.months[month]), seen.name(award.place), award.name, one.mean, one.low, one.high, *means)
