"""Name the assumptions of grade C or D that carry what a comparison shows.

Which they are is read off the influence graph: effects whose cause a change reaches, and estimates that enter a factor
that it reaches, under the settings of these scenarios. The nearest to the change come first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.evidence.cards import Card, load_cards
from sim.evidence.effects import Effect, load_effects
from sim.influences import graph
from sim.runs.answer import Alternative, Answer
from sim.scenario.check.conditions import MISSING, Conditions, settings_of, walked
from sim.scenario.check.reach import inside, reached
from sim.scenario.check.warnings import present
from sim.scenario.schema import Scenario
from sim.words.layout import cause_in_words
from sim.words.trust import column_of

WEAK = frozenset("CD")
DECISIONS, BY_RULES = 12, 100  # section of docs/model.md; steps that its rules count as


@dataclass(frozen=True)
class Leaning:
    """The weak assumptions that an answer rests on, in the order in which they are told."""

    effects: tuple[Effect, ...]
    cards: tuple[Card, ...]


def leaning(answer: Answer) -> Leaning:
    """Return the weak assumptions that an answer rests on: all of them where nothing is compared."""
    found = _found(answer)
    return Leaning(found.effects, tuple(_as_drawn(card, answer) for card in found.cards))


def _as_drawn(card: Card, answer: Answer) -> Card:
    """Return a card with what futures draw of its input, where all studies tell of it together."""
    futures = answer.settings.futures
    paths = [one.path for one in futures.unknowns if one.posterior and one.evidence == card.key] if futures else []
    column = column_of(paths)
    if column is None:
        return card
    low, middle, high = (float(f"{column[name]:.3g}") for name in ("low", "median", "high"))
    return replace(card, low=low, value=middle, high=high)


def _found(answer: Answer) -> Leaning:
    if not answer.alternatives:
        return Leaning(tuple(all_effects()), tuple(all_cards()))
    effects: dict[str, int] = {}
    cards: dict[str, int] = {}
    for one in answer.alternatives:
        for known, found in zip((effects, cards), _carried(answer, one), strict=True):
            known |= {key: min(steps, known.get(key, steps)) for key, steps in found.items()}
    rows, known_cards = load_effects(), load_cards()
    return Leaning(
        tuple(sorted((rows[key] for key in effects), key=lambda one: (effects[one.key], *_weakest_first(one)))),
        tuple(sorted((known_cards[key] for key in cards), key=lambda one: (cards[one.key], one.grade != "D", one.key))),
    )


def _carried(answer: Answer, one: Alternative) -> tuple[dict[str, int], dict[str, int]]:
    """Return the weak effects and cards that carry what an alternative changes, with their steps from the change."""
    both = answer.base.loaded.scenario, one.case.loaded.scenario
    steps = reached(*both, one.changes)
    if steps is None:  # more than inputs differs: everything carries it
        return {effect.key: 0 for effect in all_effects()}, {card.key: 0 for card in all_cards()}
    if not one.changes:
        return {}, {}
    stated = {inside(change.path) for change in one.changes}
    return _effects_in(both, steps), dict(_cards_in(both, steps, stated))


def _effects_in(both: tuple[Scenario, Scenario], steps: Mapping[str, int]) -> dict[str, int]:
    """The effects between factors that are reached, none where effects are switched off."""
    holds = Conditions(settings_of(*both)).at()
    if holds("effects.scale is 0"):
        return {}
    rows = (effect for effect in all_effects() if effect.cause in steps and effect.outcome in steps)
    return {row.key: steps[row.cause] for row in rows if not holds(f"effects.{row.key} is 0")}


def _cards_in(both: Sequence[Scenario], steps: Mapping[str, int], stated: set[str | None]) -> Iterator[tuple[str, int]]:
    """Yield the weak cards whose value is used for an input that enters a factor in reach, nearest last."""
    settings, weak = settings_of(*both), {card.key: card for card in all_cards()}
    conditions = Conditions(settings)
    found: dict[str, int] = {}
    for setting in settings:
        for path, one in present(setting.tables):
            card = weak.get(one.evidence)
            if card is None or ".".join(map(str, path)) in stated or not _rests_on(card, walked(setting.tables, path)):
                continue
            entered = graph.entered(graph.given_at(one.path, one.kind), conditions.at(path))
            near = [_distance(name, steps[name]) for name in entered if name in steps]
            if near:
                found[card.key] = min(*near, found.get(card.key, min(near)))
    yield from found.items()


def _distance(name: str, steps: int) -> int:
    """Return how far off a factor is told: what the employer decides by rules comes after what happens anyway."""
    return steps + BY_RULES if graph.factor(name).sections == (DECISIONS,) else steps


def _rests_on(card: Card, value: Any) -> bool:
    """Whether a value is the card's own, or was filled in from the card's figures by place."""
    if value is None or value is MISSING:
        return card.value is None
    return card.value is None or value == card.value or not isinstance(value, int | float)


def all_effects() -> list[Effect]:
    """Return all weak effects, the weakest and largest first."""
    weak = [effect for effect in load_effects().values() if effect.grade in WEAK and effect.effect != 0]
    return sorted(weak, key=_weakest_first)


def _weakest_first(effect: Effect) -> tuple[bool, float]:
    return effect.grade != "D", -abs(effect.effect)


def all_cards() -> list[Card]:
    """Return the weak cards of all inputs that are estimates, the weakest first."""
    weak = [card for card in load_cards().values() if card.grade in WEAK and card.kind == "estimate"]
    return sorted(weak, key=lambda card: (card.grade != "D", card.key))


def effect_in_words(effect: Effect) -> str:
    """Return an effect with its range and grade: on leaving, by how many percent more or fewer leave."""
    cause, outcome = cause_in_words(effect.cause), OUTCOMES.get(effect.outcome, cause_in_words(effect.outcome))
    ends = effect.low, effect.effect, effect.high
    if effect.outcome in OUTCOMES:
        low, value, high = (_percent_more(number) for number in ends)
        told = f"{value} % ({low} to {high} %) for one SD more"
    else:
        low, value, high = map(signed, ends)
        told = f"{value} SD ({low} to {high}) for one SD more"
    return f"{cause} → {outcome}: {told}, grade {effect.grade}"


def _percent_more(log_hazard: float) -> str:
    """Return by how many percent a hazard is higher: `−22`, `+22`, `0`."""
    percent = round(100.0 * math.expm1(log_hazard))
    return f"{percent:+d}".replace("-", "−") if percent else "0"


def card_in_words(card: Card) -> str:
    """Return an input's value as far as it is one, with its range and grade."""
    if card.value is None or card.low is None or card.high is None:
        return f"{card.title}: grade {card.grade}"
    scale, sign, unit = _shown_in(card.unit)
    low, value, high = (_amount(scale * number, sign) for number in (card.low, card.value, card.high))
    return f"{card.title}: {value} ({low} to {high}) {unit}".rstrip() + f", grade {card.grade}"


def _amount(number: float, sign: str) -> str:
    cents = sign and number != round(number)
    return f"{'−' if number < 0 else ''}{sign}{format(abs(number), ',.2f' if cents else ',g')}"


def _shown_in(unit: str) -> tuple[float, str, str]:
    """Return what a number is multiplied by, what stands before it and behind it: shares in percent, dollars as $."""
    first, _, rest = unit.partition(" ")
    if first in ("share", "chance") and unit != "share above":
        return 100.0, "", f"% {rest}".strip()
    if first.startswith("USD"):
        return 1.0, "$", f"{first.removeprefix('USD').replace('/hour', 'an hour')} {rest}".strip()
    return 1.0, "", unit


def signed(number: float) -> str:
    """Return a number with two decimals and its sign."""
    return f"{number:+.2f}".replace("-", "−") if number else "0"


OUTCOMES = {"exit_voluntary": "leaving by choice", "return_to_use": "return to use"}
