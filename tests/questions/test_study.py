"""Scenarios are run at points of what is not known: possible worlds only, the same luck at every point."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.questions.uncertainty import study as module
from sim.questions.uncertainty.study import Ran, Study, run_points, run_study, seconds_of
from sim.questions.uncertainty.uncertainty import told
from sim.runs.blocks import solved_for
from sim.runs.futures.draws import drawn
from sim.runs.futures.fitting import at_values, fitting
from sim.runs.futures.unknown_inputs import open_in, unknowns_of
from sim.runs.futures.unknowns import Stated
from sim.runs.replicate import Settings, replicate
from sim.runs.shelf import POINTS
from sim.scenario.files import Loaded, load, load_table
from sim.scenario.problems import ScenarioError
from tests.scenarios.library import file_of

SMALL: dict[str, Any] = {
    "horizon": {"months": 3, "warm_up_months": 2},
    "posts": {"number": 4},
    "pay": {"wage_usd_per_hour": 24.0},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.4}},
    "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.75}},
}
DEFAULTS = {
    "time_use": {"individual": 0.5, "group": 0.1, "travel": 0.1},
    "turnover": {"other_field_share": 0.3, "out_of_work_share": 0.1, "level": {}},
    "place": {"non_white_share": 0.4},
}
KEY = "hours_delivered_per_year"


def study(*everyone: Loaded, also: tuple[Stated, ...] = (), replications: int = 4) -> Study:
    unknowns = unknowns_of(everyone, also)
    return Study(everyone, unknowns, open_in(everyone, unknowns, also), (KEY,), Settings(replications, 3, 1))


def run(made: Study, wanted: int) -> Ran:
    return run_study(made, lambda number: [drawn(made.unknowns, 3, number)], wanted)


def test_shares_that_add_to_more_than_the_whole_are_made_smaller_and_what_is_stated_stays() -> None:
    values, changed = fitting({"time_use.travel": 0.3, "time_use.notes": 0.3}, DEFAULTS)
    assert changed
    assert values == pytest.approx({"time_use.travel": 0.2, "time_use.notes": 0.2})
    kept = {"time_use.travel": 0.2, "time_use.notes": 0.1}
    assert fitting(kept, DEFAULTS) == (kept, False)


def test_a_part_is_never_more_than_what_it_is_part_of() -> None:
    assert fitting({"place.black_share": 0.9}, DEFAULTS) == ({"place.black_share": 0.4}, True)


def test_a_point_at_what_is_taken_is_the_plain_run() -> None:
    base = load_table(SMALL)
    ran = run(study(base), 1)
    (plain,) = replicate([base.scenario], Settings(4, 3, 1))
    np.testing.assert_array_equal(ran.of(KEY)[0, 0, 0], plain[KEY])


def test_a_draw_means_what_the_same_values_in_a_file_mean() -> None:
    base = load_table(SMALL)
    values = drawn(unknowns_of([base]), 3, 1)
    values, _ = fitting(values, {name: getattr(base.scenario, name).model_dump() for name in DEFAULTS})
    settings = [f"{path}={int(value) if value.is_integer() else value!r}" for path, value in values.items()]
    assert load_table(SMALL, settings).scenario == at_values(base.raw, values)


def test_impossible_draws_are_counted_and_the_next_are_taken() -> None:
    also = (Stated("effects.workload.burnout", 0.3, 2.0),)
    ran = run(study(load_table(SMALL), also=also), 6)
    assert len(ran.numbers) == 6
    assert ran.refused.total() == ran.numbers[-1] + 1 - 6 > 0
    assert all("more than all of its variance" in reason for reason in ran.refused)
    assert all(block[0]["effects.workload.burnout"] < 1.0 for block in ran.points)


def test_ranges_with_hardly_a_possible_world_are_a_clear_fault() -> None:
    effects = {
        "role_clarity": -0.2,
        "workload": 0.35,
        "onboarding_strain": 0.3,
        "boundary_difficulty": 0.2,
        "age": -0.2,
    }
    also = [
        Stated(f"effects.{cause}.burnout", min(5.0 * sign, one), max(5.0 * sign, one))
        for cause, one in effects.items()
        for sign in (1 if one > 0 else -1,)
    ]
    made = study(load_table(SMALL), also=also, replications=1)
    with pytest.raises(ScenarioError, match=r"give no possible world .* narrow them with --also PATH LOW HIGH"):
        run(made, 40)


def test_an_alternative_keeps_what_it_states_under_every_draw() -> None:
    base = load_table(SMALL)
    other = load_table(SMALL | {"time_use": {"leave_share": 0.09}})  # as by default, but stated
    hours = run(study(base, other), 5).of(KEY)[:, 0].mean(axis=2)
    assert hours[0, 0] == hours[0, 1]
    assert (hours[1:, 0] != hours[1:, 1]).all()


def test_the_baseline_is_solved_anew_at_every_point() -> None:
    observed = SMALL | {"turnover": {"level": {"kind": "observed", "separations_per_100_posts_year": 30.0}}}
    base = load_table(observed)
    strong = at_values(base.raw, {"effects.team_exits_3_months.exit_voluntary": 1.0})
    assert solved_for(strong) != solved_for(base.scenario)


def test_a_measure_that_is_hardly_ever_defined_is_a_clear_fault() -> None:
    made = study(load_table(SMALL))
    ran = run(made, 5)
    for block in ran.outcomes:
        block[0].measures[KEY][:, 1:] = np.nan
    with pytest.raises(ScenarioError, match="is undefined in 3 of 4 replications"):
        told(made, ran, KEY)


def test_a_study_that_is_asked_again_finds_its_points_and_makes_those_that_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = study(load_table(SMALL))
    kept = replace(plain, settings=replace(plain.settings, store=tmp_path))
    ran: list[object] = []
    monkeypatch.setattr(module, "run_points", lambda points: ran.extend(points.own) or run_points(points))
    first = run(kept, 3)
    assert len(ran) == 3
    again = run(kept, 4)  # one point more
    assert len(ran) == 4
    assert np.array_equal(first.of(KEY), again.of(KEY)[:3], equal_nan=True)
    assert np.array_equal(again.of(KEY), run(plain, 4).of(KEY), equal_nan=True)
    ran.clear()
    files = sorted((tmp_path / POINTS).rglob("*.npz"))
    assert len(files) == 4
    files[0].write_bytes(files[0].read_bytes()[:-1])
    assert np.array_equal(run(kept, 4).of(KEY), again.of(KEY), equal_nan=True)
    assert len(ran) == 1
    run(replace(kept, settings=replace(kept.settings, seed=99)), 1)
    assert len(ran) == 2  # other luck is another study


def test_a_disk_that_will_not_keep_a_study_costs_the_keeping_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    plain = study(load_table(SMALL))
    kept = replace(plain, settings=replace(plain.settings, store=tmp_path / "file"))
    assert np.array_equal(run(kept, 2).of(KEY), run(plain, 2).of(KEY))


def test_the_page_is_told_what_points_side_by_side_take_and_not_one_by_one() -> None:
    """A study of the default size takes half a minute; told as so many questions of their own it was four minutes."""
    pair = [load(file_of(name)).scenario for name in ("pa_fee_for_service", "pa_wage_25")]
    assert 15.0 < seconds_of(pair, 241, 16) < 60.0
    assert seconds_of(pair, 482, 16) == pytest.approx(2 * seconds_of(pair, 241, 16), rel=0.05)
