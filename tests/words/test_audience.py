"""On the page inputs, results and scenarios have names; the command line tells their addresses too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.questions.uncertainty.numbers import share
from sim.questions.uncertainty.variance_shares import Guess
from sim.runs.futures.unknowns import of_effect
from sim.words.audience import COMMANDS, PAGE, unknown_words


@pytest.mark.parametrize(
    ("name", "page"), [("base", "the base"), ("alternative_A", "alternative A"), ("pa_wage_25", "pa wage 25")]
)
def test_the_page_calls_a_scenario_by_words_and_the_command_line_by_its_file(name: str, page: str) -> None:
    assert (PAGE.scenario(name), COMMANDS.scenario(name)) == (page, name)


def test_the_command_line_tells_the_address_behind_the_name() -> None:
    assert PAGE.input("pay.wage_usd_per_hour") == '"wage of a new peer"'
    assert COMMANDS.input("pay.wage_usd_per_hour") == '"wage of a new peer" (pay.wage_usd_per_hour)'
    assert PAGE.result("exits_per_year") == '"people who leave"'
    assert COMMANDS.result("exits_per_year") == '"people who leave" (exits_per_year)'


def test_an_unknown_says_whose_it_is_and_an_effect_what_acts_on_what() -> None:
    effect = of_effect("supervisor_support.exit_voluntary")
    assert unknown_words(effect) == "Effect of supervisor support on leaving by choice"
    denied = replace(effect, path="funding.medicaid.denial_share", title="Denied at first; of what is billed")
    assert unknown_words(denied, "grade D") == "Denied at first (Medicaid, grade D)"
    assert PAGE.unknown(denied) == '"denied at first (Medicaid)"'
    assert COMMANDS.unknown(denied).endswith("(funding.medicaid.denial_share)")


def test_a_share_that_is_unsure_by_more_than_the_whole_is_not_told() -> None:
    assert share(Guess(0.42, 0.04)) == "42 ± 8 %"
    assert share(Guess(0.58, 17.0)) == "too few draws to tell"
