"""Ask backwards: the smallest change that gets there, or the best mix for the same money."""

from __future__ import annotations

from sim.ui import choices, state
from sim.ui.answers.views import asked
from sim.ui.studies import frontier as mixing
from sim.ui.studies import solve as solving

ONE, MIX = "one", "mix"
WAYS = {ONE: "How far must one thing change?", MIX: "Which mix is best for the same money?"}


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
        mixing.draw(*found)
    state.write(state.SOLVE)
    state.write(state.MIX)


def _which() -> str:
    """Ask which of the two is wanted; a link that asks one of them has said it."""
    first = MIX if state.subject(state.MIX) and not state.subject(state.SOLVE) else ONE
    way = str(state.kept("backwards.way", first))
    choices.radio(
        "Which question", list(WAYS), format_func=lambda one: WAYS[one], horizontal=True,
        key=state.showing("backwards.which", way), on_change=state.keep_entered,
        args=("backwards.way", "backwards.which"), label_visibility="collapsed",
    )  # fmt: skip
    return way


if __name__ == "__main__":
    page()
