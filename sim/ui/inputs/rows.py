"""Draw what a scenario has several of, as rows that come and go: sources of money, rungs, positions, effects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import streamlit as st

from sim.evidence.effects import load_effects
from sim.evidence.places import NATION, Place, load_places
from sim.scenario.patch import TableDict, leaves
from sim.scenario.schema import Effects, Scenario
from sim.scenario.tables.funding import KINDS_OF_MONEY
from sim.ui import choices, state
from sim.ui.addresses import Path, kinds_in, of_kind, prefix
from sim.ui.inputs.board import Board
from sim.ui.inputs.controls import draw
from sim.ui.inputs.sections import fields_inside
from sim.ui.question import BASE, OFF, Question, with_entry, with_input, without_entry, without_input
from sim.ui.texts import plain, problem_in_words
from sim.words.inputs import name_in_words
from sim.words.layout import name_of_key
from sim.words.starter import billing_of, medicaid_source

FUNDING, LADDER, PAYMENTS = "funding", "ladder", "payments"
BRAIDING: Final = ("rules", "braiding")
RUNGS: Final = ("lead", "senior", "supervisor", "manager", "director")
NOT_A_PAYMENT: Final = "Line {number}, “{line}”: must be a month and an amount, for example 2027-08 450000"
PAYMENT: Final = re.compile(r"(\S+)[ \t,;]+\$?([\d,]+(?:\.\d+)?)")
POSITIONS: Final = "positions"
NAMES: Final = ("part_time", "night", "lead", "outreach", "group")
OF_POSITIONS: Final = (
    "Posts are alike unless some have hours, a wage or an award of their own. The posts that no position names have "
    "the hours and the wage stated for all."
)
EFFECTS: Final = "effects"
PINNED: Final = "effects.pinned"
OF_EFFECTS: Final = (
    "How far burnout, satisfaction, role clarity, recovery and leaving move when something else does: in standard "
    "deviations (SD) for one standard deviation of the cause; for leaving, as a change of the log hazard. Change one "
    "only if you know better than the evidence on its card."
)


def sources(board: Board) -> None:
    """Draw the sources of money, in the order in which they are charged."""
    st.subheader("Sources of money")
    there = entries(board, FUNDING)
    order = [name for name in board.value(BRAIDING) or [] if name in there]
    names = [*order, *(name for name in there if name not in order)]
    if len(names) > 1:
        st.caption(f"Cost is charged to the sources in this order: {plain(', '.join(names))}.")
    for number, name in enumerate(names):
        _source(board, name, there[name], names[:number])
    choices.selectbox(
        "Add a source of money", list(KINDS_OF_MONEY), index=None, format_func=in_words,
        key=state.showing(f"add.funding.{board.place}", None), placeholder="Choose a kind …",
        on_change=_add_source, args=(board,),
    )  # fmt: skip


def _source(board: Board, name: str, source: Mapping[str, Any], before: list[str]) -> None:
    kind = str(source.get("kind", ""))
    with st.expander(f"{name_of_key(name)}: {in_words(kind)}", expanded=True):
        known = KINDS_OF_MONEY.get(kind)
        if known and known.covers_clients:
            st.caption(plain(of_the_state(board, kind)))
        if known and known.pays_dated_amounts:
            _payments(board, name, source)
        for path, own in fields_inside((FUNDING, name), kind, source, expert=board.expert):
            draw(board, path, own)
        _buttons(board, (FUNDING, name), "Remove this source", before)


def in_words(kind: str) -> str:
    """A kind of money in words; what nobody knows, as it is written."""
    return KINDS_OF_MONEY[kind].in_words if kind in KINDS_OF_MONEY else kind


def of_the_state(board: Board, kind: str) -> str:
    """Return what is known of a state's Medicaid, which a new source opens with: rates, match, and whose figures."""
    where = _where(board.value(("place", "state")))
    match = f"regular federal share {100 * where.medicaid_federal_share:.2f} % (fmap_2026)"
    if not KINDS_OF_MONEY[kind].by_the_unit:
        return f"Medicaid in {where.name}: {match}; what it pays a visit-day is each clinic's own."
    rate, group, source = billing_of(where.state)
    groups = "no group rate known" if group is None else f"${group:,.2f} for each client in a group"
    return f"Medicaid in {where.name}: ${rate:,.2f} for 15 minutes, {groups}: {source}; {match}."


def _where(code: Any) -> Place:
    """Return a state, the nation where a code is none."""
    return load_places().get(str(code), load_places()[NATION])


def rungs(board: Board) -> None:
    """Draw the rungs above a new peer, the lowest first."""
    there = entries(board, LADDER)
    if not there:
        st.info("There is no ladder: a new peer stays on the entry rung. Add a rung to see what it does.")
    for name, rung in sorted(there.items(), key=lambda one: one[1].get("step", 0)):
        title = str(rung.get("title") or name.replace("_", " "))
        with st.expander(f"Rung {rung.get('step', '?')}: {title}", expanded=True):
            for path, own in fields_inside((LADDER, name), "", _filled(board, name), expert=True):
                draw(board, path, own)
            _buttons(board, (LADDER, name), "Remove this rung", [])
    if len(there) < len(RUNGS):
        st.button("Add a rung", key=f"add.rung.{board.place}", on_click=_add_rung, args=(board,))


def entries(board: Board, *table: str) -> dict[str, TableDict]:
    """Return the named tables that a scenario has, those left out not among them."""
    said = board.value(table)
    return {name: one for name, one in said.items() if isinstance(one, dict)} if isinstance(said, Mapping) else {}


def _filled(board: Board, name: str) -> Mapping[str, Any]:
    """Return a rung with its defaults, as far as the scenario is sound."""
    tables = board.organization()
    rung = None if tables is None else tables.ladder.get(name)
    return entries(board, LADDER)[name] if rung is None else rung.model_dump()


def _buttons(board: Board, path: Path, remove: str, before: list[str]) -> None:
    key, at = ".".join(board.at(path)), board.at(path)
    gone, earlier = st.columns(2)
    with gone:
        st.button(f"{remove}: {name_of_key(path[-1])}", key=f"remove.{board.place}.{key}", wrap=True,
                  on_click=state.change, args=(without_entry, board.place, at))  # fmt: skip
    with earlier:
        if before:
            st.button(f"Charge {name_of_key(path[-1])} before {name_of_key(before[-1])}",
                      key=f"earlier.{board.place}.{key}", wrap=True,
                      on_click=_earlier, args=(board.place, at))  # fmt: skip


def _earlier(place: int, path: Path) -> None:
    """Charge a source one place earlier."""
    asked = state.question()
    if asked is not None:
        order = braiding(asked, place, path)
        at = order.index(path[-1])
        order[at - 1 : at + 1] = [path[-1], order[at - 1]]
        state.change(with_input, place, (*prefix(path), *BRAIDING), order)


def braiding(question: Question, place: int, path: Path) -> list[str]:
    """Return the order in which sources are charged beside the one at an address, as it is said or they are listed."""
    said, there = question.holds(place, (*prefix(path), *BRAIDING))
    named = [name for name, one in _sources_of(question, place, path).items() if one != OFF]
    return [*(said if there else ()), *(name for name in named if not there or name not in said)]


def _sources_of(question: Question, place: int, path: Path) -> Mapping[str, Any]:
    """Return the sources of the employer of whom an address is."""
    told = question.holds(place, (*prefix(path), FUNDING))[0]
    return told if isinstance(told, Mapping) else {}


def _add_source(board: Board) -> None:
    kind, asked = state.entered(f"add.funding.{board.place}"), state.question()
    if kind is not None and asked is not None:
        path = board.at((FUNDING, _free(KINDS_OF_MONEY[kind].short, asked)))
        state.ask(with_entry(asked, board.place, path, new_source(kind, asked, board.place, path)))


def _add_rung(board: Board) -> None:
    there, asked = entries(board, LADDER), state.question()
    if asked is not None:
        name = next(name for name in RUNGS if name not in there)
        rung = {"step": max((one.get("step", 0) for one in there.values()), default=0) + 1}
        slots = {"slots": {"kind": "share", "share": 0.15}}
        state.ask(with_entry(asked, board.place, board.at((LADDER, name)), rung | slots))


def _free(wanted: str, asked: Question) -> str:
    """Return a name that no source of any scenario has."""
    taken = {
        name
        for place in asked.places
        for kind in ("", *kinds_in(asked.tables(place)))
        for name in (asked.holds(place, of_kind(kind, (FUNDING,)))[0] or {})
    }
    return next(name for name in (wanted, *(f"{wanted}_{n}" for n in range(2, 99))) if name not in taken)


def new_source(kind: str, asked: Question, place: int, path: Path) -> TableDict:
    """Return a new source of a kind, with what it must say to begin with; of clients it covers those left over.

    Medicaid opens at the state's own rates and match where they are known, else at the middle of what other states pay.
    """
    start = asked.said(BASE, ("horizon", "start"))[0] or Scenario.model_fields["horizon"].default.start
    where = _where(asked.holds(place, (*prefix(path), "place", "state"))[0])
    new = {"kind": kind, **KINDS_OF_MONEY[kind].begun(start)}
    if not KINDS_OF_MONEY[kind].covers_clients:
        return new
    clinic = {"rate_usd": 130.0, "payer": "state", "federal_share": where.medicaid_federal_share}
    medicaid = medicaid_source(where) if KINDS_OF_MONEY[kind].by_the_unit else clinic
    return {**new, **medicaid, "clients_covered_share": _left_over(_sources_of(asked, place, path).values())}


def _left_over(sources: Iterable[Any]) -> float:
    """Return the share of clients that no source covers yet."""
    there = [one for one in sources if isinstance(one, dict)]
    covering = {kind for kind, own in KINDS_OF_MONEY.items() if own.covers_clients}
    paid = [one.get("clients_covered_share", 1.0) for one in there if one.get("kind") in covering]
    numbers = [share for share in paid if isinstance(share, int | float)]
    return round(max(0.0, 1.0 - sum(numbers)), 6)


# dated payments --------------------------------------------------------------------------------------------------


def _payments(board: Board, name: str, source: Mapping[str, Any]) -> None:
    path = board.at((FUNDING, name, PAYMENTS))
    key = f"payments.{board.place}.{'.'.join(path)}"
    told = state.kept(f"{key}.draft", None)
    text = payments_as_text(source.get(PAYMENTS, ())) if told is None else told
    st.text_area(
        f"Payments of {name_of_key(name)}, a line each: month and dollars", height=160,
        key=state.showing(key, text), on_change=_take_payments, args=(board.place, path, key),
        help="For example: 2027-08 450000",
    )  # fmt: skip
    for fault in payments_of(text)[1]:
        st.error(plain(fault))
    for problem in board.found.problems[board.place]:
        if problem.path.startswith(".".join(path)):
            board.shown.add(problem.path)
            st.error(problem_in_words(problem))


def _take_payments(place: int, path: Path, key: str) -> None:
    """Take over the payments when every line can be read; keep the text as it is when one cannot."""
    text = str(state.entered(key))
    payments, faults = payments_of(text)
    state.keep(f"{key}.draft", text if faults else None)
    if not faults:
        state.change(with_input, place, path, payments)


def payments_as_text(payments: Any) -> str:
    """Return payments as lines."""
    known = [one for one in payments if isinstance(one, Mapping)] if isinstance(payments, list | tuple) else []
    return "\n".join(f"{one.get('at')} {one.get('usd')}" for one in known)


def payments_of(text: str) -> tuple[list[TableDict], list[str]]:
    """Return the payments that lines say, and what is wrong with lines that cannot be read."""
    payments, faults = [], []
    for number, line in enumerate(text.splitlines(), 1):
        found = PAYMENT.fullmatch(line.strip())
        if found is not None:
            payments.append({"at": found[1], "usd": float(found[2].replace(",", ""))})
        elif line.strip():
            faults.append(NOT_A_PAYMENT.format(number=number, line=line.strip()))
    return payments, faults if payments or faults else ["There is no payment: write at least one line."]


# positions ---------------------------------------------------------------------------------------------------------


def positions(board: Board) -> None:
    """Draw the positions in their order, and what adds one."""
    st.subheader("Positions")
    st.caption(OF_POSITIONS)
    there = entries(board, POSITIONS)
    for name, position in there.items():
        title = f"{name.replace('_', ' ')}: {position.get('number', '?')} posts"
        with st.expander(title, expanded=True):
            for path, own in fields_inside((POSITIONS, name), "", position, expert=True):
                draw(board, path, own)
            at = board.at((POSITIONS, name))
            st.button(
                f"Remove this position: {name.replace('_', ' ')}", key=f"remove.{board.place}.{'.'.join(at)}",
                wrap=True, on_click=state.change, args=(without_entry, board.place, at),
            )  # fmt: skip
    if any(name not in there for name in NAMES):
        st.button("Add a position", key=f"add.position.{board.place}", on_click=_add_position, args=(board,))


def _add_position(board: Board) -> None:
    there, asked = entries(board, POSITIONS), state.question()
    if asked is not None:
        name = next(name for name in NAMES if name not in there)
        state.ask(with_entry(asked, board.place, board.at((POSITIONS, name)), {"number": 1}))


# effects -----------------------------------------------------------------------------------------------------------


def effects(board: Board) -> None:
    """Draw for experts the effects that are set or were looked for, and how fast the four states move."""
    if not board.expert:
        return
    st.subheader("Effects of one thing on another")
    st.caption(OF_EFFECTS)
    rows = _effects_of(board)
    offered = [path for path in _known_effects() if path not in rows]
    key = f"add.{board.key((EFFECTS,))}"
    choices.selectbox(
        f"Find one of {len(_known_effects())} effects", offered, index=None, format_func=name_in_words,
        key=state.showing(key, None), placeholder="Type a word: burnout, supervisor, leaving …",
        on_change=_pin, args=(key,),
    )  # fmt: skip
    for path in rows:
        with st.container(border=True):
            _effect(board, path)
    st.subheader("How fast the four states move")
    for name in Effects().months_to_adjust:
        draw(board, (EFFECTS, "months_to_adjust", name))


def _known_effects() -> list[Path]:
    return [(EFFECTS, effect.cause, effect.outcome) for effect in load_effects().values()]


def _effects_of(board: Board) -> list[Path]:
    """Return the effects that are drawn: those the scenario sets, then those that were looked for."""
    said = board.value((EFFECTS,))
    own = [(EFFECTS, *path) for path, _ in leaves(said)] if isinstance(said, dict) else []
    pinned: list[Path] = [tuple(path) for path in state.kept(PINNED, [])]
    return [path for path in dict.fromkeys([*own, *pinned]) if path in _known_effects()]


def _pin(key: str) -> None:
    path = state.entered(key)
    if path is not None:
        state.keep(PINNED, [*state.kept(PINNED, []), tuple(path)])


def _effect(board: Board, path: Path) -> None:
    draw(board, path)
    at, name = board.at(path), name_in_words(path).lower()
    off, back = st.columns(2)
    with off:
        st.button(f"Switch off: {name}", key=f"off.{board.key(path)}", width="stretch", wrap=True,
                  disabled=board.value(path) == 0, on_click=state.change,
                  args=(with_input, board.place, at, 0.0))  # fmt: skip
    with back:
        st.button(f"As in the evidence: {name}", key=f"back.{board.key(path)}", width="stretch", wrap=True,
                  on_click=_back, args=(board.place, at, path))  # fmt: skip


def _back(place: int, at: Path, path: Path) -> None:
    """Take back what the scenario says of an effect, and draw it no longer."""
    state.keep(PINNED, [one for one in state.kept(PINNED, []) if tuple(one) != path])
    state.change(without_input, place, at)
