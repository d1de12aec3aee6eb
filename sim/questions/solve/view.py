"""Draw an answer of `solve`: every value tried, how it compares with the constraints, and the answer among them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sim.charts.look import LIGHT, LINE_HEIGHT, SMALL, Look, Sheet, axis, faded, new_sheet
from sim.charts.sentences import unit_behind
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.solve.solve import Solution, Tried
from sim.questions.solve.text import judged_by, mean_of, near_rows, shows_how_often, target_of
from sim.questions.solve.view_axis import (
    TICKS,
    TINT,
    WIDE,
    Drawn,
    drawn_of,
    extent_of,
    marks_of,
    name_mark,
    scale_of,
    shade_range,
    title_of,
)
from sim.questions.solve.words import fine_range, solved_sentence, target_words, verdict_words, wish_label, wished_words
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.words.inputs import name_in_words, value_in_words
from sim.words.layout import listed

LONE, SHARED = 250, 190  # pixels of a panel: alone, or one of several
HEAD, UNDER, RIGHT = 26, 62, 96
NARROW: Final = 14  # characters of a line beside the figure
WISHED: Final = 3  # color


@dataclass(frozen=True)
class _Panel:
    heading: str
    unit: str
    shown: tuple[Estimate, ...]  # of each value, in their order
    means: tuple[Estimate, ...]  # the same with the intervals by which the side of the line is judged
    line: float | None
    above: bool  # whether larger values meet the constraint
    words: str  # at the line


def solution_figure(solution: Solution, look: Look) -> Any:
    """Return the figure of an answer found backwards."""
    drawn = drawn_of(solution)
    panels = _panels(drawn)
    low, high = extent_of(drawn)
    marks = list(marks_of(solution, look))
    height, top = (LONE if len(panels) == 1 else SHARED), sum(mark.height for mark in marks)
    heads = [HEAD + LINE_HEIGHT * panel.heading.count("<br>") for panel in panels]
    total, down = sum(heads) + len(panels) * height, 0
    sheet = new_sheet(look, top + total + UNDER, t=top, r=RIGHT, b=UNDER)
    for number, panel in enumerate(panels, 1):
        down += heads[number - 1] + height
        _draw_panel(sheet, look, panel, number, (max(0.0, 1.0 - down / total), 1.0 - (down - height) / total))
        _points(sheet, look, drawn, panel, number)
    shown = axis(look, showgrid=False, showline=True, **scale_of(solution, low, high))
    sheet.layout["xaxis"] = shown | {"anchor": f"y{_suffix(len(panels))}", "title": title_of(solution, look)}
    shade_range(sheet, look, solution)
    for mark in marks:
        name_mark(sheet, mark, (low, high), top)
        top -= mark.height
    return sheet.figure()


def _suffix(number: int) -> str:
    return "" if number == 1 else str(number)


def _panels(drawn: Drawn) -> list[_Panel]:
    """Return a panel for each condition, or the one of the chance that is asked for."""
    solution, values = drawn.solution, drawn.values
    chance = solution.asked.chance
    if chance is not None:
        shares = tuple(one.verdict.chance or Estimate(None, None, None, 0) for one in values)
        return [
            _Panel("Futures in which all hold", "share", shares, shares, chance, True, f"at least {100 * chance:.4g} %")
        ]
    panels = []
    for at, wish in enumerate(solution.asked.wishes):
        unit, relative = measure_of(wish.key).unit, wish.factor == 1.0
        parts = (wish_label(wish, solution), "difference from the base" if relative else "", unit_behind(unit))
        shown, means = (tuple(told(solution, at, one) for one in values) for told in (judged_by, mean_of))
        heading = "<br>".join(textwrap.wrap(", ".join(part for part in parts if part), WIDE))
        line = target_of(solution, at)
        panels.append(_Panel(heading, unit, shown, means, line, wish.wants_more, target_words(wish)))
    return panels


def _draw_panel(sheet: Sheet, look: Look, panel: _Panel, number: int, domain: tuple[float, float]) -> None:
    """Draw a panel's axis, its heading, its line, and tint the side of it that meets the constraint."""
    line = [] if panel.line is None else [panel.line]
    ends = [end for one in panel.shown for end in (one.mean, one.low, one.high) if end is not None]
    low, high = bounds([*ends, *line], [*ends, *line], from_zero=False)
    if panel.unit == "share" and not min([*ends, *line], default=0.0) < 0.0:
        low, high = max(low, -0.02), min(high, 1.02)
    y = axis(look, **number_axis(low, high, panel.unit, TICKS), domain=list(domain), anchor="x")
    sheet.layout[f"yaxis{_suffix(number)}"] = y
    at = {"x": 0.0, "xref": "paper", "y": domain[1], "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": SMALL, "color": look.faint}
    sheet.note(text=panel.heading, font=font, align="left", bgcolor=look.paper, borderpad=0, **at)
    if panel.line is None:
        return
    across = {"xref": "paper", "x0": 0.0, "x1": 1.0, "yref": f"y{_suffix(number)}", "y0": panel.line, "layer": "below"}
    tint = {"type": "rect", "y1": high if panel.above else low, "line": {"width": 0}}
    sheet.shapes.append(across | tint | {"fillcolor": faded(look.color(WISHED), TINT)})
    dashed = {"color": look.color(WISHED), "width": 2, "dash": "dash"}
    sheet.shapes.append(across | {"type": "line", "y1": panel.line, "line": dashed})
    words = "<br>".join(textwrap.wrap(f"target: {panel.words}", NARROW))
    beside = {"x": 1.0, "xref": "paper", "xanchor": "left", "xshift": 6, "y": panel.line, "yanchor": "middle"}
    sheet.note(text=words, yref=f"y{_suffix(number)}", align="left", font={"size": SMALL}, **beside)


def _points(sheet: Sheet, look: Look, drawn: Drawn, panel: _Panel, number: int) -> None:
    """Draw a mark with its whiskers for each value, today and the answer on top; hollow: may be random variation."""
    known = [at for at, one in enumerate(panel.shown) if one.mean is not None]
    where = {"xaxis": "x", "yaxis": f"y{_suffix(number)}"}
    _join(sheet, look, drawn, panel, [at for at in known if drawn.values[at].value is not None], where)
    known.sort(key=drawn.named)
    shown = [panel.shown[at] for at in known]
    sheet.add(
        "scatter",
        mode="markers",
        x=[drawn.places[at] for at in known],
        y=[one.mean for one in shown],
        marker=_marks(look, drawn, panel, known),
        error_y=_arms(shown, look),
        hovertext=[_told(drawn, panel, at) for at in known],
        hoverinfo="text",
        cliponaxis=False,
        **where,
    )


def _join(
    sheet: Sheet, look: Look, drawn: Drawn, panel: _Panel, joined: Sequence[int], where: Mapping[str, str]
) -> None:
    """Draw a dotted line through values."""
    line = {"color": look.faint, "width": 1, "dash": "dot"}
    path = {"x": [drawn.places[at] for at in joined], "y": [panel.shown[at].mean for at in joined]}
    sheet.add("scatter", mode="lines", line=line, hoverinfo="skip", **path, **where)


def _told(drawn: Drawn, panel: _Panel, at: int) -> str:
    """What is said of a value under the pointer."""
    one, unit = drawn.values[at], drawn.solution.asked.lever.unit
    return f"{value_in_words(one.value, unit)}: {fine_range(panel.shown[at], panel.unit)}; {verdict_words(one)}"


def _marks(look: Look, drawn: Drawn, panel: _Panel, known: Sequence[int]) -> dict[str, Any]:
    """Return the marks of values: today and the answer larger; hollow where it may be random variation."""
    colors = {at: drawn.color(drawn.values[at], look) for at in known}
    return {
        "size": [11 if drawn.named(at) else 8 for at in known],
        "symbol": [drawn.symbol(drawn.values[at]) for at in known],
        "color": [look.paper if _unsure(panel.means[at], panel) else color for at, color in colors.items()],
        "line": {"color": list(colors.values()), "width": 2},
        "opacity": 1.0,
    }


def _unsure(one: Estimate, panel: _Panel) -> bool:
    """Whether random variation may have decided on which side of the line a value lies."""
    if one.low is None or one.high is None or panel.line is None:
        return True
    return one.low < panel.line < one.high


def _arms(shown: Sequence[Estimate], look: Look) -> dict[str, Any]:
    """Return the intervals as whiskers; none where there is no interval."""
    arms = [(0.0, 0.0) if one.low is None or one.high is None else _to_ends(one) for one in shown]
    ends = {"array": [above for _, above in arms], "arrayminus": [below for below, _ in arms]}
    return ends | {"type": "data", "symmetric": False, "color": look.faint, "thickness": 1.2, "width": 3}


def _to_ends(one: Estimate) -> tuple[float, float]:
    mean = one.mean or 0.0
    return mean - (one.low or 0.0), (one.high or 0.0) - mean


WHAT, HOLDS = "What it is", "Are the constraints met?"
HOLDS_ON_AVERAGE: Final = "Are they met on average?"
MET_IN: Final = "Share of futures in which all are met"
OF_MEANS: Final = "Thin lines are 95 % ranges of the means; of a difference from the base, run by run"
OF_FUTURES: Final = "Thin lines hold the middle 90 % of single futures; of a difference from the base, future by future"
OF_SHARES: Final = "Thin lines are 95 % ranges of the share of projected futures in which all conditions hold"


def solution_view(solution: Solution, look: Look = LIGHT) -> View:
    """Return the view of an answer found backwards."""
    return View(
        key="solution",
        title="Which value meets the constraints",
        figure=solution_figure(solution, look),
        alt=_alt(solution),
        reading=solved_sentence(solution),
        note=_note(solution),
        table=_table(solution),
        data=_data(solution),
    )


def _note(solution: Solution) -> str:
    shares = solution.asked.chance is not None
    ranges = OF_SHARES if shares else OF_FUTURES if solution.over_futures else OF_MEANS
    hollow = f"the side {'of the mean ' if ranges == OF_FUTURES else ''}may be random variation"
    return f"{ranges}. The tinted side of the dashed line meets the constraint. Hollow marks: {hollow}."


def _alt(solution: Solution) -> str:
    lever = solution.asked.lever
    told = [
        f"{value_in_words(one.value, lever.unit)}: {_measured(solution, one)}, {verdict_words(one)}"
        for one in _everywhere(solution)
    ]
    what = f"Chart of {_name(solution)} against the constraints: {wished_words(solution, 'is')}"
    return f"{what}. {'. '.join(told)}."


def _measured(solution: Solution, one: Tried) -> str:
    if one.verdict.chance is not None:
        return f"all conditions hold in {fine_range(one.verdict.chance, 'share')}"
    shown = enumerate(solution.asked.wishes)
    return listed([fine_range(judged_by(solution, at, one), measure_of(wish.key).unit) for at, wish in shown])


def _everywhere(solution: Solution) -> Sequence[Tried]:
    """Return today and the values tried, by value; today apart where the input is left out there."""
    today, tried = solution.today, solution.tried
    left_out = [today] if today.value is None else []
    known = {one.value: one for one in (*tried, *([] if left_out else [today])) if one.value is not None}
    return [*left_out, *(known[value] for value in sorted(known))]


def _name(solution: Solution) -> str:
    return name_in_words(solution.asked.lever.path.split("."))


def _table(solution: Solution) -> Table:
    heading, rows = near_rows(solution)
    titles = (_name(solution), WHAT, *heading[2:-1], HOLDS_ON_AVERAGE if shows_how_often(solution) else HOLDS)
    unit = solution.asked.lever.unit
    columns = (Column(f"{titles[0]}, {unit}" if unit else titles[0]), *map(Column, titles[1:]))
    return Table(columns, tuple(rows))


def _data(solution: Solution) -> Table:
    """Return every value tried in full precision: what each condition is judged by, its line, and how it stands."""
    asked = solution.asked
    columns = [Column(_name(solution), asked.lever.unit)]
    for wish in asked.wishes:
        what = f"{wish_label(wish, solution)}{', difference from the base' if wish.factor == 1.0 else ''}"
        columns += [Column(f"{what}{part}", measure_of(wish.key).unit) for part in ("", ", from", ", to", ", target")]
    if asked.chance is not None:
        columns += [Column(f"All met{part}", "share") for part in ("", ", from", ", to", ", target")]
    columns += [Column(MET_IN, "share")] if shows_how_often(solution) else []
    rows = tuple((one.value, *_numbers(solution, one), verdict_words(one)) for one in _everywhere(solution))
    return Table((*columns, Column(HOLDS)), rows)


def _numbers(solution: Solution, one: Tried) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for place in range(len(solution.asked.wishes)):
        shown = judged_by(solution, place, one)
        cells += [shown.mean, shown.low, shown.high, target_of(solution, place)]
    share = one.verdict.chance
    if share is not None:
        return (*cells, share.mean, share.low, share.high, solution.asked.chance)
    single = one.single
    return (*cells, single.met) if single is not None and shows_how_often(solution) else tuple(cells)
