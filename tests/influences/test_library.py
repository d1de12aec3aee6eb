"""No comparison of the library raises the leak alarm: what the graph says is out of reach stays as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sim.model.engine.run import simulate
from sim.model.rules.turnover import Baseline
from sim.runs.leaks import leaked
from sim.scenario.files import load

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SOLVED: dict[Path, dict[str, Baseline]] = {}  # the baseline hazards of each base, solved once


def alternatives() -> list[tuple[Path, Path]]:
    """Return every file that extends another, with the one it extends."""
    files = sorted(SCENARIOS.rglob("*.toml"))
    stated = [(file, tomllib.loads(file.read_text(encoding="utf-8")).get("extends")) for file in files]
    return [((file.parent / base).resolve(), file) for file, base in stated if base]


@pytest.mark.parametrize(("base", "other"), alternatives(), ids=lambda path: path.stem)
def test_no_comparison_of_the_library_raises_the_alarm(base: Path, other: Path) -> None:
    both = load(base).scenario, load(other).scenario
    assert leaked(both, simulate(both[0], both[1:], range(2), 1, SOLVED.setdefault(base, {}))) == ((), ())
