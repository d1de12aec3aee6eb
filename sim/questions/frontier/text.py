"""A frontier as text and as plain values for JSON: the sentence, the mixes, their money, how to use them.

In JSON, what is undefined is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sim.questions.compare.shapes import drawn_shape, made_from, spread_shape
from sim.questions.frontier.frontier import Frontier, Mix
from sim.questions.frontier.mixes import PUBLIC_SPENDING
from sim.questions.frontier.words import (
    frontier_sentence,
    nearest_words,
    notes,
    number_of,
    objective_label,
    settings_words,
)
from sim.questions.solve.levers import Choice, Grid, Lever
from sim.questions.solve.words import fine
from sim.results.measures.table import MEASURES, measure_of
from sim.words.as_json import Shape
from sim.words.audience import COMMANDS
from sim.words.differences import on_its_side
from sim.words.layout import bullets, clipped, command_lines, counted, paragraph, section, table
from sim.words.numbers import short
from sim.words.provenance import Stamp, command_line, luck_only, what_if_of

WIDTH = 18
MOST_OTHERS = 12
DOLLARS = "USD a year"


def frontier_text(found: Frontier, stamp: Stamp, sets: Sequence[str] = ()) -> str:
    """Return the text of `peerstay frontier`."""
    shown = shown_mixes(found)
    others = [number for number, mix in enumerate(found.mixes) if number and mix.comparable and not mix.on_frontier]
    parts = [
        paragraph(frontier_sentence(found)),
        section(
            f"Mixes that none beats, with {_ranges(found)} of their difference from the base", _objectives(found, shown)
        ),
        section("Their money, a year, under the present terms of funding", _money(found, shown)),
        section(f"Beaten ({len(others)})", _beaten(found, others)),
        bullets(list(notes(found, COMMANDS))),
        section("Compare the first and the last with the base in full", _use(found, sets)),
        section("Reproduce this", _reproduce(found, stamp)),
    ]
    return "\n\n".join(part for part in parts if part)


def runnable(found: Frontier, mix: Mix) -> Choice:
    """Return the settings of a mix, the balancing input at the nearest value it can have."""
    if mix.balance is None:
        return mix.settings
    return (*mix.settings, (found.planned.balance.path, found.planned.places.value(mix.balance.nearest[0])))


def _objectives(found: Frontier, numbers: list[int]) -> str:
    if not numbers:
        return ""
    keys = found.planned.plan.measures
    heading = (
        "Mix",
        *_inputs(found),
        *(name for key in keys for name in (clipped(objective_label(key, found), WIDTH), "difference")),
    )
    return table(heading, [mix_cells(found, number) for number in numbers])


def shown_mixes(found: Frontier) -> list[int]:
    """Return the numbers of the mixes that are shown: the base and those that none beats; none where none compares."""
    some = any(mix.comparable for mix in found.mixes[1:])
    return [0, *(number for number in found.best if number)] if some else []


def mix_cells(found: Frontier, number: int) -> tuple[str, ...]:
    """Return a mix as a row: name, inputs, the balancing one, each objective and its difference from the base."""
    return *_who(found, number), *_cells(found, number)


def _cells(found: Frontier, number: int) -> tuple[str, ...]:
    cells = []
    for key in found.planned.plan.measures:
        unit = measure_of(key).unit
        cells.append(fine(found.estimate(number, key).mean, unit))
        cells.append("" if number == 0 else _against(found, number, key, unit))
    return tuple(cells)


def _ranges(found: Frontier) -> str:
    return "the middle 90 % of futures" if found.answer.over_futures else "95 % ranges"


def _against(found: Frontier, number: int, key: str, unit: str) -> str:
    """Return a difference's range; of single futures with the share on its side, else what can be detected."""
    one, spread = found.difference(number, key), found.spread(number, key)
    if spread is not None and spread.low is not None:
        low, high = (short(end, unit, signed=True) for end in (spread.low, spread.high))
        return f"{low} to {high}, {on_its_side(spread, one.mean, ('higher', 'lower'))}"
    if not one.excludes_zero:
        return "the same" if one.always_zero else "none detectable"
    low, high = (short(end, unit, signed=True) for end in (one.low, one.high))
    return f"{low} to {high}{', 95 % interval of the mean' * found.answer.over_futures}"


def _money(found: Frontier, numbers: list[int]) -> str:
    if not numbers:
        return ""
    lever = found.planned.balance.path.rpartition(".")[2]
    heading = ("Mix", "margin", "difference", "public money arriving", f"at the nearest {lever}")
    rows = []
    for number in numbers:
        balance = found.mixes[number].balance
        margin = short(found.estimate(number, "margin_usd_per_year").mean, DOLLARS)
        differences = (
            ("", "")
            if number == 0
            else tuple(_against(found, number, key, DOLLARS) for key in ("margin_usd_per_year", PUBLIC_SPENDING))
        )
        rows.append((mix_name(number), margin, *differences, "" if balance is None else nearest_words(found, balance)))
    return table(heading, rows)


def _beaten(found: Frontier, numbers: list[int]) -> str:
    if not numbers:
        return ""
    keys = found.planned.plan.measures
    heading = ("Mix", *_inputs(found), *(clipped(objective_label(key, found), WIDTH) for key in keys), "beaten by")
    rows = []
    for number in numbers[:MOST_OTHERS]:
        measured = [fine(found.estimate(number, key).mean, measure_of(key).unit) for key in keys]
        by = found.mixes[number].beaten_by
        names = ", ".join(map(mix_name, by[:3])) + (f" and {len(by) - 3} more" if len(by) > 3 else "")
        rows.append((*_who(found, number), *measured, names))
    left = len(numbers) - MOST_OTHERS
    return table(heading, rows) + (f"\nand {left} more (--json lists all)" if left > 0 else "")


def _inputs(found: Frontier) -> list[str]:
    """Return the inputs' names, short; of a rung with its name."""
    return [clipped(_short(path), WIDTH) for path in (*_paths(found), found.planned.balance.path)]


def _paths(found: Frontier) -> list[str]:
    return [lever.path for lever, _ in found.planned.levers]


def _short(path: str) -> str:
    parts = path.split(".")
    return (
        f"{parts[1]} {parts[-1]}"
        if parts[0] in ("ladder", "employer")
        else path.rpartition(".")[2].partition("_usd")[0]
    )


def _who(found: Frontier, number: int) -> tuple[str, ...]:
    mix, lever = found.mixes[number], found.planned.balance
    value = float(lever.today or 0) if mix.balance is None else mix.balance.value(found.planned.places)
    return mix_name(number), *settings_words(found, mix), number_of(lever, value)


def mix_name(number: int) -> str:
    """Return what a mix is called."""
    return str(number) if number else "base"


def _use(found: Frontier, sets: Sequence[str]) -> str:
    """Return the command that compares the mixes at both ends of the frontier with the base."""
    numbers = [number for number in found.best if number]
    if not numbers:
        return ""
    ends = dict.fromkeys((numbers[0], numbers[-1]))
    mixes = [what_if_of(found.base, found.start, runnable(found, found.mixes[one]), f"mix {one}") for one in ends]
    return command_lines(command_line([found.base, *mixes], found.settings, sets) + luck_only(found.settings))


def _reproduce(found: Frontier, stamp: Stamp) -> str:
    made = (
        f"peerstay {stamp.version}, seed {stamp.seed}, {counted(stamp.replications, 'replication')}, "
        f"{counted(found.tried, 'alternative')} tried, made {stamp.made}. "
        f"{stamp.digests()}Fingerprint of the base: {next(iter(stamp.fingerprints.values()))}."
    )
    return f"{command_lines(stamp.command)}\n{paragraph(made, '  ')}"


# as JSON -------------------------------------------------------------------------------------------------------------


def frontier_shape(found: Frontier) -> Shape:
    """Return the shape of `peerstay frontier --json`."""
    planned = found.planned
    return {
        **made_from(found.base, found.settings),
        "sentence": frontier_sentence(found),
        "notes": list(notes(found, COMMANDS)),
        "vary": [_lever_shape(lever, grid) for lever, grid in planned.levers],
        "balance": {"path": planned.balance.path, "unit": planned.balance.unit, "today": planned.balance.today},
        "equal": planned.plan.equal,
        "objectives": [
            {"measure": key, "unit": measure_of(key).unit, "direction": measure_of(key).direction}
            for key in planned.plan.measures
        ],
        "frontier": list(found.best),
        **drawn_shape(found.answer),
        "mixes": [_mix_shape(found, number, mix) for number, mix in enumerate(found.mixes)],
    }


def _lever_shape(lever: Lever, grid: Grid) -> Shape:
    ends = {"low": grid.value(0), "high": grid.value(grid.size - 1)}
    return {"path": lever.path, "unit": lever.unit, "today": lever.today, **ends}


def _mix_shape(found: Frontier, number: int, mix: Mix) -> Shape:
    grid = found.planned.places
    return {
        "number": number,
        "is_base": mix.is_base,
        "settings": dict(mix.settings),
        "run_as": dict(runnable(found, mix)),
        "balanced_at": None if mix.balance is None else mix.balance.value(grid),
        "gaps_usd": {str(grid.value(place)): gap for place, gap in sorted(mix.gaps.items())},
        "comparable": mix.comparable,
        "on_frontier": mix.on_frontier,
        "beaten_by": list(mix.beaten_by),
        "measures": {key: _measured_shape(found, number, key) for key in mix.values},
    }


def _measured_shape(found: Frontier, number: int, key: str) -> Shape:
    spread = found.spread(number, key)
    unit = measure_of(key).unit if key.partition(".")[0] in MEASURES else "USD a year"
    return {
        "unit": unit,
        **asdict(found.estimate(number, key)),
        "difference": asdict(found.difference(number, key)),
        **({} if spread is None or not number else {"futures": spread_shape(spread)}),
    }
