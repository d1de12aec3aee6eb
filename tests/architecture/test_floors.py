"""Imports run downwards only, and the contracts that say so bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent

FLOORS = "Imports run downwards only"
RULES_APART = "Rules do not know one another"
NO_LUCK = "Rules, world and results know neither SimPy nor luck"
REPORTS = "Reports draw nothing"
NO_PAGE = "Only the page knows Streamlit"
NO_CYCLES = "No import runs in a circle"

FORBIDDEN = [
    pytest.param("results", "from sim import engine", FLOORS, id="results-know-the-engine"),
    pytest.param("engine", "from sim import results", FLOORS, id="engine-knows-results"),
    pytest.param("rules", "import sim.engine", FLOORS, id="rules-know-the-engine"),
    pytest.param("scenario", "def f():\n    import sim.world", FLOORS, id="hidden-in-a-function"),
    pytest.param("", "x = 1", FLOORS, id="a-module-without-a-floor"),
    pytest.param("rules", "import sim.rules.other", RULES_APART, id="rules-know-one-another"),
    pytest.param("rules", "import simpy", NO_LUCK, id="rules-know-simpy"),
    pytest.param("world", "import simpy.events", NO_LUCK, id="world-knows-simpy"),
    pytest.param("results", "from simpy import Environment", NO_LUCK, id="results-know-simpy"),
    pytest.param("rules", "from sim.streams import *", NO_LUCK, id="rules-know-luck"),
    pytest.param("results", "from sim import streams", NO_LUCK, id="results-know-luck"),
    pytest.param("report", "from sim import streams", REPORTS, id="reports-know-luck"),
    pytest.param("report", "import streamlit", NO_PAGE, id="reports-know-streamlit"),
    pytest.param("cli", "import streamlit as st", NO_PAGE, id="cli-knows-streamlit"),
    pytest.param("world/other.py", "import sim.world.planted", NO_CYCLES, id="a-circle"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package and its configuration that a test may spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / command[0], *command[1:]], cwd=tree, capture_output=True, text=True, check=False, timeout=60
    )


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    return run(tree, "lint-imports", "--no-logo", "--no-cache")


def plant(tree: Path, where: str, line: str) -> None:
    """Put the line into a new module; `other` beside it gives the line something to import."""
    folder, _, other = where.partition("/")
    package = tree / "sim" / folder
    (package / "planted.py").write_text("import sim.world.other\n" if other else line, encoding="utf-8")
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
    plant(tree, "rules", "import sim.world, sim.scenario, numpy")
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
    plant(tree, "rules", line)
    outcome = run(tree, "ruff", "check", "--no-cache", "--select", "TID251", "sim")
    assert outcome.returncode == 1
    assert "Luck has names" in outcome.stdout
