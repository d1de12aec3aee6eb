"""List what scenarios take for granted without knowing it: effects, and inputs left at a default that has a range.

What the user states is known unless a range is given with it (`[ranges]`), and so is a default that stands for a
decision or a contract (full time, no premium). An alternative decides only for itself: an input that it states stays
as it states it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.evidence.cards import Card, load_cards
from sim.evidence.effects import load_effects
from sim.evidence.posterior import load_posterior_card
from sim.runs.futures.unknowns import Stated, Unknown, of_effect, of_input
from sim.scenario.addresses import ends_of, is_set, left_open, numbers_of, value_in
from sim.scenario.describe import Input
from sim.scenario.files import Loaded
from sim.scenario.problems import Problem, ScenarioError, did_you_mean

Raw = Mapping[str, Any]


def unknowns_of(
    everyone: Sequence[Loaded], also: Sequence[Stated] = (), *, stated: bool = False
) -> tuple[Unknown, ...]:
    """Return every assumption that the scenarios, or one of them, rest on.

    Args:
        everyone: the base and its alternatives.
        also: inputs that are not known although they are stated, and ranges other than the evidence's.
        stated: take in decisions that are the same in all scenarios too, where a card has a range.

    Raises:
        ScenarioError: with everything that is wrong with `also`.
    """
    found = {one.path: _of_studies(one) for loaded in everyone for one in _left_open(loaded.raw)}
    if stated:
        found = {one.path: one for one in _said_alike(everyone)} | found
    found |= _with_ranges(everyone, found)
    problems = list[Problem]()
    for path, one in {one.path: one for one in also}.items():  # of a range given twice the last one counts
        made = _given(one, everyone, found.get(path))
        if isinstance(made, Problem):
            problems.append(made)
        else:
            found[path] = made
    if problems:
        raise ScenarioError(problems)
    return tuple(found.values())


def open_in(
    everyone: Sequence[Loaded], unknowns: Sequence[Unknown], also: Sequence[Stated] = (), *, stated: bool = False
) -> tuple[frozenset[str], ...]:
    """Return for each scenario the addresses that are not known: what it decides for itself is left out."""
    listed = frozenset(one.path for one in unknowns)
    alike = {one.path for one in also} | ({one.path for one in _said_alike(everyone)} if stated else set())
    ranges = _with_ranges(everyone, {})
    return tuple(listed & (alike | _uncertain_in(loaded, ranges)) for loaded in everyone)


def _uncertain_in(loaded: Loaded, ranges: Mapping[str, Unknown]) -> set[str]:
    """Return what a scenario leaves open, and the ranges of values that it has in common with who gave them."""
    left = {one.path for one in _left_open(loaded.raw)} - ranges.keys()
    defaults = {path: default for path, _, default in numbers_of(loaded.raw)} | _effects()
    alike = {path for path in ranges.keys() & defaults if _value(loaded, path, defaults) == ranges[path].likely}
    return left | {path for path in alike if path in loaded.scenario.ranges}


def _with_ranges(everyone: Sequence[Loaded], found: Mapping[str, Unknown]) -> dict[str, Unknown]:
    """Return the assumptions whose range a scenario gives; where several do, the first one counts."""
    made: dict[str, Unknown] = {}
    for loaded in everyone:
        numbers = (
            {path: (one, default) for path, one, default in numbers_of(loaded.raw)} if loaded.scenario.ranges else {}
        )
        defaults = {path: default for path, (_, default) in numbers.items()} | _effects()
        for path, (low, high) in loaded.scenario.ranges.items():
            given = numbers[path][0] if path in numbers else None
            ends = float(low), float(_value(loaded, path, defaults)), float(high)
            made.setdefault(path, _at_ends(path, given, found.get(path), ends))
    return made


def _effects() -> dict[str, float]:
    return {f"effects.{key}": effect.effect for key, effect in load_effects().items()}


def _value(loaded: Loaded, path: str, defaults: Mapping[str, Any]) -> Any:
    return value_in(loaded.raw, path, defaults[path])


def _left_open(raw: Raw) -> Iterator[Unknown]:
    """Yield the effects and inputs that a scenario does not state."""
    for key in load_effects():
        if not is_set(raw, f"effects.{key}"):
            yield of_effect(key)
    for path, one, card in left_open(raw):
        yield of_input(path, one, card, ends_of(card))


def _of_studies(one: Unknown) -> Unknown:
    """Return an assumption as the posterior has it, where studies say how it goes together with others."""
    column = load_posterior_card()["column"].get(one.path)
    return one if column is None else replace(one, low=column["low"], high=column["high"], posterior=True)


def _said_alike(everyone: Sequence[Loaded]) -> Iterator[Unknown]:
    """Yield inputs that are the same number in all scenarios, around which the card's range is laid."""
    for path, one, default in numbers_of(everyone[0].raw):
        card = load_cards().get(one.evidence)
        values = [value_in(loaded.raw, path, default) for loaded in everyone]
        alike = all(_is_number(value) and value == values[0] for value in values)
        span = _span(card, default)
        if span is not None and alike:
            ends = min(span[0], values[0]), float(values[0]), max(span[1], values[0])
            yield of_input(path, one, card, ends)


def _span(card: Card | None, default: Any) -> tuple[float, float] | None:
    """The range of a card that is of this default; None where it has none, or is of another value."""
    if card is None or card.kind != "estimate" or card.low is None or card.high is None:
        return None
    if card.low >= card.high or (default is not None and card.value not in (None, default)):
        return None
    return card.low, card.high


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# what the user says ----------------------------------------------------------------------------------------------


def _given(one: Stated, everyone: Sequence[Loaded], known: Unknown | None) -> Unknown | Problem:
    """Return an assumption with the range the user gave, or what is wrong with it."""
    numbers = {path: (given, default) for loaded in everyone for path, given, default in numbers_of(loaded.raw)}
    effects = _effects()
    if one.path not in numbers and one.path not in effects:
        fix = did_you_mean(one.path, [*numbers, *effects]) or "`peerstay schema --markdown` lists them"
        return Problem("--also", None, one.path, None, "is no number of these scenarios", fix)
    default = effects[one.path] if one.path in effects else numbers[one.path][1]
    values = [value_in(loaded.raw, one.path, default) for loaded in everyone]
    given = numbers[one.path][0] if one.path in numbers else None
    return _no_range(one, values) or _at_ends(one.path, given, known, (one.low, float(values[0]), one.high))


def _no_range(one: Stated, values: Sequence[Any]) -> Problem | None:
    """Return why a range fits none of the values that scenarios have; nothing where it fits."""
    told = ", ".join(str(value) for value in values)
    if any(value != values[0] for value in values):
        return Problem("--also", None, one.path, told, "differs between the scenarios: it is what they decide on")
    if not _is_number(values[0]) or not one.low <= values[0] <= one.high or one.low == one.high:
        rule = f"the value must lie within its range, the lower end first: {one.low:g} to {one.high:g}"
        return Problem("--also", None, one.path, str(values[0]), rule)
    return None


def _at_ends(path: str, given: Input | None, known: Unknown | None, ends: tuple[float, float, float]) -> Unknown:
    """Return an assumption with the range that was given: low, the value taken, high."""
    if known is None and given is None:
        known = of_effect(path.removeprefix("effects."))
    if known is not None:
        return replace(known, low=ends[0], likely=ends[1], high=ends[2], posterior=False)
    assert given is not None  # neither an effect nor a number is no address
    return of_input(path, given, load_cards().get(given.evidence), ends)
