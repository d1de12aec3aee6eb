"""Follow awards month by month: which runs, which was renewed, which ended early, and what lapsed."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.model.world import log
from sim.results.blocks import Adder, Block, Floats, Sums, months_of
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
