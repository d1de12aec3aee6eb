"""The notebooks run as they stand, show a figure and a finding, and hold the numbers that come out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studies.notebooks import PLOTLY, Notebook, executed, notebooks, read, shown

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
KINDS = {"advocate", "director", "policymaker"}


def test_there_is_one_for_each_kind_of_user() -> None:
    assert {file.stem for file in notebooks()} == KINDS


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("file", notebooks(), ids=lambda file: file.stem)
def test_a_notebook_runs_and_shows_what_it_holds(file: Path) -> None:
    kept = read(file)
    now = executed(kept)
    (finding, *_), figures = shown(now, "text"), shown(now, PLOTLY)
    assert finding.count("Projected over") == 2
    assert len(figures) >= 1
    assert all(figure["data"] for figure in figures)
    assert numbers(now) == numbers(kept), "the notebooks hold old numbers: say `make notebooks`"
    assert shown(kept, PLOTLY)


def numbers(notebook: Notebook) -> list[str]:
    """All numbers of the findings; words may be said otherwise without a notebook being wrong."""
    return NUMBER.findall("\n".join(shown(notebook, "text")))


@pytest.mark.parametrize("file", notebooks(), ids=lambda file: file.stem)
def test_a_notebook_says_for_whom_it_is_and_what_it_leaves_out(file: Path) -> None:
    first = "".join(read(file)["cells"][0]["source"])
    assert first.startswith("# ")
    assert "For somebody who" in first
    assert "projected futures keep this short" in first
