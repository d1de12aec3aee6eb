"""The timer takes turns, and a command's memory is its own."""

import sys

import pytest

from bench.timing import CommandError, Times, growth_exponent, interleave, peak_memory, run_command


def test_callables_take_turns_after_one_round_that_does_not_count() -> None:
    said: list[str] = []
    times = interleave({"a": lambda: said.append("a"), "b": lambda: said.append("b")}, rounds=3)
    assert said == ["a", "b"] * 4
    assert [len(times[name].cpu) for name in "ab"] == [3, 3]
    assert [len(times[name].wall) for name in "ab"] == [3, 3]


def test_work_shows_in_the_time_and_waiting_only_on_the_wall() -> None:
    def work() -> None:
        sum(range(300_000))

    times = interleave({"work": work, "nothing": lambda: None, "wait": lambda: run_command(["sleep", "0.05"])}, 3)
    assert times["work"].cpu_min > 10 * times["nothing"].cpu_min
    assert times["wait"].wall_min >= 0.05
    assert times["wait"].cpu_min < 0.05


def test_least_and_median_are_those_of_the_rounds() -> None:
    times = Times(cpu=(3.0, 1.0, 2.0), wall=(5.0, 4.0, 9.0))
    assert (times.cpu_min, times.cpu_median, times.wall_min, times.wall_median) == (1.0, 2.0, 4.0, 5.0)


@pytest.mark.parametrize(("names", "rounds"), [("", 3), ("a", 0)])
def test_timing_nothing_is_an_error(names: str, rounds: int) -> None:
    with pytest.raises(ValueError, match="at least one callable and one round"):
        interleave(dict.fromkeys(names, list), rounds)


def test_a_command_that_fails_says_how() -> None:
    with pytest.raises(CommandError, match="status 3: no such luck"):
        run_command([sys.executable, "-c", "import sys; print('no such luck', file=sys.stderr); sys.exit(3)"])


def test_memory_is_that_of_the_fresh_process_and_of_no_other() -> None:
    held = bytearray(200 * 2**20)  # in this process: must not count
    hungry = peak_memory([sys.executable, "-c", "x = bytearray(b'1') * (150 * 2**20)"])
    modest = peak_memory([sys.executable, "-c", "pass"])
    assert len(held) > 0
    assert 150 < hungry < 190
    assert 1 < modest < 40


def test_memory_of_a_command_that_fails_is_not_a_figure() -> None:
    with pytest.raises(CommandError, match="status 4"):
        peak_memory([sys.executable, "-c", "raise SystemExit(4)"])


def test_the_growth_exponent_is_the_power() -> None:
    sizes = [10, 100, 1000]
    assert growth_exponent(sizes, [3e-6 * size**1.25 for size in sizes]) == pytest.approx(1.25)
