"""Tables of measures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.questions.compare.tables import comparison_table, run_table
from tests.answers import answer, case, raised


def test_what_is_undefined_on_one_side_is_a_dash() -> None:
    other = raised()
    other.values["median_tenure_months"] = np.full(5, np.nan)
    for told in (answer(other), answer(other, raised())):
        row = next(line for line in comparison_table(told, ["median_tenure_months"]).splitlines() if "Median" in line)
        assert "–" in row


def test_a_table_for_one_alternative_has_its_verdict() -> None:
    lines = comparison_table(answer(raised(vacancy_rate=0.05)), ["vacancy_rate"]).splitlines()
    assert lines[0].split() == ["Measure", "Base", "Alternative", "Difference", "95", "%", "range"]
    assert lines[2].endswith("better")


def test_more_than_three_alternatives_go_into_more_tables() -> None:
    told = answer(*(raised(vacancy_rate=0.05) for _ in range(4)))
    assert comparison_table(told, ["vacancy_rate"]).count("Difference from the base") == 2


def test_amounts_with_many_digits_are_short_in_a_table() -> None:
    lines = run_table(replace(answer(), base=case(cost_usd_per_year=3.4e9, cash_end_usd=3.4e6))).splitlines()
    assert next(line for line in lines if line.startswith("Cost a year ")).split()[3] == "$3.40bn"
    assert next(line for line in lines if line.startswith("Cash at the end")).split()[4] == "$3,400,000"


def test_undefined_measures_are_not_in_the_table_of_a_run() -> None:
    one = case()
    assert "Mean wage" in run_table(replace(answer(), base=one))
    other = replace(one, values=one.values | {"mean_wage_usd_per_hour": np.full(5, np.nan)})
    assert "Mean wage" not in run_table(replace(answer(), base=other))
