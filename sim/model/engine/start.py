"""Begin a projection: the opening's people and unpaid claims, under a scenario's own terms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.model.engine.block import Block, World, hold_bonuses
from sim.model.engine.careers import write
from sim.model.engine.causes import weigh_traits_again
from sim.model.engine.funding.books import open_books
from sim.model.engine.holders import wages
from sim.model.engine.market.course import begun
from sim.model.engine.opening import Opening
from sim.model.engine.scale import NO_SCALE
from sim.model.engine.vacancies import settle_vacancies
from sim.model.world import log
from sim.model.world.log import Log
from sim.model.world.rows import each
from sim.model.world.terms import Terms, compiled
from sim.scenario.timeline import EmployerPlan
from sim.units import cents_of

Floats = NDArray[np.float64]


def begin(env: simpy.Environment, world: World, opening: Opening, plan: EmployerPlan) -> Block:
    """Return a block at time 0, under the plan's terms but with the opening's past."""
    epochs = compiled(plan)
    posts = max(opening.roster.posts, *(organization.posts.number for _, organization in plan.epochs))
    block = Block(
        env=env,
        world=world,
        epochs=epochs,
        luck=opening.luck.widened(posts),
        roster=opening.roster.copy() if posts == opening.roster.posts else opening.roster.widened(posts),
        employers=opening.employers.copy(),
        log=Log(),
        scale=NO_SCALE,
        rules_on=epochs[0].given.rules.enforce,
        projecting=True,
        terms=epochs[0],
        course=begun(opening.terms, epochs[0]),
        own_terms=opening.roster.has_own_terms,
    )
    hold_bonuses(block, opening.terms.given.pay, epochs[0].given.pay, 0)
    block.set_wages()
    _take_over(block, opening)
    _open_books(block, opening)
    settle_vacancies(block)
    _write_opening(block)
    return block


def _take_over(block: Block, opening: Opening) -> None:
    """Fit the opening's peers to the plan's ladder and effects."""
    roster, terms = block.roster, block.terms
    if terms.rung_names != opening.terms.rung_names:
        new = np.array([_rung_now(terms, opening.terms, number) for number in range(len(opening.terms.rung_names))])
        roster.rung = new[roster.rung].astype(np.int8)
        block.employers.queue = _queue_now(block, opening.terms)
    if not terms.effects.same_as(opening.terms.effects):
        weigh_traits_again(block)
    if not block.world.feedback:
        block.employers.feel_nothing()


def _queue_now(block: Block, before: Terms) -> Floats:
    """Return the queues for the rungs that the base's ladder had too, by name of the rung above."""
    queue = np.zeros((len(block.terms.rung_names), block.employers.cash.size))
    for number, name in enumerate(block.terms.rung_names[1:]):
        if name in before.rung_names:
            queue[number] = block.employers.queue[before.rung_names.index(name) - 1]
    return queue


def _rung_now(terms: Terms, before: Terms, number: int) -> int:
    name = before.rung_names[number]
    if name in terms.rung_names:
        return terms.rung_names.index(name)
    return max(
        n for n, rung in enumerate((None, *terms.rungs)) if rung is None or rung.step <= before.rungs[number - 1].step
    )


def _open_books(block: Block, opening: Opening) -> None:
    """Set cash, reserve posts and funds at the start, and let unpaid claims fall due."""
    employers, given = block.employers, block.terms.given
    block.opening_cash = each(cents_of, given.rules.opening_cash_usd)
    employers.cash = np.full_like(employers.cash, block.opening_cash)
    employers.cash_at_start = employers.cash.copy()
    employers.receivable = np.zeros_like(employers.cash)
    employers.posts = given.posts.number
    employers.budgeted = np.full_like(employers.budgeted, given.posts.number)
    older = [receipt.source for receipt in opening.pending if receipt.source not in given.funding]
    block.sources = (*given.funding, *dict.fromkeys(older))
    open_books(block)
    for name, received in opening.received.items():
        if name in block.funds:
            block.funds[name].received = received.copy()
    for receipt in opening.pending:
        block.await_receipt(replace(receipt))
    for fund in block.funds.values():
        fund.begin_due(0.0)


def _write_opening(block: Block) -> None:
    rows = np.flatnonzero(block.roster.filled)
    wage = wages(block, rows, 0.0)
    write(block, log.OPENING, rows, block.roster.hired[rows], wage)
