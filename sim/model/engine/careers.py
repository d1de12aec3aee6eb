"""Live one month of careers: exits, leaves, returns, certificates and hires at their exact times.

Nothing inside a month couples one post with another: hazards hold for the month, and what colleagues, money and
clients do is settled at its close. So a month is lived in waves instead of one event after another: all spells at
work or on leave that begin are carried to their end together, those who follow form the next wave, until no spell
begins before the month ends. Times, causes and order within a post are those of the one-by-one way, which
tests/reference follows (docs/decisions/0002).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import Block
from sim.model.engine.causes import MonthStart, normals_of, settle_in, weigh
from sim.model.engine.holders import caseloads, held_back, reference_shares, sizes
from sim.model.engine.tally import Adding, Tally, all_at_once, one_by_one
from sim.model.engine.vacancies import admitted, may_be_filled, room_of, time_to_fill
from sim.model.rules import recruitment, services, turnover
from sim.model.world import log
from sim.model.world.roster import NEVER
from sim.model.world.rows import per, table_of
from sim.streams import UNIFORMS
from sim.units import EndlessMonthError

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_WAVES = 100  # spells in a post within a month, one after another; what is more fills memory and has no meaning
NO_REASON = (log.NO_DETAIL, log.NO_DETAIL)
_PLACE = {name: place for place, name in enumerate(UNIFORMS)}


@dataclass
class Careers:
    """Carry the careers of a block through one month."""

    block: Block
    start: MonthStart
    employer_push: Floats
    tally: Tally
    of: Rows

    def __post_init__(self) -> None:
        """Note which posts may be filled again within the month."""
        block = self.block
        self.begin, self.end = float(block.month), float(block.month + 1)
        self.total = self.start.total.copy()
        self.wage = self.start.wage.copy()
        self.room = room_of(block)
        self.hazards = self.start.hazards
        self.voluntary = self.hazards.voluntary.copy()
        self.to_use = self.hazards.return_to_use.copy()

    def live(self) -> None:
        """Carry every spell to the month's end; where people follow one another without end, an EndlessMonthError."""
        roster = self.block.roster
        exchange = self.block.exchange
        hired = admitted(self.block, self.room) if exchange is None else exchange.hiring
        at_work = np.flatnonzero(roster.in_post)
        on_leave = np.flatnonzero(roster.filled & roster.on_leave)
        work_from, leave_from = np.full(at_work.size, self.begin), np.full(on_leave.size, self.begin)
        for wave in range(MOST_WAVES):
            if not (hired.size or at_work.size or on_leave.size):
                return
            self._hire(hired)
            at_work = np.concatenate((at_work, hired))
            work_from = np.concatenate((work_from, roster.hired[hired]))
            (leaving, left_at), exits = self._work(at_work, work_from, all_at_once if wave == 0 else one_by_one)
            returning, late_exits = self._leave(on_leave, leave_from)
            gone = np.concatenate((exits, late_exits))
            hired = gone[roster.hire_at[gone] < self.end]
            at_work, work_from = returning, roster.leave_end[returning]
            roster.leave_end[returning] = NEVER
            on_leave, leave_from = leaving, left_at
        raise EndlessMonthError(MOST_WAVES)

    # spells at work ------------------------------------------------------------------------------------------

    def _work(
        self, rows: Rows, since: Floats, adding_up: Callable[[Rows, int], Adding]
    ) -> tuple[tuple[Rows, Floats], Rows]:
        """Carry spells at work to their end; return who begins a leave and when, and who leaves for good."""
        roster = self.block.roster
        rate, budget = self.total[rows], roster.budget[rows]
        used = rate * (self.end - since)
        ending = np.flatnonzero(budget < used)
        gone, when = rows[ending], since[ending] + budget[ending] / rate[ending]
        until = np.full(rows.size, self.end)
        until[ending] = when
        left = budget - used
        left[ending] = budget[ending]
        roster.budget[rows] = left
        self._account(rows, since, until, adding_up(self.of[rows], self.tally.size))
        if not gone.size:
            return (gone, when), gone
        cause = turnover.cause_of(roster.cause_uniform[gone], self._hazards_of(gone))
        leaves = self._offered_leave(gone, cause)
        self._begin_leave(gone[leaves], when[leaves])
        self._depart(gone[~leaves], when[~leaves], cause[~leaves])
        return (gone[leaves], when[leaves]), gone[~leaves]

    def _hazards_of(self, rows: Rows) -> turnover.Hazards:
        base = self.hazards
        others = per(base.dismissal, rows), per(base.other, rows)
        return turnover.Hazards(self.voluntary[rows], self.to_use[rows], *others)

    def _account_leave(self, rows: Rows, since: Floats, until: Floats) -> None:
        """Add spells on leave to the month's sums and write certificates down."""
        of, time, size = self.of[rows], until - since, sizes(self.block, rows, self.block.terms)
        self._write_certificates(rows, since, until)
        adding, paid = one_by_one(of, self.tally.size), self.block.terms.given.practices.leave_paid_share
        self.tally.add_held(adding, time, size, reference_shares(self.block, rows), at_work=False)
        self.tally.add("wage_time", adding, per(paid, of) * self.wage[rows] * time * size)

    def _account(self, rows: Rows, since: Floats, until: Floats, adding: Adding) -> None:
        """Add spells at work to the month's sums and write certificates down."""
        roster, given, tally = self.block.roster, self.block.terms.given, self.tally
        of, time, size = self.of[rows], until - since, sizes(self.block, rows, self.block.terms)
        self._write_certificates(rows, since, until)
        burnout = roster.states[0, rows] if self.block.world.feedback else np.zeros(rows.size)
        use = given.time_use
        off = use.leave_share, use.absence_share, given.effects.absence_log_per_sd
        worked = size * (time * services.working_share(burnout, *(per(one, of) for one in off)))
        after = np.maximum(0.0, until - np.maximum(since, roster.certified_at[rows]))
        certified = after / np.where(time > 0, time, 1.0)
        middle = (since + until) / 2.0 - roster.hired[rows]
        with_clients = 1.0 - self.block.terms.supervising_of(roster.rung[rows], of)
        ramp = services.ramp(middle, per(given.recruitment.ramp_up_months, of))
        productive = worked * ramp * with_clients
        tally.add_held(adding, time, size, reference_shares(self.block, rows), at_work=True)
        tally.add("wage_time", adding, self.wage[rows] * time * size)
        tally.add("worked", adding, worked)
        tally.add("worked_certified", adding, worked * certified)
        tally.add("productive", adding, productive)
        tally.add("productive_certified", adding, productive * certified)
        tally.add("ramp_up", adding, worked * (1.0 - ramp))
        tally.add("ramp_up_wages", adding, self.wage[rows] * worked * (1.0 - ramp))
        tally.add("caseload", adding, time * with_clients * size)
        tally.add("voluntary", adding, time * self.voluntary[rows])
        stay_away = 1.0 - per(given.practices.supported_leave_share, of) * ~roster.had_leave[rows]
        tally.add("to_use", adding, time * self.to_use[rows] * stay_away)

    def _write_certificates(self, rows: Rows, since: Floats, until: Floats) -> None:
        roster = self.block.roster
        at = roster.certified_at[rows]
        new = rows[(at >= since) & (at < until) & (at > roster.hired[rows])]
        self._write(log.CERTIFIED, new, roster.certified_at[new])

    # exits and leaves ----------------------------------------------------------------------------------------

    def _offered_leave(self, rows: Rows, cause: NDArray[np.int8]) -> Flags:
        roster = self.block.roster
        share = per(self.block.terms.given.practices.supported_leave_share, self.of[rows])
        offered = self._luck(rows, "leave_offered") <= share
        return np.asarray((cause == turnover.RETURN_TO_USE) & ~roster.had_leave[rows] & offered)

    def _begin_leave(self, rows: Rows, when: Floats) -> None:
        if not rows.size:
            return
        roster, practices = self.block.roster, self.block.terms.given.practices
        roster.on_leave[rows], roster.had_leave[rows] = True, True
        mean = per(practices.leave_months, self.of[rows])
        roster.leave_end[rows] = when - np.log(self._luck(rows, "leave_length")) * mean
        self._break_relationships(rows, when)
        self._write(log.LEAVE, rows, when)

    def _leave(self, rows: Rows, since: Floats) -> tuple[Rows, Rows]:
        """Carry leaves to their end; return who comes back and who does not."""
        if not rows.size:
            return rows, rows
        roster = self.block.roster
        ends = roster.leave_end[rows] < self.end
        self._account_leave(rows, since, np.minimum(roster.leave_end[rows], self.end))
        over = rows[ends]
        return_share = per(self.block.terms.given.practices.return_share, self.of[over])
        self.tally.add("to_use", one_by_one(self.of[over], self.tally.size), np.full(over.size, 1.0 - return_share))
        back = self._luck(over, "returns") <= return_share
        returning, gone = over[back], over[~back]
        roster.on_leave[returning] = False
        roster.budget[returning] = -np.log(self._luck(returning, "second_budget"))
        roster.cause_uniform[returning] = self._luck(returning, "second_cause")
        self._write(log.RETURNED, returning, roster.leave_end[returning])
        causes = np.full(gone.size, turnover.RETURN_TO_USE, dtype=np.int8)
        self._depart(gone, roster.leave_end[gone], causes)
        return returning, gone

    def _depart(self, rows: Rows, when: Floats, cause: NDArray[np.int8]) -> None:
        """Empty posts and open the vacancies."""
        if not rows.size:
            return
        roster, block, of = self.block.roster, self.block, self.of[rows]
        self._break_relationships(rows[~roster.on_leave[rows]], when[~roster.on_leave[rows]])
        self.tally.count("exits", of)
        depart(block, rows, when, cause, self.wage[rows])
        wait = time_to_fill(block, rows)
        opened = np.where(block.employers.frozen[of], self.end, when)
        ready = opened + wait
        blocked = ((self.room[of] < 0) | held_back(block, rows) | (block.exchange is not None)) & (ready < self.end)
        roster.hire_at[rows] = np.where(may_be_filled(block, rows), np.where(blocked, self.end, ready), NEVER)

    def _break_relationships(self, rows: Rows, when: Floats) -> None:
        self.tally.add("broken", one_by_one(self.of[rows], self.tally.size), caseloads(self.block, rows, when))

    # hires ---------------------------------------------------------------------------------------------------

    def _hire(self, rows: Rows) -> None:
        """Put newcomers in their posts."""
        if not rows.size:
            return
        roster, of = self.block.roster, self.of[rows]
        when = roster.hire_at[rows]
        exchange = self.block.exchange
        begin_employment(self.block, rows, when, None if exchange is None else exchange.groups(rows))
        if exchange is not None:
            exchange.settle(roster, rows)
        self.tally.count("hires", of)
        newcomers = weigh(self.block, rows, of, when, self.employer_push)
        self.total[rows], self.wage[rows] = newcomers.total, newcomers.wage
        self.voluntary[rows], self.to_use[rows] = newcomers.hazards.voluntary, newcomers.hazards.return_to_use
        self._write(log.HIRED, rows, when)

    def _luck(self, rows: Rows, name: str) -> Floats:
        return self.block.luck.decisions(rows, self.block.roster.ordinal[rows])[:, _PLACE[name]]

    def _write(self, kind: int, rows: Rows, when: Floats) -> None:
        write(self.block, kind, rows, when, self.wage[rows])


def begin_employment(block: Block, rows: Rows, when: Floats, groups: NDArray[np.int8] | None = None) -> None:
    """Make the next occupants of posts the present ones; `groups` are those stated of them, below 0 for none."""
    roster, terms = block.roster, block.terms.given.recruitment
    roster.ordinal[rows] += 1
    ordinals = roster.ordinal[rows]
    uniforms = block.luck.decisions(rows, ordinals)
    settle_in(block, rows, normals_of(block, rows), uniforms[:, _PLACE["group"]], groups)
    first, second = uniforms[:, _PLACE["certification_1"]], uniforms[:, _PLACE["certification_2"]]
    of = block.of[rows]
    later = when + recruitment.two_step_wait(first, second, per(terms.months_to_certify, of))
    certified = uniforms[:, _PLACE["certified_at_hire"]] <= per(terms.certified_share, of)
    roster.certified_at[rows] = np.where(certified, when, later)
    roster.budget[rows] = -np.log(uniforms[:, _PLACE["exit_budget"]])
    roster.cause_uniform[rows] = uniforms[:, _PLACE["exit_cause"]]
    roster.own_fte[rows], roster.own_pay[rows] = np.nan, np.nan
    roster.household[rows] = _household(block, of, uniforms[:, _PLACE["household"]])
    roster.filled[rows], roster.on_leave[rows], roster.had_leave[rows] = True, False, False
    roster.rung[rows] = 0
    roster.hired[rows], roster.rung_since[rows] = when, when
    roster.hire_at[rows], roster.leave_end[rows] = NEVER, NEVER


def _household(block: Block, of: Rows, uniform: Floats) -> Rows:
    """Return the household that each newcomer lives in."""
    edges = table_of([share for share, _ in block.terms.households])
    found = np.searchsorted(edges, uniform) if edges.ndim == 1 else np.sum(edges[:, of] < uniform, axis=0)
    return np.minimum(found, len(edges) - 1)


def depart(block: Block, rows: Rows, when: Floats, cause: NDArray[np.int8], wage: Floats) -> None:
    """Write exits down and empty the posts."""
    roster, settings = block.roster, block.terms.given.turnover
    uniform = block.luck.decisions(rows, roster.ordinal[rows])[:, _PLACE["destination"]]
    shares = [per(share, block.of[rows]) for share in (settings.other_field_share, settings.out_of_work_share)]
    going = turnover.destination_of(uniform, *shares)
    destination = np.where(cause == turnover.VOLUNTARY, going, log.NO_DETAIL)
    write(block, log.LEFT, rows, when, wage, (cause, destination))
    if block.exchange is not None:
        reach = per(block.terms.given.market.reach_share, block.of[rows])
        looks = turnover.looks_everywhere(uniform, shares[0] + shares[1], reach)
        moving = destination == turnover.OTHER_PEER_JOB
        block.exchange.note(roster, rows, when, moving, looks, normals_of(block, rows[moving]))
    roster.filled[rows], roster.on_leave[rows] = False, False
    roster.leave_end[rows], roster.budget[rows] = NEVER, NEVER


def write(
    block: Block, kind: int, rows: Rows, when: Floats | float, wage: Floats, why: tuple[Any, Any] = NO_REASON
) -> None:
    """Write facts about peers down; `why` is an exit's (cause, destination)."""
    if rows.size:
        roster = block.roster
        person = roster.ordinal[rows], *why, roster.rung[rows], wage, roster.hired[rows], roster.group[rows]
        block.log.facts.add(rows.size, when, kind, rows, *person)
