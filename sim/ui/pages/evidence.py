"""Evidence: where every number comes from, how sure it is, and what it drives; lists, and any card in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from sim.charts.look import DARK, LIGHT
from sim.evidence.marks import GRADES
from sim.evidence.register import Claim, load_claims, load_inconsistencies
from sim.evidence.sources import load_sources, where_found
from sim.evidence.tables import EvidenceError
from sim.questions.evidence.by_state import SERIES, by_state_view
from sim.questions.evidence.parts import Part, card_parts, number_text
from sim.questions.evidence.shapes import Shape, listed_shapes, shape_of
from sim.questions.evidence.trace import find
from sim.results.measures.table import MEASURES
from sim.ui import choices, state
from sim.ui.answers import figures
from sim.ui.texts import bullets, plain

SEARCH, GRADE, ALL = "evidence.search", "evidence.grades", "evidence.all"
LISTED, BY_STATE = "evidence.list", "evidence.by_state"
FEW: Final = 20  # rows shown before somebody asks for all
DOCUMENT_WORDS: Final = {"review": "Review", "position_paper": "Position paper"}
INPUTS, EFFECTS, RESULTS, SOURCES, CLAIMS, ODDITIES = (
    "Inputs", "Effects", "Results", "Sources", "Claims of the documents", "What does not fit together",
)  # fmt: skip
SHELVES: Final = {
    INPUTS: "Every number a scenario is made of, with where its default and range come from.",
    EFFECTS: "What moves burnout, satisfaction, role clarity, recovery and leaving: standard deviations per standard "
    "deviation; on leaving, the change of the log hazard.",
    RESULTS: "Every number an answer can hold: what it means, what enters it, and which inputs drive it most.",
    SOURCES: "Every text and table cited, how it was read, and what rests on it.",
    CLAIMS: "What the review and the position paper say, in our own words, and what in the model answers it.",
    ODDITIES: "Where the review does not agree with itself, and how that is handled.",
}
GRADED: Final = (INPUTS, EFFECTS)
WHAT: Final = {"input": INPUTS, "effect": EFFECTS, "measure": RESULTS, "source": SOURCES, "choice": INPUTS}


def page() -> None:
    """Draw the page."""
    st.title("Where do the numbers come from?")
    st.markdown("Every input and every effect has a card with value, range, source, year, place and grade.")
    st.caption(f"Grades. {grades_in_words()}")
    name = _which()
    found = card_list(name, *_asked(name))
    _card(found)
    _list(name, found)
    _by_state()
    state.write_card()


def _which() -> str:
    """Ask which list is looked at, and return its name: at first the one that holds the open card."""
    name = state.kept(state.SHELF, None) or shelf_of(str(state.kept(state.CARD, "")))
    state.keep(state.SHELF, name)
    choices.radio(
        "Look at", list(SHELVES), horizontal=True, key=state.showing(LISTED, name), on_change=_take_list
    )  # fmt: skip
    st.caption(SHELVES[name])
    return str(name)


def _take_list() -> None:
    state.keep_entered(state.SHELF, LISTED)
    state.keep(state.CARD, None)


def _asked(name: str) -> tuple[list[str], str]:
    """Ask for words and grades, and return the grades and the words."""
    words, grades = st.columns([3, 2])
    with words:
        st.text_input(
            "Search: all these words", key=state.showing(SEARCH, state.kept(SEARCH, "")),
            on_change=state.keep_entered, args=(SEARCH, SEARCH),
        )  # fmt: skip
    if name in GRADED:
        with grades:
            choices.multiselect(
                "Only these grades", list("ABCD"), key=state.showing(GRADE, state.kept(GRADE, [])),
                on_change=state.keep_entered, args=(GRADE, GRADE), placeholder="all grades",
            )  # fmt: skip
    return list(state.kept(GRADE, [])), str(state.kept(SEARCH, ""))


def _card(found: CardList) -> None:
    """Ask which card is opened, and draw it in full."""
    key = state.kept(state.CARD, None)
    if found.keys:
        choices.selectbox(
            "Open one in full", list(found.keys), index=None, format_func=lambda one: found.keys[one],
            key=state.showing("evidence.card", key if key in found.keys else None), on_change=state.keep_entered,
            args=(state.CARD, "evidence.card"), placeholder="choose one, or type to find it",
        )  # fmt: skip
    if key is not None:
        with st.container(border=True):
            card(str(key))


def _list(name: str, found: CardList) -> None:
    """Draw the list, at first its beginning."""
    st.header(name)
    if not found.rows:
        st.info("Nothing here has all these words and one of these grades. Try fewer words.")
        return
    rows = found.rows if state.kept(ALL, False) else found.rows[:FEW]
    st.markdown(f"{len(rows):,} of {len(found.rows):,}")
    figures.table(found.headings, [[plain(cell) for cell in row] for row in rows], f"{name}, as a table")
    if len(found.rows) > FEW:
        st.toggle(
            f"Show all {len(found.rows):,}", key=state.showing("evidence.every", state.kept(ALL, False)),
            on_change=state.keep_entered, args=(ALL, "evidence.every"),
        )  # fmt: skip


def _by_state() -> None:
    """Draw where every state stands in a number that scenarios take from their state."""
    st.header("Where does your state stand?")
    name = str(state.kept(BY_STATE, next(iter(SERIES))))
    choices.selectbox(
        "What a scenario takes from its state", list(SERIES), format_func=lambda one: SERIES[one].title,
        key=state.showing("evidence.state", name), on_change=state.keep_entered, args=(BY_STATE, "evidence.state"),
    )  # fmt: skip
    figures.draw(by_state_view(name, DARK if state.dark() else LIGHT))


# the lists -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CardList:
    """A list as it is shown: headings, rows, and the key of each row's card; no keys where rows have no card."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    keys: dict[str, str]  # key → what stands in the choice of a card


def card_list(name: str, grades: Sequence[str], search: str) -> CardList:
    """Return a list, of it what has one of the grades and all words of the search."""
    if name in GRADED:
        return _graded(name, listed_shapes(datetime.now(UTC).year, grades, search))
    return {RESULTS: _results, SOURCES: _sources, CLAIMS: _claims, ODDITIES: _oddities}[name](search)


def _graded(name: str, shapes: Sequence[Shape]) -> CardList:
    what = "input" if name == INPUTS else "effect"
    own = [one for one in shapes if one["what"] == what]
    rows = [
        (one["title"] if name == EFFECTS else f"{one['title']} ({one['key']})", _value(one), _grade(one)) for one in own
    ]
    keys = {one["key"]: f"{one['title']} ({one['key']})" for one in own}
    return CardList(("What", "Value and range", "Grade, year"), rows, keys)


def _value(one: Shape) -> str:
    inside = "" if one["low"] is None else f"{number_text(one['low'])} to {number_text(one['high'])}"
    unit = one["unit"] if one["what"] == "input" else ""
    if one["value"] is None:
        return f"{inside} {unit}".strip() or "no number"
    return f"{number_text(one['value'])}{f' ({inside})' if inside else ''} {unit}".strip()


def _grade(one: Shape) -> str:
    year = "" if one["year"] is None else f", {one['year']}"
    old = one["age"] is not None and one["age"]["past_shelf_life"]
    return f"{one['grade']}{year}{', old: look it up again' if old else ''}"


def _results(search: str) -> CardList:
    found = [one for one in MEASURES.values() if _all_in(search, one.key, one.label, one.definition)]
    rows = [(one.label, one.definition, one.unit) for one in found]
    return CardList(("Result", "What it means", "Unit"), rows, {one.key: f"{one.label} ({one.key})" for one in found})


def _sources(search: str) -> CardList:
    found = [one for one in load_sources().values() if _all_in(search, one.key, one.citation, one.address, one.note)]
    rows = [
        (one.citation, "–" if one.year is None else str(one.year), where_found(one.address, one.obtained))
        for one in found
    ]
    return CardList(("Source", "Year", "Where"), rows, {one.key: f"{one.citation} ({one.key})" for one in found})


def _claims(search: str) -> CardList:
    found = [one for one in load_claims() if _all_in(search, one.id, one.claim, one.answer, one.about, one.outcome)]
    rows = [(f"{one.claim} ({_place(one)})", _answered(one)) for one in found]
    return CardList(("What it says", "What the model does with it"), rows, {})


def _answered(one: Claim) -> str:
    feeds = ", ".join(f"{feed.kind} {feed.name}" for feed in one.feeds)
    return f"{one.answer} ({feeds})" if feeds else one.answer


def _place(one: Claim) -> str:
    section = f", section {one.section}" if one.section else ""
    return f"{one.id}: {DOCUMENT_WORDS[one.document]}{section}"


def _oddities(search: str) -> CardList:
    found = [one for one in load_inconsistencies() if _all_in(search, one.id, one.sections, one.what, one.handled)]
    rows = [(f"{one.id}: section {one.sections}", one.what, one.handled) for one in found]
    return CardList(("Where", "What does not fit", "How it is handled"), rows, {})


def _all_in(search: str, *texts: str) -> bool:
    told = " ".join(texts).casefold()
    return all(word in told for word in search.casefold().split())


def grades_in_words() -> str:
    """Return what the grades mean."""
    return " ".join(f"**{grade}**: {plain(means)}." for grade, means in GRADES.items())


# one card --------------------------------------------------------------------------------------------------------


def shelf_of(key: str) -> str:
    """Return the list that holds what a name stands for; the inputs where it stands for nothing."""
    try:
        return WHAT[find(key).what]
    except EvidenceError:
        return INPUTS


def card(key: str) -> None:
    """Draw what a name stands for in full, or say that nothing is called so."""
    try:
        shape = shape_of(find(key), datetime.now(UTC).year)
    except EvidenceError as fault:
        st.error(plain(str(fault)))
        return
    title, *parts = card_parts(shape)
    st.header(plain(title.text))
    for part in parts:
        st.markdown(part_in_markdown(part))


def part_in_markdown(part: Part) -> str:
    """Return one part of a card as Markdown."""
    title = f"**{plain(part.title)}**\n\n" if part.title else ""
    if part.facts:
        return "\n".join(f"- **{label}:** {plain(told)}" for label, told in part.facts.items() if told)
    return title + (bullets(list(part.items)) if part.items else plain(part.text))


if __name__ == "__main__":
    page()
