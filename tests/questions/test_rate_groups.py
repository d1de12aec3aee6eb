"""The rate of one client and the rate of a group go together, and an alternative is built on the base's payer."""

from __future__ import annotations

from typing import Any

import pytest

from sim.questions.rate.rate import RateStudy, Wanted, rate_study
from sim.questions.rate.text import sentences
from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load
from tests.questions.test_rate import BY_HAND, FEES, made, mean, study_of

LOW: dict[str, Any] = {"rate_usd_per_unit": 15.0, "group_rate_usd_per_unit": 1.0, "payment_lag_days": 0.0}
NO_RANDOM_VARIATION = Settings(2, 1, 1)


def paying(**more: Any) -> Loaded:
    """Groups of six at $1.00 a client, beside $15.00; nobody leaves."""
    return made(BY_HAND, {"horizon": {"months": 24}}, funding={"medicaid": FEES | LOW | more})


def test_todays_rates_are_counted_as_they_are_paid() -> None:
    """Half of 0.85 of an hour with one client, a tenth in groups; $36.384399 spent on it, 5 % denied.

    Today: 4 (0.425 × $15 + 0.085 × 6 × $1) × 0.95 = $26.163, 71.9 % of that. So both rates must be $15 and $1 over
    0.71907: $20.86 and $1.39. An hour billed brings (0.425 + 0.085 × 6/15)/0.51 = 90 % of the rate. At a group rate of
    $1.00 the rate is (36.384399/3.8 − 0.51)/0.425 = $21.33.
    """
    study = study_of(paying())
    spent = 26 + 4.63125 + 0.15 + 0.876923 + 4.726226
    needed = 15 * spent / (4 * (0.425 * 15 + 0.085 * 6) * 0.95)
    assert mean(study, "brought") == pytest.approx(0.90)
    assert mean(study, "rate") == pytest.approx(needed, abs=1e-6)
    assert round(needed, 2) == 20.86
    assert round((spent / 3.8 - 0.51) / 0.425, 2) == 21.33
    first, today = list(sentences(study))[:2]
    assert "needs a rate of $20.86 ($20.86 to $20.86) a unit, with $1.39 for each client in a group" in first
    assert "$21.33 if the group rate stays $1.00" in first
    assert "Today's rates, $15.00 and $1.00 for each client in a group, are 71.9 % of that" in today


def test_the_wage_that_todays_rates_carry_is_covered_by_them() -> None:
    """At $15.00 and $1.00, 4 × (0.425 × $15 + 0.085 × $6) × 0.95 = $26.163 an hour paid is what comes in."""
    study = study_of(paying(), rate=15.0)
    assert study.carried is not None
    assert mean(study, "paid_hour", 1) == pytest.approx(4 * (0.425 * 15 + 0.085 * 6) * 0.95, abs=0.02)
    assert study.carried.needs.mean == pytest.approx(15.0, abs=0.01)
    assert "A rate of $15.00, with $1.00 for each client in a group, carries a wage of" in list(sentences(study))[-1]


def margin_at(rate: float, group: float, **more: Any) -> float:
    """Return the margin of the scenario itself at two rates, as a share of its cost."""
    given = paying(rate_usd_per_unit=rate, group_rate_usd_per_unit=group, **more)
    values = ask(given, (), NO_RANDOM_VARIATION).base.values
    return float(values["margin_usd_per_year"].mean() / values["cost_usd_per_year"].mean())


@pytest.mark.parametrize("more", [{}, {"rework_recovered_share": 0.5}, {"billable": ["individual"]}])
def test_the_rates_that_are_told_break_even_in_the_scenario_itself(more: dict[str, Any]) -> None:
    """Both in proportion, or the group rate as it is: what is left is that a month's last visit is not finished."""
    study = study_of(paying(**more))
    rate, brought, alone = (mean(study, key) for key in ("rate", "brought", "alone"))
    assert margin_at(rate, rate / 15, **more) == pytest.approx(0.0, abs=0.004)
    assert margin_at((rate * brought - 15 * (brought - alone)) / alone, 1.0, **more) == pytest.approx(0.0, abs=0.004)
    if not more:
        assert margin_at(rate, 1.0) < -0.015


def test_a_group_that_is_paid_nothing_brings_nothing() -> None:
    """Groups not billable, or billable at $0.00: the same need, $36.384399 over 4 × 0.425 × 0.95 = $22.53."""
    free, none = (study_of(paying(**more)) for more in ({"group_rate_usd_per_unit": 0.0}, {"billable": ["individual"]}))
    assert mean(free, "rate") == pytest.approx(mean(none, "rate")) == pytest.approx(22.53, abs=0.005)
    assert "with nothing for groups, as today" in next(sentences(free))
    assert "group" not in next(sentences(none))


def test_a_lower_group_rate_moves_the_rate_and_what_todays_rates_bring() -> None:
    study = study_of(paying(), paying(group_rate_usd_per_unit=0.5))
    assert mean(study, "rate", 1) == pytest.approx(15 * 36.384399 / (3.8 * (0.425 * 15 + 0.085 * 3)), abs=1e-5)
    assert "with $0.72 for each client in a group" in list(sentences(study))[2]


def test_where_no_rate_is_paid_today_an_hour_with_a_group_is_worth_an_hour() -> None:
    study = study_of(paying(rate_usd_per_unit=0.0, group_rate_usd_per_unit=0.0))
    assert mean(study, "brought") == pytest.approx(1.0)
    assert mean(study, "rate") == pytest.approx(18.77, abs=0.005)
    assert "with $3.13 for each client in a group" in next(sentences(study))


# the payer ------------------------------------------------------------------------------------------------------------


def over_futures(*everyone: Loaded, **wanted: Any) -> RateStudy:
    return rate_study(everyone, Settings(20, 1, 1, unknowns=True), Wanted(**wanted))


@pytest.mark.parametrize("wanted", [{}, {"source": "medicaid"}])
def test_an_alternative_without_the_payer_is_built_on_the_bases_terms(wanted: dict[str, Any]) -> None:
    """Only money differs, so in every future the rate is the same; 5 % denial is stated, what is recovered is drawn."""
    study = over_futures(load("pa_fee_for_service", months=12), load("pa_block_grant", months=12), **wanted)
    base, other = study.columns
    assert other.lines["rate"] == base.lines["rate"]
    assert other.lines["kept"] == base.lines["kept"]
    assert other.rates is not None
    assert other.rates.tolist() == (base.rates.tolist() if base.rates is not None else None)
    assert list(sentences(study))[2].startswith("pa_block_grant needs the same rate as the base")


def test_a_payer_of_another_name_is_not_the_bases_and_ranges_of_its_terms_go_along() -> None:
    base = made(BY_HAND, funding={"medicaid": FEES}, ranges={"funding.medicaid.denial_share": [0.02, 0.2]})
    table = {key: value for key, value in base.raw.items() if key not in ("funding", "ranges")}
    other = made(table, funding={"plan": FEES | {"denial_share": 0.5, "group_rate_usd_per_unit": 0.0}})
    study = over_futures(base, other)
    assert study.columns[1].lines["rate"].mean == pytest.approx(study.columns[0].lines["rate"].mean)
    assert study.payer == "medicaid"


def test_the_own_terms_of_the_bases_payer_hold_where_an_alternative_states_them() -> None:
    study = study_of(paying(), paying(denial_share=0.1))
    assert mean(study, "kept", 1) == pytest.approx(0.90)
