"""Two independently written ways of running the model must tell the same story, fact by fact and cent by cent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario.files import load
from sim.scenario.schema import Scenario
from tests.agreement.agree import first_difference
from tests.property.worlds import scenarios
from tests.reference import scenarios as parts

ROOT = Path(__file__).parents[2]
LIBRARY = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "scenarios").rglob("*.toml"))
PARTS = [*sorted(name for name in vars(parts) if name.startswith("WITH_")), "POOR"]


def test_the_library_is_found() -> None:
    """An empty list would make the test below pass for nothing."""
    assert len(LIBRARY) > 10


@pytest.mark.parametrize("path", LIBRARY)
def test_engine_and_reference_agree_on_the_library(path: str) -> None:
    """Every scenario of the library runs alike in both."""
    scenario = load(ROOT / path).scenario
    assert first_difference(scenario, None, replication=3) is None


@pytest.mark.parametrize("path", [path for path in LIBRARY if Path(path).name.startswith("pa_")])
def test_engine_and_reference_agree_on_alternatives(path: str) -> None:
    """An alternative that starts from another scenario's opening runs alike in both."""
    base = load(ROOT / "scenarios/pa_fee_for_service.toml").scenario
    assert first_difference(base, load(ROOT / path).scenario, replication=5) is None


@pytest.mark.parametrize("part", PARTS)
def test_engine_and_reference_agree_on_every_part(part: str) -> None:
    """Ladders, braided grants, dated changes, rosters, portfolios and poverty run alike in both."""
    scenario = parts.made(parts.FEE_FOR_SERVICE, getattr(parts, part))
    for replication in range(2):
        assert first_difference(scenario, None, replication) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(scenario=scenarios(), replication=st.integers(0, 5), seed=st.integers(0, 2**40))
def test_engine_and_reference_agree_on_random_scenarios(scenario: Scenario, replication: int, seed: int) -> None:
    """Scenarios nobody thought of run alike in both."""
    assert first_difference(scenario, None, replication, seed) is None
