"""Compare: what alternatives change against the base, and against one another; who pays it, what reaches households."""

from __future__ import annotations

from itertools import permutations
from typing import Final

import streamlit as st

from sim.evidence.net_income import load_net_income
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.three_numbers import three_numbers
from sim.results.measures.table import measure_of
from sim.results.on_paper.break_even import break_even
from sim.runs.against import Pair
from sim.runs.answer import Answer
from sim.scenario.timeline import plans
from sim.ui import choices, navigation, state
from sim.ui.answers import answer as shown
from sim.ui.answers import figures, takeaway, views
from sim.ui.answers.run_progress import follow
from sim.ui.inputs.levers import levers
from sim.ui.question import BASE, LETTERS, Question, called, file_name, inside
from sim.ui.reading import Read, read
from sim.ui.server.results import Result
from sim.ui.texts import bullets, plain, problem_in_words
from sim.words.break_even import break_even_sentence
from sim.words.earnings import household
from sim.words.inputs import change_in_plain_words
from sim.words.layout import listed
from sim.words.numbers import value
from sim.words.sentences import how_to_read_pairs, pair_sentence, unseen_in_words
from sim.words.stand_in import told_label

BESIDE: Final = "beside"  # sim/ui/parts/page.css keeps it in sight
MOST: Final = "What else changed most"
NUMBERS: Final = "The numbers"
AWAY: Final = "Take it away"
WHOSE: Final = "whose money"
PAYS, LASTS = "who-pays-more", "until-when-the-money-lasts"
ANCHORS: Final = {PAYS: "Who pays more", LASTS: "Until when the money lasts"}  # on the page → words of a link to it
PAIR: Final = "pair"
FIRST_SHOWN: Final = (2, 1)  # B compared with A
Places = tuple[int, int]  # of what is compared, and of what it is compared with
FALLS = "With health cover counted, a household has less at the higher wage in between:"


def page() -> None:
    """Draw the page."""
    st.title("What changes?")
    question = state.question()
    if question is None:
        st.info("Nothing is open yet. Choose an example on Start, or describe your organization on Build.")
        navigation.link("start", "Go to Start")
        return
    found = read(question)
    _base_told(found)
    answer, change = st.columns([5, 3], gap="medium")
    with change, st.container(key=BESIDE if len(question.alternatives) == 1 else None):
        levers(question, found)
    with answer:  # drawn last: it waits for the first numbers
        _answer(question, found)
    if found.key:
        follow(question, found, lambda result: _further(question, found, result), further=True)


def _base_told(found: Read) -> None:
    """Name the base, with what leads to where it can be changed."""
    base, other = st.columns([5, 3], gap="medium")
    base.markdown(f"Base, if nothing new is decided: **{plain(found.title(BASE))}**")
    if other.button("Change the base on Build", type="tertiary"):
        _edit_base()


def _edit_base() -> None:
    state.keep("editing", BASE)
    navigation.go("build")


def _answer(question: Question, found: Read) -> None:
    if found.key:
        follow(question, found, lambda result: _shown(found, result))
        return
    wrong = [place for place in question.places if found.errors(place)]
    st.error(f"There is no answer until this is mended in {listed([called(place) for place in wrong])}:")
    for place in wrong:
        for problem in found.errors(place):
            st.markdown(f"- {called(place)}: {problem_in_words(problem)}")
    navigation.link("build", "Mend it on Build")


def _shown(found: Read, result: Result) -> None:
    """Draw what stands beside the inputs that are changed: the answer. On a phone they come before every chart."""
    st.header("The answer")
    shown.answer_first(found, result)
    shown.to_check(found)
    shown.reading(result.answer)
    changed = MOST if result.answer.alternatives else NUMBERS
    ways = [] if result.answer.leaks else [AWAY]
    onward = [f"[{one}]({_anchor(one)})" for one in (changed, *ways)]
    charts = [] if result.answer.leaks else [f"[{one}](#{anchor})" for anchor, one in ANCHORS.items()]
    st.markdown(f"Further down: {' · '.join([*(charts if result.answer.alternatives else charts[1:]), *onward])}")


def _further(question: Question, found: Read, result: Result) -> None:
    """Draw the rest across the page, where charts and tables have room."""
    st.header("Month by month")
    shown.chart(found, result)
    if not result.answer.leaks:
        _money(found, result)
    st.header(MOST if result.answer.alternatives else NUMBERS)
    shown.what_changed(result.answer, besides=True)
    shown.find_out(found, result)
    if result.answer.alternatives:
        st.header("What differs from the base")
        shown.what_differs(result.answer)
    if len(result.answer.alternatives) > 1 and not result.answer.leaks:
        st.header("Any two alternatives")
        _any_two(result)
    _household(result.answer)
    _break_even(found)
    with st.expander("Assumptions used, with their grades", icon=":material/rule:"):
        shown.rests_on(result)
    if not result.answer.leaks:  # a worthless answer is not handed out
        st.header(AWAY)
        takeaway.exports(question, found, result)
        takeaway.adding(result)
    with st.expander("Reproduce this", icon=":material/replay:"):
        takeaway.reproduce(question, found, result)


def _anchor(heading: str) -> str:
    """Return where a heading of this page is found."""
    return f"#{heading.lower().replace(' ', '-')}"


def _household(answer: Answer) -> None:
    """Write what of a changed entry wage reaches households."""
    if any(household.reached(one, answer) for one in answer.alternatives):
        st.header(household.TITLE)
        _raises(answer)


def _break_even(found: Read) -> None:
    """Write what billing can carry in the base."""
    organization = plans(found.sound[BASE].scenario)[0].epochs[0][1]
    start = break_even(organization)
    if start is not None:
        st.header("Break-even in the base")
        st.markdown(plain(break_even_sentence(start, organization)))


# money -------------------------------------------------------------------------------------------------------------


def _money(found: Read, result: Result) -> None:
    """Draw the charts of money: payers where there is an alternative, and sources with cash of a chosen scenario."""
    if any(not one.changes_nothing for one in result.answer.alternatives):
        view = views.who_pays_more(found, result)
        st.header(view.title, anchor=PAYS)
        figures.draw(view)
    _until_when(found, result)


def _until_when(found: Read, result: Result) -> None:
    last = len(result.answer.alternatives)
    place = min(int(state.kept(WHOSE, min(1, last))), last)
    view = views.until_when(found, result, place)
    st.header(view.title, anchor=LASTS)
    if last:
        choices.radio(
            "Whose money", list(range(last + 1)), format_func=called, horizontal=True,
            key=state.showing("shown.money", place), on_change=state.keep_entered, args=(WHOSE, "shown.money"),
        )  # fmt: skip
    figures.draw(view)
    views.drawn(views.renewal(found, result, place), st.subheader)


# any two alternatives ----------------------------------------------------------------------------------------------


def _any_two(result: Result) -> None:
    """Ask which two alternatives are compared, and show what changes between them."""
    answer = result.answer
    pairs = list(permutations(range(1, len(answer.cases)), 2))
    chosen = tuple(state.kept(PAIR, FIRST_SHOWN))
    choices.selectbox(
        "Which two", pairs, format_func=_pair_in_words, on_change=state.keep_entered, args=(PAIR, "pairs.which"),
        key=state.showing("pairs.which", chosen if chosen in pairs else FIRST_SHOWN),
    )  # fmt: skip
    second, first = state.entered("pairs.which")
    pair = result.pair(first, second)
    st.markdown(f"**{_pair_in_words((second, first))}.** {plain(pair_sentence(pair))}")
    if not pair.second.changes_nothing:
        shown.numbers(three_numbers(pair.second, called(first)))
        _changed_between(pair, first, second)
    lines = [change_in_plain_words(change, called(first)) for change in pair.second.changes]
    differs = bullets(shown.shortened(lines) or ["nothing: the scenarios mean the same"])
    st.markdown(f"**What differs in {inside(second)} from {inside(first)}**\n\n{differs}")
    st.caption(plain(f"{how_to_read_pairs(pair)} On the command line: --against {file_name(first)}."))


def _pair_in_words(places: Places) -> str:
    """Return which alternative is compared with which."""
    return f"{called(places[0])} compared with {inside(places[1])}"


def _changed_between(pair: Pair, first: int, second: int) -> None:
    keys = picked(pair)
    if keys:
        heading = ("Measure", called(first), called(second), _pair_in_words((second, first)))
        rows = [_sides(key, pair) for key in keys]
        figures.table(heading, rows, f"Measures that changed most, {_pair_in_words((second, first))}")
    unseen = unseen_in_words(undetected(pair, keys), pair.answer, pair.alternatives)
    if unseen:
        st.markdown(plain(unseen))


def _sides(key: str, pair: Pair) -> list[str]:
    compared, unit = pair.second.measures[key], measure_of(key).unit
    sides = (value(one.mean, unit) for one in (compared.base, compared.alternative))
    label = told_label(key, [case.loaded for case in pair.answer.cases])
    return [plain(cell) for cell in (label, *sides, shown.difference_in_words(key, pair.second))]


# households --------------------------------------------------------------------------------------------------------


def _raises(answer: Answer) -> None:
    """Draw what each alternative's changed entry wages leave in households."""
    known = False
    for letter, one in zip(LETTERS, answer.alternatives, strict=False):
        found = household.reached(one, answer)
        known = known or any(own.raises for own in found)
        for own in found[: household.MOST_KINDS]:
            _raised(own, letter)
        if len(found) > household.MOST_KINDS:
            st.caption(f"and {len(found) - household.MOST_KINDS} more kinds of employers (on the command line: --json)")
    if known:
        st.caption(plain(household.how_to_read(load_net_income())))


def _raised(own: household.Reached, letter: str) -> None:
    told = plain(f"{household.change_in_words(own)}, {household.gross_in_words(own)}. {own.why_not}".rstrip())
    st.markdown(f"**Alternative {letter}.** {told}")
    if not own.raises:
        return
    rows = [[plain(cell.strip()) for cell in row] for row in household.raise_rows(own.raises)]
    figures.table(household.HEADING, rows, f"What of the changed wage reaches the household, alternative {letter}")
    if falls := household.falls_in_words(own.falls):
        more = [f"and {len(falls) - household.MOST_FALLS} more"] if len(falls) > household.MOST_FALLS else []
        st.markdown(f"{FALLS}\n\n{bullets([*falls[: household.MOST_FALLS], *more])}")


if __name__ == "__main__":
    page()
