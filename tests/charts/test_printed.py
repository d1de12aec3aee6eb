"""Figures that go into files."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.charts.bars import Bar, Row, Scale, bars_chart
from sim.charts.drawing import Area, Line, Words
from sim.charts.look import plain
from sim.charts.painting import write_view
from sim.charts.printed import check_figure
from sim.charts.view import View
from sim.cli import main
from sim.questions.frontier.view import frontier_view
from sim.questions.sensitivity.view import screening_view
from tests.charts.views.doubts import sensitivity
from tests.charts.views.test_mixes import mixed

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


def words_of(view: View, file: Path) -> str:
    """Return the words of a view's picture, one space between them, markup left out."""
    write_view(view, file)
    texts = re.findall(r"<(?:text|tspan)[^>]*>([^<]*)<", file.read_text(encoding="utf-8"))
    return " ".join(" ".join(map(html.unescape, texts)).split())


@pytest.mark.parametrize("view", [screening_view(sensitivity()), frontier_view(mixed())], ids=lambda one: one.key)
def test_a_file_says_what_the_page_says(view: View, tmp_path: Path) -> None:
    """Page and file are painted from one drawing: every name and number of one stands in the other."""
    told = words_of(view, tmp_path / "view.svg")
    notes = [note["text"] for note in plain(view.figure)["layout"]["annotations"]]
    on_page = [" ".join(re.sub("<[^>]*>", " ", text).split()) for text in notes]
    assert not [text for text in (*on_page, view.title, view.reading, view.note) if text not in told]


def test_where_nothing_is_drawn_a_file_says_why(tmp_path: Path) -> None:
    view = screening_view(sensitivity(seen=False))
    assert "no input moves it detectably more than random variation does" in words_of(view, tmp_path / "view.svg")


def test_rows_are_laid_out_with_all_that_they_have() -> None:
    """Notes, a range around and a mark across, which the page draws, are drawn in a file too."""
    row = Row("Name", (Bar(0.0, 2.0, "2", whiskers=(1.0, 3.0)),), note="a note", around=(-1.0, 4.0), mark=1.5)
    (first, second) = bars_chart([(row, Scale("USD")), (row, Scale("share"))], "Heading").panels
    assert (first.y_title, second.y_title) == ("Heading", "")
    assert [one.text for one in first.parts if isinstance(one, Words)] == ["Name", "a note", "2"]
    assert [one.x for one in first.parts if isinstance(one, Area)] == [(-1.0, 4.0)]
    lines = [one.x for one in first.parts if isinstance(one, Line)]
    assert {(1.0, 3.0), (1.5, 1.5), (1.0, 1.0), (3.0, 3.0), (0.0, 0.0)} == set(lines)
