"""Imports run downwards only, and the contracts that say so bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent

FLOORS = "Imports run downward only"
FLOORS_OF_THE_MODEL = "Inside the model, imports run downward only"
RULES_APART = "Rules do not know one another"
NO_LUCK = "Rules, world and results know neither SimPy nor luck"
WORDS = "Words, charts and files to take away draw no random numbers"
NO_ENGINE = "Results read what the engine wrote down, not the engine"
NO_STUDIES = "The product does not know the studies made with it"
NO_PAGE = "Only the page knows Streamlit"
LIBRARY = "The library stands above the questions, and nothing in sim knows it"
NO_CYCLES = "No import runs in a circle"

FORBIDDEN = [
    pytest.param("results", "from sim.model import engine", NO_ENGINE, id="results-know-the-engine"),
    pytest.param("model/engine", "from sim import results", FLOORS, id="engine-knows-results"),
    pytest.param("model/rules", "import sim.model.engine", FLOORS_OF_THE_MODEL, id="rules-know-the-engine"),
    pytest.param("scenario", "def f():\n    import sim.model.world", FLOORS, id="hidden-in-a-function"),
    pytest.param("", "x = 1", FLOORS, id="a-module-without-a-floor"),
    pytest.param("model/rules", "import sim.model.rules.other", RULES_APART, id="rules-know-one-another"),
    pytest.param("model/rules", "import simpy", NO_LUCK, id="rules-know-simpy"),
    pytest.param("model/world", "import simpy.events", NO_LUCK, id="world-knows-simpy"),
    pytest.param("results", "from simpy import Environment", NO_LUCK, id="results-know-simpy"),
    pytest.param("model/rules", "from sim.streams import *", NO_LUCK, id="rules-know-luck"),
    pytest.param("results", "from sim import streams", NO_LUCK, id="results-know-luck"),
    pytest.param("words", "from sim import streams", WORDS, id="words-know-luck"),
    pytest.param("charts", "import streamlit", NO_PAGE, id="charts-know-streamlit"),
    pytest.param("cli", "import streamlit as st", NO_PAGE, id="cli-knows-streamlit"),
    pytest.param("questions/solve", "import studies.drivers", NO_STUDIES, id="a-question-knows-the-studies"),
    pytest.param("questions/solve", "import peerstay.asking", LIBRARY, id="a-question-knows-the-library"),
    pytest.param("model/world/other.py", "import sim.model.world.planted", NO_CYCLES, id="a-circle"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package and its configuration that a test may spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("peerstay", "sim", "studies"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / command[0], *command[1:]], cwd=tree, capture_output=True, text=True, check=False, timeout=60
    )


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    return run(tree, "lint-imports", "--no-logo", "--no-cache")


def plant(tree: Path, where: str, line: str) -> None:
    """Put the line into a new module; `other` beside it gives the line something to import."""
    folder, _, other = where.partition("/other")
    package = tree / "sim" / folder
    (package / "planted.py").write_text("import sim.model.world.other\n" if other else line, encoding="utf-8")
    if folder:
        (package / "other.py").write_text(line if other else "", encoding="utf-8")


def test_floors_hold() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(("where", "line", "contract"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contract(tree: Path, where: str, line: str, contract: str) -> None:
    plant(tree, where, line)
    outcome = lint_imports(tree)
    assert outcome.returncode == 1
    assert f"{contract} BROKEN" in outcome.stdout


def test_an_import_downwards_breaks_nothing(tree: Path) -> None:
    plant(tree, "model/rules", "import sim.model.world, sim.scenario, numpy")
    outcome = lint_imports(tree)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    "line",
    [
        "from numpy import random",
        "from numpy.random import default_rng",
        "import random",
        "import numpy as np\n\nluck = np.random.default_rng(1)",
    ],
)
def test_luck_without_a_name_is_refused(tree: Path, line: str) -> None:
    plant(tree, "model/rules", line)
    outcome = run(tree, "ruff", "check", "--no-cache", "--select", "TID251", "sim")
    assert outcome.returncode == 1
    assert "Luck has names" in outcome.stdout
