"""Say inputs and what differs in them in plain words: their name, their value with its unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from sim.evidence.effects import load_effects
from sim.report.layout import clipped
from sim.scenario.describe import NUMBERS, Input, inputs
from sim.scenario.differences import Difference

NAMED: Final = {
    "funding": 1,
    "ladder": 1,
    "households": 1,
    "months_to_adjust": 1,
}  # tables whose next part is a name of the user's
EFFECT: Final = "effects.<cause>.<outcome>"
EXITS: Final = {"exit_voluntary": "leaving by choice", "return_to_use": "return to use"}  # outcomes that are exits
ROSTER: Final = "roster"
PEOPLE: Final = "a list of people, not written out"
MOST_IN_TITLE, LONGEST = 2, 160
OF_FACT: Final = {True: "yes", False: "no"}


@cache
def _by_pattern() -> Mapping[tuple[str, str], Input]:
    return {(one.path, one.kind): one for one in inputs()}


def input_at(path: Sequence[str], kind: str = "") -> Input | None:
    """Return the input at an address of an employer's tables; `kind` is that of the table it stands in."""
    pattern = ".".join(_pattern(path))
    known = _by_pattern()
    found = known.get((pattern, kind)) or known.get((pattern, ""))
    found = found or next((one for (own, _), one in known.items() if own == pattern), None)
    return found or (_effect_at(path) if path and path[0] == EFFECT.partition(".")[0] else None)


def _effect_at(path: Sequence[str]) -> Input | None:
    """Return a row of the effects table as the input that replaces it."""
    effect = load_effects().get(".".join(path[1:]))
    if effect is None:
        return None
    cause, outcome = (words.replace("_", " ") for words in (effect.cause, effect.outcome))
    unit = f"{'log hazard' if effect.outcome in EXITS else 'SD'} per SD"
    about, key = f"Effect of {cause} on {EXITS.get(effect.outcome, outcome)}", effect.key
    return replace(_by_pattern()[EFFECT, ""], path=EFFECT, about=about, unit=unit, default=effect.effect, evidence=key)


def _pattern(path: Sequence[str]) -> list[str]:
    return ["<name>" if place and path[place - 1] in NAMED else part for place, part in enumerate(path)]


def name_in_words(path: Sequence[str], kind: str = "") -> str:
    """Return what an input is called; a source or rung is named too."""
    parts = tuple(path)
    employer = parts[1] if parts[0] == "employer" and len(parts) > 2 else ""
    inner = parts[2:] if employer else parts
    found = input_at(inner, kind)
    about = (found.about if found is not None else "").partition(";")[0].partition(":")[0]
    own = next((inner[place + 1] for place, part in enumerate(inner[:-1]) if part in NAMED), "")
    name = about or " ".join(inner[-1:]).replace("_", " ")
    behind = [one.replace("_", " ") for one in (own, employer) if one and (about or one != inner[-1])]
    return f"{name} ({', '.join(behind)})" if behind else name


def value_in_words(value: Any, unit: str = "") -> str:
    """Return a value with its unit: `$25.00 an hour`, `5 %`, `24 months`, `yes`."""
    if value is None or value == "":
        return "left out"
    if isinstance(value, bool):
        return OF_FACT[value]
    if isinstance(value, int | float):
        return _number(float(value), unit)
    if isinstance(value, Mapping):
        told = (f"{key} {PEOPLE if key == ROSTER and inner else value_in_words(inner)}" for key, inner in value.items())
        return clipped("; ".join(told), LONGEST)
    if isinstance(value, list | tuple):
        return clipped(", ".join(value_in_words(inner) for inner in value) or "none", LONGEST)
    return str(value).replace("_", " ")


def _number(number: float, unit: str) -> str:
    sign, size = ("−" if number < 0 else ""), abs(number)
    if unit.startswith("USD"):
        digits = 0 if size >= 1000 and size == round(size) else 2
        behind = unit.removeprefix("USD").replace("/hour", " an hour")
        return f"{sign}${size:,.{digits}f}{behind}"
    if unit.startswith(("share", "chance")) and unit != "share above":
        return f"{sign}{100 * size:.4g} %" + (" a year" if unit.endswith("a year") else "")
    plain = unit in ("", "seed", "factor", "ratio", "SD", "code", "order") or "," in unit or unit[:1].isupper()
    return f"{sign}{size:,.10g}" + ("" if plain else f" {unit}")


def change_in_plain_words(change: Difference, base: str = "the base") -> str:
    """Return one difference: `Wage of a new peer: $25.00 an hour instead of $24.00 an hour`."""
    before, after, name = *_sides(change), name_in_words(change.path.split("."))
    when = "" if change.at is None else f", from {change.at}"
    if change.to is None:
        return f"{name}: left out{when}"
    if change.from_ is None:
        return f"{name}: {after}, which {base} does not have{when}"
    return f"{name}: {after} in both{when}" if before == after else f"{name}: {after} instead of {before}{when}"


def _sides(change: Difference) -> tuple[str, str]:
    found = input_at(change.path.split("."))
    unit = found.unit if found is not None and found.type in NUMBERS else ""
    listed = change.path.rpartition(".")[2] == ROSTER
    before, after = (PEOPLE if listed and side else value_in_words(side, unit) for side in (change.from_, change.to))
    return before, after


def title_in_words(changes: Sequence[Difference]) -> str:
    """Return a name for an alternative from what differs in it."""
    if not changes:
        return "nothing different yet"
    told = [_short(change) for change in changes[:MOST_IN_TITLE]]
    left = len(changes) - len(told)
    more = [f"{left} more change{'s' * (left != 1)}"] if left else []
    return "; ".join([*told, *more])


def _short(change: Difference) -> str:
    name, (_, after) = name_in_words(change.path.split(".")), _sides(change)
    return f"{name} {'left out' if change.to is None else clipped(after, 60)}"
