"""Futures: each run its own draw and its own luck; the same bits whoever runs them, in whatever blocks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.questions.uncertainty import flat as module
from sim.questions.uncertainty.flat import Flat, flat
from sim.runs.blocks import Task, run_block
from sim.runs.futures import rows as futures
from sim.runs.futures.draws import drawn
from sim.runs.futures.fitting import at_values, fitting, plain_tables
from sim.runs.futures.unknown_inputs import unknowns_of
from sim.runs.futures.unknowns import Stated
from sim.runs.replicate import Settings
from sim.scenario.drawn import NotInRowsError, rows_at
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.problems import ScenarioError
from sim.scenario.rows import row_of
from sim.scenario.timeline import EmployerPlan, plans
from tests.scenarios.library import file_of
from tests.worlds import merged

SHORT = {"horizon": {"months": 6, "warm_up_months": 3}, "posts": {"number": 8}}
KNOWN = {"turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.4}}}


def short(name: str, **more: Any) -> Loaded:
    return load_table(merged(merged(dict(load(file_of(name)).raw), SHORT), more))


def pair(**more: Any) -> list[Loaded]:
    base = short("pa_fee_for_service", **more)
    return [base, load_table(merged(dict(base.raw), {"pay": {"wage_usd_per_hour": 25.0}}))]


def same(ours: Flat, theirs: Flat, rows: slice = slice(None)) -> bool:
    return all(
        np.array_equal(one[key][rows], other[key], equal_nan=True)
        for one, other in zip(ours.sums, theirs.sums, strict=True)
        for key in other
    )


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(24, 3, jobs=1)


@pytest.fixture(scope="module")
def found(settings: Settings) -> Flat:
    return flat(pair(**KNOWN), settings)


def test_a_future_is_its_own_draw_run_alone_on_its_own_luck(found: Flat) -> None:
    everyone = pair(**KNOWN)
    unknowns = unknowns_of(everyone)
    for row in (0, 17):
        values = fitting(drawn(unknowns, 3, row + 1), plain_tables(everyone[0].scenario))[0]
        own = tuple(at_values(one.raw, values) for one in everyone)
        alone = run_block(Task(own, range(row, row + 1), 3))
        for ours, theirs in zip(found.sums, alone.sums, strict=True):
            assert all(np.array_equal(ours[key][row : row + 1], theirs[key], equal_nan=True) for key in theirs)


def test_blocks_and_processes_give_the_same_futures(
    found: Flat, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 7)
    assert same(found, flat(pair(**KNOWN), settings))
    assert same(found, flat(pair(**KNOWN), replace(settings, jobs=2)))


def test_fewer_futures_are_the_first_of_more(found: Flat, settings: Settings) -> None:
    assert same(found, flat(pair(**KNOWN), replace(settings, replications=9)), slice(9))


def test_turnover_seen_is_solved_for_each_future_alike_in_any_block(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = flat(pair(), Settings(6, 3, jobs=1))
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 2)
    assert same(whole, flat(pair(), Settings(6, 3, jobs=1)))


def test_what_was_run_is_kept_and_found_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = replace(settings, store=tmp_path)
    first = flat(pair(**KNOWN), kept)
    monkeypatch.setattr(module, "run_futures", None)  # nothing is run again
    again = flat(pair(**KNOWN), kept)
    assert same(first, again)
    assert again.drawn.keys() == first.drawn.keys()
    assert (again.fitted, again.refused, again.leaks) == (first.fitted, first.refused, first.leaks)


def test_signs_and_bands_are_those_of_the_futures(found: Flat) -> None:
    key = "cash_end_usd"
    told, gains = found.difference(key, 1), found.values[1][key] - found.values[0][key]
    assert told is not None
    assert (told.below, told.above) == (np.mean(gains < 0), np.mean(gains > 0))
    assert [told.low, told.high] == np.quantile(gains, (0.05, 0.95)).tolist()
    assert told.mean.mean == pytest.approx(gains.mean())
    assert found.leaks == ()


@pytest.mark.parametrize("name", ["pa_fee_for_service", "pa_wider_billing", "nc_rate_keeps_up", "md_short_award"])
def test_rows_are_the_scenarios_that_the_loader_makes_of_their_values(name: str) -> None:
    loaded = load(file_of(name))
    unknowns = [one for one in unknowns_of([loaded]) if not one.path.endswith("gap_months")]
    own = [fitting(drawn(unknowns, 5, number), plain_tables(loaded.scenario))[0] for number in range(1, 9)]
    rows, faults = rows_at(loaded, {one.path: np.array([values[one.path] for values in own]) for one in unknowns}, 8)
    for row, values in enumerate(own):
        made, why = loaded_at(loaded, values)
        assert faults.get(row, "") == why
        if made is not None:
            assert [(month, row_of(one, row)) for month, one in rows.plans[0].epochs] == list(made.epochs)


def loaded_at(loaded: Loaded, values: dict[str, float]) -> tuple[EmployerPlan | None, str]:
    """Return what the loader makes of values, or why it refuses them."""
    try:
        return plans(at_values(loaded.raw, values))[0], ""
    except ScenarioError as fault:
        return None, "; ".join(one.rule for one in fault.problems if one.severity == "error")


def test_draws_that_no_world_can_be_like_give_way_to_the_rows_next() -> None:
    long = {"horizon": {"months": 24, "warm_up_months": 0}}  # the change that leaves too little time comes in month 18
    everyone = [short(name, **merged(KNOWN, long)) for name in ("pa_fee_for_service", "pa_wider_billing")]
    told = flat(everyone, Settings(12, 1, jobs=1))
    assert told.refused.total() > 0
    assert all(np.isfinite(own["cash_end_usd"]).all() for own in told.values)


def test_a_draw_of_the_structure_is_lived_in_parts_and_comes_back_in_order() -> None:
    grant = {"award": {"kind": "grant", "amount_usd_per_year": 3e5, "start": "2027-03", "term_months": 7}}
    base = short("pa_fee_for_service", **KNOWN, funding=grant, rules={"braiding": ["award", "medicaid", "county"]})
    also = [Stated("funding.award.gap_months", 0, 6)]
    told = flat([base], Settings(10, 2, jobs=1), also)
    assert len(set(told.drawn["funding.award.gap_months"].tolist())) > 1
    assert same(told, flat([base], Settings(4, 2, jobs=1), also), slice(4))


def test_a_portfolio_is_drawn_kind_by_kind_and_beyond_limits_row_by_row() -> None:
    base = short("pa_fee_for_service", **KNOWN)
    with pytest.raises(NotInRowsError):
        rows_at(base, {"turnover.other_field_share": np.array([0.2, 1.2])}, 2)
    kinds = [{"name": "one", "count": 2}, {"name": "two", "pay": {"wage_usd_per_hour": 22.0}}]
    both = load_table({**dict(base.raw), "employer": kinds})
    whole = flat([both], Settings(5, 1, jobs=1))
    assert same(whole, flat([both], Settings(2, 1, jobs=1)), slice(2))


def test_ranges_of_which_hardly_a_draw_is_possible_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(futures, "MOST_DRAWS", 0)
    everyone = [load(file_of("pa_fee_for_service")), load(file_of("pa_wider_billing"))]
    with pytest.raises(ScenarioError, match="no possible world"):
        flat(everyone, Settings(40, 1, jobs=1))
