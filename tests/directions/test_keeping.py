"""What only slows or stops hiring keeps nobody: no measure that judges whether people are kept gets better by it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from sim.questions.compare.largest_changes import KEEPING
from sim.results.measures.table import MEASURES
from sim.runs.answer import Alternative, Answer, ask
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load
from sim.words.differences import difference_in_words
from sim.words.keeping import kept_lines
from sim.words.sentences import SPARED, compared_sentence

BASE: Final = Path(__file__).parents[2] / "scenarios" / "pa_fee_for_service.toml"
APART: Final = ("experiment.feedback=false", "rules.enforce=false")
FROZEN: Final = (  # the employer's rules act, but only to stop hiring
    "experiment.feedback=false", "rules.yearly_budget=false", "rules.layoff_below_months=off",
    "rules.closure_after_months=off",
)  # fmt: skip
REPLICATIONS: Final = 400
RAW: Final = "separations_per_100_posts_year"


def scenario(*settings: str) -> Loaded:
    return load(BASE, settings)


def compared(always: tuple[str, ...], *alternatives: str) -> list[Alternative]:
    asked = [scenario(*always, one) for one in alternatives]
    return list(ask(scenario(*always), asked, Settings(REPLICATIONS, 5, jobs=1)).alternatives)


def gains(one: Alternative) -> dict[str, float]:
    """Return by how much each measure that judges is surely better; 0 where it may not be."""
    found = {}
    for key in KEEPING:
        difference = one.measures[key].difference
        assert difference.low is not None
        assert difference.high is not None
        found[key] = max(0.0, difference.low if MEASURES[key].direction == "higher" else -difference.high)
    return found


@pytest.fixture(scope="module")
def slowed_stopped_and_raised() -> list[Alternative]:
    return compared(APART, "recruitment.days_to_fill=300", "recruitment.days_to_fill=2000", "pay.wage_usd_per_hour=26")


@pytest.mark.parametrize("place", [0, 1], ids=["slowed", "stopped"])
def test_slower_hiring_lowers_separations_and_improves_nothing_that_judges(
    slowed_stopped_and_raised: list[Alternative], place: int
) -> None:
    one = slowed_stopped_and_raised[place]
    raw = one.measures[RAW]
    assert raw.verdict == "lower"  # told, and not called better
    assert gains(one) == dict.fromkeys(KEEPING, 0.0)
    assert {one.measures[key].verdict for key in KEEPING} <= {"too close to call", "no change"}
    same_tenure, mix = (
        one.measures[f"separations_{name}_per_100_posts_year"] for name in ("standardized", "from_tenure_mix")
    )
    assert raw.difference.mean is not None
    assert same_tenure.difference.mean is not None
    assert mix.difference.mean is not None
    assert same_tenure.difference.mean + mix.difference.mean == pytest.approx(raw.difference.mean, abs=1e-9)
    assert mix.difference.mean < 5.0 * same_tenure.difference.mean  # nearly all of it is the mix


def test_slower_hiring_keeps_nobody_where_employers_differ_much() -> None:
    """Employers that lose many hire most, so with slow hiring most of those missing are theirs: a mix, nobody kept."""
    apart = (*APART, "turnover.employer_spread_sd=0.9")
    [one] = compared(apart, "recruitment.days_to_fill=300")
    newcomers = one.measures["retention_12_months"].difference
    assert one.measures[RAW].verdict == "lower"
    assert gains(one) == dict.fromkeys(KEEPING, 0.0)
    assert newcomers.mean is not None
    assert newcomers.mean < 0.01  # 0.029 where months lived at all employers are counted alike (4,000 runs)


def test_a_frozen_employer_improves_nothing_that_judges() -> None:
    [one] = compared(FROZEN, "rules.freeze_below_months=60")
    hired = one.measures["months_in_freeze"].alternative.mean
    assert hired is not None
    assert hired > 50.0  # of 60 months
    assert one.measures[RAW].verdict == "lower"
    assert gains(one) == dict.fromkeys(KEEPING, 0.0)


def test_slower_hiring_that_spares_layoffs_improves_nothing_that_judges() -> None:
    """With the employer's rules on, empty posts save money and layoffs: who is hired stays on average, by no merit."""
    [one] = compared((), "recruitment.days_to_fill=300")
    newcomers, apart = (one.measures[f"retention_12_months{name}"] for name in ("", "_if_not_laid_off"))
    assert newcomers.detectable
    assert (newcomers.verdict, newcomers.p_better, newcomers.neutral) == ("higher", None, True)
    assert apart.verdict in {"worse", "too close to call"}  # more work for each: some leave sooner
    for key in KEEPING:
        assert one.measures[key].verdict != "better", key
        assert MEASURES[key].leaving
        assert one.measures[MEASURES[key].leaving].verdict != "better", key
    assert one.measures["layoffs_per_year"].verdict == "lower"
    (told,) = (line for line in kept_lines(Answer(one.case, (one,), Settings(REPLICATIONS, 5))) if "laid off" in line)
    assert "because fewer are laid off or lose the post to a closing. With fewer in post fewer can be laid off" in told
    assert "by fewer layoffs alone, of fewer in post" in difference_in_words("retention_12_months", newcomers)
    headline = compared_sentence(one, Answer(one.case, (one,), Settings(REPLICATIONS, 5)))
    assert "people hired still there" not in headline
    assert f"{SPARED} retention of people hired" in headline


def test_layoffs_spared_where_no_fewer_are_in_post_are_people_kept() -> None:
    """A third of a year's cost more in cash: layoffs do not come, nobody leaves less, and more are in post."""
    [one] = compared(("rules.opening_cash_usd=0",), "rules.opening_cash_usd=1000000")
    assert one.measures["layoffs_per_year"].verdict == "lower"
    assert one.measures["retention_12_months"].verdict == "better"
    assert not one.measures["retention_12_months"].neutral


def test_a_raise_that_costs_no_posts_improves_all_that_judges(slowed_stopped_and_raised: list[Alternative]) -> None:
    raised = slowed_stopped_and_raised[2]
    assert {key: raised.measures[key].verdict for key in KEEPING} == dict.fromkeys(KEEPING, "better")
    newcomers = raised.measures["retention_12_months"].difference
    assert newcomers.mean == pytest.approx(0.025, abs=0.01)


@pytest.mark.parametrize(
    "key",
    [
        "exits_per_year", RAW, "separations_from_tenure_mix_per_100_posts_year", "turnover_cost_usd_per_year",
        "relationships_broken_per_year", "median_tenure_months", "stability_12_months", "living_wage_gap_usd_per_year",
        "burnout_prevalence", "mean_wage_usd_per_hour",
    ],
)  # fmt: skip
def test_what_moves_when_fewer_are_hired_is_never_called_better_or_worse(
    slowed_stopped_and_raised: list[Alternative], key: str
) -> None:
    for one in slowed_stopped_and_raised:
        assert one.measures[key].verdict in {"higher", "lower", "too close to call", "no change"}
