"""Show where a number comes from, in one click: value, range, source, year, grade, and whether it has grown old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import streamlit as st

from sim.evidence.age import age_of_card, age_of_study
from sim.evidence.cards import Card, load_cards
from sim.evidence.effects import Effect, load_effects
from sim.evidence.marks import GRADES, KINDS
from sim.evidence.sources import source
from sim.questions.evidence.trace import inputs_of_card
from sim.scenario.describe import EFFECT_UNIT
from sim.ui import navigation, state
from sim.ui.texts import bullets, plain
from sim.words.layout import counted
from sim.words.numbers import NONE
from sim.words.trust import column_of, draws_in_words


def popover(key: str, name: str, spot: str) -> None:
    """Draw the button that opens an input's evidence card."""
    card, effect, year = load_cards().get(key), load_effects().get(key), datetime.now(UTC).year
    if effect is not None:
        age, grade, told = age_of_study(source(effect.source).year, year), effect.grade, effect_in_words(effect)
    elif card is not None:
        age, grade, told = age_of_card(card, year), card.grade, card_in_words(card, name)
    else:
        return
    old = " · old" if age is not None and age.past else ""
    with st.popover(f"Grade {grade}{old}", type="tertiary", help=GRADES[grade], key=f"evidence.{spot}"):
        st.markdown(told)
        navigation.link("evidence", "All that is known, and what it drives", **{state.EVIDENCE: key})


def effect_in_words(effect: Effect) -> str:
    """Return a row of the effects table as Markdown."""
    lines = [
        f"**Where does this come from?** {plain(effect.key)}",
        f"Value: {_number(effect.effect)} ({_number(effect.low)} to {_number(effect.high)}) {plain(EFFECT_UNIT)}",
        *_drawn([f"effects.{effect.key}"]),
        f"Grade {effect.grade}: {GRADES[effect.grade]}",
        f"Basis: {plain(effect.basis)}",
        f"Source:\n\n{bullets([_source(effect.source)])}",
    ]
    return "\n\n".join(lines)


def card_in_words(card: Card, name: str) -> str:
    """Return an evidence card as Markdown."""
    lines = [
        f"**Where does this come from?** {plain(name)}",
        f"Evidence card: {plain(card.title)}",
        *_facts(card),
        f"Sources:\n\n{bullets(list(map(_source, card.sources)))}",
    ]
    return "\n\n".join(lines)


def _facts(card: Card) -> list[str]:
    facts = [
        f"Value: {_number(card.value)}" + _range(card) + f" {plain(card.unit)}",
        *_drawn(one.path for one in inputs_of_card(card.key)),
        f"Grade {card.grade}: {GRADES[card.grade]}",
        f"What it is: {KINDS[card.kind]}",
        f"Year: {_year(card)}",
        f"Place: {plain(card.place)}. Population: {plain(card.population)}",
    ]
    return [*facts, f"Note: {plain(card.note)}"] if card.note else facts


def _drawn(paths: Iterable[str]) -> list[str]:
    column = column_of(paths)
    return [f"Futures draw: {plain(draws_in_words(column))}"] if column else []


def _range(card: Card) -> str:
    return "" if card.low is None or card.high is None else f" ({_number(card.low)} to {_number(card.high)})"


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:,.6g}".replace("-", "−")


def _year(card: Card) -> str:
    age = age_of_card(card, datetime.now(UTC).year)
    if age is None:
        return "none: not a dated figure"
    life = f"shelf life {counted(age.shelf_years, 'year')}"
    return f"{age.year}, **older than its {life}: look it up again**" if age.past else f"{age.year}, within its {life}"


def _source(key: str) -> str:
    one = source(key)
    year = "" if one.year is None else f" ({one.year})"
    return f"{one.citation.rstrip('.')}{year}. {one.address}".rstrip()
