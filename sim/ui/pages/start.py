"""Start: from a state, a kind of organization and a question; examples; what this can and cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

import streamlit as st

from sim.evidence.places import NATION, load_places
from sim.scenario.problems import ScenarioError
from sim.ui import choices, navigation, state
from sim.ui.inputs import examples
from sim.ui.inputs.beginning import (
    AWARD,
    FEDERAL,
    KINDS,
    MEDICAID,
    WHOSE,
    Asked,
    Own,
    asked_of,
    begun,
    least_wage,
    rent_asks,
)
from sim.ui.inputs.examples import Example
from sim.ui.inputs.levers import add
from sim.ui.question import BASE, Question
from sim.ui.reading import Read, read
from sim.ui.server import shared as server
from sim.ui.texts import plain, problem_in_words, wording
from sim.words.first_year import first_year_lines, not_covered
from sim.words.inputs import input_at
from sim.words.layout import capitalized
from sim.words.sentences import month_name
from sim.words.trust import trust_sentence

STATE, KIND, ASKED, OWN, PAYER = "begin.state", "begin.kind", "begin.asked", "begin.own", "begin.payer"
FIGURE, LIVING = "begin.figure.", "begin.living wage"
LIVING_WAGE: Final = "Living wage of one adult ($ an hour)"
FIGURES: Final = {  # of `Own` → its words, the input whose limits hold, the step, and what pays for whom it is asked
    "posts": ("Peers' posts", "posts.number", 1, tuple(KINDS)),
    "wage": ("A new peer's wage ($ an hour)", "pay.wage_usd_per_hour", 0.5, tuple(KINDS)),
    "leave": ("People who leave in a year, of 100 posts", "turnover.level.separations_per_100_posts_year", 1.0,
              tuple(KINDS)),
    "cash": ("Cash now ($)", "rules.opening_cash_usd", 1_000.0, tuple(KINDS)),
    "award": ("The grant ($ a year)", "funding.award.amount_usd_per_year", 1_000.0, ("grant", "both")),
    "award_ends": ("The grant ends in (months)", "funding.award.term_months", 1, ("grant", "both")),
    "rate": ("Medicaid's rate ($ per 15 minutes)", "funding.medicaid.rate_usd_per_unit", 0.25, ("medicaid", "both")),
}  # fmt: skip
GRANTED: Final = ("grant", "both")  # kinds of organizations that have a grant
PER_HUNDRED: Final = 100.0
LEFT_OUT: Final = {
    "wage": "as in the state", "cash": "two months of cost", "award": "as much as the first year costs",
    "rate": "as known of the state",
}  # fmt: skip


def page() -> None:
    """Draw the page."""
    st.title("What keeps peer recovery workers in their jobs, and can the money carry it?")
    st.markdown(wording("start"))
    st.header("Begin with your state")
    first_questions()
    st.header("Or open an example")
    for column, kind in zip(st.columns(len(examples.KINDS), border=True), examples.KINDS, strict=True):
        with column:
            st.subheader(kind.who)
            st.markdown(kind.asks)
            for example in kind.examples:
                if st.button(example.label, key=f"example.{example.label}", width="stretch", wrap=True):
                    _open(example)
    st.header("Or start from any scenario of the library")
    _library()
    st.header("What this can and cannot tell you")
    st.markdown(f"- **How far can it be trusted?** {plain(trust_sentence())}\n{wording('limits')}")


def _open(example: Example) -> None:
    state.ask(examples.opened(example))
    navigation.go("compare")


def _library() -> None:
    names = examples.bases()
    chosen, button = st.columns([4, 1], vertical_alignment="bottom")
    with chosen:
        name = st.selectbox("Scenario", list(names), format_func=lambda name: names[name])
    with button:
        opened = st.button("Open", width="stretch")
    st.caption("It opens as the base (no new decisions), with an alternative in which you can change the wage.")
    if opened and name is not None:
        state.ask(examples.question_of(name))
        add()
        navigation.go("compare")
    navigation.link("build", "Describe your own organization, or open your own file, on Build")


def first_questions() -> None:
    """Draw the way from a state, a kind of organization and a question to an answer."""
    place, pays = st.columns(2)
    with place:
        _kept_select("State", [NATION, *sorted(set(load_places()) - {NATION})], STATE, NATION, _state_in_words)
    with pays:
        kind = _kept_select("What pays for your peers", list(KINDS), KIND, next(iter(KINDS)), KINDS.__getitem__)
    whose = _whose() if kind in GRANTED else FEDERAL
    questions = {one.label: one for one in asked_of(kind)}
    chosen = _kept_select("What do you want to know first?", list(questions), ASKED, next(iter(questions)), str)
    st.toggle(
        "With figures of my own organization", key=state.showing(OWN, bool(state.kept(OWN, False))),
        on_change=state.keep_entered, args=(OWN, OWN),
    )  # fmt: skip
    where = str(state.kept(STATE, NATION))
    own = _own(kind, where) if state.kept(OWN, False) else None
    if own is None and state.kept(OWN, False):
        st.info("The first budget comes once the figures above are mended.")
        return
    living = _living_wage((where, kind), own) if questions[chosen].living else None
    _budget((where, kind), questions[chosen], (own, whose), living)


def _whose() -> str:
    """Ask whose money the grant is."""
    found = _kept_select("Whose grant is it?", list(WHOSE), PAYER, FEDERAL, WHOSE.__getitem__)
    if state.kept(PAYER, None) is None:
        st.caption("Left as it is, the grant is booked as federal, as a block grant is: “Who pays” goes by it.")
    return found


def _living_wage(where: tuple[str, str], own: Own | None) -> float | None:
    """Ask which living wage is meant, and return it; say where the rent's would change nothing."""
    rent, start, wage = rent_asks(where, datetime.now(UTC).date(), own)
    month = month_name(start)
    st.number_input(
        LIVING_WAGE, min_value=1.0, max_value=500.0, value=None, step=0.5,
        placeholder=f"what the rent asks in {month}: {rent:.2f}", key=state.showing(LIVING, state.kept(LIVING, None)),
        on_change=state.keep_entered, args=(LIVING, LIVING),
    )  # fmt: skip
    told: float | None = state.kept(LIVING, None)
    if told is None and rent <= wage:
        st.warning(
            f"The rent of one bedroom in {load_places()[where[0]].name} asks \\${rent:.2f} an hour in {month}, no more "
            f"than the wage of \\${wage:.2f}: with it nothing would change. Type the living wage that you mean, for "
            "example from a calculator for your county."
        )
    return told


def _kept_select(label: str, options: list[str], name: str, first: str, words: Any) -> str:
    """Draw a choice that outlives its widget, and return it; the first where what was chosen is no longer offered."""
    found = str(state.kept(name, first))
    found = found if found in options else first
    choices.selectbox(label, options, format_func=words, key=state.showing(name, found), on_change=state.keep_entered,
                 args=(name, name))  # fmt: skip
    return found


def _state_in_words(code: str) -> str:
    return "United States (the middle state)" if code == NATION else f"{load_places()[code].name} ({code})"


def _own(kind: str, where: str) -> Own | None:
    """Draw the first figures of an organization of one's own, and return what is known of it; None if one is wrong."""
    asked = [name for name, (_, _, _, kinds) in FIGURES.items() if kind in kinds]
    known, sound = Own(), True
    for first in range(0, len(asked), 3):
        for column, name in zip(st.columns(3), asked[first : first + 3], strict=False):
            with column:
                sound &= _figure(name, getattr(known, name))
    if not sound:
        return None
    told = {name: state.kept(FIGURE + name, None) for name in asked}
    own = replace(known, **{name: value for name, value in told.items() if value is not None})
    st.caption(plain(counted_leavers(own)))
    if less := below_minimum(own, where):
        st.warning(plain(less))
    return own


def counted_leavers(own: Own) -> str:
    """Return how many leave in a year of the posts that there are."""
    number = own.leave * own.posts / PER_HUNDRED
    return f"{own.leave:.4g} of 100 posts: {number:.3g} of your {own.posts:,} in a year (100 × who left ÷ posts)."


def below_minimum(own: Own, where: str) -> str:
    """Return that a wage is below the legal minimum, and what is paid; nothing where it is not."""
    least = least_wage(where)
    if own.wage is None or own.wage >= least:
        return ""
    whose = "the federal minimum wage" if where == NATION else f"the minimum wage of {load_places()[where].name}"
    return (
        f"${own.wage:,.2f} an hour is below {whose}, ${least:,.2f}: that is paid in its place, in the budget below and "
        "in every run."
    )


def _figure(name: str, otherwise: Any) -> bool:
    """Draw one figure, and say in words what it must be where it is something else; return whether it can be taken."""
    label, path, step, _ = FIGURES[name]
    given, key = input_at(tuple(path.split(".")), "observed" if name == "leave" else ""), FIGURE + name
    if given is None:
        return True
    now = state.kept(key, otherwise)
    st.number_input(
        label, value=None, step=step, key=state.showing(key, now), on_change=state.keep_entered, args=(key, key),
        placeholder=LEFT_OUT.get(name, ""),
    )  # fmt: skip
    sound = now is None or given.limits.allow(now)
    if not sound:
        st.error(plain(f"{label}: {now:,.12g} cannot be; it must be {given.limits.words()}."))
    return sound


def _budget(where: tuple[str, str], asked: Asked, known: tuple[Own | None, str], living: float | None) -> None:
    """Show the first budget, and what leads to the answer; or what is wrong."""
    try:
        own, whose = known
        question = begun(where, asked, datetime.now(UTC).date(), own, living, whose)
    except ScenarioError as fault:
        st.error("\n".join(f"- {problem_in_words(one)}" for one in fault.problems))
        return
    found = read(question)
    server.jobs().foresee(found, question.seed, state.visitor())
    with st.container(border=True):
        st.markdown(f"**Your first budget.** {plain(budget_in_words(found, question))}")
        if short := not_covered_in_words(found):
            st.warning(plain(short))
    answer, more = st.columns([2, 1])
    with answer:
        _way(question, "See the answer", "compare", "primary")
    with more:
        _way(question, "Describe more of it first", "build", "secondary")


def _way(question: Question, label: str, page: str, kind: Literal["primary", "secondary"]) -> None:
    if st.button(label, type=kind, width="stretch", key=f"begin.{page}"):
        state.ask(question)
        navigation.go(page)


def not_covered_in_words(found: Read) -> str:
    """Return that the first year's money does not carry its cost; nothing where it does, or cannot be worked out."""
    loaded = found.scenarios[BASE]
    return "" if loaded is None else not_covered(loaded.scenario)


def budget_in_words(found: Read, question: Question) -> str:
    """Return what the first year costs and brings, until when it lasts, and what its figures are."""
    loaded = found.scenarios[BASE]
    if loaded is None:
        return "It cannot be worked out yet."
    base, tables = loaded.scenario, question.base
    told = [f"{capitalized(line)}." for line in first_year_lines(base)[:1]]
    told.append(f"{base.posts.number:g} posts at ${base.pay.wage_usd_per_hour:,.2f} an hour.")
    if AWARD in tables["funding"]:
        told.append(_award_in_words(tables["funding"][AWARD], base.horizon.start))
    if MEDICAID in tables["funding"]:
        told.append(f"Medicaid pays ${tables['funding'][MEDICAID]['rate_usd_per_unit']:,.2f} for 15 minutes (H0038).")
    return " ".join(told)


def _award_in_words(grant: Mapping[str, Any], start: str) -> str:
    """Return what a grant brings, until when, how long a renewed one is, and whose money it is."""
    left = grant.get("months_left", grant["term_months"])
    whose = WHOSE[FEDERAL if grant["federal_share"] else grant["payer"]].partition(",")[0]
    return (
        f"The grant brings ${grant['amount_usd_per_year']:,.0f} a year for {left} months from "
        f"{month_name(grant.get('start', start))} ({whose[:1].lower()}{whose[1:]}); at its end the odds of renewal are "
        "even, an assumption, and a renewed award is of "
        f"{grant.get('renewal_term_months', grant['term_months'])} months."
    )


if __name__ == "__main__":
    page()
