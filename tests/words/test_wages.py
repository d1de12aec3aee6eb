"""Wages used: an alternative's are told beside the base's, each against the same wage of the same kind."""

from __future__ import annotations

from typing import Any, Final

from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.words.earnings.wages import unpaid_told, wages_text
from tests.worlds import merged, quiet_tables

QUIET: Final = merged(
    quiet_tables(),
    {
        "horizon": {"start": "2027-01", "months": 6},
        "place": {"minimum_wage_usd_per_hour": 10.0, "living_wage_usd_per_hour": 18.0},
        "rules": {"enforce": False},
    },
)
TWO_KINDS = {
    "horizon": {"months": 6, "warm_up_months": 3},
    "rules": {"enforce": False},
    "pay": {"wage_usd_per_hour": 20.0},
    "posts": {"number": 4},
    "employer": [{"name": "first"}, {"name": "hospitals", "pay": {"wage_usd_per_hour": 24.0}}],
}


def test_a_wage_that_becomes_what_another_kind_pays_is_told() -> None:
    """A fault seen: 20.94 raised to 24.00 vanished from the table, because hospitals pay 24.00 too."""
    base = load_table(TWO_KINDS)
    first = {"name": "first", "pay": {"wage_usd_per_hour": 24.0}}
    other = load_table(TWO_KINDS | {"employer": [first, TWO_KINDS["employer"][1]]})  # type: ignore[index]
    told = wages_text(ask(base, [other], Settings(2, 1, jobs=1)))
    entry = [line.split() for line in told.splitlines() if line.startswith("entry wage")]
    assert [line[-1] for line in entry] == ["20.00", "24.00", "24.00"]
    assert "first" in " ".join(entry[-1])


def unpaid(other: dict[str, Any], base: dict[str, Any] = QUIET, **settings: Any) -> str:
    return unpaid_told(ask(load_table(base), [load_table(merged(base, other))], Settings(2, 1, jobs=1), **settings))


def test_a_stated_wage_below_the_legal_minimum_is_said_to_be_paid_to_nobody() -> None:
    """A fault seen: the sentence named a wage of $7.25, in a state whose minimum is $10.70."""
    assert unpaid({"title": "Less", "pay": {"wage_usd_per_hour": 7.25}}) == (
        'In "Less" nobody is paid the $7.25 an hour stated: the legal minimum wage of $10.00 holds in its place.'
    )
    assert not unpaid({"pay": {"wage_usd_per_hour": 10.0}})
    assert not unpaid({"pay": {"wage_usd_per_hour": 7.25, "floor": {"kind": "none"}}})


def test_the_date_the_post_and_the_floor_of_an_unpaid_wage_are_named() -> None:
    later = {"change": [{"at": "2027-04", "set": {"pay": {"wage_usd_per_hour": 9.0}}}]}
    assert "nobody is paid the $9.00 an hour stated from April 2027: the legal minimum wage of $" in unpaid(later)
    floor = {"pay": {"wage_usd_per_hour": 15.0, "floor": {"kind": "living_wage", "phase_in_months": 0}}}
    assert "nobody is paid the $15.00 an hour stated: the floor of $18.00 holds in its place." in unpaid(floor)
    assert not unpaid({"pay": {"floor": {"kind": "living_wage", "ratio": 2.0}}})  # a floor that lifts what is stated


def test_of_a_base_below_the_legal_minimum_it_is_said_once() -> None:
    low = merged(QUIET, {"title": "Low", "pay": {"wage_usd_per_hour": 9.0}})
    assert unpaid({"posts": {"number": 5}}, low).count("nobody is paid") == 1
