"""A block that has done its work leaves memory at once, without waiting for the collector."""

from __future__ import annotations

import gc

from sim.model.engine.block import Block
from sim.model.engine.run import simulate
from sim.scenario.files import load_table
from tests.determinism.busy import busy_tables


def test_nothing_of_a_block_stays_in_memory() -> None:
    scenario = load_table(busy_tables()).scenario
    gc.collect()
    gc.disable()
    try:
        results = simulate(scenario, [scenario], range(2), 1)
        assert not [one for one in gc.get_objects() if isinstance(one, Block)]
    finally:
        gc.enable()
    assert results[0][0].lines["cents"].any()
