"""What payers ask: the rate that a wage needs, a fiscal note, and what must be avoided for money to come back."""

from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from sim.questions.fiscal.note import BASES, Note, fiscal_note, growth_of
from sim.questions.fiscal.note import Wanted as NoteWanted
from sim.questions.fiscal.text import award_lines, how_told, match_lines
from sim.questions.rate.columns import ADDED, CHANGED, LINES
from sim.questions.rate.rate import RateStudy, rate_study
from sim.questions.rate.rate import Wanted as RateWanted
from sim.questions.rate.remarks import remarks
from sim.questions.rate.tables import differences_told, lines_told, turnover_told
from sim.questions.rate.text import group_rate_of, how, sentences
from sim.questions.worth import text as worth_words
from sim.questions.worth.worth import ALL, MOST_AVERTED, Spending, Worth, nobody_pays, spending_of, worth_in
from sim.results.measures.measure import PAYERS
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded
from sim.takeaway.fiscal_note import fiscal_word, fiscal_workbook
from sim.takeaway.fiscal_tables import in_short, tables_of
from sim.takeaway.named import called_in_full
from sim.takeaway.rate.word import rate_word
from sim.takeaway.rate.workbook import rate_workbook
from sim.ui import choices, navigation, state
from sim.ui.answers import figures
from sim.ui.answers.also import AVERTED, NOTE, PAYER, RATE, SOURCE, WORTH, key_of, note_key, source
from sim.ui.answers.also import payer as whose
from sim.ui.answers.also import typed as worth_typed
from sim.ui.answers.views import asked
from sim.ui.question import (
    BASE,
    FUNDING,
    MOST_ALTERNATIVES,
    Alternative,
    Question,
    inside,
    with_alternative,
    with_input,
)
from sim.ui.reading import Read
from sim.ui.studies.few_runs import Asking, again, documents, followed, named, settings_of, table
from sim.ui.texts import bullets, plain
from sim.words.layout import capitalized
from sim.words.provenance import command_line

MEMBERS, OPENS = "payers.members", "payers.opens"
MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December")  # fmt: skip
JULY: Final = 7  # most states' fiscal year begins
LONGEST_SOURCE: Final = 300


def page() -> None:
    """Draw the page."""
    found = asked("What would the payers pay?")
    if found is None:
        return
    rate(*found)
    note(*found)
    worth(*found)


def rate(question: Question, found: Read) -> None:
    """Draw the question which rate a wage needs, and its answer once it is asked."""
    st.header("Which rate would the wage need?")
    st.markdown(
        "Builds the rate for 15 minutes line by line, in the base and in each alternative: wage, fringe, supervision, "
        "travel, overhead, and what turnover adds. How much of an hour is billed and what leaving costs come from the "
        "simulation; the rest is arithmetic."
    )
    st.button("Build the rate", type="primary", key=RATE, on_click=state.keep, args=(RATE, found.text))
    if state.kept(RATE, None) != found.text:
        return
    settings, everyone = settings_of(question), named(found)
    command = command_line(found.sound, settings, [], "rate")
    study = Asking(partial(_rate_of, everyone), settings)
    followed("rate", key_of(found, RATE), study, found, lambda told: _rate_shown(question, found, told, command))


def _rate_of(everyone: tuple[Loaded, ...], settings: Settings) -> RateStudy:
    return rate_study(everyone, settings, RateWanted())


def _rate_shown(question: Question, found: Read, told: RateStudy, command: str) -> None:
    everyone = named(found)
    st.markdown(bullets(list(sentences(told))))
    _tried(question, told)
    table(lines_told(told, everyone[BASE]), "The rate, line by line, USD")
    table(turnover_told(told), "What turnover adds to the rate of a unit, USD")
    if len(told.columns) > 1:
        table(differences_told(told), "What changes in the rate of a unit, USD")
    below = remarks(told)
    said = [one for kind in (LINES, ADDED, CHANGED) for one in below[kind]]
    st.caption(plain(" ".join([*how(told), *said])))
    documents("rate", {
        ".docx": partial(rate_word, told, everyone[BASE], command),
        ".xlsx": partial(rate_workbook, told, everyone[BASE], command),
    })  # fmt: skip
    again(question, found, command, "rate")


def _tried(question: Question, told: RateStudy) -> None:
    """Draw what makes an alternative of each rate that a wage needs: its scenario, paid at that rate."""
    if not told.typed_payer or len(question.alternatives) == MOST_ALTERNATIVES:
        return
    for place, column in enumerate(told.columns):
        if told.payer not in told.typed[place].scenario.funding:
            continue  # on the base's terms
        rates = {"rate_usd_per_unit": round(column.lines["rate"].mean or 0.0, 2)}
        group = group_rate_of(column)
        if group:
            rates["group_rate_usd_per_unit"] = round(group, 2)
        if st.button(_trying(place, *rates.values()), key=f"payers.try.{place}"):
            new = question.alternatives[place - 1] if place != BASE else Alternative({})
            grown = with_alternative(question, replace(new, named=False))
            for name, rate in rates.items():
                grown = with_input(grown, len(grown.alternatives), (FUNDING, told.payer, name), rate)
            state.ask(grown)
            navigation.go("compare")


def _trying(place: int, rate: float, group: float | None = None) -> str:
    in_group = "" if group is None else f", {plain(f'${group:,.2f}')} for each client in a group,"
    beside = f", beside what {inside(place)} changes" * (place != BASE)
    return f"Try {plain(f'${rate:,.2f}')} a unit{in_group} as an alternative{beside}"


def note(question: Question, found: Read) -> None:
    """Draw the question what each payer spends, and the fiscal note once it is asked for."""
    st.header("What does each payer spend, by state fiscal year?")
    st.markdown("A fiscal note of base and alternatives: as cash when it is paid, and as accrual when it is owed.")
    opens, members = _note_asked()
    asked = (found.text, opens, members)
    st.button("Write the fiscal note", type="primary", key=NOTE, on_click=state.keep, args=(NOTE, asked))
    if state.kept(NOTE, None) != asked:
        return
    settings = settings_of(question)
    wanted = NoteWanted(opens, members, growth=growth_of(found.sound[BASE]))
    words = ["--year-starts", str(opens), *(("--members", str(members)) if members else ())]
    command = f"{command_line(found.sound, settings, [], 'fiscal')} {shlex.join(words)}"
    study = Asking(partial(_note_of, named(found), wanted), settings)
    followed("note", note_key(asked), study, found, lambda told: _note_shown(question, found, told, command))


def _note_asked() -> tuple[int, int | None]:
    """Ask when the fiscal year begins, and for how many members of the program spending is told."""
    month, program = st.columns(2)
    with month:
        choices.selectbox(
            "The state's fiscal year begins in", range(1, len(MONTHS) + 1), format_func=lambda one: MONTHS[one - 1],
            key=state.showing(OPENS, int(state.kept(OPENS, JULY))), on_change=state.keep_entered, args=(OPENS, OPENS),
        )  # fmt: skip
    with program:
        st.number_input(
            "Members of the program, if known", min_value=1, value=None, step=1_000,
            placeholder="then also dollars per member per month", key=state.showing(MEMBERS, state.kept(MEMBERS, None)),
            on_change=state.keep_entered, args=(MEMBERS, MEMBERS),
        )  # fmt: skip
    return int(state.kept(OPENS, JULY)), state.kept(MEMBERS, None)


def _note_of(everyone: tuple[Loaded, ...], wanted: NoteWanted, settings: Settings) -> Note:
    return fiscal_note(everyone, settings, wanted)


def _note_shown(question: Question, found: Read, told: Note, command: str) -> None:
    st.markdown(bullets(in_short(told, called_in_full(len(told.answer.cases)))))
    for basis in BASES:
        for one in tables_of(told, basis):
            st.subheader(plain(one.about))
            rows = [[plain(cell) for cell in row] for row in one.rows]
            figures.table(["Payer", *one.heading[1:]], rows, one.about)
    for title, lines in (("Federal share", match_lines(told)), ("What ends with an award", award_lines(told))):
        if lines:
            st.markdown(f"**{title}**\n\n{bullets(lines)}")
    st.caption(plain(" ".join(how_told(told))))
    documents(
        "fiscal", {".docx": partial(fiscal_word, told, command), ".xlsx": partial(fiscal_workbook, told, command)}
    )
    again(question, found, command, "note")


def worth(question: Question, found: Read) -> None:
    """Draw the question what a served client must avoid, and the break-even once it is asked for."""
    st.header("What must a served client avoid for the money to come back?")
    if nobody_pays(found.sound):
        st.info("No scenario has a source of money, so nothing could come back: enter one on Build, step Funding.")
        return
    st.markdown(
        "The break-even: what a client must avoid a year (emergency rooms, hospital days, jail) for what payers and "
        "the employer spend to come back: in the base for all of it, in an alternative for what it adds. Nothing is "
        "assumed of what peers avert."
    )
    _worth_asked()
    payer, typed = whose(), worth_typed()
    st.button("Find the break-even", type="primary", key=WORTH, on_click=state.keep, args=(WORTH, found.text))
    if state.kept(WORTH, None) != found.text:
        return
    settings = settings_of(question)
    said = ["--payer", payer] + ([] if typed is None else ["--averted", f"{typed.usd:g}", "--source", typed.source])
    command = f"{command_line(found.sound, settings, [], 'worth')} {shlex.join(said)}"
    study = Asking(partial(spending_of, named(found)), settings)

    def drawn(spending: Spending) -> None:
        _worth_shown(worth_in(spending, payer, typed))
        again(question, found, command, "worth")

    followed("worth", key_of(found, WORTH), study, found, drawn)


def _worth_asked() -> None:
    """Ask whose spending must come back, and what somebody says a client avoids, with its source."""
    choices.selectbox(
        "Whose spending must come back", (ALL, *PAYERS),
        format_func=lambda one: capitalized(worth_words.NAMES[one]),
        key=state.showing(PAYER, state.kept(PAYER, ALL)), on_change=state.keep_entered, args=(PAYER, PAYER),
    )  # fmt: skip
    amount, origin = st.columns(2)
    with amount:
        st.number_input(
            "What a served client avoids a year, USD, if you know it", min_value=0.0, max_value=MOST_AVERTED,
            value=None, step=500.0, placeholder="nothing is assumed without it",
            key=state.showing(AVERTED, state.kept(AVERTED, None)), on_change=state.keep_entered,
            args=(AVERTED, AVERTED),
        )  # fmt: skip
    with origin:
        st.text_input(
            "Where that comes from", max_chars=LONGEST_SOURCE, placeholder="for example: our claims, 2025",
            key=state.showing(SOURCE, state.kept(SOURCE, "")), on_change=state.keep_entered, args=(SOURCE, SOURCE),
        )  # fmt: skip
    if (state.kept(AVERTED, None) is None) == bool(source()):
        st.info(f"A worth of your own is left out: {worth_words.TOGETHER}.")


def _worth_shown(told: Worth) -> None:
    st.markdown(bullets(worth_words.sentences(told)))
    by = worth_words.counting(told)
    table(worth_words.behind_told(told), f"Behind it, {by}: what is spent, and clients served", "Scenario")
    if told.typed is not None:
        table(worth_words.averted_told(told), f"With the worth that was typed, {by}", "Scenario")
        st.markdown(plain(worth_words.typed_told(told)))
    st.markdown(f"**Read this first**\n\n{bullets(list(worth_words.LIMITS))}")
    st.caption(plain(" ".join(worth_words.how_told(told))))


if __name__ == "__main__":
    page()
