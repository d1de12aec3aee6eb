"""Months on paper: the time before a short warm-up or a roster, with the workforce as it is seated.

Nobody comes or goes and nobody's state moves; the months are worked, billed and charged, so that receivables and what
the employer saw of its own output are there at the start (docs/model.md, section 3).
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

import numpy as np
import simpy

from sim.model.engine.block import Block
from sim.model.engine.holders import reference_shares, sizes, wages
from sim.model.engine.months import demand_of, keep_accounts
from sim.model.engine.tally import MonthOfWork, Tally, all_at_once
from sim.model.rules import services
from sim.model.world.rows import per

MONTHS_BEFORE: Final = 48  # that every projection looks back on, lived or on paper


def live_on_paper(block: Block, seated: int) -> Generator[simpy.Event, None, None]:
    """Carry a block from its month to the one in which its workforce was seated."""
    work = _month_of_work(block, float(seated))
    while block.month < seated:
        yield block.env.timeout(block.month + 1 - block.env.now)
        keep_accounts(block, work)
        block.month += 1
    block.set_wages()


def _month_of_work(block: Block, seated: float) -> MonthOfWork:
    """Return a month of everybody at work, experienced, with the wage and certificate of the time of seating."""
    given, roster = block.terms.given, block.roster
    tally, rows = Tally(block.employers.cash.size), np.flatnonzero(roster.in_post)
    of, time = block.of[rows], np.ones(rows.size)
    adding = all_at_once(of, tally.size)
    burnout = roster.states[0, rows] if block.world.feedback else np.zeros(rows.size)
    use = given.time_use
    off = use.leave_share, use.absence_share, given.effects.absence_log_per_sd
    worked = services.working_share(burnout, *(per(one, of) for one in off))
    with_clients = 1.0 - block.terms.supervising_of(roster.rung[rows], of)
    certified = roster.certified_at[rows] <= seated
    size = sizes(block, rows, block.terms)
    tally.add_held(adding, time, size, reference_shares(block, rows), at_work=True)
    worked = worked * size
    tally.add("wage_time", adding, wages(block, rows, seated) * size)
    tally.add("worked", adding, worked)
    tally.add("worked_certified", adding, worked * certified)
    tally.add("productive", adding, worked * with_clients)
    tally.add("productive_certified", adding, worked * with_clients * certified)
    tally.add("caseload", adding, time * with_clients * size)
    per_hour = given.time_use.individual + given.time_use.group * given.time_use.group_size
    wanted = np.full(tally.size, demand_of(block))
    productive = tally.productive * block.terms.hours
    service = services.month_of_service(productive, per_hour, wanted, np.zeros(tally.size), 0.0)
    clients = tally.caseload * given.services.caseload_per_peer * given.posts.fte
    return MonthOfWork(tally, service, clients)
