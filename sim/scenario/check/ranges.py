"""Check the ranges of stated inputs: each of a number that there is, its value inside, its ends where it may lie."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from sim.evidence.effects import load_effects
from sim.scenario.addresses import numbers_of, value_in
from sim.scenario.describe import LARGEST_EFFECT, Input, Limits
from sim.scenario.problems import Fault, did_you_mean
from sim.scenario.read.draft import Draft
from sim.scenario.read.ranges import RANGES

FORM = "must be two numbers, the lower first: [low, high]"


def range_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the ranges of a draft."""
    said = draft.raw.get(RANGES)
    if not isinstance(said, Mapping) or not said:
        return
    numbers = {path: (one, default) for path, one, default in numbers_of(draft.raw)}
    effects = {f"effects.{key}": effect.effect for key, effect in load_effects().items()}
    for address, ends in said.items():
        rule, fix = "", ""
        if address in effects:
            limits = Limits(ge=-LARGEST_EFFECT, le=LARGEST_EFFECT)
            rule = _wrong(ends, value_in(draft.raw, address, effects[address]), limits, whole=False)
        elif address in numbers:
            one, default = numbers[address]
            rule = _wrong(ends, value_in(draft.raw, address, default), one.limits, whole=_is_whole(one))
        else:
            rule = "is no number of this scenario"
            fix = did_you_mean(address, [*numbers, *effects]) or "`peerstay schema --markdown` lists them"
        if rule:
            yield Fault(draft.range_path(address), ends, rule, fix)


def _is_whole(one: Input) -> bool:
    return one.type == "whole number"


def _are_ends(ends: Any) -> bool:
    """Whether something is a pair of numbers, the lower one first."""
    pair = isinstance(ends, list | tuple) and len(ends) == 2 and all(map(_is_number, ends))
    return pair and ends[0] < ends[1]


def _wrong(ends: Any, value: Any, limits: Limits, *, whole: bool) -> str:
    """Return the rule that a range breaks; nothing where it breaks none."""
    if not _are_ends(ends):
        return FORM
    low, high = ends
    if whole and not all(float(end).is_integer() for end in ends):
        return "must have whole numbers as its ends, as the input itself"
    if not (limits.allow(low) and limits.allow(high)):
        return f"must lie where the input may: {limits.words()}"
    if not _is_number(value):
        return "is the range of an input that has no value: state the input beside it"
    if not low <= value <= high:
        return f"must hold the value of the input, {value:g}"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
