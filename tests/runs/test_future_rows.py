"""Rows of futures: each run its own draw and its own luck, in whatever block it stands."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
import pytest

from sim.results.summary import values_of
from sim.results.sums import all_beside_base
from sim.runs.blocks import Task, run_block, solved_for
from sim.runs.futures import rows as futures
from sim.runs.futures.draws import drawn
from sim.runs.futures.fitting import at_values, fitting, plain_tables
from sim.runs.futures.laid_out import NotInRowsError, rows_at
from sim.runs.futures.rows import Futures, question_of, run_futures
from sim.runs.futures.unknown_inputs import unknowns_of
from sim.runs.pieces import Piece
from sim.scenario.by_row import row_of
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.problems import ScenarioError
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


def futures_of(everyone: Sequence[Loaded], number: int, seed: int = 3) -> Futures:
    return run_futures(question_of(everyone, seed), range(number), solved_for(everyone[0].scenario))


def same(ours: Piece, theirs: Piece) -> bool:
    """Whether the rows of the second are those of the first."""
    rows = slice(theirs.numbers.start, theirs.numbers.stop)
    return all(
        np.array_equal(one[key][rows], other[key], equal_nan=True)
        for one, other in zip(ours.sums, theirs.sums, strict=True)
        for key in other
    )


def test_threads_that_ask_at_the_same_time_have_the_answer_of_one_that_asks_alone() -> None:
    everyone, numbers = pair(), range(8)
    alone = futures_of(everyone, 8).piece(numbers)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: futures_of(everyone, 8).piece(numbers), range(8)))
    assert all(same(alone, one) for one in found)


def test_a_future_is_its_own_draw_run_alone_on_its_own_luck() -> None:
    everyone = pair(**KNOWN)
    found, unknowns = futures_of(everyone, 18).piece(range(18)), unknowns_of(everyone)
    for row in (0, 17):
        values = fitting(drawn(unknowns, 3, row + 1), plain_tables(everyone[0].scenario))[0]
        own = tuple(at_values(one.raw, values) for one in everyone)
        assert same(found, run_block(Task(own, range(row, row + 1), 3)))


def test_turnover_seen_is_solved_for_each_future_alike_in_any_block() -> None:
    everyone, solved = pair(), solved_for(pair()[0].scenario)
    question = question_of(everyone, 3)
    whole = run_futures(question, range(6), solved).piece(range(6))
    for rows in (range(4), range(4, 6)):
        assert same(whole, run_futures(question, rows, solved).piece(rows))


SEVERAL: Final[dict[str, Any]] = {
    "employer": [
        {"name": "as_all", "count": 2},
        {
            "name": "own",
            "time_use": {"notes": 0.13},
            "turnover": {"early_peak": 0.5},
            "effects": {"workload": {"burnout": 0.3}},
        },
        {"name": "elsewhere", "place": {"state": "OH"}},
        {"name": "typed", "place": {"state": "OH", "living_wage_usd_per_hour": 21.0, "living_wage_source": "a study"}},
        {
            "name": "granted",
            "funding": {
                "medicaid": "off",
                "county": "off",
                "award": {"kind": "grant", "amount_usd_per_year": 2.4e6, "start": "2026-07", "term_months": 36},
            },
        },
    ],
    "change": [
        {"at": "2028-01", "set": {"time_use.notes": 0.1, "turnover.early_peak": 0.9}},
        {"at": "2029-01", "set": {"employer.own.turnover.early_peak": 1.1, "employer.elsewhere.time_use.group": 0.05}},
    ],
}


@pytest.mark.parametrize("name", ["statewide_portfolio", "statewide_rural_pay", "pa_counties", "pa_market", "several"])
def test_rows_of_every_kind_are_those_that_the_loader_makes_of_their_values(name: str) -> None:
    loaded = (
        load_table(merged(dict(load(file_of("pa_fee_for_service")).raw), SEVERAL))
        if name == "several"
        else load(file_of(name))
    )
    unknowns = unknowns_of([loaded])
    own = [fitting(drawn(unknowns, 5, number), plain_tables(loaded.scenario))[0] for number in range(1, 7)]
    rows, faults = rows_at(loaded, {one.path: np.array([values[one.path] for values in own]) for one in unknowns}, 6)
    made = [plans_at(loaded, values) for values in own]
    assert [row in faults for row in range(6)] == [one is None for one in made]
    for row, one in enumerate(made):
        for mine, theirs in zip(rows.plans, one or (), strict=one is not None):
            assert (mine.name, mine.count, mine.first, mine.dates) == (
                theirs.name,
                theirs.count,
                theirs.first,
                theirs.dates,
            )
            assert [(month, row_of(tables, row)) for month, tables in mine.epochs] == list(theirs.epochs)
    assert any(made)


@pytest.mark.parametrize("address", ["time_use.notes", "employer.own.time_use.notes"])
def test_a_dated_change_to_the_value_taken_anyway_ends_what_is_drawn(address: str) -> None:
    """As it is loaded the change does nothing; in a future that drew another value it does."""
    base = dict(load(file_of("pa_fee_for_service")).raw)
    taken = load_table(base).scenario.time_use.notes
    kinds = [{"name": "own"}, {"name": "others", "count": 2}]
    loaded = load_table({**base, "employer": kinds, "change": [{"at": "2028-07", "set": {address: taken}}]})
    values = np.array([0.08, taken, 0.05])
    rows, faults = rows_at(loaded, {"time_use.notes": values}, 3)
    assert not faults
    for row, value in enumerate(values.tolist()):
        for mine, theirs in zip(rows.plans, plans(at_values(loaded.raw, {"time_use.notes": value})), strict=True):
            assert {month for month, _ in theirs.epochs} <= {month for month, _ in mine.epochs}
            for month, tables in theirs.epochs:
                assert row_of(dict(mine.epochs)[month], row) == tables
            assert row_of(mine.epochs[-1][1], row) == theirs.epochs[-1][1]


def plans_at(loaded: Loaded, values: dict[str, float]) -> tuple[EmployerPlan, ...] | None:
    """Return what the loader makes of values; None where it refuses them."""
    try:
        return plans(at_values(loaded.raw, values))
    except ScenarioError:
        return None


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
    told = futures_of(everyone, 12, seed=1)
    assert told.refused.total() > 0
    sums = told.piece(range(12)).sums
    assert all(np.isfinite(values_of(own)["cash_end_usd"]).all() for own in all_beside_base(sums))


def test_a_draw_of_the_structure_is_lived_in_parts_and_comes_back_in_order() -> None:
    grant = {
        "award": {
            "kind": "grant",
            "amount_usd_per_year": 3e5,
            "start": "2027-03",
            "term_months": 7,
            "renewal_term_months": 7,
        }
    }
    base = short("pa_fee_for_service", **KNOWN, funding=grant, rules={"braiding": ["award", "medicaid", "county"]})
    base = load_table({**base.raw, "ranges": {"funding.award.renewal_term_months": [5, 8]}})
    told = futures_of([base], 10, seed=2)
    assert len(told.parts) > 1
    assert len(set(told.drawn["funding.award.renewal_term_months"].tolist())) > 1
    assert same(told.piece(range(10)), futures_of([base], 4, seed=2).piece(range(4)))


def test_a_portfolio_is_drawn_kind_by_kind_and_beyond_limits_row_by_row() -> None:
    base = short("pa_fee_for_service", **KNOWN)
    with pytest.raises(NotInRowsError):
        rows_at(base, {"turnover.other_field_share": np.array([0.2, 1.2])}, 2)
    kinds = [{"name": "one", "count": 2}, {"name": "two", "pay": {"wage_usd_per_hour": 22.0}}]
    both = load_table({**dict(base.raw), "employer": kinds})
    assert same(futures_of([both], 5).piece(range(5)), futures_of([both], 2).piece(range(2)))


def test_ranges_of_which_hardly_a_draw_is_possible_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(futures, "MOST_DRAWS", 0)
    everyone = [load(file_of("pa_fee_for_service")), load(file_of("pa_wider_billing"))]
    with pytest.raises(ScenarioError, match="no possible world"):
        futures_of(everyone, 40, seed=1)
