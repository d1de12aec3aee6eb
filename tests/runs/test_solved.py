"""Baseline hazards of a base: solved once for all questions about it, by whoever does the work, to the same bits."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest

from sim.model.engine import baselines
from sim.model.rules.turnover import Baseline
from sim.runs.blocks import solved_for
from sim.runs.solved import solved_by
from sim.runs.workers.processes import Processes
from sim.runs.workers.work import Serial
from sim.scenario.files import load, load_table
from sim.scenario.schema import Scenario
from tests.scenarios.library import file_of
from tests.worlds import merged

SHORT = {"horizon": {"months": 6, "warm_up_months": 3}}


def short(name: str, **more: Any) -> Scenario:
    return load_table(merged(merged(dict(load(file_of(name)).raw), SHORT), more)).scenario


@pytest.fixture
def pilots(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Pilots that were run; nothing is remembered from before."""
    run: list[Any] = []
    own = baselines.solve_baseline
    monkeypatch.setattr(baselines, "solve_baseline", lambda *asked: run.append(asked) or own(*asked))
    monkeypatch.setattr(baselines, "_LATELY", OrderedDict())
    return run


def test_another_question_about_the_base_finds_it_solved_to_the_bit(
    pilots: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = short("pa_fee_for_service")
    first = solved_by(Serial(), base, tmp_path)
    monkeypatch.setattr(baselines, "_LATELY", OrderedDict())  # as in another process
    assert solved_by(Serial(), base, tmp_path) == first
    assert len(pilots) == 1
    assert solved_by(Serial(), short("pa_fee_for_service", pay={"wage_usd_per_hour": 26.0}), tmp_path) != first
    assert len(pilots) == 2


def test_what_is_damaged_is_solved_again(pilots: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = short("pa_fee_for_service")
    first = solved_by(Serial(), base, tmp_path)
    (file,) = tmp_path.rglob("*.npz")
    file.write_bytes(file.read_bytes()[:-40])
    monkeypatch.setattr(baselines, "_LATELY", OrderedDict())
    assert solved_by(Serial(), base, tmp_path) == first
    assert len(pilots) == 2


def test_without_a_store_nothing_is_kept(pilots: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert solved_by(Serial(), short("pa_fee_for_service"), None)
    assert len(pilots) == 1
    assert not list(tmp_path.rglob("*"))


def test_processes_solve_kinds_between_them_to_the_same_bits() -> None:
    base = short("statewide_portfolio")
    with Processes(2) as workers:
        found = solved_by(workers, base, None)
    assert found == solved_for(base)
    assert list(found) == list(solved_for(base))


def test_what_kinds_have_in_common_is_read_once_for_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    base, read = short("statewide_portfolio"), list[str]()
    monkeypatch.setattr(baselines, "solved_once", lambda *_: Baseline(0.01, 0.0, 0.0))
    for name in ("others_at_start", "plans_of"):
        own = getattr(baselines, name)
        monkeypatch.setattr(baselines, name, lambda of, own=own, name=name: read.append(name) or own(of))
    assert len(solved_for(base)) == 8
    assert read == ["others_at_start", "plans_of"]
