"""Say when vacancies are filled, and which of them in a month (docs/model.md, section 7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import EVERYWHERE, Block, Posts
from sim.model.engine.holders import held_back, position_of
from sim.model.rules import recruitment
from sim.model.world.roster import NEVER
from sim.model.world.rows import looked_up
from sim.streams import UNIFORMS

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

FILL: tuple[int, int] = (UNIFORMS.index("fill_1"), UNIFORMS.index("fill_2"))


def admitted(block: Block, room: Rows) -> Rows:
    """Return the vacancies of the month's start that will be filled in the month, as far as there is room."""
    roster, employers, end = block.roster, block.employers, float(block.month + 1)
    vacant = np.flatnonzero(~roster.filled & (roster.hire_at < NEVER))
    frozen = vacant[employers.frozen[block.of[vacant]]]
    roster.hire_at[frozen] += 1.0
    due = vacant[roster.hire_at[vacant] < end]
    back = held_back(block, due)
    roster.hire_at[due[back]] = end
    due = due[~back]
    served = recruitment.served_in_turn(block.of[due], roster.hire_at[due], np.maximum(room, 0))
    roster.hire_at[due[~served]] = end
    return due[served]


def room_of(block: Block) -> Rows:
    """Return how many funded posts each employer has left to fill; below 0 where more are filled than funded."""
    return np.asarray(block.employers.funded - block.roster.count(block.roster.filled), dtype=np.int64)


def time_to_fill(block: Block, rows: Rows) -> Floats:
    """Return the months until the next occupants of posts are hired."""
    mean = looked_up(block.scale.months_to_fill, position_of(block, rows), block.of[rows])
    if block.exchange is not None:
        mean = mean * block.exchange.slower[block.of[rows]]
    uniforms = block.luck.decisions(rows, block.roster.ordinal[rows] + 1)
    return recruitment.two_step_wait(uniforms[:, FILL[0]], uniforms[:, FILL[1]], mean)


def settle_vacancies(block: Block) -> None:
    """Open the vacancies of newly budgeted posts, and close those beyond the budgeted number."""
    roster, vacant = block.roster, ~block.roster.filled
    open_ = may_be_filled(block, EVERYWHERE)
    roster.hire_at[vacant & ~open_] = NEVER
    rows = np.flatnonzero(vacant & open_ & np.isinf(roster.hire_at))
    if rows.size:
        roster.hire_at[rows] = float(block.month) + time_to_fill(block, rows)


def may_be_filled(block: Block, rows: Posts) -> Flags:
    """Return which posts are among the number budgeted by an employer that is open."""
    budgeted = block.number[rows] < block.terms.given.posts.number
    return np.asarray(budgeted & ~block.employers.closed[block.of[rows]])
