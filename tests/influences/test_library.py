"""No comparison of the library raises the leak alarm: what the graph says is out of reach stays as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sim.model.engine.run import simulate
from sim.runs.leaks import leaked
from sim.scenario.files import load

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def alternatives() -> dict[Path, list[Path]]:
    """Return by the file that they extend every file that extends another."""
    found: dict[Path, list[Path]] = {}
    for file in sorted(SCENARIOS.rglob("*.toml")):
        base = tomllib.loads(file.read_text(encoding="utf-8")).get("extends")
        if base:
            found.setdefault((file.parent / base).resolve(), []).append(file)
    return found


@pytest.mark.parametrize(("base", "others"), alternatives().items(), ids=[base.stem for base in alternatives()])
def test_no_comparison_of_the_library_raises_the_alarm(base: Path, others: list[Path]) -> None:
    ours, *theirs = (load(file).scenario for file in (base, *others))
    before, *after = simulate(ours, theirs, range(2), 1)
    told = {
        file.stem: leaked((ours, other), [before, result])
        for file, other, result in zip(others, theirs, after, strict=True)
    }
    assert told == dict.fromkeys(told, ((), ()))
