"""How many replications were enough, and why no more were run."""

from __future__ import annotations

import math
from typing import Any

from sim.results.measures.table import measure_of
from sim.runs.answer import Answer
from sim.runs.precision import Enough, Width
from sim.words.layout import bullets, paragraph
from sim.words.numbers import is_hourly, is_money, rounded
from sim.words.stand_in import told_label

TO_SPARE = 1.05  # of the replications that would do, as the spread is itself an estimate


def precision_lines(answer: Answer) -> str:
    """Return why so many were run and how wide each interval is; nothing when no precision was asked for."""
    if answer.enough is None:
        return ""
    told = [_told(width, answer) for width in answer.enough.widths]
    return f"{paragraph(why(answer.enough), '  ')}\n{bullets(told)}"


def why(enough: Enough) -> str:
    """Return why no more were run."""
    number = f"{enough.replications:,}"
    if enough.reached:
        return f"Every interval is narrow enough at n = {number} (and stayed so to {enough.looked_to:,})."
    if all(width.narrow for width in enough.widths):
        return f"Cap of {number} reached: every interval is narrow enough there, but has not been so for long enough."
    return f"Cap of {number} reached before every interval was narrow enough."


def precision_sentence(answer: Answer) -> str:
    """Return the same in a sentence or two; nothing when no precision was asked for."""
    if answer.enough is None:
        return ""
    return f"{why(answer.enough)} {'; '.join(_told(width, answer) for width in answer.enough.widths)}."


def precision_shape(answer: Answer) -> dict[str, Any]:
    """Return the same as plain values, under the key it goes by; nothing when no precision was asked for."""
    enough = answer.enough
    if enough is None:
        return {}
    names = [case.name for case in answer.cases]
    return {
        "precision": {
            "reached": enough.reached,
            "why": why(enough),
            "replications": enough.replications,
            "looked_to": enough.looked_to,
            "most": enough.most,
            "intervals": [_interval(width, names[width.scenario]) for width in enough.widths],
        }
    }


def half_in_words(number: float, unit: str) -> str:
    """Return half a width with its unit: `$17,500`, `1.99 points`, `0.496`."""
    if unit == "share":
        return f"{100 * number:.3g} points"
    if is_money(unit) and not is_hourly(unit):
        return f"${rounded(number):,.0f}" if number >= 10 else f"${number:.2g}"
    text = f"{rounded(number):,.0f}" if number >= 100 else f"{number:.3g}"
    return f"${text}" if is_hourly(unit) else text


def _told(width: Width, answer: Answer) -> str:
    unit = measure_of(width.asked.key).unit
    found = "not known yet" if width.half is None else f"± {half_in_words(width.half, unit)}"
    wished = "" if width.wished is None else f" {half_in_words(width.wished, unit)}"
    if width.asked.of_mean:
        whose = "the mean" if len(answer.cases) == 1 else "the base's mean"
        wished += f"{',' if wished else ''} {100 * width.asked.half:g} % of {whose}"
    return f"{_whose(width, answer)}: {'' if width.narrow else 'still '}{found}, target{wished}{_needed(width, answer)}"


def _whose(width: Width, answer: Answer) -> str:
    label = told_label(width.asked.key, [case.loaded for case in answer.cases])
    if not width.scenario:
        return label
    name = f"{answer.cases[width.scenario].name}, " if len(answer.alternatives) > 1 else ""
    return f"{label}, {name}difference from the base"


def _needed(width: Width, answer: Answer) -> str:
    """Return how many replications a target that is not met would take."""
    if width.narrow or not width.half or not width.wished:
        return ""
    number = TO_SPARE * answer.settings.replications * (width.half / width.wished) ** 2
    return f"; about {rounded(math.ceil(number)):,.0f} runs would be enough (--most)"


def _interval(width: Width, name: str) -> dict[str, Any]:
    return {
        "measure": width.asked.key,
        "unit": measure_of(width.asked.key).unit,
        "scenario": name,
        "half_width": width.half,
        "wished": width.wished,
        "share_of_mean": width.asked.half if width.asked.of_mean else None,
        "narrow_enough": width.narrow,
    }
