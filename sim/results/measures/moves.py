"""Define the measures of people who move between the employers of a portfolio."""

from __future__ import annotations

from functools import partial
from typing import Final

from sim.results.measures.formulas import per_year
from sim.results.measures.measure import total

_total = partial(total, family="people")

LOST: Final = _total(
    "lost_to_others_per_year",
    "Lost to other employers",
    "people a year",
    "neither",
    per_year("moved_out"),
    "People who leave for another peer job and find it with another employer of the portfolio; only where people "
    "move (market.people_move).",
)

NET_MOVES: Final = _total(
    "net_from_others_per_year",
    "Won from other employers, less lost to them",
    "people a year",
    "neither",
    per_year("moved_in", minus="moved_out"),
    "People hired from other employers of the portfolio, less people lost to them; only where people move "
    "(market.people_move). Of all employers together it is 0.",
)

MOVES: Final = (LOST, NET_MOVES)
