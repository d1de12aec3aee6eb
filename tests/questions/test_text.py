"""The whole text: in order, in width, and generated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from syrupy.assertion import SnapshotAssertion

from sim.questions.compare import assumptions
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.text import compare_text, run_text
from sim.runs.answer import Answer
from sim.words.layout import WIDTH
from sim.words.provenance import Stamp, command_line, stamp
from tests.answers import FEES, WAVES, answer, case, loaded, raised

GRANT = {"kind": "grant", "amount_usd_per_year": 3_600_000.0, "start": "2027-07", "posts_paid": 40}


def stamped(told: Answer) -> Stamp:
    made = stamp(told, command_line([case.loaded for case in told.cases], told.settings, ()))
    prints = dict.fromkeys(made.fingerprints, "0123456789abcdef")
    digests = {"model": "fedcba9876543210", "data": "0123456789fedcba"}
    return replace(made, version="1.2.3", fingerprints=prints, made="2027-01-01T00:00:00+00:00", **digests)


def text(*others: object) -> str:
    told = answer(*others)  # type: ignore[arg-type]
    return compare_text(told, stamped(told))


def granted(**means: float) -> object:
    scenario = loaded(title="A grant", funding={"grant": GRANT}, rules={"bridge_months": 2})
    return case("grant", scenario, **means)


def test_a_comparison_reads_so(snapshot: SnapshotAssertion) -> None:
    better = raised(retention_12_months=0.66, vacancy_rate=0.05, cash_end_usd=120_000.0, mean_wage_usd_per_hour=27.0)
    assert text(better) == snapshot


def test_several_alternatives_read_so(snapshot: SnapshotAssertion) -> None:
    assert text(raised(retention_12_months=0.66), granted(vacancy_rate=0.3, chance_of_missing_payroll=0.9)) == snapshot


def test_one_scenario_reads_so(snapshot: SnapshotAssertion) -> None:
    told = answer()
    assert run_text(told, stamped(told)) == snapshot


def test_every_line_fits_the_width() -> None:
    many = [raised(retention_12_months=0.66 - number / 20, cash_end_usd=-1e7 * number) for number in range(7)]
    for line in text(*many, granted(hours_delivered_per_year=9e6)).splitlines():
        assert len(line) <= WIDTH, line


def test_the_answer_comes_first_and_how_to_reproduce_it_last() -> None:
    parts = text(raised(retention_12_months=0.66)).split("\n\n")
    assert parts[0].startswith("Projected over 60 months")
    assert parts[-1].startswith("Reproduce this\n  peerstay compare ")


def test_what_differs_is_generated_from_the_inputs() -> None:
    told = text(raised())
    assert "What differs from the base\n  - pay.wage_usd_per_hour: 24.0 → 26.0" in told
    assert "nothing: the scenarios mean the same" in text(case("same"))


def test_what_is_new_and_what_is_gone_is_said_in_words() -> None:
    told = " ".join(text(granted()).split())
    assert "- funding.grant: kind grant; amount_usd_per_year 3600000.0; start 2027-07; posts_paid 40 (not in" in told
    assert "- funding.medicaid: left out" in told


def test_dated_changes_say_from_when() -> None:
    dated = [{"at": "2029-01", "set": {"funding.medicaid.rate_usd_per_unit": 15.0}}]
    scenario = loaded(title="A rise", change=dated)
    assert "funding.medicaid.rate_usd_per_unit: 13.75 → 15.0, from 2029-01" in text(case("rise", scenario))


def test_the_break_even_share_stands_beside_what_is_typical() -> None:
    told = " ".join(text(raised()).split())
    assert "costs $24.00 × 1.35 = $32.40 and a billed hour brings 4 × $13.75 = $55.00. So 58.9 % of paid hours" in told
    assert "40 to 50 % is typical" in told
    assert "raise 63.8 % 67.2 %" in told


def test_without_pay_by_the_unit_there_is_no_break_even() -> None:
    told = answer()
    bare = case("grant", loaded(funding={"grant": GRANT}))
    for key in ("break_even_billable_share", "break_even_billable_share_full_cost", "billable_share"):
        bare.values[key] = np.full(5, np.nan)
    alone = Answer(bare, (), told.settings)
    assert "Break-even" not in run_text(alone, stamped(alone))


def test_kinds_of_employers_have_a_row_each() -> None:
    wages = {"city": 24.0, "rural": 20.0}
    kinds = [{"name": name, "count": 2, "pay": {"wage_usd_per_hour": wage}} for name, wage in wages.items()]
    one = case("state", loaded(employer=kinds))
    alone = Answer(one, (), answer().settings)
    told = run_text(alone, stamped(alone))
    assert "  city " in told
    assert "  rural " in told


def test_two_rates_are_told_by_their_mean() -> None:
    half = FEES | {"clients_covered_share": 0.5}
    both = {"medicaid": half, "county": half | {"rate_usd_per_unit": 10.0}}
    one = case("both", loaded(funding=both, rules={"braiding": ["medicaid", "county"]}))
    alone = Answer(one, (), answer().settings)
    assert "a billed hour brings $47.50." in " ".join(run_text(alone, stamped(alone)).split())


# the table


def test_only_detectable_changes_are_in_the_table_and_the_others_are_named_below() -> None:
    told = answer(raised(retention_12_months=0.66, vacancy_rate=0.05))
    assert picked(told) == ["vacancy_rate", "retention_12_months"]
    assert "cash_end_usd" in undetected(told, picked(told))
    hard = raised(retention_12_months=0.66)
    hard.values["satisfaction_mean"] = hard.values["satisfaction_mean"] + 3.0 * WAVES
    said = " ".join(text(hard).split())
    assert "No detectable difference at 5 runs: mean satisfaction. The same in every run: " in said


def test_at_most_twelve_measures_are_in_the_table_who_is_kept_first_then_those_that_changed_most() -> None:
    moved = {"retention_12_months": 0.57, "burnout_prevalence": 2.0, "share_below_living_wage": 2.0}
    moved |= dict.fromkeys(("margin_usd_per_year", "turnover_cost_usd_per_year", "cash_end_usd"), 900_000.0)
    moved |= {"layoffs_per_year": 9.0, "chance_of_closure": 0.05, "satisfaction_mean": 2.0, "unmet_hours_per_year": 9e4}
    moved |= {"hours_delivered_per_year": 9e3, "relationships_broken_per_year": 90.0, "cost_usd_per_year": 9e6}
    moved |= {"separations_per_100_posts_year": 40.0, "mean_wage_usd_per_hour": 26.5}
    keys = picked(answer(raised(**moved)))
    assert len(keys) == 12
    assert "retention_12_months" in keys  # though it moved least
    assert "mean_wage_usd_per_hour" not in keys


def test_with_no_change_at_all_there_is_no_table() -> None:
    told = text(case("same"))
    assert "Difference" not in told
    assert "No detectable difference" not in told


# evidence


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pay": {"wage_usd_per_hour": 26.0}}, "pay adequacy → burnout: −0.10"),
        ({"practices": {"autonomy": 1.0}}, "autonomy → satisfaction"),
        ({"practices": {"other_supervisors_fte": 2.0}}, "supervisor support → leaving by choice"),
        ({"effects": {"prospects": {"satisfaction": 0.3}}}, "prospects → leaving by choice"),
        ({"funding": {"grant": GRANT}}, "Chance that an award is renewed"),
        ({"recruitment": {"days_to_fill": 90.0}}, "Time to fill against the wage"),
        ({"employer": [{"name": "one", "pay": {"wage_usd_per_hour": 26.0}}]}, "How leaving answers to the wage"),
    ],
)
def test_weak_evidence_behind_a_change_is_named(change: dict[str, object], words: str) -> None:
    other = case("other", loaded(title="Other", **change))
    assert "What this comparison rests on with weak evidence" in text(other)
    found = assumptions.leaning(answer(other))
    told = [*map(assumptions.effect_in_words, found.effects), *map(assumptions.card_in_words, found.cards)]
    assert [one for one in told if one.startswith(words)]


def test_where_nothing_differs_nothing_is_leaned_on() -> None:
    assert "rests on with weak evidence" not in text(case("same"))
