"""What an assumption is: an effect or an input whose value is uncertain, its range, and its group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.evidence.cards import Card, load_cards
from sim.evidence.effects import load_effects
from sim.scenario.describe import EFFECT_UNIT, Input
from sim.scenario.tables.funding import KINDS_OF_MONEY

FEELING: Final = "what moves burnout and satisfaction"
LEAVING: Final = "what makes people leave"
RETURNING: Final = "return to use"
SUPPORT: Final = "support at work"
RECRUITING: Final = "recruitment"
SERVING: Final = "clients and use of time"
CLAIMING: Final = "payers and claims"
AWARDED: Final = "awards"
DECIDING: Final = "how the employer reacts to money"
PAYING: Final = "pay, prices and costs"
GROUPS: Final = (FEELING, LEAVING, RETURNING, SUPPORT, RECRUITING, SERVING, CLAIMING, AWARDED, DECIDING, PAYING)

_OF_TABLES: Final = {  # the first part of an evidence key; a card may name another group
    "turnover": LEAVING,
    "practices": SUPPORT,
    "recruitment": RECRUITING,
    "market": LEAVING,
    "prospects": FEELING,
    "services": SERVING,
    "time_use": SERVING,
    "rules": DECIDING,
}


@dataclass(frozen=True)
class Unknown:
    """One assumption: its address, its range, and how sure we are."""

    path: str  # as --set takes it
    title: str
    group: str
    low: float
    likely: float
    high: float
    unit: str
    grade: str
    evidence: str  # as `peerstay evidence` takes it
    whole: bool = False
    posterior: bool = False  # drawn together with others from the posterior; low and high hold nine of ten draws


@dataclass(frozen=True)
class Stated:
    """A stated input that is uncertain all the same, or that has another range."""

    path: str
    low: float
    high: float


def of_effect(key: str) -> Unknown:
    """Return a row of the effects table as an assumption."""
    one = load_effects()[key]
    group = {"exit_voluntary": LEAVING, "return_to_use": RETURNING}.get(one.outcome, FEELING)
    title = f"{one.cause.replace('_', ' ')} → {one.outcome.replace('_', ' ')}"
    return Unknown(f"effects.{key}", title, group, one.low, one.effect, one.high, EFFECT_UNIT, one.grade, key)


def of_input(path: str, one: Input, card: Card | None, ends: tuple[float, float, float]) -> Unknown:
    """Return an input as an assumption; the ends are low, the value taken, high."""
    grade = "D" if card is None else card.grade
    whole = one.type == "whole number"
    return Unknown(path, one.about, _group(path, one), *ends, one.unit, grade, one.evidence, whole)


def _group(path: str, one: Input) -> str:
    if path.startswith("funding"):
        kind = KINDS_OF_MONEY.get(one.kind)
        return CLAIMING if kind is None or kind.covers_clients else AWARDED
    card = load_cards().get(one.evidence)
    named = "" if card is None else card.group
    return named or _OF_TABLES.get(one.evidence.partition(".")[0], PAYING)
