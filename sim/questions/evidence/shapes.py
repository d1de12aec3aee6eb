"""What is known about a number as plain values: its card, where it acts, and its sources.

Next to a measure stand inputs in the order in which they matter. Where it has been measured how far each input moves
the measure (data/sensitivity.toml), those it moves beyond random variation come first, the farthest first. The rest
follow by their distance in the influence graph, the weakest evidence first among those equally near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.evidence.age import Age, age_of_card, age_of_study
from sim.evidence.cards import Card, load_cards
from sim.evidence.drivers import load_drivers
from sim.evidence.effects import Effect, load_effects
from sim.evidence.marks import GRADES, KINDS, OBTAINED, QUALITIES
from sim.evidence.register import load_claims
from sim.evidence.sources import source
from sim.influences import graph
from sim.questions.evidence.driver_lines import driven_by, drives
from sim.questions.evidence.trace import Found, find, inputs_of_card
from sim.questions.evidence.where_it_acts import (
    BORN_IN_MODEL,
    MODEL,
    SECTIONS,
    cards_of_cause,
    causes_of_card,
    factors_of_card,
    sections_of_card,
    sections_of_outcome,
)
from sim.results.measures.table import MEASURES, label_of, measure_of
from sim.scenario.describe import EFFECT_UNIT, Input, default_shown
from sim.words.as_json import made_by
from sim.words.layout import cause_in_words
from sim.words.trust import column_of


@dataclass(frozen=True)
class DirectInputs:
    """Name what enters a measure: evidence keys, outcomes of the effects table, sections of the model."""

    cards: tuple[str, ...]
    outcomes: tuple[str, ...]
    sections: tuple[int, ...]

    def effect_keys(self) -> list[str]:
        """Return the effects on the outcomes."""
        return [key for key, effect in load_effects().items() if effect.outcome in self.outcomes]


@cache
def direct_inputs(measure: str) -> DirectInputs:
    """Return what stands next to a measure; KeyError when nobody has said."""
    near = graph.factors_entering(measure)
    return DirectInputs(
        cards=tuple(key for key in load_cards() if not near.isdisjoint(factors_of_card(key))),
        outcomes=graph.outcomes_beside(measure),
        sections=graph.sections_of(graph.factors_of_measure(measure)),
    )


def measures_of_card(key: str, measures: Sequence[str]) -> list[str]:
    """Return the measures that an input stands next to."""
    return [measure for measure in measures if key in direct_inputs(measure).cards]


def measures_of_outcome(outcome: str, measures: Sequence[str]) -> list[str]:
    """Return the measures that an outcome of the effects table stands next to."""
    return [measure for measure in measures if outcome in direct_inputs(measure).outcomes]


Shape = dict[str, Any]


def shape_of(found: Found, this_year: int) -> Shape:
    """Return the shape of `peerstay evidence NAME --json`."""
    of: dict[str, Callable[[Found, int], Shape]] = {
        "input": _input, "effect": _effect, "measure": _measure, "source": _source, "choice": _choice,
    }  # fmt: skip
    return {"asked": found.asked, "what": found.what, "key": found.key, **made_by()} | of[found.what](found, this_year)


def listed_shapes(this_year: int, grades: Sequence[str] = (), search: str = "") -> list[Shape]:
    """Return the shape of `peerstay evidence --json`: the cards of inputs, then those of effects."""
    cards = [_card_row(card, this_year) for card in load_cards().values()]
    rows = cards + [_effect_row(effect, this_year) for effect in load_effects().values()]
    wanted = search.casefold().split()
    return [
        row for row in rows if (not grades or row["grade"] in grades) and all(word in _searched(row) for word in wanted)
    ]


def _searched(row: Shape) -> str:
    if row["what"] == "effect":
        return f"{row['key']} {row['title']} {row['basis']} {' '.join(row['sources'])}".casefold()
    paths = " ".join(f"{one.path} {one.about}" for one in inputs_of_card(row["key"]))
    words = ("key", "title", "unit", "note", "place", "population")
    return " ".join([*(str(row[word]) for word in words), *row["sources"], paths]).casefold()


# inputs ----------------------------------------------------------------------------------------------------------


def _card_row(card: Card, this_year: int) -> Shape:
    return {"what": "input", **_of_card(card, this_year), "sources": list(card.sources)}


def _of_card(card: Card, this_year: int) -> Shape:
    names = ("key", "title", "value", "low", "high", "unit", "grade", "year", "kind", "place", "population", "note")
    return {name: getattr(card, name) for name in names} | {"age": _age(age_of_card(card, this_year))}


def _input(found: Found, this_year: int) -> Shape:
    card = load_cards()[found.key]
    causes = causes_of_card(card.key)
    own = tuple(cause for cause in causes if any(one.path.endswith(f".{cause}") for one in found.named))
    measures = measures_of_card(card.key, list(MEASURES))
    return {
        **_of_card(card, this_year),
        "futures_draw": column_of(one.path for one in inputs_of_card(card.key)),
        "kind_means": KINDS[card.kind],
        "grade_means": GRADES[card.grade],
        "sources": _sources(card.sources),
        "acts": {
            "inputs": [_carried(one, found) for one in inputs_of_card(card.key)],
            "model": _sections(sections_of_card(card.key)),
            "effects": _effects_of(own or causes),
            "measures": [{"key": key, "label": label_of(key)} for key in measures],
        },
        "drives_most": drives(card.key),
    }


def _carried(one: Input, found: Found) -> Shape:
    return {
        "path": one.path,
        "about": one.about,
        "of_kind": one.kind or None,
        "unit": one.unit,
        "range": one.limits.words() or None,
        "choices": list(one.choices),
        "default": default_shown(one) or None,
        "needed": one.needed,
        "asked": one in found.named,
    }


def _effects_of(causes: Iterable[str]) -> list[Shape]:
    wanted = set(causes)
    effects = (effect for effect in load_effects().values() if effect.cause in wanted)
    return [{"key": effect.key, "value": effect.effect, "grade": effect.grade} for effect in effects]


def _choice(found: Found, this_year: int) -> Shape:  # noqa: ARG001  # as the others are called
    """Return an input that says which things there are, and no number."""
    one = found.named[0]
    says = "chooses which inputs the table has" if one.path.endswith(".kind") else "is a name in the user's own words"
    return {"title": f"{one.path} {says}: there is no number to give evidence for", "choices": list(one.choices)}


# effects ---------------------------------------------------------------------------------------------------------


def _effect_row(effect: Effect, this_year: int) -> Shape:
    age = age_of_study(source(effect.source).year, this_year)
    return {
        "what": "effect",
        "key": effect.key,
        "title": f"{cause_in_words(effect.cause)} → {effect.outcome.replace('_', ' ')}",
        "value": effect.effect,
        "low": effect.low,
        "high": effect.high,
        "unit": EFFECT_UNIT,
        "grade": effect.grade,
        "year": source(effect.source).year,
        "age": _age(age),
        "basis": effect.basis,
        "sources": [effect.source],
    }


def _effect(found: Found, this_year: int) -> Shape:
    effect = load_effects()[found.key]
    cards = cards_of_cause(effect.cause)
    feeds = [claim for claim in load_claims() if any(feed.name == effect.key for feed in claim.feeds)]
    measures = measures_of_outcome(effect.outcome, list(MEASURES))
    return {
        **_effect_row(effect, this_year),
        "futures_draw": column_of([f"effects.{effect.key}"]),
        "grade_means": GRADES[effect.grade],
        "sources": _sources([effect.source]),
        "claims": [{"id": one.id, "section": one.section, "claim": one.claim} for one in feeds],
        "acts": {
            "override": f"effects.{effect.key}",
            "cause_comes_from": BORN_IN_MODEL.get(effect.cause),
            "inputs": [{"key": key, "title": load_cards()[key].title} for key in cards],
            "model": _sections(sections_of_outcome(effect.outcome)),
            "measures": [{"key": key, "label": label_of(key)} for key in measures],
        },
        "drives_most": drives(effect.key),
    }


# measures and sources --------------------------------------------------------------------------------------------


def _measure(found: Found, this_year: int) -> Shape:  # noqa: ARG001  # as the others are called
    measure = measure_of(found.key)
    near = direct_inputs(measure.key)
    names = ("unit", "direction", "definition", "family", "level", "how")
    return {
        "title": label_of(found.key),
        **{name: getattr(measure, name) for name in names},
        "parts": measure.by or None,
        "acts": {"model": _sections(near.sections)},
        "inputs": [_ranked_card(one) for one in ranked_cards(measure.key, near.cards)],
        "effects": [_ranked_effect(one) for one in ranked_effects(measure.key, near.effect_keys())],
        "driven_most_by": driven_by(measure.key),
    }


def _ranked_card(one: Ranked) -> Shape:
    card = load_cards()[one.key]
    return {"key": one.key, "title": card.title, "grade": card.grade, "steps": one.steps, "moves_it_by": one.moves}


def _ranked_effect(one: Ranked) -> Shape:
    return {"key": one.key, "grade": load_effects()[one.key].grade, "steps": one.steps, "moves_it_by": one.moves}


def _source(found: Found, this_year: int) -> Shape:  # noqa: ARG001  # as the others are called
    return {
        "title": source(found.key).citation,
        "sources": _sources([found.key]),
        "inputs": [key for key, card in load_cards().items() if found.key in card.sources],
        "effects": [key for key, effect in load_effects().items() if effect.source == found.key],
    }


# parts -----------------------------------------------------------------------------------------------------------


def _sources(keys: Iterable[str]) -> list[Shape]:
    return [_told(key) for key in keys]


def _told(key: str) -> Shape:
    one = source(key)
    names = ("key", "citation", "year", "address", "license", "obtained", "quality", "note")
    means = {"obtained_means": OBTAINED[one.obtained], "quality_means": QUALITIES[one.quality]}
    return {name: getattr(one, name) for name in names} | means


def _sections(numbers: Iterable[int]) -> list[Shape]:
    return [{"file": MODEL, "section": number, "title": SECTIONS[number]} for number in numbers]


def _age(age: Age | None) -> Shape | None:
    if age is None:
        return None
    return {"shelf_life_years": age.shelf_years, "years_old": age.years, "past_shelf_life": age.past}


# in which order ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ranked:
    """A card or an effect next to a measure."""

    key: str
    steps: int  # from the measure in the influence graph; 0 where it enters what is measured itself
    moves: float | None  # the measure, over its range, in the measure's unit; None where that is not known


def ranked_cards(measure: str, keys: Sequence[str]) -> list[Ranked]:
    """Return cards in the order in which they matter to a measure."""
    moved = _moved(measure)
    found = [Ranked(key, _steps(measure, factors_of_card(key)), moved.get(key)) for key in keys]
    grades = {key: card.grade for key, card in load_cards().items()}
    return sorted(found, key=lambda one: (-(one.moves or 0.0), one.steps, -ord(grades[one.key]), one.key))


def ranked_effects(measure: str, keys: Sequence[str]) -> list[Ranked]:
    """Return effects in the order in which they matter to a measure; of those equally near, the largest first."""
    moved, rows = _moved(measure), load_effects()
    found = [Ranked(key, _steps(measure, [rows[key].outcome]), moved.get(key)) for key in keys]
    return sorted(found, key=lambda one: (-(one.moves or 0.0), one.steps, -abs(rows[one.key].effect), one.key))


def _steps(measure: str, factors: Iterable[str]) -> int:
    near = graph.steps(factors)
    return min((near[name] for name in graph.factors_of_measure(measure) if name in near), default=len(near))


@cache
def _moved(measure: str) -> dict[str, float]:
    """Return how far the inputs of each card move a measure, the farthest of them, where random variation does less."""
    found: dict[str, float] = {}
    for one in load_drivers().by_measure.get(measure, ()):
        if one.told_apart:
            key = find(one.path).key
            found[key] = max(one.size, found.get(key, 0.0))
    return found
