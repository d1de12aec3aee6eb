"""Count how newcomers pass through the ladder: who comes to a rung, who is promoted from it, who leaves and why."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.rules.turnover import CAUSES
from sim.model.world import log
from sim.results.blocks import Adder, Block, Rows, Sums


def flow_sums(block: Block, add: Adder) -> Sums:
    """Return counts of those hired in the projection, by replication.

    Names are `flow.<rung>.came` (hired to the entry rung, promoted to another), `flow.<rung>.left.<cause>` and
    `flow.<rung>.still`, those on the rung at the end. Who was in post at the start is not among them.
    """
    facts = block.facts
    kind, rung, ours = facts["kind"], facts["rung"], newcomers(block)
    place = add.place[facts["row"].astype(np.int64) // block.posts]
    left = ours & (kind == log.LEFT)
    sums: Sums = {}
    for number, name in enumerate(block.rungs):
        came = ours & (kind == (log.PROMOTED if number else log.HIRED)) & (rung == number)
        onwards = ours & (kind == log.PROMOTED) & (rung == number + 1)
        sums[f"flow.{name}.came"] = add.of(place[came])
        gone = left & (rung == number)
        for code, cause in enumerate(CAUSES):
            sums[f"flow.{name}.left.{cause}"] = add.of(place[gone & (facts["detail"] == code)])
        sums[f"flow.{name}.still"] = add.of(place[came]) - add.of(place[onwards]) - add.of(place[gone])
    return sums


def newcomers(block: Block) -> NDArray[np.bool_]:
    """Return which facts are about people hired in the projection."""
    facts = block.facts
    ordinals = int(facts["ordinal"].max(initial=0)) + 1
    person: Rows = facts["row"].astype(np.int64) * ordinals + facts["ordinal"].astype(np.int64)
    return np.isin(person, person[facts["kind"] == log.HIRED])
