"""What is tried many at a time comes out as `compare` tells each of it alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.questions.solve import probes as module
from sim.questions.solve.levers import Choice, varied
from sim.questions.solve.probes import probing
from sim.results.summary import values_of
from sim.runs.answer import ask
from sim.runs.blocks import Task
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load_table

TODAY = {
    "horizon": {"months": 3, "warm_up_months": 0},
    "posts": {"number": 8},
    "pay": {"wage_usd_per_hour": 20.0},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.6}},
}
RAISED: Choice = (("pay.wage_usd_per_hour", 30.0),)
STRONG: Choice = (("effects.scale", 1.3),)  # with some draws of the effects no world can be like that
AS_TAKEN: Choice = (("effects.scale", 1.0),)


@pytest.fixture(scope="module")
def base() -> Loaded:
    return load_table(TODAY)


@pytest.mark.parametrize("unknowns", [False, True])
def test_many_at_a_time_are_what_each_is_alone(base: Loaded, *, unknowns: bool) -> None:
    """Also where one could not be like a draw that the others could: it alone has other futures then."""
    settings = Settings(24, 7, 1, unknowns=unknowns)
    levels = []
    with probing(base, settings, 3) as probes:
        probes.run([RAISED, STRONG, AS_TAKEN])
        for choice in (RAISED, STRONG, AS_TAKEN):
            alone = ask(base, [varied(base, choice)], settings)
            beside = values_of(probes[choice].base)
            for key, values in alone.alternatives[0].case.values.items():
                np.testing.assert_array_equal(values, probes[choice].values[key], err_msg=key)
                np.testing.assert_array_equal(alone.base.values[key], beside[key], err_msg=key)
            levels.append(alone.base.values["exits_per_year"])
    assert np.array_equal(levels[0], levels[2])
    assert np.array_equal(levels[0], levels[1]) is not unknowns


def test_a_round_that_is_kept_is_not_run_again(base: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(20, 7, 1, unknowns=True, store=tmp_path)
    tried, other = [RAISED, STRONG, AS_TAKEN], (("pay.wage_usd_per_hour", 25.0),)
    with probing(base, settings, 3) as probes:
        probes.run(tried)
        told = {choice: dict(probes[choice].values) for choice in tried}
    (kept, *others) = sorted((tmp_path / "points").rglob("*.npz"))
    assert len(others) == 3  # all together, then, as one of them had other futures, each alone

    monkeypatch.setattr(module, "run_block", _not_again)
    with probing(base, settings, 3) as again:
        again.run(tried)
        for choice in tried:
            assert all(
                np.array_equal(told[choice][key], values, equal_nan=True)
                for key, values in again[choice].values.items()
            )
    for asked in (Settings(21, 7, 1, unknowns=True, store=tmp_path), Settings(20, 8, 1, unknowns=True, store=tmp_path)):
        with probing(base, asked, 3) as anew, pytest.raises(AssertionError, match="again"):
            anew.run(tried)
    with probing(base, settings, 3) as anew, pytest.raises(AssertionError, match="again"):
        anew.run([other])

    for file in (kept, *others):
        file.write_bytes(file.read_bytes()[:-3] + b"???")
    with probing(base, settings, 3) as damaged, pytest.raises(AssertionError, match="again"):
        damaged.run(tried)


def _not_again(task: object) -> None:
    raise AssertionError(f"run again: {task}")


@pytest.mark.parametrize("unknowns", [False, True])
def test_the_base_is_run_once_in_the_same_futures(
    base: Loaded, monkeypatch: pytest.MonkeyPatch, *, unknowns: bool
) -> None:
    run, tasks = module.run_block, list[Task]()

    def noted(task: Task) -> Piece:
        tasks.append(task)
        return run(task)

    monkeypatch.setattr(module, "run_block", noted)
    with probing(base, Settings(24, 7, 1, unknowns=unknowns), 3) as probes:
        probes.run([RAISED])
        probes.run([AS_TAKEN])
        probes.run([STRONG])
        first, second = probes[RAISED].base, probes[AS_TAKEN].base
    others = [(1,), None] if unknowns else [(1,)]  # in futures that are others' the base is run again
    assert [task.wanted for task in tasks] == [None, (1,), *others]
    assert all(np.array_equal(first[name], second[name], equal_nan=True) for name in first)
