"""Figures that go into files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.charts.printed import check_figure
from sim.cli import main

LIBRARY = Path(__file__).parents[2] / "scenarios"
COMPARE = [
    "compare",
    str(LIBRARY / "pa_fee_for_service.toml"),
    str(LIBRARY / "pa_wage_25.toml"),
    "--replications=3",
    "--months=6",
]


def test_the_same_runs_draw_the_same_figure(tmp_path: Path) -> None:
    """A figure holds no date and no chance names, so it can be kept beside what it shows."""
    for name in ("one.svg", "two.svg"):
        result = CliRunner().invoke(main, [*COMPARE, "--figure", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
    one, two = (tmp_path / "one.svg").read_bytes(), (tmp_path / "two.svg").read_bytes()
    assert one == two
    assert b"svg" in one[:400]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.svg", "two.svg"]


@pytest.mark.parametrize("ending", [".png", ".pdf"])
def test_figures_come_in_other_formats(tmp_path: Path, ending: str) -> None:
    """The ending of the name says which."""
    file = tmp_path / f"figure{ending}"
    result = CliRunner().invoke(main, [*COMPARE, "--figure", str(file)])
    assert result.exit_code == 0, result.output
    assert file.stat().st_size > 1000


@pytest.mark.parametrize("name", ["figure.gif", "figure", "nowhere/figure.svg"])
def test_a_name_that_cannot_be_written_is_refused_before_anything_runs(tmp_path: Path, name: str) -> None:
    """The message says which endings there are, or which folder is missing."""
    with pytest.raises(ValueError, match=r"ends in|no folder"):
        check_figure(tmp_path / name)
    result = CliRunner().invoke(main, [*COMPARE, "--figure", str(tmp_path / name)])
    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())
