"""Live a month and close it, in the fixed order of docs/model.md, section 3."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.engine import bonuses
from sim.model.engine.block import EVERYWHERE, Block
from sim.model.engine.careers import Careers, write
from sim.model.engine.causes import MonthStart, employer_push, weigh, weigh_traits_again
from sim.model.engine.costs import MonthCost, month_cost, pay_out, supervising_peers_fte, supervisors_fte
from sim.model.engine.decisions import decide
from sim.model.engine.holders import entry_wages
from sim.model.engine.panel import keep_panel
from sim.model.engine.tally import MonthOfWork, Tally
from sim.model.engine.vacancies import settle_vacancies
from sim.model.rules import ladder, services, wellbeing
from sim.model.world import log
from sim.model.world.causes import STATES
from sim.model.world.rows import per
from sim.model.world.seen import MonthSeen
from sim.model.world.terms import Terms
from sim.scenario.tables.ladder import ChanceOfPromotion, NumberOfSlots, OnePerPeers, OpenSlots, Rung, ShareOfPosts

NOBODY = -2

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def live(block: Block) -> tuple[MonthStart, Tally]:
    """Set the month's hazards and carry all careers to its end."""
    push = employer_push(block, block.terms)
    start = weigh(block, EVERYWHERE, block.of, float(block.month), push)
    start = replace(start, ordinal=np.where(block.roster.filled, block.roster.ordinal, NOBODY))
    tally = Tally(block.employers.cash.size)
    tally.broken += block.employers.broken
    careers = Careers(block, start, push, tally, block.of)
    careers.live()
    block.employers.broken = np.zeros_like(block.employers.broken)
    return replace(start, wage=careers.wage), tally


def close(block: Block, start: MonthStart, tally: Tally) -> None:
    """Close the month and enter the next."""
    work = _serve(block, tally)
    bonuses.fall_due(block, tally)
    cost = keep_accounts(block, work)
    block.employers.late_exits = np.zeros_like(block.employers.late_exits)
    keep = keep_panel(block, work, cost, start) if block.projecting else None
    month, terms, entry_wage = block.month, block.terms, entry_wages(block)
    block.enter(month + 1)
    if block.terms is not terms and not block.terms.effects.same_as(terms.effects):
        weigh_traits_again(block)
    settle_vacancies(block)
    for fund in block.funds.values():
        fund.begin_due(float(block.month))
    if block.rules_on:
        decide(block, cost, start.wage, entry_wage)
    _promote(block, start.wage)
    _note_conditions(block, terms, work)
    _move_states(block, terms, month, start)
    block.employers.cash_at_start = block.employers.cash.copy()
    if keep is not None:
        keep.finish(block)


# service, billing and cost --------------------------------------------------------------------------------------


def demand_of(block: Block) -> Any:
    """Return the client-hours wanted a month before anyone gives up care."""
    stated = block.terms.given.services.demand_client_hours_per_month
    return block.world.demand if stated is None else stated


def _serve(block: Block, tally: Tally) -> MonthOfWork:
    given, employers = block.terms.given, block.employers
    use, terms, demand = given.time_use, given.services, demand_of(block)
    now = np.maximum(0.0, demand - employers.lost_demand)
    per_hour = use.individual + use.group * use.group_size
    productive = tally.productive * block.terms.hours
    service = services.month_of_service(productive, per_hour, now, employers.backlog, terms.backlog_dropout_share)
    employers.backlog = service.backlog
    full_caseload = terms.caseload_per_peer * given.posts.fte
    hours = demand / (terms.caseload_per_peer * block.world.caseload_posts)
    employers.lost_demand = services.lost_demand(
        employers.lost_demand,
        tally.broken * full_caseload,
        hours,
        terms.leave_care_share,
        block.once(terms, lambda: services.still_lost(terms.months_to_regain_demand)),
    )
    return MonthOfWork(tally, service, tally.caseload * full_caseload)


def keep_accounts(block: Block, work: MonthOfWork) -> MonthCost:
    """Bill the month, find its cost, charge it to the sources and note what the employer sees of it.

    Before the start no cash is kept: cost is charged, receivables arise, and nothing is paid out, ended or audited.
    """
    rework = np.zeros_like(block.employers.cash)
    for fund in block.funds.values():
        fund.bill(work)
        rework = rework + fund.rework_cost
    cost = month_cost(block, work.tally, rework)
    if block.projecting:
        pay_out(block, cost)
    remaining = cost.by_kind.copy()
    for name in block.terms.braiding:
        if name in block.funds:  # the pilot of the turnover solution keeps no books
            block.funds[name].charge(remaining)
    for fund in block.funds.values():
        if block.projecting:
            fund.close()
        fund.end_month()
    block.employers.seen.note(month_seen(block, work, cost))
    return cost


def month_seen(block: Block, work: MonthOfWork, cost: MonthCost) -> MonthSeen:
    """Return what the close shows the employer of its output and posts; its decisions are still to come."""
    tally, hours = work.tally, block.terms.hours
    return MonthSeen(
        full_hours=hours * block.terms.working_share * tally.caseload,
        productive=hours * tally.productive,
        certified=hours * tally.productive_certified,
        used=hours * tally.productive * work.service.used_share,
        held=tally.in_post + tally.on_leave,
        funded=block.employers.funded.astype(np.float64),
        recruiting_usd=cost.of("recruiting") / 100.0,
        bonus_usd=cost.bonuses / 100.0,
    )


# what weighs on the peers ----------------------------------------------------------------------------------------


def _note_conditions(block: Block, terms: Terms, work: MonthOfWork) -> None:
    """Find what the close brings the peers, under the terms of the month that ends."""
    employers = block.employers
    employers.recent_exits = np.concatenate((employers.recent_exits[1:], work.tally.exits[None]))
    if not block.world.feedback:
        return
    given = terms.given
    peers = block.roster.count(block.roster.in_post).astype(np.float64)
    supervisors = supervisors_fte(block, terms) + supervising_peers_fte(block, terms)
    practices = given.practices
    span = practices.peers_per_supervisor_standard, practices.penalty_sd_per_doubling, practices.unsupervised_sd
    employers.supervision_penalty = wellbeing.supervision_penalty(peers, supervisors, *span)
    service = work.service
    employers.workload = wellbeing.workload(service.demand, service.capacity, given.services.standard_load)
    employers.funding_certainty = _funding_certainty(block, terms)


def _funding_certainty(block: Block, terms: Terms) -> Floats:
    total = np.zeros(block.employers.cash.size)
    for name, fund in block.funds.items():
        at_risk = fund.posts_at_risk(float(block.month), terms.given.funding[name])
        total = total + at_risk / terms.given.posts.number
    return wellbeing.funding_certainty(total)


def _move_states(block: Block, terms: Terms, month: int, start: MonthStart) -> None:
    roster = block.roster
    stayed = roster.filled & (roster.ordinal == start.ordinal)
    grid, push = roster.by_employer, employer_push(block, terms)
    targets = grid(start.peer_push[: len(STATES)]) + push[: len(STATES), :, None]
    shocks = block.luck.shocks(month)
    pace = block.once(terms.pace, lambda: [(per(one.kept, block.of), per(one.spread, block.of)) for one in terms.pace])
    moved = wellbeing.moved(roster.states, targets.reshape(len(STATES), -1), shocks, pace)
    roster.states = np.where(stayed, moved, roster.states)


# promotions ------------------------------------------------------------------------------------------------------


def slots_of(rung: Rung) -> tuple[str, Any]:
    """Return how a rung's slots are funded, as (kind, value)."""
    match rung.slots:
        case OpenSlots():
            return "open", 0.0
        case NumberOfSlots(number=number):
            return "number", float(number)
        case ShareOfPosts(share=share):
            return "share", share
        case OnePerPeers(peers=peers):
            return "per_peers", peers
        case ChanceOfPromotion(per_month=chance):
            return "chance", chance


def _promote(block: Block, wage: Floats) -> None:
    """Promote to every rung, from the top down."""
    roster, now = block.roster, float(block.month)
    for number in range(len(block.terms.rungs), 0, -1):
        rung = block.terms.rungs[number - 1]
        ready = roster.in_post & (roster.rung == number - 1)
        ready &= ladder.ready(now - roster.rung_since, per(rung.months_in_rung_below, block.of))
        if rung.certificate_required:
            ready &= roster.certified_at <= now
        rows = np.flatnonzero(_chosen(block, number, ready))
        roster.rung[rows], roster.rung_since[rows] = number, now
        write(block, log.PROMOTED, rows, now, wage[rows])


def _chosen(block: Block, number: int, ready: Flags) -> Flags:
    """Return who is promoted to a rung, by funded slots or by chance, and note how long the others wait."""
    roster, grid = block.roster, block.roster.by_employer
    kind, value = slots_of(block.terms.rungs[number - 1])
    if kind == "chance":
        block.employers.queue[number - 1] = ladder.queue_by_chance(value)
        return np.asarray(ready & (block.luck.promotions(block.month - 1) <= per(value, block.of)))
    filled = roster.count(roster.filled)
    held = roster.count(roster.filled & (roster.rung == number))
    free = np.maximum(0, ladder.slots(kind, value, block.employers.funded, filled) - held)
    block.employers.queue[number - 1] = ladder.queue(
        free, roster.count(ready), block.terms.given.prospects.no_slot_months
    )
    return ladder.promoted(grid(ready), grid(roster.rung_since), free).ravel()
