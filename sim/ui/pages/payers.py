"""What payers ask: the rate that a wage needs, a fiscal note, and what must be avoided for money to come back."""

from __future__ import annotations

from sim.ui.answers.views import asked
from sim.ui.studies import payers


def page() -> None:
    """Draw the page."""
    found = asked("What would the payers pay?")
    if found is None:
        return
    payers.rate(*found)
    payers.note(*found)
    payers.worth(*found)


if __name__ == "__main__":
    page()
