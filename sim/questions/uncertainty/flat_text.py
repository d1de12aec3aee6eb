"""Write futures as text and as plain values: mean, middle 90 % over both kinds of uncertainty, and the sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sim.questions.uncertainty.flat import Flat, Spread
from sim.questions.uncertainty.numbers import band, size
from sim.questions.uncertainty.uncertainty import Band
from sim.results.measures.table import MEASURES
from sim.results.summary import Estimate
from sim.words.as_json import made_by
from sim.words.differences import hundredths
from sim.words.layout import bullets, command_lines, counted, paragraph, section, table
from sim.words.sentences import over
from sim.words.stand_in import told_label

BOTH = "Middle 90 %"
ALARM = "ALARM. These differ and cannot, so this comparison is worthless. It is a fault of peerstay: please report it."


def headlines(found: Flat) -> list[str]:
    """Return the headline measures that are defined in every scenario."""
    keys = [key for key, one in MEASURES.items() if one.headline]
    return [key for key in keys if all(key in own for own in found.values)]


def flat_text(found: Flat, keys: Sequence[str], command: str) -> str:
    """Return the text of futures: every scenario, or every alternative beside the base."""
    alarm = f"{paragraph(ALARM)}\n{bullets(found.leaks)}" if found.leaks else ""
    places = range(1, len(found.names))
    told = [_differences(found, keys, place) for place in places] if places else [_levels(found, keys)]
    parts = [alarm, paragraph(_lead(found)), *told]
    parts += [
        section("How to read this", bullets(list(_notes(found)))),
        section("Reproduce this", command_lines(command)),
    ]
    return "\n\n".join(part for part in parts if part)


def _lead(found: Flat) -> str:
    base = found.everyone[0].scenario
    return (
        f'"{base.title or found.names[0]}", projected over {over(base.horizon)} in {counted(found.draws, "future")}: '
        "in each, "
        f"{counted(len(found.unknowns), 'uncertain assumption')} are drawn anew from their ranges, beside the random "
        "numbers of a replication."
    )


def _levels(found: Flat, keys: Sequence[str]) -> str:
    rows = [(told_label(key, found.everyone), *_cells(found.level(key, 0), key)) for key in keys]
    return table(("Measure", "Mean", BOTH), rows)


def _differences(found: Flat, keys: Sequence[str], place: int) -> str:
    heading = (f"{found.names[place]} − base", "Base", "Mean", BOTH, "Of 100 futures")
    rows = []
    for key in keys:
        gain, level = found.difference(key, place), found.level(key, 0)
        if gain is not None and level is not None:
            label = told_label(key, found.everyone)
            rows.append((label, size(level.mean.mean, key), *_cells(gain, key, signed=True), sign(gain)))
    return table(heading, rows)


def _cells(one: Spread | None, key: str, *, signed: bool = False) -> tuple[str, str]:
    if one is None:
        return "", ""
    inside = None if one.low is None or one.high is None else Band(one.low, one.high)
    return size(one.mean.mean, key, signed=signed), "" if inside is None else band(inside, key, signed=signed)


def sign(one: Spread) -> str:
    """Return in how many of 100 futures a difference has the sign of its mean: `lower in 93`."""
    mean = one.mean.mean
    if mean is None or one.below is None or one.above is None:
        return ""
    if one.below == one.above == 0.0:
        return "the same in all"
    share, word = (one.below, "lower") if mean < 0 else (one.above, "higher")
    return f"{word} in {hundredths(share)}"


def _notes(found: Flat) -> Iterator[str]:
    yield (
        "Mean: over all futures. Middle 90 %: where nine of ten single futures lie, random variation and uncertain "
        "assumptions together. Of 100 futures: in how many the alternative lies on the side of the mean; base and "
        "alternative have the same assumptions and the same random numbers."
    )
    yield "What a scenario states is known. A range is somebody's judgment, often ours (docs/uncertainty.md)."
    if found.refused:
        yield f"{counted(found.refused.total(), 'draw')} gave no possible world and made way for another."


# as plain values -------------------------------------------------------------------------------------------------


def flat_shape(found: Flat, keys: Sequence[str]) -> dict[str, Any]:
    """Return the shape of futures for JSON."""
    return {
        "futures": found.draws,
        "seed": found.seed,
        **made_by(),
        "base": found.names[0],
        "assumptions": [one.path for one in found.unknowns],
        "draws_refused": dict(found.refused),
        "draws_fitted": found.fitted,
        "alarm": list(found.leaks),
        "scenarios": {
            name: {key: _plain(found.level(key, place)) for key in keys} for place, name in enumerate(found.names)
        },
        "differences": {
            name: {key: _plain(found.difference(key, place)) for key in keys}
            for place, name in enumerate(found.names)
            if place
        },
    }


def _plain(one: Spread | None) -> dict[str, Any] | None:
    if one is None:
        return None
    told = {"mean": _mean(one.mean), "low_90": one.low, "high_90": one.high}
    return told if one.below is None else told | {"lower_share": one.below, "higher_share": one.above}


def _mean(one: Estimate) -> dict[str, float | None]:
    return {"value": one.mean, "low_95": one.low, "high_95": one.high}
