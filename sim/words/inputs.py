"""Inputs and changes of inputs in plain words: their name, and their value with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any, Final

from sim.evidence.effects import load_effects
from sim.scenario.describe import NUMBERS, Input, inputs
from sim.scenario.differences import Difference
from sim.words.layout import capitalized, cause_in_words, clipped, counted, name_of_key
from sim.words.sentences import month_name

NAMED: Final = {
    "funding": 1,
    "ladder": 1,
    "positions": 1,
    "households": 1,
    "months_to_adjust": 1,
}  # tables whose next part is a name of the user's
WHOLE: Final = {
    "ladder": "Rung of the ladder",
    "positions": "Position",
    "funding": "Source of money",
    "households": "Household",
}
MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
EFFECT: Final = "effects.<cause>.<outcome>"
EXITS: Final = {"exit_voluntary": "leaving by choice", "return_to_use": "return to use"}  # outcomes that are exits
ROSTER: Final = "roster"
AT_ONCE: Final = "Living wage at once"
PEOPLE: Final = "a list of people, not written out"
MOST_IN_TITLE, LONGEST, FIRST_TABLES = 2, 260, 3
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
    cause, outcome = map(cause_in_words, (effect.cause, effect.outcome))
    unit = f"{'log hazard' if effect.outcome in EXITS else 'SD'} per SD"
    about, key = f"Effect of {cause} on {EXITS.get(effect.outcome, outcome)}", effect.key
    return replace(_by_pattern()[EFFECT, ""], path=EFFECT, about=about, unit=unit, default=effect.effect, evidence=key)


def _pattern(path: Sequence[str]) -> list[str]:
    return ["<name>" if place and path[place - 1] in NAMED else part for place, part in enumerate(path)]


def _what(inner: tuple[str, ...], kind: str) -> str:
    """Return what an input is called in the schema: itself, a whole table, or the kind it is of."""
    whole = WHOLE.get("".join(inner[-2:-1]), "")
    return _about(input_at(inner, kind)) or whole or _about(input_at((*inner, "kind")))


def name_in_words(path: Sequence[str], kind: str = "") -> str:
    """Return what an input is called; a source or rung is named too."""
    parts = tuple(path)
    employer, inner = (parts[1], parts[2:]) if parts[0] == "employer" and len(parts) > 2 else ("", parts)
    about = _what(inner, kind)
    own = next((name for named, name in pairwise(inner) if named in NAMED), "")
    name, behind = about, [own, employer]
    if not about:  # called by the last part of its address, which is not told twice
        name, behind = " ".join(inner[-1:]).replace("_", " ").capitalize(), [one for one in behind if one != inner[-1]]
    told = ", ".join(map(name_of_key, filter(None, behind)))
    return f"{name} ({told})" if told else name


def found_as(path: Sequence[str]) -> str:
    """Return what an input is called, and the other words that people have for it: what a search finds it by."""
    parts = tuple(path)
    given = input_at(parts[2:] if parts[0] == "employer" and len(parts) > 2 else parts)
    also = "" if given is None else given.also
    return f"{name_in_words(parts)} · {also}" if also else name_in_words(parts)


def _about(found: Input | None) -> str:
    return "" if found is None else found.about.partition(";")[0].partition(":")[0]


def value_in_words(value: Any, unit: str = "", path: Sequence[str] = ()) -> str:
    """Return a value with its unit: `$25.00 an hour`, `5 %`, `24 months`, `yes`; a table by the names of its inputs.

    Args:
        value: as a file holds it.
        unit: of a number.
        path: of a table, in an employer's tables.
    """
    if value is None or value == "":
        return "left out"
    if isinstance(value, bool):
        return OF_FACT[value]
    if isinstance(value, int | float):
        return _number(float(value), unit)
    if isinstance(value, Mapping):
        return clipped("; ".join(_inside(value, tuple(path))), LONGEST)
    if isinstance(value, list | tuple):
        return clipped(_items(value, path), LONGEST)
    return month_name(value) if MONTH.fullmatch(str(value)) else str(value).replace("_", " ")


def _inside(table: Mapping[str, Any], path: tuple[str, ...], *, whole: bool = True) -> Iterator[str]:
    """Yield what a table says, input by input; its kind only where nothing else tells it."""
    for key, value in table.items():
        here = (*path, key)
        if isinstance(value, Mapping):
            yield from _inside(value, here, whole=False)
        elif key == ROSTER and value:
            yield f"{key} {PEOPLE}"
        elif key == "title":
            yield f'"{value}"'
        elif key == "kind":
            yield from [value_in_words(value)] if whole or len(table) == 1 else []
        else:
            yield _one(here, value, str(table.get("kind", "")))


def _one(path: tuple[str, ...], value: Any, kind: str) -> str:
    found = input_at(path, kind)
    name = _about(found) or path[-1].replace("_", " ")
    unit = _unit(found)
    said = set(unit.split()) <= set(name.lower().split())  # slots in the name of a number of slots
    between = " " if isinstance(value, int | float) and not isinstance(value, bool) else ": "
    return f"{name[:1].lower()}{name[1:]}{between}{value_in_words(value, '' if said else unit, path)}"


def _items(values: Sequence[Any], path: Sequence[str]) -> str:
    """Return a list in words; of many tables the first ones, and how many there are besides."""
    tables = any(isinstance(one, Mapping) for one in values)
    shown = values[:FIRST_TABLES] if tables and len(values) > FIRST_TABLES + 1 else values
    more = [f"and {len(values) - len(shown)} more"] if len(shown) < len(values) else []
    return ", ".join([*(_item(one, path) for one in shown), *more]) or "none"


def _item(value: Any, path: Sequence[str]) -> str:
    """Return an item of a list; of a table only its values, whose units name them."""
    if not isinstance(value, Mapping) or not path:
        return value_in_words(value)
    own = (*path[:-1], f"{path[-1]}[]")
    return " ".join(value_in_words(inner, _unit(input_at((*own, key)))) for key, inner in value.items())


def _unit(found: Input | None) -> str:
    return found.unit if found is not None and found.type in NUMBERS else ""


def between(first: Any, second: Any, unit: str = "") -> tuple[str, str]:
    """Return two values of an input, the unit behind the second only: `$24.00` and `$25.07 an hour`."""
    told = [value_in_words(one, unit) for one in (first, second)]
    (one, _, behind), (_, _, other) = (text.partition(" ") for text in told)
    return (one if behind == other and None not in (first, second) else told[0]), told[1]


def _dollars(size: float) -> str:
    """Whole thousands without cents, else two decimals, or all that are typed where there are more."""
    if size != round(size, 2):
        return f"{size:,.10g}"
    return f"{size:,.0f}" if size >= 1000 and size == round(size) else f"{size:,.2f}"


def _number(number: float, unit: str) -> str:
    sign, size = ("−" if number < 0 else ""), abs(number)
    if unit.startswith("USD"):
        return f"{sign}${_dollars(size)}{unit.removeprefix('USD').replace('/hour', ' an hour')}"
    if unit.startswith(("share", "chance")) and unit != "share above":
        return f"{sign}{100 * size:.6g} %" + (" a year" if unit.endswith("a year") else "")
    plain = unit in ("", "seed", "factor", "ratio", "SD", "code", "order") or "," in unit or unit[:1].isupper()
    return f"{sign}{size:,.10g}" + ("" if plain else f" {_of_one(unit) if number == 1 else unit}")


def _of_one(unit: str) -> str:
    """The unit behind a 1: `month` for `months`, `person per budgeted post`."""
    first, gap, rest = unit.partition(" ")
    return ("person" if first == "people" else first.removesuffix("s")) + gap + rest


def change_in_plain_words(change: Difference, base: str = "the base") -> str:
    """Return one difference: `Wage of a new peer: $25.00 an hour instead of $24.00 an hour`."""
    before, after, _ = _sides(change)
    name = name_in_words(change.path.split("."))
    when = "" if change.at is None else f", from {month_name(change.at)}"
    if change.to is None:
        return f"{name}: left out{when}"
    if change.own_step:
        return f"{name}{_own_step(change, when, base)}"
    if change.from_ is None and isinstance(change.to, Mapping):
        return f"{name}, which {base} does not have{when}: {after}"
    if change.from_ is None:
        return f"{name}: {after}, which {base} does not have{when}"
    return f"{name}: {after} in both{when}" if before == after else f"{name}: {after} instead of {before}{when}"


def _own_step(change: Difference, when: str, base: str) -> str:
    """Return a dated change of what the other has had, and what the base has from then on."""
    before, after, until = _sides(change)
    step = f"{after}{f' instead of {until}' * (until != after)}{when}"
    return f", which {base} does not have: {step}" if change.from_ is None else f": {step}, where {base} has {before}"


def _sides(change: Difference) -> tuple[str, str, str]:
    """Return in words what the base has, what the other has, and what that had until then."""
    parts = tuple(change.path.split("."))
    inner = parts[2:] if parts[0] == "employer" and len(parts) > 2 else parts
    unit, listed = _unit(input_at(inner)), parts[-1] == ROSTER
    sides = (change.from_, change.to, change.until)
    before, after, until = (PEOPLE if listed and side else value_in_words(side, unit, inner) for side in sides)
    return before, after, until


def title_in_words(changes: Sequence[Difference]) -> str:
    """Return a name for an alternative from what differs in it."""
    if not changes:
        return "nothing different yet"
    told = [_short(change) for change in changes[:MOST_IN_TITLE]]
    left = len(changes) - len(told)
    more = [counted(left, "more change")] if left else []
    return "; ".join([*told, *more])


def _brief(path: Sequence[str], to: Any, told: str) -> str:
    """Return what is changed most often in as few words as people use for it; nothing of anything else."""
    if path[-1] == "rate_usd_per_unit" and to is not None:
        return f"{capitalized(name_of_key(path[-2]))} rate {told.partition(' ')[0]}"
    return _floor(to) if path[-2:] == ["pay", "floor"] and isinstance(to, Mapping) else ""


def _floor(to: Mapping[str, Any]) -> str:
    """Return what a floor at the living wage is called, and within which time it is reached."""
    if to.get("kind") != "living_wage" or to.get("ratio", 1.0) != 1.0:
        return ""
    months = to.get("phase_in_months")
    return "Living wage" if months is None else f"Living wage over {months:g} months" if months else AT_ONCE


def _short(change: Difference) -> str:
    path, (_, after, _) = change.path.split("."), _sides(change)
    when, name = "" if change.at is None else f" from {month_name(change.at)}", name_in_words(path)
    if brief := _brief(path, change.to, after):
        return f"{brief}{when}"
    if change.from_ is None and isinstance(change.to, Mapping):
        return f"{name} added{when}"
    unit = _unit(input_at(change.path.split(".")))
    named = unit and unit in name.lower().split()  # posts in the name of posts
    told = after.rpartition(" ")[0] if named and " " not in unit else after
    return f"{name} {'left out' if change.to is None else clipped(told, 60)}{when}"
