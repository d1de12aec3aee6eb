"""Draw the best mixes at equal cost: every mix by two measures, those that no other beats in color and numbered."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.charts.labels import shifts
from sim.charts.look import LIGHT, SMALL, Look, Sheet, axis, faded, headline, new_sheet
from sim.charts.sentences import NOTHING_SEEN, lower_first, unit_behind, words_of
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.frontier.frontier import Frontier
from sim.questions.frontier.text import mix_name, shown_mixes
from sim.questions.frontier.words import better_side, frontier_sentence, half_range, objective_label, settings_told
from sim.questions.solve.words import fine
from sim.results.measures.table import measure_of
from sim.results.spreads import ranged
from sim.words.differences import on_its_side
from sim.words.inputs import name_in_words
from sim.words.layout import listed
from sim.words.ranges import ends_in_words

HEIGHT, TOP, BOTTOM, RIGHT = 400, 44, 62, 16
NARROWEST: Final = (300.0, float(HEIGHT - TOP - BOTTOM))  # pixels of the plot on a phone
WIDE: Final = 48  # characters of a line
BEST: Final = 1  # color
WHISKERS: Final = 0.8  # of full color
ARROWS: Final = {(True, True): "↗", (False, True): "↖", (True, False): "↘", (False, False): "↙"}
TICKS: Final = 4


def frontier_view(found: Frontier, look: Look = LIGHT) -> View:
    """Return the view of the best mixes against the first two objectives."""
    numbers = shown_mixes(found)
    return View(
        key="frontier",
        title="The best mixes at equal cost",
        figure=_figure(found, look) if numbers else None,
        alt=_alt(found, numbers),
        reading=f"Projection: {lower_first(frontier_sentence(found))}",
        note=_note(found),
        table=_table(found, numbers),
        data=_data(found),
    )


def _note(found: Frontier) -> str:
    third = [objective_label(key, found).lower() for key in found.planned.plan.measures[2:]]
    more = f" Mixes are judged by {listed(third)} too, which is in the table only." if third else ""
    return (
        "Square: the base. Numbered circles: no other mix beats them; thin lines are 95 % ranges of their mean "
        f"difference from the base. Pale crosses: another mix is better on every measure.{more}"
    )


def _alt(found: Frontier, numbers: Sequence[int]) -> str:
    if not numbers:
        return "There is no chart: no mix could be compared with the base."
    keys = found.planned.plan.measures
    told = [f"{'Base' if not number else f'Mix {number}'}: {_measured(found, number)}" for number in numbers]
    what = listed([f"{objective_label(key, found).lower()} ({better_side(key)})" for key in keys[:2]])
    return f"Scatter chart of mixes by {what}. {'. '.join(told)}."


def _measured(found: Frontier, number: int) -> str:
    """Return the objectives of a mix in words."""
    measured = [(key, found.estimate(number, key).mean) for key in found.planned.plan.measures]
    return listed(
        [f"{objective_label(key, found).lower()} {fine(mean, measure_of(key).unit)}" for key, mean in measured]
    )


def _figure(found: Frontier, look: Look) -> Any:
    keys = found.planned.plan.measures[:2]
    drawn = [number for number in range(len(found.mixes)) if _known(found, number)]
    named = [number for number in drawn if _named(found, number)]
    means = {number: _means(found, number, keys) for number in drawn}
    arms = {number: _arms(found, number, keys) for number in drawn}
    sheet = new_sheet(look, HEIGHT, t=TOP, r=RIGHT, b=BOTTOM)
    ends = _ends(means, arms)
    _axes(sheet, look, found, ends)
    _beaten(sheet, look, {number: mean for number, mean in means.items() if number not in named})
    for number in sorted(named, reverse=True):  # the base last, on top
        _marked(sheet, look, (number, mix_name(number)), means[number], arms[number])
    _name_marks(sheet, means, ends, named)
    _corner(sheet, look, keys)
    return sheet.figure()


def _means(found: Frontier, number: int, keys: Sequence[str]) -> tuple[float, ...]:
    return tuple(found.estimate(number, key).mean or 0.0 for key in keys)


def _arms(found: Frontier, number: int, keys: Sequence[str]) -> tuple[float, ...]:
    """Half the range of the difference from the base, for those that are marked with it."""
    return tuple(half_range(found, number, key) * _named(found, number) for key in keys)


def _axes(sheet: Sheet, look: Look, found: Frontier, ends: Sequence[tuple[float, float]]) -> None:
    """Draw an axis for each of the first two objectives, with its title."""
    keys = found.planned.plan.measures[:2]
    for name, key, (low, high) in zip("xy", keys, ends, strict=True):
        sheet.layout[f"{name}axis"] = axis(look, **number_axis(low, high, measure_of(key).unit, TICKS))
    below = {"text": _title(keys[0], found), "font": {"size": SMALL, "color": look.faint}, "standoff": 8}
    sheet.layout["xaxis"] |= {"title": below, "showline": True}
    sheet.note(**headline(look, _title(keys[1], found), yshift=6))


def _known(found: Frontier, number: int) -> bool:
    return found.mixes[number].comparable and all(
        found.estimate(number, key).mean is not None for key in found.planned.plan.measures[:2]
    )


def _named(found: Frontier, number: int) -> bool:
    return found.mixes[number].is_base or found.mixes[number].on_frontier


def _ends(means: Mapping[int, tuple[float, ...]], arms: Mapping[int, tuple[float, ...]]) -> list[tuple[float, float]]:
    """The ends of both axes, with room for every arm."""
    found = list[tuple[float, float]]()
    for side in (0, 1):
        lows = [mean[side] - arms[number][side] for number, mean in means.items()]
        highs = [mean[side] + arms[number][side] for number, mean in means.items()]
        found.append(bounds(lows, highs, from_zero=False))
    return found


def _title(key: str, found: Frontier) -> str:
    unit = unit_behind(measure_of(key).unit)
    text = f"{objective_label(key, found)}{f', {unit}' if unit else ''} ({better_side(key)})"
    return "<br>".join(textwrap.wrap(text, WIDE))


def _beaten(sheet: Sheet, look: Look, means: Mapping[int, tuple[float, ...]]) -> None:
    x, y = ([mean[side] for mean in means.values()] for side in (0, 1))
    told = [f"Mix {number}, beaten" for number in means]
    mark = {"symbol": "x-thin", "size": 8, "line": {"color": look.faint, "width": 1.2}, "opacity": 0.7}
    sheet.add("scatter", mode="markers", x=x, y=y, marker=mark, hovertext=told, hoverinfo="text")


def _marked(sheet: Sheet, look: Look, which: tuple[int, str], mean: tuple[float, ...], arms: tuple[float, ...]) -> None:
    number, name = which
    color = look.color(BEST if number else 0)
    mark = {"symbol": "circle", "size": 9} if number else {"symbol": "square", "size": 12}
    whiskers = {"type": "data", "color": faded(color, WHISKERS), "thickness": 1.0, "width": 3}
    sheet.add(
        "scatter",
        mode="markers",
        x=[mean[0]],
        y=[mean[1]],
        error_x=whiskers | {"array": [arms[0]], "visible": arms[0] > 0.0},
        error_y=whiskers | {"array": [arms[1]], "visible": arms[1] > 0.0},
        marker=mark | {"color": color, "opacity": 1.0},
        hovertext=f"Mix {name}" if number else "Base: no new decisions",
        hoverinfo="text",
    )


def _name_marks(
    sheet: Sheet,
    means: dict[int, tuple[float, ...]],
    ends: Sequence[tuple[float, float]],
    numbers: Sequence[int],
) -> None:
    """Write each mix's number beside its mark, where it covers nothing on the narrowest page."""
    pixels = {
        number: (_pixel(mean[0], ends[0], NARROWEST[0]), _pixel(mean[1], ends[1], NARROWEST[1]))
        for number, mean in means.items()
    }
    texts = [mix_name(number) for number in numbers]
    others = [pixels[number] for number in means if number not in numbers]
    moved = shifts([pixels[number] for number in numbers], texts, others, NARROWEST)
    for number, text, (right, up) in zip(numbers, texts, moved, strict=True):
        at = {"x": means[number][0], "y": means[number][1], "xshift": right, "yshift": up}
        sheet.note(text=f"<b>{text}</b>", font={"size": SMALL}, **at)


def _pixel(value: float, ends: tuple[float, float], wide: float) -> float:
    low, high = ends
    return wide * (value - low) / (high - low)


def _corner(sheet: Sheet, look: Look, keys: Sequence[str]) -> None:
    """Mark the corner of the chart that is better on both measures."""
    right, up = (measure_of(key).direction == "higher" for key in keys)
    at = {"xref": "paper", "yref": "paper", "x": float(right), "y": float(up)}
    side = {"xanchor": "right" if right else "left", "yanchor": "top" if up else "bottom"}
    inward = {"xshift": -4 if right else 4, "yshift": -2 if up else 2}
    sheet.note(text=f"better {ARROWS[right, up]}", font={"size": SMALL, "color": look.faint}, **at, **side, **inward)


# numbers -----------------------------------------------------------------------------------------------------------


def _inputs(found: Frontier) -> list[str]:
    paths = [*(lever.path for lever, _ in found.planned.levers), found.planned.balance.path]
    return [name_in_words(path.split(".")) for path in paths]


def _table(found: Frontier, numbers: Sequence[int]) -> Table:
    labels = [objective_label(key, found) for key in found.planned.plan.measures]
    objectives = [title for label in labels for title in (label, f"{label}: against the base")]
    columns = tuple(map(Column, ("Mix", *_inputs(found), *objectives)))
    return Table(columns, tuple(_row(found, number) for number in numbers))


def _row(found: Frontier, number: int) -> tuple[str, ...]:
    cells = [mix_name(number), *settings_told(found, found.mixes[number])]
    for key in found.planned.plan.measures:
        cells += [fine(found.estimate(number, key).mean, measure_of(key).unit), _against(found, number, key)]
    return tuple(cells)


def _against(found: Frontier, number: int, key: str) -> str:
    """Return a difference's range with its signs in words; where it holds zero, that nothing can be detected."""
    if not number:
        return ""
    one, unit = found.difference(number, key), measure_of(key).unit
    spread = found.spread(number, key)
    if spread is not None and spread.low is not None:
        share = on_its_side(spread, one.mean, words_of(unit))
        return f"{ends_in_words(ranged(one, spread), unit, words_of(unit))} ({share} of 100 futures)"
    return ends_in_words(one, unit, words_of(unit)) if one.excludes_zero else NOTHING_SEEN


def _data(found: Frontier) -> Table:
    columns = [Column("Mix"), *map(Column, _inputs(found))]
    for key in found.planned.plan.measures:
        parts = ("", ", difference from the base", ", difference from", ", difference to")
        columns += [Column(f"{objective_label(key, found)}{part}", measure_of(key).unit) for part in parts]
    columns += [Column("Compares"), Column("Beaten by")]
    return Table(tuple(columns), tuple(_numbers(found, number) for number in range(len(found.mixes))))


def _numbers(found: Frontier, number: int) -> tuple[Cell, ...]:
    mix, lever = found.mixes[number], found.planned.balance
    given = dict(mix.settings)
    inputs = [given.get(lever.path, lever.today) for lever, _ in found.planned.levers]
    balanced = lever.today if mix.balance is None else mix.balance.value(found.planned.places)
    cells: list[Cell] = [mix_name(number), *inputs, balanced if mix.comparable else None]
    for key in found.planned.plan.measures:
        if not mix.comparable:
            cells += [None] * 4
            continue
        change = found.difference(number, key)
        cells += [found.estimate(number, key).mean, change.mean, change.low, change.high]
    by = ", ".join(map(mix_name, mix.beaten_by))
    return *cells, "yes" if mix.comparable else "no: it could not be brought to the base's dollars", by
