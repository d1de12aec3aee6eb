"""Pay adequacy by what a household has left, worked by hand from the figures of docs/household.md."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.model.rules.wellbeing import left_of, pay_adequacy
from sim.model.world.terms import compile_terms
from sim.runs.replicate import check_alike
from sim.scenario.files import load_table
from sim.scenario.problems import ScenarioError
from tests.answers import TABLES
from tests.worlds import merged


def of(income: str, **place: Any) -> dict[str, Any]:
    own = {"place": {"state": "PA", "living_wage_usd_per_hour": 30.0, **place}, "pay": {"adequacy_income": income}}
    return merged(TABLES, own)


def test_a_single_parent_at_24_dollars_has_five_sixths_of_what_30_leave_and_not_four_fifths() -> None:
    # Pennsylvania 2026, one adult with one child: 44,643 a year at 24 dollars, 53,979 at 30
    terms = compile_terms(load_table(of("one_adult_one_child")).scenario)
    assert terms.net_income is not None
    has, needs = (left_of(*terms.net_income, np.array(wage)) for wage in (24.0, 30.0))
    assert has == pytest.approx(44_643, abs=0.5)
    assert needs == pytest.approx(53_979, abs=0.5)
    # ln(44,643/53,979) = -0.18990, ln(24/30) = -0.22314, ln 0.85 = -0.16252; a SD is 0.25
    assert pay_adequacy(has, needs, math.log(0.85), 0.25) == pytest.approx(-0.1095, abs=2e-4)
    assert pay_adequacy(np.array(24.0), 30.0, math.log(0.85), 0.25) == pytest.approx(-0.2425, abs=2e-4)


def test_left_alone_pay_is_weighed_gross() -> None:
    assert compile_terms(load_table(of("gross")).scenario).net_income is None


def test_a_nation_has_no_taxes_of_a_state() -> None:
    with pytest.raises(ScenarioError, match=r"pay\.adequacy_income = \"two_adults\": needs net income by wage"):
        load_table(of("two_adults", state="US"))


def test_an_alternative_weighs_pay_as_its_base_does() -> None:
    with pytest.raises(ScenarioError, match=r"pay\.adequacy_income: must be as in the base"):
        check_alike([load_table(of(income)).scenario for income in ("gross", "one_adult")])
