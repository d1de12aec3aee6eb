"""The package itself: its names, its examples, its page, and a foreign `sim` that stands in the way."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import peerstay
from studies.reference_pages import pages

ROOT = Path(__file__).parents[2]
MODULES = sorted(file.stem for file in (ROOT / "peerstay").glob("*.py") if not file.stem.startswith("_"))
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = {"PYTHONPATH": str(ROOT)} if (ROOT / "sim").is_dir() else {}
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, '')\n{code}"],
        cwd=folder, env={**os.environ, **path}, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip


def test_every_name_says_what_it_is() -> None:
    assert len(peerstay.__all__) <= 20
    assert sorted(peerstay.__all__) == peerstay.__all__
    named = [name for name in peerstay.__all__ if name != "__version__"]
    assert [name for name in named if not getattr(peerstay, name).__doc__] == []


@pytest.mark.parametrize("name", ["peerstay", *(f"peerstay.{module}" for module in MODULES)])
def test_the_examples_run(name: str) -> None:
    done = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert done.failed == 0


def test_the_version_is_said_in_one_place_and_cited() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert f"version: {peerstay.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_newest_release_of_the_changelog_is_this_version_and_the_citation_has_its_day() -> None:
    """Work that is not released yet may stand above it, under [Unreleased]."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", changes, re.MULTILINE)
    named = re.findall(r"^## (.+)$", changes, re.MULTILINE)
    assert len(releases) + ("[Unreleased]" in named) == len(named)
    assert releases[0][0] == peerstay.__version__
    assert releases == sorted(releases, key=lambda one: [int(part) for part in one[0].split(".")], reverse=True)
    assert [day for _, day in releases] == sorted((day for _, day in releases), reverse=True)
    assert f'date-released: "{releases[0][1]}"\n' in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_a_tag_of_this_commit_says_this_version() -> None:
    """Where there is no git, or no tag, nothing is said."""
    done = subprocess.run(
        ["git", "tag", "--points-at", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert set(re.findall(r"^v\d+\.\d+\.\d+$", done.stdout, re.MULTILINE)) <= {f"v{peerstay.__version__}"}


def test_the_examples_are_there() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    tests = [one for module in MODULES for one in finder.find(import_module(f"peerstay.{module}"))]
    assert sum(len(one.examples) for one in tests) >= 20


def test_base_against_three_alternatives_takes_eight_lines_at_most() -> None:
    lines = [line for line in SNIPPETS[0].splitlines() if line.strip()]
    assert len(lines) <= 8
    space: dict[str, object] = {}
    exec(SNIPPETS[0].replace("replications=40", "replications=2"), space)
    assert len(space["answer"].scenarios) == 4
    names = {trace.name for trace in space["figure"].data if trace.name}
    assert len(names) >= 4 or len(space["figure"].data) >= 4
    exec(SNIPPETS[1], space)
    assert space["left"].sum() > 0
    assert space["by_year"].size > 10


def test_the_reference_is_made_from_the_package() -> None:
    made = pages()["api.md"]
    assert made == (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert all(
        f"peerstay.{name}" in made or f"### {name}" in made
        for name in peerstay.__all__
        if name[0].isalpha() and "Error" not in name
    )


def test_importing_it_is_light(tmp_path: Path) -> None:
    heavy = "pandas plotly matplotlib streamlit pyarrow scipy.stats"
    done = python(f"import peerstay; print([one for one in '{heavy}'.split() if one in sys.modules])", tmp_path)
    assert done.stdout == "[]\n", done.stderr


def test_a_foreign_sim_is_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "sim.py").write_text("open('was_read', 'w').close()\n", encoding="utf-8")
    done = python("import peerstay", tmp_path)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError: peerstay needs its own package `sim`, and another one hides it: ")
    assert str(tmp_path / "sim.py") in last
    assert not (tmp_path / "was_read").exists()


def test_a_foreign_sim_that_is_loaded_already_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "sim.py").write_text("x = 1\n", encoding="utf-8")
    done = python("import sim\nimport peerstay", tmp_path)
    assert "another one hides it" in done.stderr


def test_the_command_line_says_in_one_line_that_a_foreign_sim_hides_its_own(tmp_path: Path) -> None:
    (tmp_path / "sim.py").write_text("open('was_read', 'w').close()\n", encoding="utf-8")
    path = {"PYTHONPATH": str(ROOT)} if (ROOT / "sim").is_dir() else {}
    done = subprocess.run(
        [sys.executable, "-m", "peerstay", "--version"],
        cwd=tmp_path, env={**os.environ, **path}, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("peerstay needs its own package `sim`, and another one hides it: ")
    assert not (tmp_path / "was_read").exists()


def test_it_is_the_command_line_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "peerstay", "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.stdout.startswith("peerstay, version ")
