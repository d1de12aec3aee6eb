"""Run scenarios: a replication is a pure function of (scenario, seed, replication number).

What a month does, in order (docs/model.md, section 3):

 1. hazards from everyone's state, wage and tenure          `causes.weigh`
 2. exits, leaves, certificates, hires at exact times        `careers.Careers.live`
 3. service against demand, billing                          `months._serve`, `funds.Fund.bill`
 4. payroll and other cost                                   `costs.month_cost`
 5. each source takes over the cost it may pay               `funds.Fund.charge`
 6. receipts due; award years and awards end                 `funds.Fund.close`, `block.Block.expect`
 7. dated changes of the next month take effect              `block.Block.enter`
 8. awards that start begin; employers decide                `awards.AwardFund.begin_due`, `decisions.decide`
 9. promotions                                               `months._promote`
10. workload, supervision, funding certainty are noted       `months._note_conditions`
11. burnout, satisfaction, clarity, recovery move            `months._move_states`

SimPy's clock carries the months, award notices and early ends, and every payment at its exact time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.model.engine import months
from sim.model.engine.baselines import all_baselines, by_employer
from sim.model.engine.block import Block, World
from sim.model.engine.luck.block_luck import luck_of
from sim.model.engine.market.others import Others, Seeing, others_of
from sim.model.engine.meeting import Market, market_of
from sim.model.engine.opening import Opening, open_block, stated_baseline, world_of
from sim.model.engine.start import begin
from sim.model.rules.turnover import Baseline, HazardByTenure
from sim.model.world.log import Table
from sim.scenario.rows import Ran, plans_by_replication, plans_of
from sim.scenario.timeline import EmployerPlan
from sim.units import month_number

Rows = NDArray[np.int64]
Watch = Callable[[str, Block], None]  # is shown each kind's block after every close, and must leave it as it is


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
    opening_cash: Any  # cents: one number, or one an employer
    facts: Table
    funding: Table
    lines: Table
    panel: Table
    households: tuple[tuple[float, float], ...]
    leaving: HazardByTenure  # as the base opens, whatever an alternative changes


@dataclass(frozen=True)
class Kind:
    """Hold one kind of employer of the base: what all scenarios of a comparison share."""

    name: str
    world: World
    opening: Opening
    numbers: Rows  # replication of each employer
    owners: Rows  # place of each employer in the portfolio
    plan: EmployerPlan  # as the base has it, what differs by replication


def simulate(
    base: Ran,
    alternatives: Sequence[Ran],
    replications: Sequence[int],
    seed: int,
    solved: dict[str, Baseline] | None = None,
) -> list[list[BlockResult]]:
    """Run the base and its alternatives on the same opening and the same luck.

    Args:
        base: the scenario whose rules made the opening, or one of them for each replication.
        alternatives: scenarios that start from the base's opening; each may be one for each replication.
        replications: replication numbers.
        seed: key of all luck.
        solved: baseline hazards of each kind of employer; those missing are solved and put in.

    Returns:
        for the base and then each alternative, one result for each kind of employer.
    """
    kinds = opened(base, replications, seed, {} if solved is None else solved)
    return [project(scenario, kinds) for scenario in (base, *alternatives)]


def opened(base: Ran, replications: Sequence[int], seed: int, solved: dict[str, Baseline]) -> list[Kind]:
    """Return what every scenario of a comparison starts from, by kind of employer; arguments as for `simulate`."""
    kinds, own, plans = [], plans_by_replication(base), plans_of(base)
    seen = _seen(base, own)
    todo = [plan.name for plan in plans if plan.name not in solved]
    solved.update(zip(todo, all_baselines(base, todo), strict=True))
    for plan, alone in zip(plans, own, strict=True):
        world = replace(_world(base, plan, solved), others=_of_block(seen, plan))
        numbers = np.repeat(np.array(replications, dtype=np.int64), plan.count)
        own_numbers = range(plan.first, plan.first + plan.count)
        owners = np.tile(own_numbers, len(replications))
        luck = luck_of(seed, replications, own_numbers, plan.epochs[0][1].posts.number)
        opening = open_block(world, plan.epochs[0][1], luck, numbers.size)
        kinds.append(Kind(plan.name, world, opening, numbers, owners, alone))
    return kinds


def _world(base: Ran, plan: EmployerPlan, solved: dict[str, Baseline]) -> World:
    world = world_of(plan.epochs[0][1], base.horizon, feedback=base.experiment.feedback)
    return replace(world, baseline=by_employer(solved[plan.name], plan.count))


def _seen(scenario: Ran, base: Sequence[EmployerPlan]) -> Seeing:
    horizon = scenario.horizon
    return others_of(plans_by_replication(scenario), base, month_number(horizon.start), horizon.months)


def _of_block(seen: Seeing, plan: EmployerPlan) -> Others | None:
    return seen[plan.name].by_employer(plan.count) if plan.name in seen else None


def _own_world(world: World, scenario: Ran, plan: EmployerPlan, others: Others | None) -> World:
    """Return the base's world with what an alternative may state itself: feedback, hazards, and wages all around."""
    stated = stated_baseline(plan.epochs[0][1])
    return replace(world, feedback=scenario.experiment.feedback, baseline=stated or world.baseline, others=others)


def project(scenario: Ran, kinds: Sequence[Kind], watch: Watch | None = None) -> list[BlockResult]:
    """Carry all employers of a scenario from the opening to the horizon, on one clock; somebody may watch."""
    env = simpy.Environment()
    own, seen = {plan.name: plan for plan in plans_of(scenario)}, _seen(scenario, [kind.plan for kind in kinds])
    blocks = [
        begin(env, _own_world(kind.world, scenario, plan, _of_block(seen, plan)), kind.opening, plan)
        for kind, plan in ((kind, own[kind.name]) for kind in kinds)
    ]
    watchers = [None if watch is None else partial(watch, kind.name) for kind in kinds]
    market = _market(scenario, kinds, blocks)
    env.run(until=env.process(_months(list(zip(blocks, watchers, strict=True)), market)))
    del market  # it knows the blocks, of which each goes when its result is there
    return [_result(kind, blocks.pop(0)) for kind in kinds]


def _market(scenario: Ran, kinds: Sequence[Kind], blocks: Sequence[Block]) -> Market | None:
    """Return where employers of all kinds meet, if they do."""
    together = [(block, kind.owners) for kind, block in zip(kinds, blocks, strict=True)]
    own = {plan.name: plan for plan in plans_by_replication(scenario)}
    return market_of(together, [kind.plan for kind in kinds], [own[kind.name] for kind in kinds])


def _result(kind: Kind, block: Block) -> BlockResult:
    """Return what happened to a block, which has done its work."""
    result = BlockResult(
        kind=kind.name,
        replications=kind.numbers,
        owners=kind.owners,
        posts=block.roster.posts,
        rungs=block.terms.rung_names,
        sources=block.sources,
        opening_cash=block.opening_cash,
        facts=block.log.facts.table(),
        funding=block.log.funding.table(),
        lines=block.log.lines.table(),
        panel=block.log.panel_table(),
        households=block.terms.households,
        leaving=kind.opening.leaving,
    )
    block.dissolve()
    return result


def _months(
    blocks: Sequence[tuple[Block, Callable[[Block], None] | None]], market: Market | None
) -> Generator[simpy.Event, None, None]:
    """Live the months of all kinds in step; where people move between employers, they meet between two months."""
    first, _ = blocks[0]
    while first.month < first.world.horizon.months:
        if market is not None:
            market.meet()
        lived = [months.live(block) for block, _ in blocks]
        yield first.env.timeout(first.month + 1 - first.env.now)
        for (block, watch), (start, tally) in zip(blocks, lived, strict=True):
            months.close(block, start, tally)
            if watch is not None:
                watch(block)
        if market is not None:
            market.close()
