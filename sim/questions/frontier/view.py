"""Draw the best mixes at equal cost: every mix by two measures, those that no other beats in color and numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sim.charts.drawing import Chart, Marks, Panel, Part, Shape, Side, Ticks, Words, role
from sim.charts.labels import shifts
from sim.charts.look import LIGHT, Look
from sim.charts.painting import figure_of
from sim.charts.sentences import NOTHING_SEEN, lower_first, unit_behind, words_of
from sim.charts.ticks import bounds, number_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.frontier.frontier import Frontier
from sim.questions.frontier.text import mix_name, shown_mixes
from sim.questions.frontier.words import better_side, frontier_sentence, half_range, objective_label, settings_told
from sim.questions.solve.words import fine
from sim.results.measures.table import measure_of
from sim.results.spreads import ranged
from sim.words.differences import OF_ITS_MEAN, on_its_side
from sim.words.inputs import name_in_words
from sim.words.layout import listed
from sim.words.ranges import ends_in_words

Place = tuple[float, float]
HEIGHT, RIGHT = 294, 16  # pixels
NARROWEST: Final = (300.0, float(HEIGHT))  # pixels of the plot on a phone
BEST: Final = 1  # color
ARROWS: Final = {(True, True): "↗", (False, True): "↖", (True, False): "↘", (False, False): "↙"}
TICKS: Final = 4


def frontier_view(found: Frontier, look: Look = LIGHT) -> View:
    """Return the view of the best mixes against the first two objectives."""
    numbers = shown_mixes(found)
    chart = _chart(found) if numbers else None
    return View(
        key="frontier",
        title="The best mixes at equal cost",
        figure=None if chart is None else figure_of(chart, look),
        alt=_alt(found, numbers),
        reading=f"Projection: {lower_first(frontier_sentence(found))}",
        note=_note(found),
        table=_table(found, numbers),
        data=_data(found),
        printed=chart,
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


def _chart(found: Frontier) -> Chart:
    """Return every mix by the first two objectives: what is beaten, what is not, on top of all the base."""
    keys = found.planned.plan.measures[:2]
    drawn = [number for number in range(len(found.mixes)) if _known(found, number)]
    means = {number: _means(found, number, keys) for number in drawn}
    arms = {number: _arms(found, number, keys) for number in drawn if _named(found, number)}
    x, y = _ends(means, arms)
    parts = [*_marks(means, arms), *_names(means, (x, y), list(arms)), _corner(keys, y)]
    across, up = (_ticks(ends, measure_of(key).unit) for ends, key in zip((x, y), keys, strict=True))
    below, above = (_title(key, found) for key in keys)
    panel = Panel(HEIGHT, x, y, tuple(parts), across, up, x_grid=True, x_title=below, y_title=above)
    return Chart((panel,), RIGHT)


def _marks(means: Mapping[int, Place], arms: Mapping[int, Place]) -> Iterator[Part]:
    """Yield the marks of all mixes; those with arms are not beaten."""
    yield _beaten({number: mean for number, mean in means.items() if number not in arms})
    yield from (_marked(number, means[number], arms[number]) for number in sorted(arms, reverse=True))


def _means(found: Frontier, number: int, keys: Sequence[str]) -> Place:
    x, y = (found.estimate(number, key).mean or 0.0 for key in keys)
    return x, y


def _arms(found: Frontier, number: int, keys: Sequence[str]) -> Place:
    """Half the range of the difference from the base: both use the same random numbers."""
    x, y = (half_range(found, number, key) for key in keys)
    return x, y


def _ticks(ends: Place, unit: str) -> Ticks:
    told = number_axis(*ends, unit, TICKS)
    return tuple(zip(told["tickvals"], told["ticktext"], strict=True))


def _known(found: Frontier, number: int) -> bool:
    return found.mixes[number].comparable and all(
        found.estimate(number, key).mean is not None for key in found.planned.plan.measures[:2]
    )


def _named(found: Frontier, number: int) -> bool:
    return found.mixes[number].is_base or found.mixes[number].on_frontier


def _ends(means: Mapping[int, Place], arms: Mapping[int, Place]) -> list[Place]:
    """The ends of both axes, with room for every arm."""
    found = list[Place]()
    for side in (0, 1):
        around = [(mean[side], arms.get(number, (0.0, 0.0))[side]) for number, mean in means.items()]
        found.append(bounds([at - arm for at, arm in around], [at + arm for at, arm in around], from_zero=False))
    return found


def _title(key: str, found: Frontier) -> str:
    unit = unit_behind(measure_of(key).unit)
    return f"{objective_label(key, found)}{f', {unit}' if unit else ''} ({better_side(key)})"


def _beaten(means: Mapping[int, Place]) -> Marks:
    x, y = ([mean[side] for mean in means.values()] for side in (0, 1))
    return Marks(x, y, "faint", "cross", [f"Mix {number}, beaten" for number in means])


def _marked(number: int, mean: Place, arms: Place) -> Marks:
    shape: Shape = "circle" if number else "square"
    told = f"Mix {mix_name(number)}" if number else "Base: no new decisions"
    return Marks([mean[0]], [mean[1]], role(BEST if number else 0), shape, [told], arms)


def _names(means: Mapping[int, Place], ends: tuple[Place, Place], numbers: Sequence[int]) -> Iterator[Words]:
    """Yield each mix's number beside its mark, where it covers nothing on the narrowest page."""
    pixels = {
        number: (_pixel(mean[0], ends[0], NARROWEST[0]), _pixel(mean[1], ends[1], NARROWEST[1]))
        for number, mean in means.items()
    }
    texts = [mix_name(number) for number in numbers]
    others = [pixels[number] for number in means if number not in numbers]
    moved = shifts([pixels[number] for number in numbers], texts, others, NARROWEST)
    for number, text, shift in zip(numbers, texts, moved, strict=True):
        x, y = means[number]
        yield Words(text, y, x, "middle", of_width=False, bold=True, shift=shift)


def _pixel(value: float, ends: Place, wide: float) -> float:
    low, high = ends
    return wide * (value - low) / (high - low)


def _corner(keys: Sequence[str], ends: Place) -> Words:
    """Mark the corner of the chart that is better on both measures."""
    right, up = (measure_of(key).direction == "higher" for key in keys)
    inward = -4.0 if right else 4.0, -10.0 if up else 10.0
    side: Side = "right" if right else "left"
    return Words(f"better {ARROWS[right, up]}", ends[up], float(right), side, faint=True, shift=inward)


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
    if one.always_zero:
        return "the same"
    called = OF_ITS_MEAN if found.answer.over_futures else ""
    return f"{called}{ends_in_words(one, unit, words_of(unit))}" if one.excludes_zero else NOTHING_SEEN


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
