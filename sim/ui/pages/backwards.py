"""Ask backwards: the smallest change that gets there (studies/solve.py), or the best mix for the same money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, Final

import streamlit as st

from sim.questions.commands import frontier_command
from sim.questions.frontier.frontier import Frontier
from sim.questions.frontier.mixes import PUBLIC_BILL, PUBLIC_SPENDING, Plan, read_plan, usual
from sim.questions.frontier.text import runnable
from sim.questions.frontier.view import frontier_view
from sim.questions.frontier.words import notes
from sim.results.measures.table import measure_of
from sim.runs.blocks import seconds
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load_table
from sim.scenario.problems import ScenarioError
from sim.ui import choices, state
from sim.ui.answers import figures
from sim.ui.answers.takeaway import files
from sim.ui.answers.views import asked, look
from sim.ui.question import Question
from sim.ui.reading import Read
from sim.ui.studies import solve as solving
from sim.ui.studies.address import MOST_INPUTS, Mixed, Range, asked_in, text_of
from sim.ui.studies.common import Ends, between, open_on_compare, room_for_more, starting_from
from sim.ui.studies.constraints import keys
from sim.ui.studies.inputs import field_at, named, searched, usual_ends, varied
from sim.ui.studies.progress import Studied, follow_study
from sim.ui.studies.rounds import PROBES_OF_A_MIX, Mixing
from sim.ui.studies.solve import wrong
from sim.ui.texts import bullets
from sim.words.inputs import value_in_words
from sim.words.layout import command_lines
from sim.words.stand_in import told_label

ONE, BEST = "one", "mix"
WAYS = {ONE: "How far must one thing change?", BEST: "Which mix is best for the same money?"}
DRAFT: Final = "mix.draft"
BALANCE: Final = "posts.number"
FEWEST, MOST = 2, 3  # measures
POINTS: Final[Mapping[int, str]] = {8: "8 mixes, quick", 16: "16 mixes", 32: "32 mixes", 64: "64 mixes, thorough"}
EQUALS: Final[Mapping[str, str]] = {
    PUBLIC_BILL: "the public bill: all cost, less what payers that are not public bring",
    PUBLIC_SPENDING: "the public money that arrives",
}
UNENFORCED: Final = "rules.enforce=false"


def page() -> None:
    """Draw the page."""
    found = asked("What would it take?")
    if found is None:
        return
    state.arrive_at(state.SOLVE)
    state.arrive_at(state.MIX)
    way = _which()
    if way == ONE:
        solving.draw(*found)
    else:
        _mix(*found)
    state.write(state.SOLVE)
    state.write(state.MIX)


def _which() -> str:
    """Ask which of the two is wanted; a link that asks one of them has said it."""
    first = BEST if state.subject(state.MIX) and not state.subject(state.SOLVE) else ONE
    way = str(state.kept("backwards.way", first))
    choices.radio(
        "Which question", list(WAYS), format_func=lambda one: WAYS[one], horizontal=True,
        key=state.showing("backwards.which", way), on_change=state.keep_entered,
        args=("backwards.way", "backwards.which"), label_visibility="collapsed",
    )  # fmt: skip
    return way


def _mix(question: Question, found: Read) -> None:
    """Draw the question of the best mix, and its answer once it is asked."""
    st.markdown(
        "Say which inputs may be traded against one another. Mixes of them are brought to the same cost as today by "
        "the number of posts; those that no other mix beats are shown."
    )
    now = _draft(found)
    base = found.sound[now.place]
    _ask(now, found, base)
    wanted = asked_in(state.subject(state.MIX), Mixed)
    if wanted is not None and wanted.place < len(found.sound):
        _answer(question, found, wanted)


# asking ----------------------------------------------------------------------------------------------------------


def _draft(found: Read) -> Mixed:
    """Return what is being asked: as it was left, or as the address asks it."""
    draft: Mixed | None = state.kept(DRAFT, None)
    now = draft or asked_in(state.subject(state.MIX), Mixed) or Mixed()
    place = min(now.place, len(found.sound) - 1)
    offered = _offered(found.sound[place])
    vary = tuple(one for one in now.vary if one.path in offered)
    return replace(now, place=place, vary=vary or tuple(islice(_usually(found.sound[place]).values(), MOST_INPUTS)))


def _usually(base: Loaded) -> dict[str, Range]:
    """Return what is mixed where nothing is said, by address."""
    return {path: Range(path, low, high) for path, low, high in usual(base)}


def _offered(base: Loaded) -> list[str]:
    """Return what may be mixed: also what is usually mixed and this scenario leaves to be worked out."""
    return [path for path in {**varied(base), **_usually(base)} if path != BALANCE]


def _change(now: Mixed, **more: Any) -> None:
    state.keep(DRAFT, replace(now, **more))


def _ask(now: Mixed, found: Read, base: Loaded) -> None:
    with st.container(border=True):
        starting_from(now.place, found, "mix.place", lambda place: _change(now, place=place, vary=()))
        st.header("What is mixed")
        _inputs(now, base)
        st.header("Objectives")
        _wished(now, base)
        _money(now)
        st.button("Find out", type="primary", key="mix.ask", on_click=_take_asked, args=(now,))


def _inputs(now: Mixed, base: Loaded) -> None:
    choices.multiselect(
        f"Inputs, {MOST_INPUTS} at most (type to search)", _offered(base), format_func=searched,
        max_selections=MOST_INPUTS, key=state.showing("mix.vary", [one.path for one in now.vary]),
        on_change=_take_inputs, args=(now, base),
    )  # fmt: skip
    for place, one in enumerate(now.vary):
        field = field_at(one.path, base)
        if field is not None:
            between((one.low, one.high), field, f"mix.{place}", partial(_take_ends, now, place))


def _wished(now: Mixed, base: Loaded) -> None:
    choices.multiselect(
        "Two or three results", [key for key in keys() if measure_of(key).direction != "neither"],
        format_func=lambda key: f"{told_label(key, [base])}: {_side(key)}", max_selections=MOST,
        key=state.showing("mix.measures", list(now.measures)), on_change=_take_measures, args=(now,),
    )  # fmt: skip
    choices.selectbox(
        "How many mixes", list(POINTS) if now.points in POINTS else [*POINTS, now.points],
        format_func=lambda points: POINTS.get(points, f"{points} mixes"), key=state.showing("mix.points", now.points),
        on_change=_take, args=(now, "points", "mix.points"),
    )  # fmt: skip


def _side(key: str) -> str:
    return "more is better" if measure_of(key).direction == "higher" else "less is better"


def _money(now: Mixed) -> None:
    choices.selectbox(
        "Kept equal to the base", list(EQUALS), format_func=lambda key: EQUALS[key],
        key=state.showing("mix.equal", now.equal if now.equal in EQUALS else PUBLIC_BILL),
        on_change=_take, args=(now, "equal", "mix.equal"),
    )  # fmt: skip
    st.checkbox(
        "Ask what mixes do if they are paid for", key=state.showing("mix.paid", now.paid), on_change=_take,
        args=(now, "paid", "mix.paid"),
        help="Leaves the employer's own reactions to money (layoffs, frozen posts) out. With them, more posts than the "
        "budget carries need not cost more, and few mixes can be brought to the same cost.",
    )  # fmt: skip


def _take(now: Mixed, name: str, key: str) -> None:
    _change(now, **{name: state.entered(key)})


def _take_inputs(now: Mixed, base: Loaded) -> None:
    known = {one.path: one for one in now.vary}
    _change(now, vary=tuple(known.get(path) or _usual(path, base) for path in state.entered("mix.vary")))


def _usual(path: str, base: Loaded) -> Range:
    if path in (known := _usually(base)):
        return known[path]
    lever, field = varied(base)[path], field_at(path, base)
    return Range(path, 0.0, 1.0) if field is None else Range(path, *usual_ends(lever, field, near=True))


def _take_ends(now: Mixed, place: int, ends: Ends) -> None:
    changed = Range(now.vary[place].path, *ends)
    _change(now, vary=(*now.vary[:place], changed, *now.vary[place + 1 :]))


def _take_measures(now: Mixed) -> None:
    _change(now, measures=tuple(state.entered("mix.measures")))


def _take_asked(now: Mixed) -> None:
    _change(now)
    state.look_at(state.MIX, text_of(now))


# answering -------------------------------------------------------------------------------------------------------


def _answer(question: Question, found: Read, asked: Mixed) -> None:
    base = _paid_for(found.sound[asked.place]) if asked.paid else found.sound[asked.place]
    vary = tuple((one.path, one.low, one.high) for one in asked.vary)
    plan = Plan(vary, asked.measures, asked.equal, points=asked.points)
    settings = Settings(question.replications, question.seed, unknowns=True)
    st.header("The answer")
    try:
        read_plan(base, plan)
    except ScenarioError as fault:
        wrong(fault.problems)
        return
    each = settings.as_long * seconds([base.scenario, base.scenario], question.replications) / 2
    work = each * PROBES_OF_A_MIX * plan.points
    study = Studied("frontier", f"{found.text} {asked!r}", Mixing(base, plan, settings), work)
    follow_study(study, lambda frontier: _shown(question, found, asked, frontier))


def _paid_for(base: Loaded) -> Loaded:
    """Return the scenario without the employer's own reactions to money."""
    return replace(load_table(base.raw, [UNENFORCED]), path=base.path)


def _shown(question: Question, found: Read, asked: Mixed, frontier: Frontier) -> None:
    figures.draw(frontier_view(frontier, look()))
    st.markdown(bullets(list(notes(frontier))))
    _open(question, asked, frontier)
    with st.expander("Reproduce this", icon=":material/replay:"):
        st.markdown("The same mixes come out on any machine with peerstay: save these files in one folder and run")
        sets = [UNENFORCED] if asked.paid else []
        command = frontier_command(found.sound[asked.place], frontier.planned.plan, frontier.settings, sets)
        st.code(command_lines(command), language=None, wrap_lines=True)
        files(question, found)


def _open(question: Question, asked: Mixed, frontier: Frontier) -> None:
    """Offer each of the best mixes as an alternative on Compare."""
    numbers = [number for number in frontier.best if number]
    if not numbers or not room_for_more(question):
        return
    chosen, button = st.columns([4, 2], vertical_alignment="bottom")
    with chosen:
        number = st.selectbox("A mix that none beats", numbers, format_func=lambda one: _told(frontier, one))
    with button:
        pressed = st.button("Open it on Compare", type="primary", width="stretch")
    if pressed and number is not None:
        open_on_compare(question, asked.place, runnable(frontier, frontier.mixes[number]))


def _told(frontier: Frontier, number: int) -> str:
    levers = [*(lever for lever, _ in frontier.planned.levers), frontier.planned.balance]
    units = {lever.path: lever.unit for lever in levers}
    chosen = runnable(frontier, frontier.mixes[number])
    settings = ", ".join(f"{named(path)} {value_in_words(value, units[path])}" for path, value in chosen)
    return f"Mix {number}: {settings}"


if __name__ == "__main__":
    page()
