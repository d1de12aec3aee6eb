"""Read what is typed about measures: their names, and amounts in their units or as a share of a mean."""

from __future__ import annotations

import math
import re

import click

from sim.results.measures.table import MEASURES, measure_of
from sim.runs.precision import Precision
from sim.scenario.problems import did_you_mean, printable

NUMBER = re.compile(r"\$?(\d+(?:_\d+)*|[1-9]\d{0,2}(?:,\d{3})+)?(\.\d+)?(e[+-]?\d+)?\s*(%?)", re.IGNORECASE)


def measure_fault(key: str) -> str:
    """Return what is wrong with the name of a measure, or of a part of one; nothing if it may be right."""
    name, dot, part = key.partition(".")
    if name not in MEASURES:
        hint = did_you_mean(name, MEASURES) or "`peerstay measures` lists them"
        return f"{printable(key)}: no such measure; {hint}"
    if dot and not (part and MEASURES[name].by):
        return f"{printable(key)}: {name} is not told by parts; write {name}"
    return ""


def amount(text: str) -> tuple[float, bool] | None:
    """Return a positive number and whether it is a percentage (then as a share); None if it is neither."""
    found = NUMBER.fullmatch(text.strip())
    if not found or not (found[1] or found[2]):
        return None
    number = float("".join(part or "" for part in found.groups()[:3]).replace(",", "").replace("_", ""))
    if not 0.0 < number < math.inf:
        return None
    return (number / 100.0, True) if found[4] else (number, False)


def precisions(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[Precision, ...]:
    """Read every `MEASURE=HALFWIDTH`.

    Raises:
        BadParameter: with all that is wrong.
    """
    read = [_precision(text) for text in values]
    faults = [one for one in read if isinstance(one, str)]
    found = [one for one in read if isinstance(one, Precision)]
    keys = [one.key for one in found]
    faults += [
        f"{key}: given {keys.count(key)} times; give one half-width"
        for key in dict.fromkeys(keys)
        if keys.count(key) > 1
    ]
    if faults:
        raise click.BadParameter("\n".join(faults), context, option)
    return tuple(found)


def _precision(text: str) -> Precision | str:
    key, equals, size = (part.strip() for part in text.partition("="))
    if not equals:
        return f"{printable(text)}: write MEASURE=HALFWIDTH, as cash_end_usd=20000 or cash_end_usd=5%"
    fault = measure_fault(key)
    if fault:
        return fault
    read = amount(size)
    if read is None:
        unit = measure_of(key).unit
        return (
            f"{key} = {printable(size) or 'nothing'}: half-width must be a number above 0, "
            f"in the measure's unit ({unit}) or in % of the mean"
        )
    return Precision(key, *read)


def unit_fault(text: str, key: str, called: str) -> str:
    """Return what is wrong with an amount that must be in a measure's unit; nothing if it is right."""
    read = amount(text)
    if read and not read[1]:
        return ""
    unit = measure_of(key).unit
    example = ": 0.02 is 2 points" if unit == "share" else ""
    return f"{called} {printable(text)}: must be a number above 0 in the unit of {key} ({unit}{example})"
