"""Gather what the views of the page are drawn from: small arrays, one row a replication.

A log of a block takes hundreds of megabytes; what is drawn from it takes a few. Everything is added up in the same
order whatever else a block holds, so rows have the same bits in any block size, and rows of several blocks are simply
put one after another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.model.world.log import Table
from sim.results.blocks import Adder, Block, Floats, Sums, adder, months_of, replications_of
from sim.results.books import book_sums
from sim.results.calendar import award_sums
from sim.results.fiscal import fiscal_years
from sim.results.flows import flow_sums
from sim.results.measures.formulas import divided
from sim.results.series import added, by_month
from sim.results.tenure import Spells, exposure, jobs, occurrences, on_rung
from sim.scenario.rows import Ran, plans_of

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
