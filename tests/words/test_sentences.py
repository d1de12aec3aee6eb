"""The sentence: signs in words, and nothing said where luck could have done it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.runs.answer import Answer, Case
from sim.runs.replicate import Settings
from sim.words.sentences import (
    PHRASES,
    beware,
    compared_sentence,
    how_to_read,
    month_name,
    run_sentence,
    sentence_beside,
    unseen_in_words,
)
from tests.answers import alternative, answer, case, raised


def sentence(told: Answer) -> str:
    return compared_sentence(told.alternatives[0], told)


def hidden(case: Case, *keys: str) -> Case:
    """A case that differs in some measures from run to run, now this way and now that."""
    for key in keys:
        case.values[key] = case.values[key] + np.array([1.0, -1.0, 0.5, -0.5, 0.1])
    return case


def test_a_month_is_named() -> None:
    assert month_name("2027-07") == "July 2027"
    assert month_name("2030-12") == "December 2030"


def test_what_changes_is_told_with_its_size_its_range_and_its_side() -> None:
    moved = {
        "retention_12_months": 0.66,
        "retention_in_post_12_months": 0.74,
        "separations_standardized_per_100_posts_year": 10.0,
        "hours_delivered_per_year": 46_000.0,
        "chance_of_missing_payroll": 0.9,
    }
    told = sentence(answer(raised(**moved)))
    assert told.startswith(
        'Projected over 60 months from July 2027, "A raise" means 10.0 more of every 100 people hired still there 12 '
        "months later (9.0 to 11.0), "
    )
    assert "4.0 fewer of every 100 people in post at the start still there 12 months later (3.6 to 4.4)" in told
    assert "2.0 fewer of every 100 peers of the same tenure leaving each year (" in told
    assert "2,000 fewer client-hours delivered a year (" in told
    assert "a chance of not making payroll 70.0 points higher (" in told
    assert told.endswith(', against "Today" (no new decisions).')


def test_fewer_separations_alone_are_no_news_in_the_sentence() -> None:
    told = sentence(answer(raised(separations_per_100_posts_year=8.0)))
    assert "fewer" not in told
    assert "(no new decisions): retention of people hired, retention of people in post, leaving" in told
    assert told.endswith(" and cash at the end the same in every run.")


def test_in_less_than_a_year_nobody_is_called_kept_for_one() -> None:
    short, other = case(), raised()
    for one in (short, other):
        one.values["retention_in_post_12_months"][:] = np.nan
    assert "in post at the start" not in run_sentence(short)
    one = alternative(short, other)
    told = compared_sentence(one, Answer(short, (one,), Settings(5, 1)))
    assert "people in post" not in told


def test_whoever_cannot_pay_in_most_runs_is_named_before_small_differences_are_believed() -> None:
    told = beware(answer(raised(chance_of_missing_payroll=0.6)))
    assert told.startswith('Caution: payroll is missed along the way in 60.0 % of the runs of "A raise".')
    assert "the base" not in told


def test_where_money_mostly_lasts_nobody_is_warned() -> None:
    assert not beware(answer(raised(chance_of_missing_payroll=0.4)))


def test_where_the_risk_stays_the_cash_is_told() -> None:
    told = sentence(answer(raised(retention_12_months=0.55, hours_delivered_per_year=49_000.0, cash_end_usd=400_000.0)))
    assert "1.0 fewer of every 100 people hired still there 12 months later" in told
    assert "1,000 more client-hours delivered a year" in told
    assert "$80,000 more cash at the end" in told
    assert "payroll" not in told


def test_what_luck_could_have_done_is_called_no_detectable_difference() -> None:
    told = sentence(answer(hidden(raised(retention_12_months=0.66), "retention_in_post_12_months", "cash_end_usd")))
    assert "10.0 more of every 100 people hired still there 12 months later" in told
    assert "; no detectable difference in retention of people in post and cash at the end at 5 runs; " in told


def test_what_is_the_same_in_every_run_is_not_called_hard_to_tell() -> None:
    told = answer(hidden(raised(retention_12_months=0.66), "cash_end_usd"))
    assert sentence(told).endswith(
        "; no detectable difference in cash at the end at 5 runs; retention of people in post, leaving at the same "
        "tenure and client-hours delivered the same in every run."
    )
    assert unseen_in_words(["cash_end_usd", "headcount"], told) == (
        "No detectable difference at 5 runs: cash at the end. The same in every run: peers in post."
    )


def test_a_sentence_ends_with_who_pays_how_much_more_and_less() -> None:
    """Where a match rises nothing but the payers' shares changes."""
    moved = {"spending_federal_usd_per_year": 145_000.0, "spending_state_usd_per_year": -114_000.0}
    told = sentence(answer(raised(**moved)))
    assert told.endswith(
        "and cash at the end the same in every run; federal government $145k more and state $114k less a year."
    )
    both = sentence(answer(raised(spending_federal_usd_per_year=145_000.0, spending_state_usd_per_year=2_500.0)))
    assert both.endswith("; federal government $145k and state $2,500 more a year.")
    hid = hidden(raised(hours_delivered_per_year=49_000.0), "spending_state_usd_per_year")
    assert "state" not in sentence(answer(hid))


def test_of_four_payers_the_three_largest_are_named_once() -> None:
    keys = ("federal", "state", "county", "other")
    amounts = dict(zip((f"spending_{key}_usd_per_year" for key in keys), (9e4, 2e3, -3e4, 5e4), strict=True))
    told = sentence(answer(raised(**amounts)))
    assert told.endswith("; federal government $90k and other payers $50k more, county $30k less a year.")


def test_where_nothing_is_detectable_nothing_is_said_to_change() -> None:
    told = sentence(answer(hidden(raised(), *(phrase.key for phrase in PHRASES))))
    expected = (
        "no detectable difference in retention of people hired, retention of people in post, leaving at the same "
        "tenure, client-hours delivered and cash at the end at 5 runs."
    )
    assert told == f'Projected over 60 months from July 2027, "A raise" against "Today" (no new decisions): {expected}'
    for word in ("fewer", "more ", "higher", "lower", "reduces", "raises"):
        assert word not in told


def test_a_change_that_changes_nothing_says_so() -> None:
    told = sentence(answer(case("same")))
    assert told.endswith(
        '"Today" (same) changes nothing against "Today" (no new decisions): every measure is the same in every run.'
    )


def test_one_scenario_is_told_with_ranges() -> None:
    told = run_sentence(case())
    assert told.startswith(
        'Projected over 60 months from July 2027, "Today" keeps 56.0 % (54.0 to 58.0 %) of people hired and 78.0 % '
        "(76.0 to 79.9 %) of people in post at the start for 12 months or more, loses 12.0 ("
    )
    assert "people a year of 36.2 in post" in told
    assert "ends with $320,000 (" in told
    assert "the chance of not making payroll on the way is 20.0 % (7.0 to 45.3 %)." in told


@pytest.mark.parametrize(("chance", "words"), [(0.0, "0.0 % (0.0 to 43.4 %)"), (1.0, "100.0 % (56.6 to 100.0 %)")])
def test_what_no_run_or_every_run_showed_is_not_called_never_or_always(chance: float, words: str) -> None:
    one = case()
    one.values["chance_of_missing_payroll"] = one.values["chance_of_missing_payroll"] * 0.0 + chance
    told = run_sentence(one)
    assert told.endswith(f"; the chance of not making payroll on the way is {words}.")
    assert not {"never", "always"} & set(told.split())


@pytest.mark.parametrize(("chance", "words"), [(0.0, "makes every payroll"), (1.0, "cannot make payroll on the way")])
def test_one_run_alone_is_told_as_one(chance: float, words: str) -> None:
    one = case()
    one.values["chance_of_missing_payroll"] = np.array([chance])
    assert run_sentence(one).endswith(f"; in this one run it {words}.")


def test_readers_are_told_what_ranges_are() -> None:
    assert how_to_read(answer()).startswith("Ranges are 95 % intervals of means over 5 runs: random variation only")
    assert ", of differences run by run: random variation only" in how_to_read(answer(raised()))
    assert how_to_read(answer(runs=1)).startswith("One run: no ranges.")


def test_beside_its_name_a_scenario_is_not_named_again() -> None:
    def beside(told: Answer) -> str:
        return sentence_beside(told.alternatives[0], told)

    start = "Projected over 60 months from July 2027,"
    assert beside(answer(raised(retention_12_months=0.66))).startswith(f"{start} it means 10.0 more of every 100")
    assert ", against the base; retention of people in post, " in beside(answer(raised(retention_12_months=0.66)))
    assert beside(answer(case("same"))).startswith(f"{start} it changes nothing against the base: every measure")
    assert beside(answer(hidden(raised(), "retention_12_months"))).startswith(
        f"{start} against the base: no detectable difference in"
    )
