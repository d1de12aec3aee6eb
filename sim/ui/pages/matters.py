"""What matters most: random variation or assumptions, and which inputs move a result."""

from __future__ import annotations

from sim.ui import state
from sim.ui.answers.views import asked
from sim.ui.studies import uncertainty as mattering


def page() -> None:
    """Draw the page."""
    found = asked("What matters most?")
    if found is None:
        return
    for subject in (state.DOUBT, state.MOVES):
        state.arrive_at(subject)
    mattering.doubt(*found)
    mattering.moves(*found)
    for subject in (state.DOUBT, state.MOVES):
        state.write(subject)


if __name__ == "__main__":
    page()
