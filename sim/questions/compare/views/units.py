"""Draw what a billed unit costs and what it brings, before anything is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.charts.look import SMALL, Sheet, axis, faded, new_sheet
from sim.charts.seen import BASE_LONG, Seen
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.results.on_paper.unit_cost import UnitCost, unit_cost
from sim.scenario.timeline import plans
from sim.words.layout import listed
from sim.words.numbers import value

ROW, HEAD, RIGHT, BELOW = 42, 30, 12, 30
UNIT = "USD/hour"  # dollars and cents
FADES = (0.42, 0.35, 0.28, 0.21, 0.15, 0.09)  # of the kinds of cost, in their order
WIDE_ENOUGH = 0.13  # of the axis, for words inside a bar
NOTE = (
    "Plain arithmetic on the inputs at the start, without random variation: for a certified peer at full output, at a "
    "newcomer's wage. "
    "Hiring, and newcomers who cannot bill yet, come on top. What groups bring counts as one-to-one units."
)
Priced = list[tuple[int, str, UnitCost]]  # number and name of a scenario or kind of employer, and its unit


def units_view(seen: Seen) -> View:
    """Return what a billed unit costs and brings at the start, in each scenario that is paid by the unit."""
    priced = list(_priced(seen))
    return View(
        key="units",
        title="What a billed unit meets of its cost, before any run",
        figure=_figure(seen, priced) if priced else None,
        alt=f"Bar chart of dollars a unit of 15 minutes. {' '.join(_told(name, one) for _, name, one in priced)}",
        reading=_reading(priced),
        note=NOTE,
        table=_table(priced),
    )


def _priced(seen: Seen) -> Iterator[tuple[int, str, UnitCost]]:
    for place, case in enumerate(seen.cases):
        kinds = plans(case.loaded.scenario)
        for plan in kinds:
            found = unit_cost(plan.epochs[0][1])
            if found is not None:
                name = seen.name(place)
                yield place, name if len(kinds) == 1 else f"{name}, {plan.name.replace('_', ' ')}", found


def _figure(seen: Seen, priced: Priced) -> Any:
    height = (HEAD + 2 * ROW) * len(priced)
    sheet = new_sheet(seen.look, height + BELOW, l=58, r=RIGHT, t=4, b=BELOW)
    low, high = bounds([0.0], [side for _, _, one in priced for side in (one.cost, one.brings)], from_zero=True)
    sheet.layout["xaxis"] = axis(seen.look, **number_axis(low, high, UNIT))
    sheet.layout["yaxis"] = {"range": [height, 0], "visible": False, "fixedrange": True}
    sheet.layout["barmode"] = "stack"
    for number, (place, name, one) in enumerate(priced):
        top = number * (HEAD + 2 * ROW)
        head = f"<b>{name}</b>: {value(one.met, 'share')} met"
        sheet.note(x=0.0, xref="paper", xanchor="left", xshift=-50, y=top + HEAD / 2, yanchor="middle", text=head)
        _bars(sheet, seen, (place, one), top + HEAD, high)
    return sheet.figure()


def _bars(sheet: Sheet, seen: Seen, which: tuple[int, UnitCost], top: float, high: float) -> None:
    place, one = which
    for label, at in (("costs", top + ROW / 2), ("brings", top + 1.5 * ROW)):
        sheet.note(
            x=0.0, xref="paper", xanchor="right", xshift=-6, y=at, yanchor="middle", text=label, font={"size": SMALL}
        )
    color = seen.look.color(place)
    for fade, (kind, usd) in zip(FADES, one.parts.items(), strict=True):
        _bar(sheet, seen, (usd, top + ROW / 2), (faded(color, fade), color), _inside(kind, usd, high))
    _bar(sheet, seen, (one.brings, top + 1.5 * ROW), (seen.look.paper, color), value(one.brings, UNIT))


def _inside(kind: str, usd: float, high: float) -> str:
    return f"{kind}<br>{value(usd, UNIT)}" if usd > WIDE_ENOUGH * high else ""


def _bar(sheet: Sheet, seen: Seen, at: tuple[float, float], colors: tuple[str, str], text: str) -> None:
    inside, edge = colors
    sheet.add(
        "bar",
        x=[at[0]],
        y=[at[1]],
        orientation="h",
        width=ROW - 6,
        marker={"color": inside, "line": {"color": edge, "width": 1.4}},
        text=text,
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": 11, "color": seen.look.ink},
        hovertext=text.replace("<br>", " "),
        hoverinfo="text",
        constraintext="none",
    )


def _told(name: str, one: UnitCost) -> str:
    kinds = [f"{kind} {value(usd, UNIT)}" for kind, usd in one.parts.items() if usd]
    return f"{name}: costs {value(one.cost, UNIT)} ({listed(kinds)}), brings {value(one.brings, UNIT)}."


def _reading(priced: Priced) -> str:
    if not priced:
        return "Nobody pays by the unit at the start in any of these scenarios."
    first, *others = priced
    _, name, one = first
    amounts = f"costs {value(one.cost, UNIT)} and brings {value(one.brings, UNIT)}"
    told = f"In {_said(name)}, a billed unit of 15 minutes {amounts}"
    rest = [f"{value(other.met, 'share')} in {_said(where)}" for _, where, other in others]
    return f"{told}: {value(one.met, 'share')} of its cost is met{f'; {listed(rest)}' if rest else ''}."


def _said(name: str) -> str:
    return name.replace(BASE_LONG, "the base")


def _table(priced: Priced) -> Table:
    numbers = (Column("A unit of 15 minutes", UNIT), Column("Share of its cost", "share"))
    rows: list[tuple[Cell, ...]] = []
    for _, name, one in priced:
        rows += [(name, kind.capitalize(), usd, usd / one.cost) for kind, usd in one.parts.items()]
        rows += [(name, "All cost", one.cost, 1.0), (name, "Brings", one.brings, one.met)]
    return Table((Column("Scenario"), Column("What"), *numbers), tuple(rows))
