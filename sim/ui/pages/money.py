"""Money: cash through time, who pays, when awards end, and where each dollar goes."""

from __future__ import annotations

from sim.ui.answers.views import drawn, money, of_run
from sim.ui.reading import Read
from sim.ui.server.results import Result


def page() -> None:
    """Draw the page."""
    of_run("Can the money carry it?", _shown)


def _shown(found: Read, result: Result) -> None:
    drawn(money(found, result))


if __name__ == "__main__":
    page()
