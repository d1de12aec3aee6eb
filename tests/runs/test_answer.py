"""An answer holds the cases, what differs, and what that changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.runs.answer import ask, case_names, settings_of
from sim.scenario.files import Loaded, load
from sim.scenario.problems import ScenarioError

BASE = """
horizon = { months = 6, warm_up_months = 2 }
experiment = { replications = 3, seed = 5 }
posts.number = 4
pay.wage_usd_per_hour = 20.0
"""


@pytest.fixture
def base(tmp_path: Path) -> Loaded:
    (tmp_path / "base.toml").write_text(BASE)
    return load(tmp_path / "base.toml")


def other(base: Loaded, name: str, text: str, folder: str = ".") -> Loaded:
    path = base.path.parent / folder / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text((base.path.read_text() if folder != "." else 'extends = "base.toml"\n') + text)
    return load(path)


def test_an_answer_tells_what_differs_and_what_it_changes(base: Loaded) -> None:
    answer = ask(base, [other(base, "raise", "pay.wage_usd_per_hour = 25.0")], settings_of(base))
    (one,) = answer.alternatives
    assert [str(change) for change in one.changes] == ["pay.wage_usd_per_hour: 20.0 → 25.0"]
    assert one.measures["mean_wage_usd_per_hour"].verdict == "higher"
    assert one.measures["headcount"].difference.n == 3
    assert [case.name for case in answer.cases] == ["base", "raise"]


def test_the_base_says_how_often_and_with_what_luck(base: Loaded) -> None:
    settings = settings_of(base, jobs=2)
    assert (settings.replications, settings.seed, settings.jobs) == (3, 5, 2)
    told: list[int] = []
    settings_of(base, progress=lambda done, _: told.append(done)).progress(1, 3)
    assert told == [1]


def test_a_scenario_is_called_by_its_title_and_else_by_its_file(base: Loaded) -> None:
    titled = other(base, "titled", 'title = "A raise"\n')
    answer = ask(base, [titled], settings_of(base))
    assert [case.title for case in answer.cases] == ["base", "A raise"]


def test_files_of_one_name_are_told_apart(base: Loaded) -> None:
    everyone = [base, other(base, "base", "", "b"), other(base, "base", "", "c"), base]
    assert case_names(everyone) == ("base", "base-2", "base-3", "base-4")


def test_what_cannot_be_compared_is_named_by_its_file(base: Loaded) -> None:
    longer = other(base, "longer", "horizon.months = 12")
    with pytest.raises(ScenarioError, match=r"longer\.toml: horizon\.months = 12"):
        ask(base, [longer], settings_of(base))
