"""Blocks of replications: how large, which are missing, and put together again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.runs import blocks as module
from sim.runs.blocks import block_size, cut, seconds
from sim.runs.pieces import Piece, assembled, missing
from tests.worlds import quiet

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda at: range(at[0], sum(at))), max_size=6)


def test_a_block_holds_one_replication_at_least_and_not_more_posts_than_fit() -> None:
    assert block_size([quiet(posts={"number": 100_000})]) == 1
    assert block_size([quiet(posts={"number": 40})]) == module.POSTS_AT_ONCE // 40
    kinds = [{"name": f"kind_{number}", "count": 2} for number in range(4)]
    assert block_size([quiet(posts={"number": 40}, employer=kinds)]) == module.POSTS_IN_ALL // 320


def test_more_work_takes_longer() -> None:
    pair = [quiet(), quiet(pay={"wage_usd_per_hour": 22.0})]
    assert seconds(pair[:1], 10) < seconds(pair, 10) < seconds(pair, 1000)


def test_blocks_are_cut_so_that_workers_share_them_evenly() -> None:
    assert cut([range(10)], 4) == [range(3), range(3, 6), range(6, 10)]
    assert cut([range(10)], 4, workers=2) == [range(2), range(2, 5), range(5, 7), range(7, 10)]
    assert cut([range(3, 4), range(6, 8)], 9, workers=2) == [range(3, 4), range(6, 7), range(7, 8)]


@given(RANGES, st.integers(1, 50))
def test_what_is_missing_is_all_that_is_not_done(done: list[range], replications: int) -> None:
    gaps = missing(range(replications), done)
    there = {number for block in done for number in block}
    assert [number for gap in gaps for number in gap] == [n for n in range(replications) if n not in there]
    assert all(gaps)


@given(RANGES, st.integers(1, 50))
def test_pieces_that_overlap_are_put_together_with_each_replication_once(done: list[range], replications: int) -> None:
    pieces = [Piece(block, ({"x": np.array(block, dtype=np.float64)},)) for block in done]
    if missing(range(replications), done):
        with pytest.raises(ValueError, match="in none of the pieces"):
            assembled(pieces, range(replications))
        return
    (sums,) = assembled(pieces, range(replications))
    assert sums["x"].tolist() == list(range(replications))
