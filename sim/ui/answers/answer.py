"""Show an answer: one sentence, three numbers, a chart with its table, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import streamlit as st

from sim.charts.look import DARK, LIGHT
from sim.evidence.marks import GRADES
from sim.questions.compare import assumptions, by_kind
from sim.questions.compare.decision import keys_told
from sim.questions.compare.decision_html import decision_html
from sim.questions.compare.find_out import TITLE as TO_FIND_OUT
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.tables import run_heading, run_rows
from sim.questions.compare.three_numbers import LABELS, Number
from sim.questions.compare.views.path import PATHS
from sim.questions.payers.more import quotable
from sim.results.measures.table import MEASURES, measure_of
from sim.runs.answer import Alternative, Answer
from sim.takeaway.named import named_in_full
from sim.ui import choices, state
from sim.ui.answers import figures
from sim.ui.question import LETTERS, called
from sim.ui.reading import Read
from sim.ui.server import shared as server
from sim.ui.server.results import Result
from sim.ui.texts import bullets, plain, problem_in_words
from sim.words.apart import lost_posts_line, short_of_cash_line
from sim.words.differences import inside_in_words, size_and_direction
from sim.words.earnings.wages import unpaid_told
from sim.words.inputs import change_in_plain_words
from sim.words.keeping import kept_lines
from sim.words.layout import counted
from sim.words.money import closing_lead, money_lines
from sim.words.numbers import value
from sim.words.sentences import KEPT_MEANS, beware, how_to_read, run_sentence, sentence_beside, unseen_in_words
from sim.words.stand_in import told_label
from sim.words.stated_turnover import turnover_lead
from sim.words.warnings import TITLE as TO_CHECK

FIRST_CHART: Final = "headcount"
CHART: Final = "chart"
MOST_CHANGES: Final = 12
TO_QUOTE: Final = "A sentence to quote, without ranges"
ALARM: Final = (
    "**Do not use this comparison.** These differ and cannot. It is a fault of the program: please report it.\n\n"
)


@cache
def key_of(label: str) -> str | None:
    """Return the measure that a label stands for; None where it is not a measure's."""
    known = {one.label: key for key, one in MEASURES.items()} | {told: key for key, told in LABELS.items()}
    return known.get(label)


def linked(label: str) -> str:
    """Return a label as Markdown that leads to its card, in a tab of its own; as it is where it is not a measure's."""
    key = key_of(label)
    return plain(label) if key is None else f"[{plain(label)}]({card_of(key)})"


def card_of(key: str) -> str:
    """Where a measure is explained: the address of its card on the page Evidence."""
    return f"evidence?{state.EVIDENCE}={measure_of(key).key}"


def meaning(label: str) -> str | None:
    """Return what a result means, as Markdown; None where the label is not a measure's."""
    key = key_of(label)
    return None if key is None else plain(MEASURES[key].definition)


def answer_first(found: Read, result: Result) -> None:
    """Write the answer in sentences and numbers."""
    answer = result.answer
    if answer.leaks:
        st.error(ALARM + bullets(list(answer.leaks)))
    if lead := closing_lead(answer):
        st.warning(plain(lead))
    if lead := turnover_lead(answer.base.loaded.scenario):
        st.warning(plain(lead))
    _sentences(answer)
    if unpaid := unpaid_told(answer):
        st.warning(plain(unpaid))
    side_by_side(found, result)
    names = named_in_full(answer)
    kept = kept_lines(answer, names=names) if answer.alternatives else []
    joined = [line(answer, names) for line in (lost_posts_line, short_of_cash_line)]
    if lines := [*filter(None, joined), *kept, *money_lines(answer, names)]:
        st.markdown(bullets(lines))
    if answer.alternatives and (warning := beware(answer)):
        st.warning(plain(warning))


def _sentences(answer: Answer) -> None:
    if not answer.alternatives:
        st.markdown(f"**Projection.** {plain(run_sentence(answer.base))}")
    for letter, one in zip(LETTERS, answer.alternatives, strict=False):
        st.markdown(f"**Alternative {letter}.** {plain(sentence_beside(one, answer))}")
    if answer.alternatives:
        with st.expander(TO_QUOTE), st.container(key="quote"):
            st.code("\n\n".join(quotable(one, answer) for one in answer.alternatives), language=None, wrap_lines=True)


def numbers(told: Sequence[Number]) -> None:
    """Draw numbers beside one another, each with its range and what it is compared with."""
    for column, one in zip(st.columns(len(told), border=True), told, strict=True):
        with column:
            st.metric(one.label, one.size, help=meaning(one.label))
            st.caption(plain(". ".join(part for part in (one.inside, one.base) if part)))


def chart(found: Read, result: Result) -> None:
    """Draw one series month by month, with what it says in words and its table."""
    name = state.kept(CHART, FIRST_CHART)
    choices.selectbox(
        "Show month by month", list(PATHS), format_func=lambda key: PATHS[key].title,
        key=state.showing("shown.chart", name), on_change=state.keep_entered, args=(CHART, "shown.chart"),
    )  # fmt: skip
    figures.draw(server.view(found, result, name, DARK if state.dark() else LIGHT))


def side_by_side(found: Read, result: Result) -> None:
    """Draw the decision in columns: base and alternatives in the same rows."""
    answer = result.answer
    if answer.alternatives and not all(one.changes_nothing for one in answer.alternatives):
        places = range(len(answer.cases))
        titles = ["no new decisions", *map(found.title, places[1:])]
        names = [called(place) for place in places]
        st.html(decision_html(result.decided, names, titles, card_of))
        if by_kind.kinds_told(answer):
            with st.expander(by_kind.TITLE):
                st.html(decision_html(by_kind.groups_by_kind(answer), names, titles, card_of, by_kind.HEADING))


def _changed_most(answer: Answer, keys: Sequence[str], columns: Sequence[str]) -> None:
    heading = ("Measure", *(columns or map(called, range(len(answer.cases)))))
    figures.table(heading, [_row(key, answer) for key in keys], "Measures that changed most, base and alternatives")


def _of_base_alone(answer: Answer) -> None:
    rows = [[f"{linked(label)}{unit}", *map(plain, cells)] for label, unit, *cells in run_rows(answer.base)]
    figures.table(run_heading(answer), rows, "Measures of the base")


def what_changed(answer: Answer, columns: Sequence[str] = (), *, besides: bool = False) -> None:
    """Write the measures that changed most as a table, and those in which nothing can be told from random variation.

    Args:
        answer: what is told.
        columns: what base and alternatives are called; left out, by their places in the question.
        besides: leave out what stands side by side above.
    """
    if not answer.alternatives:
        _of_base_alone(answer)
        return
    told = keys_told() if besides else frozenset[str]()
    keys = [key for key in picked(answer) if key not in told]
    if keys:
        _changed_most(answer, keys, columns)
    unseen = unseen_in_words(undetected(answer, [*keys, *told]), answer)
    if unseen and not all(one.changes_nothing for one in answer.alternatives):
        st.markdown(plain(unseen))


def _row(key: str, answer: Answer) -> list[str]:
    unit = measure_of(key).unit
    label = told_label(key, [case.loaded for case in answer.cases])
    told = [
        value(answer.base.measures[key].mean, unit),
        *(difference_in_words(key, one) for one in answer.alternatives),
    ]
    return [linked(label), *map(plain, told)]


def difference_in_words(key: str, one: Alternative) -> str:
    """Return how large a difference is, with its direction in a word, its range and whether it is for the better."""
    compared = one.measures[key]
    if compared.difference.mean is None:
        return "–"
    if not compared.detectable:
        return "the same in every run" if compared.same else "no detectable difference"
    inside = inside_in_words(key, compared)
    word = f"; {compared.verdict}" if compared.verdict in ("better", "worse") else ""
    return f"{size_and_direction(key, compared.told)} ({inside}){word}"


def what_differs(answer: Answer) -> None:
    """List what differs in each alternative, generated from the inputs."""
    for letter, one in zip(LETTERS, answer.alternatives, strict=False):
        lines = shortened([change_in_plain_words(change) for change in one.changes])
        st.markdown(f"**Alternative {letter}**\n\n{bullets(lines or ['nothing: the scenarios mean the same'])}")


def shortened(lines: Sequence[str]) -> list[str]:
    """Return the first lines of a list, and how many there are besides."""
    left = len(lines) - MOST_CHANGES
    return [*lines[:MOST_CHANGES], *([f"and {left} more"] if left > 0 else [])]


def find_out(found: Read, result: Result) -> None:
    """Name the assumptions that move the answer most, where any stands out."""
    if lines := server.to_find_out(found, result):
        st.header(TO_FIND_OUT)
        st.markdown(bullets(lines))


def rests_on(result: Result) -> None:
    """Name the assumptions used, those of grade C and D marked."""
    effects, cards = result.leaning.effects, result.leaning.cards
    number = len(effects) + len(cards)
    st.markdown(f"{counted(number, 'assumption')} of weak evidence drive{'s' * (number == 1)} this.")
    st.caption(f"Grade C: {GRADES['C']}. Grade D: {GRADES['D']}.")
    st.markdown(bullets([assumptions.effect_in_words(one) for one in effects]))
    st.markdown(bullets([assumptions.card_in_words(one) for one in cards]))
    st.caption(
        "How to read an effect: −0.10 SD per SD says that where the cause is one standard deviation of the national "
        "workforce higher, the result is a tenth of one lower. Of leaving and of return to use it is the change of the "
        "log hazard: −0.10 is about 10 % less risk at any time."
    )


def to_check(found: Read) -> None:
    """Name the warnings of the inputs that an answer rests on."""
    told = [
        f"- {called(place)}: {problem_in_words(one)}"
        for place, own in enumerate(found.problems)
        for one in own
        if one.severity == "warning"
    ]
    if told:
        with st.expander(f"{TO_CHECK}: {len(told)}"):
            st.markdown("\n".join(told))


def reading(answer: Answer) -> None:
    """Show what the ranges mean."""
    st.caption(plain(f"{KEPT_MEANS} {how_to_read(answer)}"))
