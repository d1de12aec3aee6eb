"""Gather what the views of the page are drawn from: small arrays, one row a replication.

A log of a block takes hundreds of megabytes; what is drawn from it takes a few. Everything is added up in the same
order whatever else a block holds, so rows have the same bits in any block size, and rows of several blocks are simply
put one after another.

Awards are followed month by month: which runs, which was renewed, which ended early, and what lapsed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world import log
from sim.model.world.log import Table
from sim.results.blocks import Adder, Block, Floats, Sums, adder, months_of, replications_of
from sim.results.books import book_sums
from sim.results.fiscal import fiscal_years
from sim.results.flows import flow_sums
from sim.results.measures.formulas import divided
from sim.results.series import added, by_month
from sim.results.tenure import Spells, exposure, jobs, occurrences, on_rung
from sim.scenario.rows import Ran, plans_of
from sim.scenario.tables.funding import grants_of
from sim.scenario.timeline import EmployerPlan

CENTS: Final = 100.0
EVENTS: Final = {"renewed": log.NOTICE_RENEWED, "not_renewed": log.NOTICE_ENDED, "ended_early": log.TERMINATED}
OVER: Final = (log.ENDED, log.TERMINATED)


def award_sums(block: Block, add: Adder, plan: EmployerPlan) -> Sums:
    """Return what befalls each grant's awards, shape (replications, months), but for `of`, (replications,).

    Names are `award.<source>.of` (employers that may have it), `.running` (employers whose award runs as the month
    begins), `.renewed`, `.not_renewed` (told so in the month), `.ended_early` (in the month) and `.lapsed_usd`.
    """
    sums: Sums = {}
    for name in grants_of(plan.epochs[0][1].funding):
        for what, values in _of_one(block, add, block.sources.index(name)).items():
            sums[f"award.{name}.{what}"] = values
    return sums


def _of_one(block: Block, add: Adder, source: int) -> Sums:
    told: Sums = {"of": add.employers(np.ones(block.replications.size))}
    begun = _by_month(block, add, source, log.AWARDED)
    over = np.sum([_by_month(block, add, source, kind) for kind in OVER], axis=0)
    told["running"] = np.cumsum(begun - over, axis=1)
    told |= {name: _by_month(block, add, source, kind) for name, kind in EVENTS.items()}
    return told | {"lapsed_usd": _by_month(block, add, source, log.LAPSED, in_usd=True)}


def _by_month(block: Block, add: Adder, source: int, kind: int, *, in_usd: bool = False) -> Floats:
    """Return how many facts of a kind there are in each month, or their dollars.

    A beginning and a notice belong to the month they fall in; an end on a close leaves the next month without the
    award; what lapses at a close belongs to the month before it.
    """
    funding, months = block.funding, months_of(block)
    chosen = (funding["source"] == source) & (funding["kind"] == kind)
    time, place = funding["time"][chosen], add.place[funding["employer"][chosen].astype(np.int64)]
    month = np.ceil(time) - 1 if kind == log.LAPSED else np.ceil(time) if kind in OVER else np.floor(time)
    inside = (month >= 0) & (month < months)
    at = place[inside] * months + month[inside].astype(np.int64)
    weights = funding["cents"][chosen][inside] / CENTS if in_usd else None
    counted = np.bincount(at, weights=weights, minlength=add.size * months)
    return counted.reshape(add.size, months).astype(np.float64)


Views = dict[str, NDArray[np.float32]]  # name → one row a replication, in the order of their numbers

PATHS: Final = (  # series of sim.results.series that are followed month by month, under `month.<name>`
    "cash_usd",
    "months_of_reserve",
    "chance_of_negative_cash",
    "chance_of_closure",
    "share_frozen",
    "headcount",
    "funded_posts",
    "vacancy_rate",
    "burnout_prevalence",
    "satisfaction_mean",
    "mean_wage_usd_per_hour",
    "wage_to_living_wage",
    "share_below_living_wage",
    "hours_delivered",
    "people_hired",
    "people_who_left",
)
FOLLOWED: Final = 60  # months of tenure


def views_of(blocks: Sequence[Block], scenario: Ran, base: Ran | None = None) -> Views:
    """Return what views of one scenario's result are drawn from.

    Shapes are (replications,) followed by nothing for counts, months for `month.<series>` and `award.<source>.<what>`,
    the books of `sim.results.books` (`received.<payer>` and so on, by fiscal year), and months since the start of a
    job or of a stay on a rung for `exits.<whose>` and `lived.<whose>`, where whose is `all` or a rung.

    Args:
        blocks: what `simulate` returned for the scenario, one block a kind of employer.
        scenario: the scenario that was run.
        base: the scenario whose opening it started from.
    """
    numbers = replications_of(blocks)
    sums: Sums = {f"month.{name}": by_month(blocks, name) for name in PATHS}
    sums |= _households(blocks) | _tenure(blocks)
    kinds = {plan.name: plan for plan in plans_of(scenario)}
    opening = {plan.name: plan for plan in plans_of(base or scenario)}
    years = fiscal_years(base or scenario, months_of(blocks[0]))
    for block in blocks:
        add, both = adder(block, numbers), (kinds[block.kind], opening[block.kind])
        told = book_sums(block, add, both, years) | award_sums(block, add, both[0]) | flow_sums(block, add)
        sums |= {name: sums[name] + values if name in sums else values for name, values in told.items()}
        sums["employers"] = sums.get("employers", 0.0) + _employers(block, add)
    return {name: values.astype(np.float32) for name, values in sums.items()}


def joined_views(parts: Sequence[Views]) -> Views:
    """Return the views of several blocks of replications as one, in the order given."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _employers(block: Block, add: Adder) -> Floats:
    return add.employers(np.ones(block.replications.size))


def _households(blocks: Sequence[Block]) -> Sums:
    """Return the share of each household type's peers who earn less than its living wage, month by month."""
    start = "household."
    names = [name.removeprefix(start) for block in blocks for name in block.panel if name.startswith(start)]
    return {
        f"month.below.{name}": divided(added(blocks, _or_none(f"below.{name}")), added(blocks, _or_none(start + name)))
        for name in dict.fromkeys(names)
    }


def _or_none(name: str) -> Callable[[Table], NDArray[Any]]:
    """Return a column, zeros where a kind of employer has none of the name."""
    return lambda panel: np.asarray(panel.get(name, np.zeros_like(panel["peers"])))


def _tenure(blocks: Sequence[Block]) -> Sums:
    """Return exits and months lived since hire, and since coming to each rung where there are several."""
    numbers = replications_of(blocks)
    rungs = list(dict.fromkeys(rung for block in blocks for rung in block.rungs))
    whose = {"all": [jobs(block, numbers) for block in blocks]}
    if len(rungs) > 1:
        whose |= {rung: [on_rung(block, numbers, rung) for block in blocks] for rung in rungs}
    sums: Sums = {}
    for name, spells in whose.items():
        whole = _together(spells)
        sums[f"exits.{name}"] = occurrences(whole, numbers.size, months=FOLLOWED)
        sums[f"lived.{name}"] = exposure(whole, numbers.size, months=FOLLOWED)
    return sums


def _together(spells: Sequence[Spells]) -> Spells:
    whole = spells[0]
    for more in spells[1:]:
        whole = whole + more
    return whole
