"""The notebook of the library says what comes out when its experiments are run."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from click.testing import CliRunner

from sim.cli import main
from sim.scenario.read.library import NOTEBOOK, library, scenario_files
from studies.cases.notebook import EXAMPLE, run_again


def test_what_came_out_of_the_example_comes_out_again() -> None:
    """Words, figures and the fingerprints of its scenarios; key and digest of a run are of the version that ran it."""
    noted = EXAMPLE.read_text(encoding="utf-8")
    assert of_any_version(run_again()) == of_any_version(noted), "the example moved: make docs-cases"


def of_any_version(notebook: str) -> str:
    return re.sub(r'^(run|answer) = "[0-9a-f]{16}"$', r"\1", notebook, flags=re.MULTILINE)


def test_the_example_can_be_read_by_its_name_from_any_folder() -> None:
    done = CliRunner().invoke(main, ["notebook", "list", "--file", "library:notebook", "--json"])
    told = json.loads(done.stdout)["experiments"]
    assert [one["state"] for one in told] == ["decided", "decided"]
    assert all(one["expected"] and one["results"][0]["run"] for one in told)


def test_the_page_tells_of_the_example_in_its_figures() -> None:
    page = (Path(__file__).parents[2] / "docs/notebook.md").read_text(encoding="utf-8")
    told = page.partition("## An example")[2].partition("## On the page")[0]
    results = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["result"]
    found = " ".join(one["found"] for one in results)
    assert "40 futures" in told
    assert {one["replications"] for one in results} == {40}
    for figure in ("1.7 more", "between 4.4 fewer and 12.1 more", "3.1 fewer"):
        assert figure in told
        assert figure in found
    assert set(re.findall(r"\d+\.\d", told)) <= set(re.findall(r"\d+\.\d", found))


def test_a_notebook_beside_scenarios_is_no_scenario() -> None:
    assert EXAMPLE.name == NOTEBOOK
    assert EXAMPLE not in scenario_files(EXAMPLE.parent)
    assert EXAMPLE.stem not in library()
    assert "notebook" not in CliRunner().invoke(main, ["scenarios", str(EXAMPLE.parent)]).stdout
