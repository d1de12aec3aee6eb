"""One comparison for all tests of the library: a small organization, two years, eight projected futures."""

from __future__ import annotations

import pytest

import peerstay

SMALL = {"horizon.months": 24, "horizon.warm_up_months": 12}


@pytest.fixture(scope="session")
def base() -> peerstay.Scenario:
    return peerstay.scenario("md_recovery_community").with_(SMALL, name="small")


@pytest.fixture(scope="session")
def answer(base: peerstay.Scenario) -> peerstay.Comparison:
    raised = {"pay.wage_usd_per_hour": 18.0}
    return peerstay.compare(base, raised=raised, later=base.with_(raised, at="2028-07"), replications=8)
