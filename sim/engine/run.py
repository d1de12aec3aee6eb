"""Run scenarios: a replication is a pure function of (scenario, seed, replication number).

What a month does, in order (docs/model.md, section 3):

 1. hazards from everyone's state, wage and tenure          `causes.weigh`
 2. exits, leaves, certificates, hires at exact times        `careers.Careers.live`
 3. service against demand, billing                          `months._serve`, `funds.Fund.bill`
 4. payroll and other cost                                   `costs.month_cost`
 5. each source takes over the cost it may pay               `funds.Fund.charge`
 6. receipts due; award years and awards end                 `funds.Fund.close`, `block.Block.expect`
 7. workload, supervision, funding certainty are noted       `months._note_conditions`
 8. burnout, satisfaction, clarity, recovery move            `months._move_states`
 9. dated changes of the next month take effect              `block.Block.enter`
10. employers decide                                         `decisions.decide`
11. promotions                                               `months._promote`

SimPy's clock carries the months, award notices and early ends, and every payment at its exact time.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.engine import months
from sim.engine.awards import AwardFund
from sim.engine.block import NO_SCALE, Block, World, compiled, rise_passed_through, scale_of
from sim.engine.careers import settle_vacancies, write
from sim.engine.causes import wages, weigh_traits_again
from sim.engine.funds import ClaimsFund, Fund, ScheduleFund
from sim.engine.luck import BlockLuck
from sim.engine.opening import Opening, open_block, solve_baseline, stated_baseline, world_of
from sim.rules.turnover import Baseline
from sim.scenario.schema import Scenario
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import Grant, ScheduledFund
from sim.scenario.timeline import EmployerPlan, plans
from sim.units import cents_of
from sim.world import log
from sim.world.log import Log, Table
from sim.world.terms import AnySource, Terms

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BlockResult:
    """Hold what happened to all employers of one kind, in all replications of a run.

    Tables are columns of equal length; `employer` counts the block's employers, whose replication and number in the
    portfolio are in `replications` and `owners`. Panel columns have shape (months, employers).
    """

    kind: str
    replications: Rows
    owners: Rows
    posts: int
    rungs: tuple[str, ...]
    sources: tuple[str, ...]
    opening_cash: int
    facts: Table
    funding: Table
    lines: Table
    panel: Table
    households: tuple[tuple[float, float], ...]


def simulate(
    base: Scenario,
    alternatives: Sequence[Scenario],
    replications: Sequence[int],
    seed: int,
    solved: dict[str, Baseline] | None = None,
) -> list[list[BlockResult]]:
    """Run the base and its alternatives on the same opening and the same luck.

    Args:
        base: the scenario whose rules made the opening.
        alternatives: scenarios that start from the base's opening.
        replications: replication numbers.
        seed: key of all luck.
        solved: baseline hazards of each kind of employer; those missing are solved and put in.

    Returns:
        for the base and then each alternative, one result for each kind of employer.
    """
    solved = {} if solved is None else solved
    worlds = {plan.name: _world(base, plan, solved) for plan in plans(base)}
    results: list[list[BlockResult]] = [[] for _ in range(1 + len(alternatives))]
    everyone = [{plan.name: plan for plan in plans(scenario)} for scenario in (base, *alternatives)]
    for name, plan in everyone[0].items():
        luck, numbers, owners = _deal(plan, replications, seed)
        opening = open_block(worlds[name], plan.epochs[0][1], luck, numbers.size)
        for scenario, result, kinds in zip((base, *alternatives), results, everyone, strict=True):
            world = _own_world(worlds[name], scenario, kinds[name])
            result.append(project(world, opening, kinds[name], numbers, owners))
    return results


def _world(base: Scenario, plan: EmployerPlan, solved: dict[str, Baseline]) -> World:
    world = world_of(plan.epochs[0][1], base.horizon, feedback=base.experiment.feedback)
    if plan.name not in solved:
        solved[plan.name] = solve_baseline(world, plan.epochs[0][1])
    return replace(world, baseline=solved[plan.name])


def _own_world(world: World, scenario: Scenario, plan: EmployerPlan) -> World:
    """Return the base's world with what an alternative may state itself: feedback, and hazards."""
    stated = stated_baseline(plan.epochs[0][1])
    return replace(world, feedback=scenario.experiment.feedback, baseline=stated or world.baseline)


def _most_posts(plan: EmployerPlan) -> int:
    return max(organisation.posts.number for _, organisation in plan.epochs)


def _deal(plan: EmployerPlan, replications: Sequence[int], seed: int) -> tuple[BlockLuck, Rows, Rows]:
    numbers = np.repeat(np.array(replications, dtype=np.int64), plan.count)
    owners = np.tile(np.arange(plan.first, plan.first + plan.count), len(replications))
    return BlockLuck(seed, numbers, owners, plan.epochs[0][1].posts.number), numbers, owners


def project(world: World, opening: Opening, plan: EmployerPlan, numbers: Rows, owners: Rows) -> BlockResult:
    """Carry one kind of employer from the opening to the horizon under a plan."""
    block = _begin(world, opening, plan)
    cash = int(block.employers.cash[0]) if numbers.size else 0
    block.env.run(until=block.env.process(_months(block, world.horizon)))
    return BlockResult(
        kind=plan.name,
        replications=numbers,
        owners=owners,
        posts=block.roster.posts,
        rungs=block.terms.rung_names,
        sources=block.sources,
        opening_cash=cash,
        facts=block.log.facts.table(),
        funding=block.log.funding.table(),
        lines=block.log.lines.table(),
        panel=block.log.panel_table(),
        households=block.terms.households,
    )


def _months(block: Block, horizon: Horizon) -> Generator[simpy.Event, None, None]:
    while block.month < horizon.months:
        start, tally = months.live(block)
        yield block.env.timeout(block.month + 1 - block.env.now)
        months.close(block, start, tally)


def _begin(world: World, opening: Opening, plan: EmployerPlan) -> Block:
    """Return a block at time 0, under the plan's terms but with the opening's past."""
    epochs = compiled(plan.epochs)
    posts = max(_most_posts(plan), opening.roster.posts)
    block = Block(
        env=simpy.Environment(),
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
        passed_through=rise_passed_through(opening.terms.given, epochs[0].given),
    )
    block.scale = scale_of(block)
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
    if terms.effects != opening.terms.effects:
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
    employers.cash = np.full_like(employers.cash, cents_of(given.rules.opening_cash_usd))
    employers.cash_at_start = employers.cash.copy()
    employers.receivable = np.zeros_like(employers.cash)
    employers.budgeted = np.full_like(employers.budgeted, given.posts.number)
    older = [receipt.source for receipt in opening.pending if receipt.source not in given.funding]
    block.sources = (*given.funding, *dict.fromkeys(older))
    for name, source in given.funding.items():
        block.funds[name] = _fund(block, name, source)
    for name, received in opening.received.items():
        if isinstance(block.funds.get(name), ClaimsFund):
            block.funds[name].received = received.copy()
    for receipt in opening.pending:
        block.await_receipt(replace(receipt))
    for fund in block.funds.values():
        if isinstance(fund, AwardFund):
            fund.begin_due(0.0)


def _fund(block: Block, name: str, source: AnySource) -> Fund:
    if isinstance(source, Grant):
        return AwardFund(block, name)
    return ScheduleFund(block, name) if isinstance(source, ScheduledFund) else ClaimsFund(block, name)


def _write_opening(block: Block) -> None:
    rows = np.flatnonzero(block.roster.filled)
    wage = wages(block, rows, 0.0)
    write(block, log.OPENING, rows, block.roster.hired[rows], wage)
