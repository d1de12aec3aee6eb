"""Rows of a block compared with the same rows run alone, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import Baseline
from sim.model.world.log import Table
from sim.scenario.rows import rows_of
from sim.scenario.schema import Scenario
from sim.scenario.timeline import plans
from tests.determinism.digest import digest, part

ORDER = ("cents", "source", "kind", "time")  # payments of a month stand by source where their times differ by row
Pair = tuple[Scenario, Scenario]
Alone = dict[int, list[str]]  # row → the digests of base and alternative


def strays(pairs: Sequence[Pair], seed: int = 5, *, same_first: Alone | None = None) -> list[tuple[int, str]]:
    """Return the rows that are not what they are alone, and the scenario: base, or alternative.

    Args:
        pairs: base and alternative of every row.
        seed: of the luck, and of made-up baseline hazards, which differ from row to row.
        same_first: what the first row is alone, where it is the same in many calls; kept here by the first of them.
    """
    bases, others = (tuple(own) for own in zip(*pairs, strict=True))
    hazards = _hazards(bases[0], len(pairs), seed)
    together = {kind: _columns(own) for kind, own in hazards.items()}
    among = simulate(rows_of(bases), [rows_of(others)], range(len(pairs)), seed, together)
    found = []
    for row, (base, other) in enumerate(pairs):
        alone = same_first.get(row) if same_first is not None else None
        if alone is None:
            solved = {kind: own[row] for kind, own in hazards.items()}
            alone = [of_row(one, row) for one in simulate(base, [other], [row], seed, solved)]
        if same_first is not None and row == 0:
            same_first[row] = alone
        which = zip(("base", "alternative"), among, alone, strict=True)
        found += [(row, name) for name, one, two in which if of_row(one, row) != two]
    return found


def of_row(results: list[BlockResult], row: int) -> str:
    """Return the digest of all that was written down about a row, payments of the ledger in one order."""
    return digest(*(table for one in results for table in _tables(one, row)))


def _tables(result: BlockResult, row: int) -> Iterator[Table]:
    facts, funding, lines, panel = part(result, result.replications == row)
    yield from (facts, _sorted(funding), _sorted(lines), panel)


def _sorted(table: Table) -> Table:
    order = np.lexsort([table[name].astype(np.float64) for name in ORDER]) if table["time"].size else slice(None)
    return {name: column[order] for name, column in table.items()}


def _hazards(base: Scenario, rows: int, seed: int) -> dict[str, list[Baseline]]:
    generator = np.random.default_rng(seed)
    return {
        plan.name: [Baseline(*(generator.uniform(0.01, 0.03) * part for part in (1.0, 0.1, 0.1))) for _ in range(rows)]
        for plan in plans(base)
    }


def _columns(own: Sequence[Baseline]) -> Baseline:
    return Baseline(*(np.array([getattr(one, name) for one in own]) for name in ("voluntary", "dismissal", "other")))
