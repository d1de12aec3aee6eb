"""Which way people go: no first tenure is shorter where pay or support is better, under the same luck."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.model.world import log
from tests.determinism.busy import busy_tables
from tests.directions.paths import TIME_ROUNDING, altered, both, first_tenures, uncoupled, with_careers
from tests.property.drawn import Tables, chances
from tests.property.reading import searching

GOOD_PRACTICES = (
    "supervisor_support",
    "collaborative_culture",
    "autonomy",
    "peer_support_at_work",
    "outside_relationships",
    "training",
    "benefits",
    "recovery_culture",
    "role_clarity_practice",
)
RESPONSES = ("elasticity", "logistic", "threshold")


def never_shortens_a_first_tenure(base: Tables, alternative: Tables) -> bool:
    """Return whether nobody who is there first leaves sooner in an alternative."""
    return all(after >= before - TIME_ROUNDING for before, after in first_tenures(*both(base, alternative)))


@pytest.mark.parametrize("response", RESPONSES)
@searching(12)
@given(with_careers(), st.floats(0.01, 15))
def test_a_higher_wage_never_shortens_a_first_tenure(response: str, table: Tables, more: float) -> None:
    base = altered(table, turnover__wage_response=response)
    wage = base["pay"]["wage_usd_per_hour"]
    assert never_shortens_a_first_tenure(base, altered(base, pay__wage_usd_per_hour=wage + more))


@searching(12)
@given(with_careers(), st.sampled_from(GOOD_PRACTICES), st.floats(0.01, 3))
def test_better_practice_never_shortens_a_first_tenure(table: Tables, practice: str, more: float) -> None:
    base = altered(table, **{f"practices__{practice}": 0.0})
    assert never_shortens_a_first_tenure(base, altered(base, **{f"practices__{practice}": more}))


@searching(12)
@given(with_careers(), st.floats(0.01, 3))
def test_better_supervisor_support_never_shortens_a_first_tenure(table: Tables, more: float) -> None:
    level = min(0.0, table["practices"].get("supervisor_support", 0.0))
    base = altered(table, practices__supervisor_support=level)
    assert never_shortens_a_first_tenure(base, altered(base, practices__supervisor_support=level + more))


@searching(12)
@given(with_careers(), st.floats(0.01, 3))
def test_more_stigma_never_lengthens_a_first_tenure(table: Tables, more: float) -> None:
    base = altered(table, practices__stigma=0.0)
    assert never_shortens_a_first_tenure(altered(base, practices__stigma=more), base)


def eventful(**more: Any) -> Tables:
    """Return one employer with feedback and rules off, on a ladder of raises open to all, where many leave."""
    ladder = {"senior": {"step": 1, "months_in_rung_below": 4.0}}
    table = altered(
        busy_tables(), experiment__feedback=False, rules__enforce=False, ladder=ladder, change=[], employer=[]
    )
    table = altered(table, practices={"supported_leave_share": 0.0}, recruitment={"wage_elasticity": 0.0})
    return altered(table, **more)


@pytest.mark.parametrize("response", RESPONSES)
def test_a_wage_above_the_living_wage_keeps_some_who_left(response: str) -> None:
    base = eventful(turnover__wage_response=response)
    tenures = first_tenures(*both(base, altered(base, pay__wage_usd_per_hour=24.0)))
    assert sum(after > before for before, after in tenures) >= 5


def test_better_support_keeps_some_who_left() -> None:
    base = eventful()
    tenures = first_tenures(*both(base, altered(base, practices__supervisor_support=2.0)))
    assert sum(after > before for before, after in tenures) >= 5


# promotions -------------------------------------------------------------------------------------------------------


@st.composite
def with_one_rung(draw: DrawFn) -> Tables:
    """Draw an uncoupled employer with one rung above entry, where a promotion changes nothing about leaving.

    With more rungs, or where the promoted stay longer, more slots can promote fewer: those who come early and stay
    stand in the way of many who come late and go.
    """
    table = draw(uncoupled())
    rung = draw(st.sampled_from((0.0, 1.0, 3.5))), draw(st.booleans())
    ladder = {"senior": {"step": 1, "months_in_rung_below": rung[0], "certificate_required": rung[1]}}
    return altered(table, ladder=ladder, effects={"scale": 0.0}, turnover__promotion_bump=0.0, change=[]) | {
        "posts": {"number": draw(st.integers(2, 12))}
    }


def promoted(base: Tables, alternative: Tables) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Return who is promoted in two runs, as (post, ordinal)."""
    found = []
    for result in both(base, alternative):
        facts = result.facts
        chosen = facts["kind"] == log.PROMOTED
        found.append(set(zip(facts["row"][chosen].tolist(), facts["ordinal"][chosen].tolist(), strict=True)))
    return found[0], found[1]


@searching(15)
@given(with_one_rung(), st.integers(0, 6), st.integers(1, 6))
def test_more_slots_promote_everyone_who_was_promoted_and_perhaps_others(table: Tables, number: int, more: int) -> None:
    few = altered(table, ladder__senior__slots={"kind": "number", "number": number})
    many = altered(table, ladder__senior__slots={"kind": "number", "number": number + more})
    before, after = promoted(few, many)
    assert before <= after


@searching(15)
@given(with_one_rung(), chances(), chances())
def test_a_larger_share_of_slots_promotes_everyone_who_was_promoted(table: Tables, one: float, other: float) -> None:
    low, high = sorted((one, other))
    few = altered(table, ladder__senior__slots={"kind": "share", "share": low})
    many = altered(table, ladder__senior__slots={"kind": "share", "share": high})
    before, after = promoted(few, many)
    assert before <= after


@searching(15)
@given(with_one_rung(), chances(), chances())
def test_a_higher_chance_of_promotion_promotes_everyone_who_was_promoted(
    table: Tables, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    few = altered(table, ladder__senior__slots={"kind": "chance", "per_month": low})
    many = altered(table, ladder__senior__slots={"kind": "chance", "per_month": high})
    before, after = promoted(few, many)
    assert before <= after


def test_slots_promote_some_and_more_slots_promote_more() -> None:
    base = eventful(ladder__senior__slots={"kind": "number", "number": 1})
    before, after = promoted(base, altered(base, ladder__senior__slots={"kind": "number", "number": 5}))
    assert 0 < len(before) < len(after)
