"""Replications that draw what is not known: the same futures in any block, their logs whole where structure differs."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.model.engine.run import BlockResult
from sim.runs import replicate as module
from sim.runs.answer import ask
from sim.runs.blocks import Task, run_block, solved_for
from sim.runs.futures.openings import RowHazards
from sim.runs.futures.rows import run_futures
from sim.runs.identity import question_key
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings, drawing, replicate
from sim.runs.viewed import assembled_views, run_viewed
from sim.scenario.files import Loaded, load, load_table
from tests.scenarios.library import file_of
from tests.worlds import merged

SHORT = {"horizon": {"months": 15, "warm_up_months": 3}}
RUNS = 8


@cache
def asked() -> tuple[Loaded, Loaded]:
    raw = merged(dict(load(file_of("md_short_award")).raw), {**SHORT, "ranges": {"funding.bcor.term_months": [34, 36]}})
    return load_table(raw), load_table(merged(raw, {"pay": {"wage_usd_per_hour": 24.0}}))


@cache
def task(first: int, last: int) -> Task:
    scenarios = tuple(loaded.scenario for loaded in asked())
    futures = drawing(Settings(RUNS, 5, unknowns=True), asked()).futures
    return Task(scenarios, range(first, last), 5, solved_for(scenarios[0]), keep=True, futures=futures)


@cache
def piece(first: int, last: int) -> Piece:
    return run_block(task(first, last))


def test_the_structure_of_some_differs() -> None:
    futures = task(0, RUNS).futures
    assert futures is not None
    parts = run_futures(futures, range(RUNS), task(0, RUNS).solved).parts
    assert len(parts) > 1
    assert sorted(number for part in parts for number in part.numbers) == list(range(RUNS))


def test_sums_have_the_same_bits_in_any_block() -> None:
    parts = [piece(0, 3), piece(3, RUNS)]
    for place, whole in enumerate(piece(0, RUNS).sums):
        for name, values in whole.items():
            assert np.array_equal(np.concatenate([one.sums[place][name] for one in parts]), values, equal_nan=True), (
                name
            )


def test_views_have_the_same_bits_in_any_block() -> None:
    whole, parts = (
        assembled_views([run_viewed(task(*ends)) for ends in blocks]) for blocks in ([(0, RUNS)], [(3, RUNS), (0, 3)])
    )
    for ours, theirs in zip(whole, parts, strict=True):
        assert all(np.array_equal(ours[name], theirs[name], equal_nan=True) for name in ours)


@pytest.mark.parametrize("place", [0, 1])
def test_what_happened_in_a_future_is_logged_as_if_it_had_been_run_alone(place: int) -> None:
    (among,) = kept(piece(0, RUNS), place)
    assert among.replications.tolist() == list(range(RUNS))
    for number in range(RUNS):
        (alone,) = kept(piece(number, number + 1), place)
        for name, column in alone.panel.items():
            assert np.array_equal(among.panel[name][:, number], column[:, 0], equal_nan=True), name
        assert people(among, number) == people(alone, 0)
        for table in ("funding", "lines"):
            assert amounts(among, table, number) == amounts(alone, table, 0)


def kept(one: Piece, place: int) -> list[BlockResult]:
    assert one.results is not None
    return one.results[place]


def people(block: BlockResult, employer: int) -> list[tuple[float, ...]]:
    rows = block.facts["row"].astype(np.int64)
    own = rows // block.posts == employer
    columns = [rows[own] % block.posts, *(block.facts[name][own] for name in ("time", "ordinal", "kind", "wage"))]
    return sorted(zip(*(column.tolist() for column in columns), strict=True))


def amounts(block: BlockResult, table: str, employer: int) -> list[tuple[float, ...]]:
    found = getattr(block, table)
    own = found["employer"] == employer
    return sorted(zip(*(found[name][own].tolist() for name in ("time", "kind", "source", "cents")), strict=True))


def test_an_answer_says_what_it_draws_and_how_far_single_futures_spread() -> None:
    base, other = asked()
    told = ask(base, [other], Settings(20, 5, jobs=1, unknowns=True))
    moved = told.alternatives[0].measures["cash_end_usd"]
    assert moved.spread is not None
    assert moved.spread.low is not None
    assert moved.difference.low is not None
    assert moved.told.mean == moved.difference.mean
    assert moved.spread.low < moved.difference.low
    assert moved.spread.below == np.mean(
        told.alternatives[0].case.values["cash_end_usd"] < told.base.values["cash_end_usd"]
    )
    assert told.alternatives[0].measures["chance_of_missing_payroll"].told.low is not None
    assert told.over_futures
    known = ask(base, [other], Settings(20, 5, jobs=1))
    assert known.alternatives[0].measures["cash_end_usd"].spread is None
    assert not known.over_futures


def test_kept_runs_of_both_kinds_never_mix() -> None:
    scenarios = [loaded.scenario for loaded in asked()]
    keys = {
        question_key(scenarios, 5, drawing(Settings(9, 5, unknowns=told), asked()).futures) for told in (False, True)
    }
    assert len(keys) == 2
    stated = merged(asked()[0].raw, {"recruitment": {"days_to_fill": 70.0}})
    typed = [load_table(stated), asked()[1]]
    assert typed[0].fingerprint == asked()[0].fingerprint  # what is typed is the default, and is known now
    assert question_key(scenarios, 5, drawing(Settings(9, 5, unknowns=True), typed).futures) not in keys


def test_rows_solved_beforehand_for_small_blocks_are_the_rows_that_blocks_solve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = [{"name": "two", "count": 2, "posts": {"number": 4}}, {"name": "one", "posts": {"number": 3}}]
    raw = merged(dict(load(file_of("pa_fee_for_service")).raw), SHORT)
    town = load_table(raw | {"employer": kinds, "ranges": {"posts.fte": [0.8, 1.0]}})
    settings = drawing(Settings(RUNS, 5, 1, unknowns=True), [town])
    (whole,) = replicate([town.scenario], settings)
    known: list[RowHazards | None] = []

    def noted(task: Task) -> Piece:
        known.append(task.known)
        return run_block(task)

    monkeypatch.setattr(module, "block_size", lambda _: 3)
    monkeypatch.setattr(module, "run_block", noted)
    (apart,) = replicate([town.scenario], settings)
    assert len(known) == 3
    assert all(one is not None and one.by_kind["two"].voluntary.size == RUNS for one in known)
    assert all(np.array_equal(whole[key], apart[key], equal_nan=True) for key in whole)


def test_one_stated_hazard_of_a_portfolio_may_have_a_range_and_the_others_not() -> None:
    """Of hazards that are numbers and arrays side by side, only those that were all arrays reached every employer."""
    level = {"kind": "hazards", "voluntary_per_year": 0.4, "dismissal_per_year": 0.1}
    kinds = [{"name": "two", "count": 2, "posts": {"number": 4}}, {"name": "one", "posts": {"number": 3}}]
    ranges = {"turnover.level.dismissal_per_year": [0.05, 2.0]}
    raw = merged(dict(load(file_of("pa_fee_for_service")).raw), SHORT)
    town = load_table(raw | {"turnover": {"level": level}, "ranges": ranges, "employer": kinds})
    futures = drawing(Settings(RUNS, 5, unknowns=True), [town]).futures
    assert futures is not None
    found = run_futures(futures, range(RUNS), solved_for(town.scenario))
    (sums,) = found.piece(range(RUNS)).sums
    assert np.corrcoef(found.drawn["turnover.level.dismissal_per_year"], sums["left.dismissal"])[0, 1] > 0.5
