"""Your own history: what a payroll says of who leaves; read in memory, kept by this visit only, shown in sums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import streamlit as st

from sim.charts.look import DARK, LIGHT
from sim.questions.fit.cells import DAY_FIRST, MONTH_FIRST, Order
from sim.questions.fit.columns import MEANT
from sim.questions.fit.fit import Fit, fit
from sim.questions.fit.reading import Asked, Read
from sim.questions.fit.span import Observed, history_read
from sim.questions.fit.text import LIMITS, counts_told, draws_told, level_rows, reading_lines
from sim.questions.fit.view import curve_view, years_view
from sim.questions.fit.written import NOTHING_STATED, fitted_to, people_text, stated, tables_stated
from sim.runs.toml import written
from sim.runs.workers.apart import read_apart
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.draft import drafted
from sim.scenario.read.layers import Layer
from sim.ui import navigation, state
from sim.ui.addresses import kinds_in
from sim.ui.answers import figures
from sim.ui.inputs import examples
from sim.ui.inputs.board import Board
from sim.ui.inputs.importing import at_line, plain_name
from sim.ui.question import BASE, Question, without_people
from sim.ui.reading import read
from sim.ui.texts import bullets, plain
from sim.units import month_number
from sim.words.inputs import input_at, name_in_words, value_in_words

FOUND, SAID, BEFORE = "history.found", "history.said", "history.before"
BY_FILE: Final = "as the file shows"
ORDERS: Final[Mapping[str, Order | None]] = {
    BY_FILE: None, "month first (4/15/2021)": MONTH_FIRST, "day first (15/4/2021)": DAY_FIRST,
}  # fmt: skip
ABOUT: Final = (
    "A payroll's list (date of hire, date of leaving; empty: still there) or yearly counts (year, people in post on "
    "average, how many left), as CSV or Excel. The file is read in the memory of this server only: it is not written, "
    "not sent, and in no link; closing or reloading this page forgets it. No names are needed and none are read."
)
ELSEWHERE: Final = (
    "Which of day and month comes first, and what columns are, is said under “If columns or dates are not found”."
)
WITHOUT_BASE: Final = "pa_fee_for_service"  # of the library: what a file is completed with while nothing is open
FITTED: Final = ("turnover", "ranges")  # tables that say what was fitted
RANGES_TOLD: Final = "And how far the history leaves them open, drawn anew in every future"
KINDS: Final = ["csv", "xlsx", "xls", "xlsb", "ods"]
COLUMNS: Final = "Columns by their headings"
SINCE: Final = "Everybody who left is in the file from"
UNTIL: Final = "Last month that the file tells of"
DATES: Final = "Dates such as 11/03/2023 are written"
CONTROLS: Final = (  # what the command line says, and what the page does; the longer first
    (r"the names of --column", f"the names under “{COLUMNS}”"),
    (r"--column (\w+)=HEADING", rf"\1=HEADING under “{COLUMNS}”"),
    (r"--column (\w+):", rf"\1, under “{COLUMNS}”:"),
    (r"say --dates month-first or --dates day-first", f"choose month first or day first under “{DATES}”"),
    (r"say --dates", f"choose under “{DATES}”"),
    (r"--since( and |, )--until", rf"“{SINCE}”\1“{UNTIL}”"),
    (r"with --since 2021-01", f"under “{SINCE}”, as in 2021-01"),
)


@dataclass(frozen=True)
class Given:
    """How a visitor says a file is to be read."""

    asked: Asked
    since: int | None
    until: int | None


def page() -> None:
    """Draw the page."""
    st.title("What does your own history say?")
    st.caption(plain(ABOUT))
    file = st.file_uploader(
        "List of people or yearly counts (at most 1 MB)", type=KINDS, key="history", max_upload_size=1
    )
    given = _given()
    if st.button("Read this file", disabled=file is None or given is None) and file is not None and given is not None:
        state.keep(FOUND, None)
        state.keep(SAID, _read(given, file.getvalue(), file.name))
    said: tuple[Read, Observed] | None = state.kept(SAID, None)
    if said is not None:
        _confirm(*said)
    found: Fit | None = state.kept(FOUND, None)
    if said is not None and found is not None:
        _answer(*said, found)


def _given() -> Given | None:
    """Ask how the file is to be read; None while something of it is wrong."""
    with st.expander("If columns or dates are not found"):
        order = st.radio(DATES, list(ORDERS), key="history.order", horizontal=True)
        named = st.text_input(
            f"{COLUMNS}, as in hired=Start; left=Last day", key="history.columns",
            help=f"What can be named: {', '.join(MEANT)}.",
        )  # fmt: skip
    left, right = st.columns(2)
    since = left.text_input(f"{SINCE} (2021-01; empty: from the first)", key="history.since")
    until = right.text_input(f"{UNTIL} (empty: that of its last date)", key="history.until")
    pairs = [text.partition("=") for text in named.split(";") if text.strip()]
    try:
        months = [month_number(text.strip()) if text.strip() else None for text in (since, until)]
    except ValueError as fault:
        st.error(plain(str(fault)))
        return None
    return Given(Asked({name.strip(): heading.strip() for name, _, heading in pairs}, ORDERS[order]), *months)


def _confirm(read: Read, seen: Observed) -> None:
    """Show how the file was read, and ask whether that is right."""
    st.header("How the file is read")
    st.markdown(bullets(reading_lines(read, seen, on_page=True)))
    if st.button("That is right: show what it says"):
        with st.spinner("Weighing what studies leave open by your history …"):
            state.keep(FOUND, fit(seen.years))


def _answer(read: Read, seen: Observed, found: Fit) -> None:
    look = DARK if state.dark() else LIGHT
    st.header("How many leave")
    st.markdown(plain(counts_told(seen)))
    (_, *cells), *rows = level_rows(seen, found)
    heading = ("Measure", *cells[:-1], f"{cells[-2]}: {cells[-1]}")  # no two columns are called the same
    figures.table(
        heading, [[plain(cell) for cell in row] for row in rows], f"How many leave: {' and '.join(cells[::2])}"
    )
    for view in (curve_view(seen, found, look), *(() if seen.few else (years_view(found, look),))):
        st.header(view.title)
        figures.draw(view)
    if not seen.few:
        (st.warning if found.few else st.info)(plain(draws_told(found)))
    st.markdown(bullets(list(LIMITS)))
    _take_away(read, seen, found)


def _take_away(read: Read, seen: Observed, found: Fit) -> None:
    """Hand out what was fitted as a scenario, and the list of people for Build."""
    st.header("Take it along")
    if seen.few:
        st.caption(plain(NOTHING_STATED))
    else:
        _into_base(found)
    if seen.span is not None:
        st.download_button(
            "The list of those in post, for Build", people_text(read.people, seen.span, {}), "people.csv", "text/csv",
            on_click="ignore", help="Job titles are all on rung entry; change them where a ladder has others.",
        )  # fmt: skip


# in the visitor's own base -----------------------------------------------------------------------------------------


def _into_base(found: Fit) -> None:
    """Offer what was fitted for the base that is open, and as a file that is complete by itself."""
    asked = state.question()
    if asked is None:
        st.info("Nothing is open yet that this could go into. Begin there, then come back: what was read is kept.")
        navigation.link("start", "Begin with your state on Start")
    else:
        _offer_use(asked, found)
    whole = examples.question_of(WITHOUT_BASE) if asked is None else asked
    text = complete_text(whole, found)
    if text is not None:
        list_left_out = " Your list of people is left out." if whole.holds_people else ""
        st.download_button(
            "A scenario that states what was fitted", text, "own_history.toml", "application/toml", on_click="ignore",
            help=f"Complete by itself: Build opens it, and so does the command line.{list_left_out}",
        )  # fmt: skip


def _offer_use(asked: Question, found: Fit) -> None:
    """Draw the button that puts what was fitted into the base, and what it changes or has changed."""
    title, lines = read(asked).title(BASE), changes_told(asked, found)
    before: Question | None = state.kept(BEFORE, None)
    if lines:
        st.markdown(f"In your base, {plain(title)}, it changes:\n\n{bullets(lines)}")
        st.button("Use this in my base", type="primary", on_click=_use, args=(found,))
        return
    st.success(f"Your base, {plain(title)}, says what was fitted.")
    if before is not None:
        st.markdown(f"What it changed:\n\n{bullets(changes_told(before, found))}")
        st.button("Put back what my base said before", on_click=_put_back)
    own = [name for name, table in kinds_in(asked.base).items() if "turnover" in table]
    if own:
        st.warning(plain(f"Not for kinds of employers that state a turnover of their own: {', '.join(own)}."))


def _use(found: Fit) -> None:
    asked = state.question()
    if asked is not None:
        state.keep(BEFORE, asked)
        state.ask(with_fitted(asked, found))


def _put_back() -> None:
    """Put back of the base what was fitted over; what else was changed since stays."""
    asked, before = state.question(), state.kept(BEFORE, None)
    state.keep(BEFORE, None)
    if asked is not None and before is not None:
        others = {name: table for name, table in asked.base.items() if name not in FITTED}
        state.ask(replace(asked, base=others | {name: before.base[name] for name in FITTED if name in before.base}))


def with_fitted(question: Question, found: Fit) -> Question:
    """Return the question whose base states what was fitted, as a file that extends it would."""
    raw = drafted([Layer("base", question.base), Layer("fitted", tables_stated(found))]).raw
    return replace(question, base={name: said for name, said in raw.items() if name not in ("notes", "question")})


def changes_told(question: Question, found: Fit) -> list[str]:
    """Return what the base would say otherwise, input by input; nothing where it says what was fitted already."""
    after = with_fitted(question, found)
    told = []
    for address in stated(found):
        path = tuple(address.split("."))
        was, now = (Board(one, read(one), BASE).value(path) for one in (question, after))
        if was != now:
            given = input_at(path)
            unit = "" if given is None else given.unit
            told.append(f"{name_in_words(path)}: {value_in_words(now, unit)}, now {value_in_words(was, unit)}")
    if told or after.base.get("ranges") != question.base.get("ranges"):
        told.append(RANGES_TOLD)
    return told


def complete_text(question: Question, found: Fit) -> str | None:
    """Return the base with what was fitted as one complete file, without a list of people; None if it is not sound."""
    loaded = read(with_fitted(without_people(question), found)).scenarios[BASE]
    if loaded is None:
        return None
    return f"{fitted_to(found)}\n{written(loaded.titled(f'{loaded.scenario.title}, with its own history').raw)}"


def _read(given: Given, content: bytes, name: str) -> tuple[Read, Observed] | None:
    """Return how a file is read, in a process of its own; show what is wrong, and return None."""
    function = partial(history_read, asked=given.asked, since=given.since, until=given.until)
    try:
        found: tuple[Read, Observed] = read_apart(function, content, plain_name(name))
    except ScenarioError as fault:
        for problem in fault.problems:
            st.error(at_line(_on_page(problem)))
        st.info(plain(ELSEWHERE))
        return None
    return found


# faults in the words of the page's controls ------------------------------------------------------------------------


def _on_page(problem: Problem) -> Problem:
    """Return a fault whose rule and fix name the page's controls."""
    return replace(problem, rule=_in_controls(problem.rule), fix=_in_controls(problem.fix))


def _in_controls(text: str) -> str:
    for option, control in CONTROLS:
        text = re.sub(option, control, text)
    return text


if __name__ == "__main__":
    page()
