"""The table of measures: complete, readable, consistent."""

import dataclasses

import pytest

from sim.results.measures.table import FAMILIES, MEASURES, Measure, label_of, measure_of

ASKED_FOR = [
    "vacancy_rate",
    "separations_per_100_posts_year",
    "retention_6_months",
    "retention_12_months",
    "retention_24_months",
    "retention_36_months",
    "retention_60_months",
    "burnout_prevalence",
    "satisfaction_mean",
    "mean_wage_usd_per_hour",
    "wage_to_living_wage",
    "share_below_living_wage",
    "promotions_per_100_posts_year",
    "hours_delivered_per_year",
    "unmet_hours_per_year",
    "relationships_broken_per_year",
    "revenue_usd_per_year",
    "cost_usd_per_year",
    "margin_usd_per_year",
    "cash_end_usd",
    "chance_of_negative_cash",
    "months_in_freeze",
    "layoffs_per_year",
    "lapsed_award_usd",
    "turnover_cost_usd_per_year",
    "cost_per_hour_delivered_usd",
    "break_even_billable_share",
]


def test_every_measure_that_users_are_promised_is_there() -> None:
    assert set(ASKED_FOR) <= set(MEASURES)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
def test_a_measure_says_what_it_is(measure: Measure) -> None:
    assert measure.family in FAMILIES
    assert measure.label[0].isupper()
    assert not measure.label.endswith(".")
    assert measure.definition.endswith(".")
    assert len(measure.definition) > 20
    assert measure.unit
    for field in dataclasses.fields(Measure):
        value = getattr(measure, field.name)
        assert not isinstance(value, str) or "  " not in value


def test_keys_name_their_unit_where_it_is_money_or_months() -> None:
    for key, measure in MEASURES.items():
        assert ("usd" in key) == measure.unit.startswith("USD"), key


def test_labels_tell_measures_apart() -> None:
    labels = [measure.label for measure in MEASURES.values()]
    assert len(set(labels)) == len(labels)


def test_a_part_is_named_behind_its_measure() -> None:
    assert label_of("exits_per_year.return_to_use") == "People who leave: return to use"
    assert label_of("exits_per_year") == "People who leave"
    assert measure_of("exits_per_year.layoff") is MEASURES["exits_per_year"]
