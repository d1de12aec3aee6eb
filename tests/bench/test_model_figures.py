"""The full model's figures are taken from the right work, and their arithmetic is sound."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bench import model_luck, model_questions, model_speed, model_whole
from bench.__main__ import FIGURES
from bench.figures import QUICK_ROUNDS, Effort, NotMeasuredError
from bench.model_scenario import bench_scenario, portfolio
from bench.report import first_edition
from bench.timing import CommandError, children_cpu, interleave, run_command
from sim.model.engine.run import simulate
from sim.scenario.files import load
from sim.scenario.timeline import plans


def test_the_bench_employer_is_solvent_and_nearly_full() -> None:
    (block,) = simulate(bench_scenario(40), [], range(8), 1)[0]
    assert not block.panel["closed"].any()
    assert block.panel["filled"].mean() / 40 > 0.9
    assert {"medicaid", "clinic", "block", "settlement"} == set(block.sources)


def test_the_bench_employer_takes_every_part_of_the_model() -> None:
    (block,) = simulate(bench_scenario(40), [], range(8), 1)[0]
    assert set(np.unique(block.facts["kind"])) == set(range(7))
    assert block.panel["rung.lead"].sum() > 0
    assert all(block.panel[f"charged.{source}"].sum() > 0 for source in block.sources)


@pytest.mark.parametrize(("posts", "months", "warm_up"), [(40, 12, 12), (7, 12, 0)])
def test_engine_and_reference_are_fed_the_same(posts: int, months: int, warm_up: int) -> None:
    model_speed.same_facts(bench_scenario(posts, months, warm_up))


def test_facts_that_differ_stop_the_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_speed, "first_difference", lambda *_: "fact: engine 1, reference 2")
    with pytest.raises(NotMeasuredError, match="do not give the same facts: fact: engine 1"):
        model_speed.same_facts(bench_scenario(4, 2, 0))


@pytest.mark.parametrize(("employers", "kinds"), [(7, 1), (7, 3), (3, 3)])
def test_a_portfolio_has_so_many_employers_of_so_many_kinds(employers: int, kinds: int) -> None:
    found = plans(portfolio(employers, kinds, 5, 3))
    assert (len(found), sum(plan.count for plan in found)) == (kinds, employers)


@pytest.mark.parametrize(("power", "expected"), [(1.0, 1.0), (2.0, 2.0)])
def test_growth_is_that_of_the_last_step(power: float, expected: float, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = (10, 100, 1_000)
    seconds = [5.0, *(size**power for size in sizes[1:])]
    monkeypatch.setattr(model_speed, "grown", lambda *_: seconds)
    measured = model_speed.measure_growth(lambda _: list, sizes, Effort())
    assert measured.value == pytest.approx(expected)
    assert "10: 5.00 s" in measured.note


def test_growth_times_every_size_in_turn() -> None:
    made: list[int] = []

    def sized(size: int) -> Callable[[], object]:
        made.append(size)
        return list

    assert len(model_speed.grown(sized, (1, 2, 3), 1)) == 3
    assert made == [1, 2, 3]


def test_the_variance_ratio_of_independent_draws_is_one_and_of_twins_endless() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.standard_normal((2, 100_000))
    assert model_luck.variance_ratio(before, after) == pytest.approx(1.0, abs=0.02)
    assert model_luck.variance_ratio(before, before + 0.1 * after) == pytest.approx(2.01 / 0.01, rel=0.02)


def test_the_interval_holds_the_ratio() -> None:
    rng = np.random.default_rng(2)
    before = rng.standard_normal(200)
    after = before + 0.5 * rng.standard_normal(200)
    low, high = model_luck.interval(before, after)
    assert low < model_luck.variance_ratio(before, after) < high


def test_a_raise_is_compared_on_common_luck() -> None:
    everyone = model_luck.scenarios(model_luck.RICH)
    assert [one.pay.wage_usd_per_hour for one in everyone] == pytest.approx([24.0, 28.8, 25.2])
    assert all(one.rules.enforce and one.rules.opening_cash_usd == 1e8 for one in everyone)


def _large(effort: Effort) -> object:
    return model_whole.measure_memory(50_000, 1, effort)


@pytest.mark.parametrize("measure", [model_whole.measure_processes, _large])
def test_what_takes_long_is_left_out_of_a_quick_look(measure: Callable[[Effort], object]) -> None:
    with pytest.raises(NotMeasuredError, match="not with --quick"):
        measure(Effort(3))


def test_one_run_prints_its_seconds_last() -> None:
    assert float(run_command([*model_whole.ONE_RUN, "3", "2", "2", "--stated"]).split()[-1]) > 0


def test_a_command_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_whole, "COMMAND", model_whole.COMMAND.with_name("no-such-command"))
    with pytest.raises(NotMeasuredError, match="no-such-command"):
        model_whole.measure_help(Effort(1))


def test_a_command_that_fails_fails_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_whole, "COMPARED", ("no-such-scenario.toml",))
    with pytest.raises(CommandError):
        model_whole.measure_compare(Effort(1))


def test_the_cpu_of_children_counts() -> None:
    before = children_cpu()
    run_command([model_whole.ONE_RUN[0], "-c", "sum(range(3_000_000))"])
    assert children_cpu() - before > 0.01
    assert math.isfinite(before)


def test_the_untimed_round_can_be_left_out() -> None:
    said: list[str] = []
    interleave({"a": lambda: said.append("a")}, rounds=2, untimed=0)
    assert said == ["a", "a"]


def test_a_figure_stands_beside_what_it_was_in_the_first_edition() -> None:
    before = first_edition()
    assert before["model.reference.40x200"] == "37.15 ×"
    assert before["model.statewide.seconds"] == "43.63 s"
    assert "model.futures" not in before  # nobody could ask it then
    assert before.keys() <= {figure.key for figure in FIGURES}


def test_a_nation_has_its_posts_and_is_what_a_state_takes_times_its_post_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = plans(load(model_questions.nation(tmp_path)).scenario)
    assert sum(plan.count * plan.epochs[0][1].posts.number for plan in found) == 200_000
    monkeypatch.setattr(model_questions, "_cpu_of", lambda _: 24.0)  # of 20 × 10,000 × 120 post-months: 1 µs each
    told = model_questions.measure_nation(Effort())
    assert told.value == pytest.approx(200_000 * 240 * 2_000 * 1e-6 / 3_600)
    assert "1.00 µs a post-month" in told.note
    assert "1.33 USD at 0.05 USD a core-hour (assumption)" in told.note


def test_the_pilot_of_a_draw_and_the_growth_in_draws_are_taken_from_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_questions, "ROWS", 3)
    told = model_questions.measure_pilot(Effort(1))
    assert told.unit == "ms"
    assert told.value > 0
    made = model_questions.by_draws(2)()
    assert [part.numbers for part in made.parts] == [(0, 1)]  # type: ignore[attr-defined]


def test_long_questions_are_left_out_where_a_look_is_enough() -> None:
    quick = Effort(QUICK_ROUNDS)
    for figure in FIGURES:
        if figure.key in {"model.solve", "model.frontier", "model.nation", "model.nation.rehearsal"}:
            with pytest.raises(NotMeasuredError, match="--quick"):
                figure.measure(quick)
