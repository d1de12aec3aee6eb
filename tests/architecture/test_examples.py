"""Each worked example of CONTRIBUTING.md is made on a copy of the tree; its files are counted, and it works there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Worked examples")[2].partition("\n## ")[0]
SECTION = re.compile(r"^### Example: (.+)$", re.MULTILINE)
BLOCK = re.compile(r"^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COUNT = re.compile(r"\*\*(\d+) files, (both|\d+ of them) in `sim/`\.\*\*")
COPIED = ("sim", "data", "scenarios", ".streamlit")
MOST = {  # files in `sim/` that an addition may touch: a rise says that the house has got worse
    "a kind of money": 4,
    "a measure": 2,
    "a cause of burnout": 3,
    "a study page": 3,
    "a form of the hazard": 2,
}


@dataclass(frozen=True)
class Example:
    """An example as the page tells it: its edits, by file, and how many files the page says there are."""

    edits: dict[str, tuple[str, ...]]  # of each file, the places to change as lines of a diff
    files: int
    in_sim: int


def example_of(text: str) -> Example:
    edits: dict[str, tuple[str, ...]] = {}
    for one in re.split(r"^\+\+\+ ", "".join(BLOCK.findall(text)), flags=re.MULTILINE)[1:]:
        name, _, places = one.partition("\n")
        assert name not in edits, f"{name} stands twice"
        edits[name] = tuple(filter(None, re.split(r"^@@\n", places, flags=re.MULTILINE)))
    counted = COUNT.search(text)
    assert counted, "the page does not say how many files there are"
    files, within = counted.groups()
    return Example(edits, int(files), 2 if within == "both" else int(within.split()[0]))


_, *PARTS = SECTION.split(PAGE)
EXAMPLES = {name: example_of(text) for name, text in zip(PARTS[::2], PARTS[1::2], strict=True)}


def edited(text: str, place: str) -> str:
    """The text with one place of it changed, which must be found once."""
    lines = [line or " \n" for line in place.splitlines(keepends=True)]
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert before, f"says nothing of where it belongs:\n{place}"
    assert text.count(before) == 1, f"must be there once:\n{before}"
    return text.replace(before, after)


def perform(tree: Path, example: Example) -> None:
    for name, places in example.edits.items():
        file = tree / name
        if file.exists():
            text = file.read_text(encoding="utf-8")
            for place in places:
                text = edited(text, place)
        else:
            (whole,) = places
            assert all(line.startswith("+") for line in whole.splitlines()), f"{name} is not there"
            text = "".join(line[1:] for line in whole.splitlines(keepends=True))
        file.write_text(text, encoding="utf-8")


def copied(tree: Path) -> None:
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tree / folder)  # what is compiled with it
    (tree / "docs").mkdir()
    for file in ("app.py", "docs/glossary.md"):
        shutil.copy(ROOT / file, tree / file)


def contents(tree: Path) -> dict[str, bytes]:
    files = (file for file in tree.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return {file.relative_to(tree).as_posix(): file.read_bytes() for file in files}


def works(tree: Path, program: str) -> None:
    """Run a program on the copy; it ends with what it expects."""
    own = {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PEERSTAY_HOME": str(tree / "kept")}
    outcome = subprocess.run(
        [sys.executable, "-c", COMMON + program], cwd=tree, env=os.environ | own, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


COMMON = """
import numpy as np
import sim
from pathlib import Path
from sim.influences import graph
from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.scenario.describe import inputs

assert Path(sim.__file__).is_relative_to(Path.cwd()), sim.__file__
for one in inputs():
    one.path.startswith("effects.<") or graph.given_at(one.path, one.kind)


WORLD = {
    "title": "Small", "horizon": {"months": 12, "warm_up_months": 2}, "posts": {"number": 8},
    "pay": {"wage_usd_per_hour": 20.0}, "rules": {"enforce": False},
    "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.5}},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.4}},
}


def told(key, runs=4, **tables):
    return ask(load_table(WORLD | tables), (), Settings(runs, 1)).base.measures[key].mean


def must(got, wanted):
    assert abs(got - wanted) < 1e-9, (got, wanted)
"""

WORKS = {
    "a kind of money": """
gifts = {"gifts": {"kind": "gifts", "usd_per_month": 1234.56, "payer": "county"}}
must(told("revenue_usd_per_year", funding=gifts), 12 * 1234.56)
must(told("spending_county_usd_per_year", funding=gifts), 12 * 1234.56)
enough = {"gifts": gifts["gifts"] | {"usd_per_month": 60_000.0}}
ruled = told("headcount", funding=enough, rules={"opening_cash_usd": 50_000.0})
must(ruled, told("headcount", funding=enough))  # the budget counts on it
(edge,) = graph.given_at("funding.<name>.usd_per_month", "gifts").acts
assert graph.reaches([edge.factor], "revenue_usd_per_year")
""",
    "a measure": """
from sim.results.measures.table import MEASURES

KEY = "hires_per_100_posts_year"
sums = {"hired": np.array([3.0, 0.0]), "filled_years": np.array([6.0, 2.0])}
assert MEASURES[KEY].formula(sums).tolist() == [50.0, 0.0]
none, few, many = (
    told(KEY, turnover={"level": {"kind": "hazards", "voluntary_per_year": each}, "return_to_use_per_year": 0.0},
         recruitment={"days_to_fill": 0.0}, horizon={"months": 12, "warm_up_months": 0})
    for each in (0.0, 0.2, 1.0)
)
assert none == 0.0 < few < many, (none, few, many)
assert graph.reaches(["hires"], KEY) and graph.factors_of_measure(KEY)[0] == "hires"
""",
    "a cause of burnout": """
calm, called = (told("burnout_mean", practices={"on_call": level}) for level in (0.0, 2.0))
assert called > calm + 0.02, (calm, called)
must(told("burnout_mean", practices={"on_call": 2.0}, effects={"on_call": {"burnout": 0.0}}),
     told("burnout_mean", effects={"on_call": {"burnout": 0.0}}))
assert [edge.factor for edge in graph.given_at("practices.on_call").acts] == ["on_call"]
assert "on_call" in graph.causes() and graph.reaches(["on_call"], "burnout_mean")
""",
    "a study page": """
from contextlib import nullcontext
import time
from streamlit.testing.v1 import AppTest
from sim.runs.workers.work import Serial
from sim.ui.question import Alternative, Question
from sim.ui.server import shared as server
from sim.ui.state import QUESTION

server.opener = server.opened_first = server.opened = lambda *_: nullcontext(Serial())
app = AppTest.from_file("app.py", default_timeout=60)
app.session_state[QUESTION] = Question(WORLD, (Alternative({"pay": {"wage_usd_per_hour": 30.0}}),), 40, 1)
app.run()
app.switch_page("sim/ui/pages/best.py").run()
assert not app.exception and [one.value for one in app.title] == ["Which is best?"], app
next(one for one in app.button if one.label == "Find the best").click().run()
until = time.monotonic() + 60
while not any("is chosen of 2" in one.value for one in app.markdown):
    assert not app.exception and time.monotonic() < until, [one.value for one in app.markdown]
    time.sleep(0.1)
    app.run()
server.first_rounds().close()
server.pool().close()
""",
    "a form of the hazard": """
from sim.model.rules.turnover import wage_factor

FORM = "up_to_living_wage"
factor = wage_factor(FORM, -1.2, np.array([16.0, 25.0, 40.0]), 20.0, 25.0, 0.25)
assert np.allclose(factor, [0.8**-1.2, 1.25**-1.2, 1.25**-1.2], rtol=1e-14)


def leaving(wage, form):
    turnover = WORLD["turnover"] | {"wage_response": form}
    place = {"living_wage_usd_per_hour": 25.0, "outside_wage_usd_per_hour": 20.0}
    return told("exits_per_year", 40, place=place, pay={"wage_usd_per_hour": wage}, turnover=turnover)


must(leaving(24.0, FORM), leaving(24.0, "elasticity"))
assert leaving(40.0, FORM) > leaving(40.0, "elasticity")
""",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("examples") / "tree"
    tree.mkdir()
    copied(tree)
    return tree


def test_the_page_has_an_example_of_every_addition() -> None:
    assert set(EXAMPLES) == set(MOST) == set(WORKS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_touches_the_files_that_the_page_says_and_works(tree: Path, tmp_path: Path, name: str) -> None:
    example, own = EXAMPLES[name], tmp_path / "tree"
    shutil.copytree(tree, own)
    perform(own, example)
    before, after = contents(tree), contents(own)
    touched = {file for file, content in after.items() if before.get(file) != content}
    assert before.keys() <= after.keys()
    assert touched == set(example.edits)
    in_sim = [file for file in touched if file.startswith("sim/")]
    assert (len(touched), len(in_sim)) == (example.files, example.in_sim)
    assert len(in_sim) <= MOST[name]
    works(own, WORKS[name])
