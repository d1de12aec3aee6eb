"""Two independently written ways of running the model must tell the same story, fact by fact and cent by cent."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path

import pytest

from sim.model.engine import baseline, baselines
from sim.model.rules.turnover import Baseline
from sim.scenario.files import load
from sim.scenario.read.library import scenario_files
from tests.agreement.agree import first_difference, run_both
from tests.agreement.random_worlds import random_world
from tests.agreement.reached import RULES, rules_reached
from tests.reference import scenarios as parts
from tests.scenarios.library import NAMES, base_of, file_of

ROOT = Path(__file__).parents[2]
LIBRARY = sorted(path.relative_to(ROOT).as_posix() for path in scenario_files(ROOT / "scenarios", "**/*.toml"))
BASE = "pa_fee_for_service"
WORLDS = 94  # the last of them reaches the last rule
POSTS_OF_A_PILOT = 600
WHOLE = bool(os.environ.get("PEERSTAY_WHOLE"))
SMALL: OrderedDict[str, Baseline] = OrderedDict()  # what small pilots have found, for whatever test starts from it
BY_DAY = 24  # months of an organization of several kinds of employers
PARTS = [*sorted(name for name in vars(parts) if name.startswith("WITH_")), "POOR"]


@pytest.fixture(autouse=True)
def _small_pilots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both start from the hazards that a pilot found: how near these are to the turnover stated is asked elsewhere."""
    monkeypatch.setattr(baseline, "FEWEST_POSTS", POSTS_OF_A_PILOT)
    monkeypatch.setattr(baseline, "MOST_POSTS", POSTS_OF_A_PILOT)
    monkeypatch.setattr(baselines, "_LATELY", SMALL)


def test_the_library_is_found() -> None:
    """An empty list would make the test below pass for nothing."""
    assert len(LIBRARY) > 10


@pytest.mark.parametrize("path", LIBRARY)
def test_engine_and_reference_agree_on_the_library(path: str) -> None:
    """Every scenario of the library runs alike in both; of several kinds of employers, by day, its first two years."""
    scenario = load(ROOT / path).scenario
    if scenario.employer and not WHOLE:
        shorter = scenario.horizon.model_copy(update={"months": min(BY_DAY, scenario.horizon.months)})
        scenario = scenario.model_copy(update={"horizon": shorter})
    assert first_difference(scenario, None, replication=3) is None


@pytest.mark.parametrize("name", [name for name in NAMES if base_of(name) == BASE])
def test_engine_and_reference_agree_on_alternatives(name: str) -> None:
    """An alternative that starts from another scenario's opening runs alike in both."""
    base, alternative = (load(file_of(one)).scenario for one in (BASE, name))
    assert first_difference(base, alternative, replication=5) is None


@pytest.mark.parametrize("part", PARTS)
def test_engine_and_reference_agree_on_every_part(part: str) -> None:
    """Ladders, braided grants, dated changes, rosters, portfolios and poverty run alike in both."""
    scenario = parts.made(parts.FEE_FOR_SERVICE, getattr(parts, part))
    for replication in range(2):
        assert first_difference(scenario, None, replication) is None


def test_engine_and_reference_agree_on_a_raise_among_employers_that_meet() -> None:
    """An alternative sees its own wages and rates from month 0, and the base's before."""
    more = {"pay": {"wage_usd_per_hour": 20.5}, "funding": {"medicaid": {"rate_usd_per_unit": 36.0}}}
    base = parts.made(parts.FEE_FOR_SERVICE, parts.WITH_MARKET)
    raised = parts.made(parts.FEE_FOR_SERVICE, parts.WITH_MARKET, more)
    assert first_difference(base, raised, replication=2) is None


def test_engine_and_reference_agree_where_an_alternative_fills_slots_that_went_by_chance() -> None:
    """The wait for slots by chance is the base's; the alternative's own first promotions end it."""
    base, alternative = (parts.made(parts.FEE_FOR_SERVICE, one) for one in (parts.BY_CHANCE, parts.WITH_LADDER))
    assert first_difference(base, alternative, replication=2) is None


@pytest.mark.parametrize("name", parts.WORKED)
def test_engine_and_reference_agree_on_what_was_worked_by_hand(name: str) -> None:
    """The values worked by hand for the reference hold for the engine too."""
    assert first_difference(parts.WORKED[name], None, replication=0) is None


def test_a_random_world_is_the_same_whatever_was_imported_before() -> None:
    """A new process that imported nothing else draws the same world."""
    code = "from tests.agreement.random_worlds import random_world; print(repr(random_world(7)))"
    alone = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert alone.stdout.strip() == repr(random_world(7))


@pytest.mark.timeout(900)  # a second a world on an idle machine
def test_engine_and_reference_agree_on_random_scenarios_that_reach_every_money_rule() -> None:
    """Scenarios nobody thought of run alike in both; between them they reach every rule of money."""
    reached: set[str] = set()
    for number in range(WORLDS):
        world = random_world(number)
        difference, outcome = run_both(*world.pair, world.replication, world.seed)
        assert difference is None, f"world {number}: {difference}"
        reached |= rules_reached(world.pair[1], outcome)
    missing = sorted(set(RULES) - reached)
    assert not missing, f"no random world reaches: {', '.join(missing)}"
