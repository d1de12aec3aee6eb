"""Which living wages an answer uses, for which household, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence.places import ONE_ADULT_BEDROOMS, RENT_SHARE_OF_INCOME, load_places
from sim.runs.answer import Answer
from sim.scenario.timeline import plans
from sim.scenario.yardsticks import Yardstick, yardsticks
from sim.words.layout import bullets
from sim.words.numbers import value
from sim.words.stand_in import told_words

RENTS = "hud_fmr_2026"  # key of data/sources.toml
NO_SOURCE = "no source was named"
MOST_LINES, MOST_NAMES = 8, 3


def yardstick_lines(answer: Answer) -> str:
    """Return the living wage of every household type at the start; who it holds for where that differs."""
    told: dict[str, list[str]] = {}
    everybody = [name for name, _ in _employers(answer)]
    for name, found in _employers(answer):
        for one in found:
            told.setdefault(yardstick_in_words(one), []).append(name)
    lines = [line if names == everybody else f"{_named(names)}: {line}" for line, names in told.items()]
    return bullets([*lines, *_advice(answer)], MOST_LINES + 1)


def yardstick_title(answer: Answer) -> str:
    """Return the heading over those lines."""
    return told_words("Living wage at the start, by household", [case.loaded for case in answer.cases])


def yardstick_in_words(one: Yardstick) -> str:
    """Return one household's living wage, its method and its source in a sentence."""
    who = one.household.replace("_", " ") + ("" if one.share == 1 else f" ({value(one.share, 'share')} of peers)")
    return f"{who}: {_usd(one.usd_per_hour)} an hour, {_method(one)} [{_source(one)}]"


def _method(one: Yardstick) -> str:
    base = f"{_usd(one.one_adult)} of one adult{'' if one.own_one_adult else ', the housing wage,'}"
    ratio = f"{one.usd_per_hour / one.one_adult:.4g}"
    if one.method == "own figure":
        return "typed in"
    if one.method == "own ratio":
        return _of_one_adult(one) if one.usd_per_hour == one.one_adult else f"{base} × {ratio} as typed in"
    if one.bedrooms == ONE_ADULT_BEDROOMS:
        return _of_one_adult(one)
    return f"{base} × {ratio}, the {one.state} rent of {_bedrooms(one.bedrooms)} over that of one"


def _of_one_adult(one: Yardstick) -> str:
    if one.own_one_adult:
        return "typed in"
    place = load_places()[one.state]
    rent, (lower, upper) = place.fair_market_rents_usd_per_month[ONE_ADULT_BEDROOMS], place.one_bedroom_quarters
    wages = " to ".join(_usd(one.usd_per_hour * end / rent) for end in (lower, upper))
    return (
        f"a housing wage: full-time pay of which the {one.state} one-bedroom rent of ${rent:,.0f} a month, where the "
        f"middle one of its people lives, takes {RENT_SHARE_OF_INCOME:.0%}".replace("%", " %")
        + f", in dollars of the start; ${lower:,.0f} to ${upper:,.0f} for the middle half of them, {wages} an hour"
    )


def _source(one: Yardstick) -> str:
    """Return the user's words, the key of the rents, or both where a rent scales the user's figure."""
    by_rent = one.method == "rent" and one.bedrooms != ONE_ADULT_BEDROOMS
    typed = one.own_one_adult or (one.method != "rent" and one.usd_per_hour != one.one_adult)
    words = [one.source or NO_SOURCE] if typed else []
    uses_rents = by_rent or (one.method != "own figure" and not one.own_one_adult)
    return "; ".join([*words, *([RENTS] if uses_rents else [])])


def _bedrooms(number: int) -> str:
    return {0: "a studio", 2: "two bedrooms"}[number]


def _advice(answer: Answer) -> list[str]:
    """Return what to do where a rent stands in for a living wage."""
    stands_in = any(not one.own_one_adult for _, found in _employers(answer) for one in found)
    advice = "A rent is not a living wage: look yours up (MIT or EPI calculator) and type it with source and year"
    return [advice] if stands_in else []


def _employers(answer: Answer) -> Iterator[tuple[str, tuple[Yardstick, ...]]]:
    """Yield the kinds of employers of all scenarios, named as far as needed."""
    for case in answer.cases:
        unfolded = plans(case.loaded.scenario)
        for plan in unfolded:
            name = plan.name if len(unfolded) > 1 else case.name
            yield name, tuple(yardsticks(plan.epochs[0][1]))


def _named(names: list[str]) -> str:
    shown = list(dict.fromkeys(names))
    return ", ".join(shown[:MOST_NAMES]) + (f" and {len(shown) - MOST_NAMES} more" if len(shown) > MOST_NAMES else "")


def _usd(amount: float) -> str:
    return f"${amount:,.2f}"
