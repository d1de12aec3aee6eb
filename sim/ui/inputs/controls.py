"""Draw an input as a control: label, unit, range, number box and slider, evidence, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import streamlit as st

from sim.evidence.places import load_places
from sim.scenario.describe import NUMBERS, may_be_off
from sim.scenario.patch import nested
from sim.scenario.problems import Problem, dotted
from sim.scenario.shape import shape_at
from sim.ui import choices, state
from sim.ui.addresses import Path, inner
from sim.ui.inputs import evidence
from sim.ui.inputs.board import Board, elsewhere
from sim.ui.inputs.dated_rows import month_in_words, month_meant
from sim.ui.inputs.fields import Field, field_of
from sim.ui.inputs.through_time import through_time
from sim.ui.question import BASE, OFF, Question, with_input, without_input
from sim.ui.texts import plain, problem_in_words
from sim.units import whole_number
from sim.words.inputs import input_at, value_in_words
from sim.words.layout import counted

BOX, SLIDER, CARD = 5, 5, 2  # widths
LEVELS: Final = {-2.0: "much weaker", -1.0: "weaker", 0.0: "typical", 1.0: "stronger", 2.0: "much stronger"}
KIND: Final = "kind"
PLACE: Final = ("place", "state")
MOVED_FROM: Final = "moved from"  # the state that an organization had before
NEEDED: Final[Mapping[tuple[str, str], Mapping[str, Any]]] = {  # to begin with, where a kind has no default
    ("level", "hazards"): {"voluntary_per_year": 0.3},
    ("pay", "amount"): {"usd_per_hour": 26.0},
    ("slots", "number"): {"number": 1},
    ("slots", "share"): {"share": 0.15},
    ("slots", "per_peers"): {"peers": 8.0},
    ("slots", "chance"): {"per_month": 0.02},
}
PRACTICES: Final = "practices.level"
LIVING_WAGE: Final = "living_wage_usd_per_hour"


def draw(board: Board, path: Path, kind: str = "") -> None:
    """Draw the control of one input."""
    given = input_at(path, kind)
    if given is None:
        return
    one = field_of(board.at(path), given)
    board.shown.add(dotted(one.path))
    key = board.key(path)
    value = board.value(path)
    if board.narrow:
        box = st.container()
        slider, card = st.columns([SLIDER, 2 * CARD], vertical_alignment="bottom", gap="small")
    else:
        box, slider, card = st.columns([BOX, SLIDER, CARD], vertical_alignment="bottom", gap="small")
    with box:
        drawn = _widget(board, one, key, None if value == OFF and given.type in NUMBERS else value)
    with slider:
        if drawn == "number":
            _slider(board, one, key, value)
    with card:
        evidence.popover(given.evidence, one.name, key)
    _switch(board, path, one, value)
    _under(board, path)
    if drawn == "number":
        through_time(board, one, path)


def _widget(board: Board, one: Field, key: str, value: Any) -> str:
    """Draw the widget that fits the input, and return which."""
    kind = one.given.type
    given = (board.place, one, key)
    if kind in NUMBERS and one.given.evidence == PRACTICES and not board.expert:
        return _level(one, key, value, given)
    if kind in NUMBERS and _is_number_or_left_out(value):
        return _number(one, key, value, given)
    return _no_number(one, key, value, given)


def _no_number(one: Field, key: str, value: Any, given: tuple[Any, ...]) -> str:
    """Draw the widget of an input that is a yes or no, one of several words, or text; and return which."""
    kind, about = one.given.type, one.about or None
    if kind == "yes/no" and isinstance(value, bool):
        st.checkbox(one.label, key=state.showing(key, value), on_change=_take, args=given, help=about)
        return kind
    if one.path[-2:] == ("place", "state"):
        return _state(key, value, given)
    if kind == "choice" or (kind == "list" and one.given.choices):
        return _choice(one, key, value, given)
    st.text_input(one.label, key=state.showing(key, _text(value)), on_change=_take, args=given, help=about)
    return "text"


def _is_number_or_left_out(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _number(one: Field, key: str, value: Any, given: tuple[Any, ...]) -> str:
    shown = one.shown(value)
    whole = one.whole and not isinstance(shown, float)  # what is no whole number is shown as it is, to be mended
    st.number_input(
        one.label,
        value=None,
        step=int(one.step) if whole else float(one.step),
        format=one.format if whole or not one.whole else None,
        key=state.showing(key, shown if whole or shown is None else float(shown)),
        on_change=_take,
        args=given,
        help=one.about or None,
        placeholder="left out",
    )
    return "number"


def _slider(board: Board, one: Field, key: str, value: Any) -> None:
    """Draw a slider beside the number box, where the evidence gives a range."""
    span = one.span(value, board.value(inner(one.path), BASE))
    if span is None or not isinstance(value, int | float):
        return
    name, whole = f"{key}.slider", one.whole
    low, high = (int(end) if whole else float(end) for end in span)
    st.slider(
        f"{one.label}, slider",
        min_value=low,
        max_value=high,
        step=int(one.step) if whole else one.step,
        format=one.format,
        key=state.showing(name, one.shown(value)),
        on_change=_take,
        args=(board.place, one, name),
        label_visibility="collapsed",
    )


def _switch(board: Board, path: Path, one: Field, value: Any) -> None:
    """Draw what switches a rule off, or leaves out here what holds elsewhere; an emptied box could not say so."""
    shape = shape_at(path, nested(path[:-1], board.value(path[:-1])))
    if shape is None or one.given.type not in NUMBERS or not may_be_off(shape):
        return
    beneath = without_input(board.question, board.place, one.path).holds(board.place, one.path)
    if shape.optional and not beneath[1]:
        return  # left out by emptying the box
    key, words = f"{board.key(path)}.off", "left out" if shape.optional else "never"
    st.checkbox(f"{one.name}: {words}", key=state.showing(key, value == OFF), on_change=_take_off,
                args=(board.place, one, key))  # fmt: skip


def _take_off(place: int, one: Field, key: str) -> None:
    if state.entered(key):
        state.change(with_input, place, one.path, OFF)
    else:
        state.change(without_input, place, one.path)


def _level(one: Field, key: str, value: Any, given: tuple[Any, ...]) -> str:
    levels = dict(LEVELS) if value in LEVELS else {**LEVELS, float(value or 0.0): f"own value {value:g}"}
    choices.selectbox(
        one.name, sorted(levels), format_func=lambda level: levels[level], key=state.showing(key, float(value or 0.0)),
        on_change=_take, args=given, help="Against the typical employer.",
    )  # fmt: skip
    return "level"


def _state(key: str, value: Any, given: tuple[Any, ...]) -> str:
    names = {code: place.name for code, place in load_places().items()}
    codes = list(names) if value in names else [str(value), *names]
    choices.selectbox(
        "State", codes, format_func=lambda code: f"{names.get(code, 'unknown')} ({code})",
        key=state.showing(key, str(value)), on_change=_take, args=given,
    )  # fmt: skip
    return "choice"


def _choice(one: Field, key: str, value: Any, given: tuple[Any, ...]) -> str:
    def words(choice: str) -> str:
        return choice.replace("_", " ")

    if one.given.type == "list":
        chosen = [str(item) for item in value or ()]
        offered = [*one.given.choices, *(item for item in chosen if item not in one.given.choices)]
        choices.multiselect(
            one.label, offered, format_func=words, key=state.showing(key, chosen), on_change=_take, args=given
        )
        return "list"
    offered = list(one.given.choices) if value in one.given.choices else [str(value), *one.given.choices]
    choices.selectbox(
        one.label, offered, format_func=words, key=state.showing(key, str(value)), on_change=_take, args=given
    )
    return "choice"


def _under(board: Board, path: Path) -> None:
    """Write beneath a control its value in other scenarios, why it has no effect, and what is wrong with it."""
    notes = [*_dated(board, path), *_counted_slots(board, path), *elsewhere(board, path)]
    reason = board.idle(path)
    if reason:
        notes.append(f"Has no effect now: {plain(reason)}")
    if notes:
        st.caption(". ".join(notes))
    for problem in board.problems(path):
        if problem.severity == "error":
            st.error(problem_told(board.question, board.place, problem))
        elif not reason:
            st.warning(problem_in_words(problem))


def _dated(board: Board, path: Path) -> list[str]:
    """Return of when the dollars of a living wage are: it grows from the start on, and rents are of another year."""
    start = board.value(("horizon", "start"), BASE)
    return (
        [f"In dollars of {plain(month_in_words(str(start)))}, the start"] if path[-1] == LIVING_WAGE and start else []
    )


def _counted_slots(board: Board, path: Path) -> list[str]:
    """Return how many of the funded posts a rung's slots are, where they are a share of them."""
    share, posts = board.value(path), board.value(("posts", "number"))
    if path[-2:] != ("slots", "share") or not isinstance(share, int | float) or not isinstance(posts, int):
        return []
    told = counted(whole_number(share * posts), "slot")
    return [plain(f"{value_in_words(share, 'share')} of {posts:,} funded posts: {told}")]


def problem_told(question: Question, place: int, problem: Problem) -> str:
    """Return what is wrong with an input as Markdown; with a number out of its range, as the visitor sees numbers."""
    path = tuple(problem.path.split("."))
    one, value = _number_at(question, place, path), question.holds(place, path)[0] if path[1:] else None
    rule = "" if one is None else one.out_of_range(value)
    if one is None or not rule:
        return problem_in_words(problem)
    typed = f"{one.shown(value):,.12g}{' %' * rule.endswith('%')}"
    return f"**{plain(one.name)}** = {plain(typed)}: it must be {plain(rule)}."


def _number_at(question: Question, place: int, path: Path) -> Field | None:
    """Return how a number is shown; None where there is none at the address."""
    if not inner(path)[1:]:
        return None
    around = question.holds(place, path[:-1])[0]
    given = input_at(inner(path), str(around.get(KIND, "")) if isinstance(around, Mapping) else "")
    return None if given is None or given.type not in NUMBERS else field_of(path, given)


def drawn_elsewhere(board: Board, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stand at no control drawn so far."""
    return [one for one in problems if one.path not in board.shown]


# what a control changes ------------------------------------------------------------------------------------------


def _take(place: int, one: Field, key: str) -> None:
    """Take over what the visitor entered; an emptied box leaves the input out."""
    if state.outdated(key):
        return
    entered = state.entered(key)
    if entered is None or entered == "":
        if _may_be_left_out(one):
            state.change(without_input, place, one.path)
        return
    asked = state.question()
    if place == BASE and one.path == PLACE and asked is not None:
        state.keep(MOVED_FROM, asked.said(BASE, PLACE)[0])
    if one.path[-1] == KIND:
        state.change(with_input, place, one.path[:-1], {KIND: entered, **needed_of(one.path[:-1], entered)})
    else:
        state.change(with_input, place, one.path, _meant(one, entered))


def needed_of(table: Path, kind: str) -> dict[str, Any]:
    """Return what a table of a kind must say, to begin with."""
    return dict(NEEDED.get((table[-1], kind), {}))


def _meant(one: Field, entered: Any) -> Any:
    """Return what was entered as the scenario has it; text where a number is expected is read as one if it can be."""
    if one.given.type == "month":
        return month_meant(str(entered))
    if one.given.type not in NUMBERS:
        return entered
    if not isinstance(entered, str):
        return one.meant(entered)
    try:
        return one.meant(int(entered) if one.whole else float(entered))
    except ValueError:
        return entered


def _may_be_left_out(one: Field) -> bool:
    path = inner(one.path)
    shape = shape_at(path, {})
    return not one.given.needed or path != one.path or (shape is not None and may_be_off(shape))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
