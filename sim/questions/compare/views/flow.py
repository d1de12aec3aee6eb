"""Draw how newcomers pass through the ladder: of 100 hired, who is promoted, who leaves and why, who is still there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sim.charts.look import faded, new_sheet
from sim.charts.seen import Seen
from sim.charts.view import Column, Table, View
from sim.model.rules.turnover import CAUSES
from sim.questions.compare.views.retention import rungs_of
from sim.questions.compare.views.shares import CAUSE_WORDS, LEFT_BECAUSE
from sim.results.bands import ratio_of
from sim.results.summary import Estimate
from sim.words.layout import listed
from sim.words.numbers import NONE

HUNDRED: Final = 100.0
UNIT: Final = "of 100 hired"
LEFT_COLOURS: Final = ("#D55E00", "#CC79A7", "#E69F00", "#999999", "#56B4E9", "#0072B2")  # by cause, quit first
STILL_COLOUR, RUNG_COLOUR, FADE = "#009E73", "#0072B2", 0.38
STILL: Final = "Still there at the end"
PHRASES: Final = {CAUSE_WORDS[cause]: phrase for cause, phrase in LEFT_BECAUSE.items()} | {STILL: "are still there"}
SMALLEST: Final = 0.05  # of 100; less is written as nothing


@dataclass(frozen=True)
class Step:
    """A step between rungs, an exit for one cause, or staying; numbers out of 100 hired."""

    origin: str
    end: str
    color: str
    number: Estimate


def flow_view(seen: Seen, place: int = 0) -> View:
    """Return how the newcomers of one scenario pass through its ladder."""
    steps = [step for step in _steps(seen, place) if (step.number.mean or 0.0) >= SMALLEST]
    hired = float(seen.views[place]["flow.entry.came"].mean())
    return View(
        key="flow",
        title=f"Of 100 hired: {seen.name(place)}",
        figure=_figure(seen, steps) if steps else None,
        alt=f"Flow diagram of 100 newcomers. {_listed(steps)}.",
        reading=_reading(seen, place, steps),
        note=_note(seen, hired),
        table=_table(steps),
    )


def _note(seen: Seen, hired: float) -> str:
    return (
        f"Follows those hired during the projection, {hired:,.1f} on average in each of {seen.runs_in_words()}, to its "
        "end. Those hired late had little time to be promoted or to leave. Those in post before come first for a "
        "promotion, and are not counted."
    )


def _steps(seen: Seen, place: int) -> list[Step]:
    views, names = seen.views[place], rungs_of(seen, place) or {"entry": "Entry"}
    hired, steps = views["flow.entry.came"], []
    for rung, following in zip(names, [*list(names)[1:], None], strict=True):
        if following is not None:
            up = ratio_of(views[f"flow.{following}.came"], hired)
            steps.append(Step(names[rung], names[following], RUNG_COLOUR, _of_hundred(up)))
        for color, cause in zip(LEFT_COLOURS, CAUSES, strict=True):
            gone = ratio_of(views[f"flow.{rung}.left.{cause}"], hired)
            steps.append(Step(names[rung], CAUSE_WORDS[cause], color, _of_hundred(gone)))
        still = ratio_of(views[f"flow.{rung}.still"], hired)
        steps.append(Step(names[rung], STILL, STILL_COLOUR, _of_hundred(still)))
    return steps


def _of_hundred(one: Estimate) -> Estimate:
    ends = [None if end is None else HUNDRED * end for end in (one.mean, one.low, one.high)]
    return Estimate(ends[0], ends[1], ends[2], one.n)


def _figure(seen: Seen, steps: list[Step]) -> Any:
    sheet = new_sheet(seen.look, 420, l=6, r=6, t=16, b=16)
    nodes = list(dict.fromkeys([name for step in steps for name in (step.origin, step.end)]))
    labels, colors = zip(*(_node(node, [step for step in steps if step.end == node]) for node in nodes), strict=True)
    sheet.add(
        "sankey",
        arrangement="snap",
        textfont={"color": seen.look.ink, "size": 12, "shadow": "none"},
        node={"label": list(labels), "color": list(colors)}
        | {"pad": 14, "thickness": 12, "hoverinfo": "skip", "line": {"width": 0}},
        link={
            "source": [nodes.index(step.origin) for step in steps],
            "target": [nodes.index(step.end) for step in steps],
        }
        | _links(steps),
    )
    return sheet.figure()


def _links(steps: list[Step]) -> dict[str, Any]:
    """How wide a step is drawn, in which color, and what is told of it."""
    return {
        "value": [step.number.mean for step in steps],
        "color": [faded(step.color, FADE) for step in steps],
        "customdata": [f"{step.origin} → {step.end}: {step.number.mean:.1f} {UNIT}" for step in steps],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _node(name: str, incoming: list[Step]) -> tuple[str, str]:
    """The label of a node with how many come to it, and its color; where nobody does, all are hired into it."""
    number = sum(step.number.mean or 0.0 for step in incoming)
    label = f"{name} {number:.1f}" if number else f"Hired: {HUNDRED:.0f}"
    return label, incoming[0].color if incoming else RUNG_COLOUR


def _listed(steps: list[Step]) -> str:
    return "; ".join(f"{step.origin} to {step.end.lower()}: {_told(step.number)}" for step in steps)


def _told(one: Estimate) -> str:
    return NONE if one.mean is None else f"{one.mean:.1f}"


def _reading(seen: Seen, place: int, steps: list[Step]) -> str:
    if not steps:
        return f"Projection: nobody is hired in {seen.said(place)}."
    entry = steps[0].origin
    ends: dict[str, float] = {}
    for step in steps:
        if step.color != RUNG_COLOUR:
            ends[step.end] = ends.get(step.end, 0.0) + (step.number.mean or 0.0)
    largest = sorted(ends, key=lambda end: -ends[end])
    parts = [f"{ends[end]:.1f} {PHRASES[end]}" for end in largest]
    up = next((step.number for step in steps if step.origin == entry and step.color == RUNG_COLOUR), None)
    promoted = f"{_told(up)} are promoted; in the end " if up is not None else ""
    return f"Projection: of 100 hired in {seen.said(place)}, {promoted}{listed(parts)}."


def _table(steps: list[Step]) -> Table:
    columns = (
        Column("From"), Column("To"),
        Column("Of 100 hired", UNIT), Column("95 % interval from", UNIT), Column("95 % interval to", UNIT),
    )  # fmt: skip
    return Table(columns, tuple((s.origin, s.end, s.number.mean, s.number.low, s.number.high) for s in steps))
