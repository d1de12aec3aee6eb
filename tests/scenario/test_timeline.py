"""Dated changes unfold into the tables that hold from month to month."""

import pytest

from sim.scenario.timeline import plans
from tests.scenario.texts import BASE, RICH, errors, loaded, said, warned

KINDS = '[[employer]]\nname = "a"\ncount = 2\n[[employer]]\nname = "b"\n[employer.pay]\nwage_usd_per_hour = 25.0\n'


def change(at: str, *settings: str) -> str:
    return f'[[change]]\nat = "{at}"\n[change.set]\n' + "\n".join(settings) + "\n"


def wages(text: str) -> dict[str, list[tuple[int, float]]]:
    return {
        plan.name: [(month, tables.pay.wage_usd_per_hour) for month, tables in plan.epochs]
        for plan in plans(loaded(text).scenario)
    }


def test_without_kinds_there_is_one_employer() -> None:
    (plan,) = plans(loaded(BASE).scenario)
    assert (plan.name, plan.count, plan.first, len(plan.epochs)) == ("employer", 1, 0, 1)


def test_kinds_take_their_places_in_the_portfolio_one_after_the_other() -> None:
    assert [(plan.name, plan.count, plan.first) for plan in plans(loaded(RICH).scenario)] == [
        ("urban", 3, 0),
        ("rural", 2, 3),
    ]


def test_a_change_holds_from_its_month_on() -> None:
    text = BASE + change("2028-07", "pay.wage_usd_per_hour = 21") + change("2028-01", "pay.wage_usd_per_hour = 20.5")
    assert wages(text) == {"employer": [(0, 20.0), (12, 20.5), (18, 21.0)]}


def test_a_change_at_the_start_holds_from_the_start() -> None:
    assert wages(BASE + change("2027-01", "pay.wage_usd_per_hour = 21")) == {"employer": [(0, 21.0)]}


def test_a_change_to_the_same_number_counts_where_the_amount_grows() -> None:
    assert wages(BASE + change("2028-07", "pay.wage_usd_per_hour = 20")) == {"employer": [(0, 20.0), (18, 20.0)]}


def test_a_change_that_changes_nothing_is_no_epoch() -> None:
    (plan,) = plans(loaded(BASE + change("2028-07", "posts.number = 20")).scenario)
    assert [(month, tables.posts.number) for month, tables in plan.epochs] == [(0, 20)]


def test_a_change_after_the_end_is_left_out_and_pointed_out() -> None:
    text = BASE + change("2032-01", "pay.wage_usd_per_hour = 21")
    assert wages(text) == {"employer": [(0, 20.0)]}
    assert warned(text) == ['case.toml:9: change[0].at = "2032-01": comes after the end and has no effect']


def test_a_change_before_the_start_is_an_error() -> None:
    (error,) = errors(BASE + change("2026-12", "pay.wage_usd_per_hour = 21"))
    assert error == (
        'case.toml:9: change[0].at = "2026-12": comes before the start, 2027-01; set the input without a date'
    )


def test_a_change_of_the_top_tables_reaches_kinds_that_do_not_say_otherwise() -> None:
    text = BASE + change("2028-01", "pay.wage_usd_per_hour = 21") + KINDS
    assert wages(text) == {"a": [(0, 20.0), (12, 21.0)], "b": [(0, 25.0)]}


def test_a_change_under_a_name_reaches_that_kind_alone() -> None:
    text = BASE + change("2028-01", "employer.a.pay.wage_usd_per_hour = 22") + KINDS
    assert wages(text) == {"a": [(0, 20.0), (12, 22.0)], "b": [(0, 25.0)]}


def test_of_two_changes_of_one_date_the_later_holds_and_the_earlier_is_named() -> None:
    text = BASE + change("2028-01", "pay.wage_usd_per_hour = 21") + change("2028-01", "pay.wage_usd_per_hour = 22")
    assert wages(text) == {"employer": [(0, 20.0), (12, 22.0)]}
    (warning,) = warned(text)
    assert warning.startswith("case.toml:11: change[0].set.pay.wage_usd_per_hour = 21: is set again on the same date")


@pytest.mark.parametrize(
    "settings",
    [
        '"funding.medicaid.rate_usd_per_unit" = 15',
        "funding.medicaid.rate_usd_per_unit = 15",
        "funding.medicaid = { rate_usd_per_unit = 15 }",
    ],
)
def test_a_setting_may_be_written_as_one_address_or_as_tables(settings: str) -> None:
    (plan,) = plans(loaded(BASE + change("2028-01", settings)).scenario)
    assert [tables.funding["medicaid"].rate_usd_per_unit for _, tables in plan.epochs] == [13.5, 15.0]  # type: ignore[union-attr]


def test_several_inputs_change_together() -> None:
    half = "{ share = 0.5, living_wage_ratio = 1.0 }"
    households = f"place.households = {{ a = {half}, b = {half} }}\n"
    text = households + BASE + change("2028-01", "place.households.a.share = 0.2", "place.households.b.share = 0.8")
    assert len(plans(loaded(text).scenario)[0].epochs) == 2
    (error,) = errors(text.replace("b.share = 0.8", "b.share = 0.7"))
    assert error.startswith("case.toml:13: change[0].set.place.households.b.share = 0.9: shares of households must")


def test_an_optional_input_can_be_lifted_by_date() -> None:
    text = (
        BASE
        + "max_units_per_worker_day = 20\n"
        + change("2028-01", 'funding.medicaid.max_units_per_worker_day = "off"')
    )
    (plan,) = plans(loaded(text).scenario)
    assert [tables.funding["medicaid"].max_units_per_worker_day for _, tables in plan.epochs] == [20.0, None]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("horizon.months = 12", "is not an input that a date can change"),
        ("experiment.seed = 12", "is not an input that a date can change"),
        ("experiment.feedback = false", "is not an input that a date can change"),
        ('title = "x"', "is not an input that a date can change"),
        ("poss.number = 12", "is not an input that a date can change; did you mean posts?"),
        ("posts.numbr = 12", "is not an input; did you mean number?"),
        ("posts.number.x = 12", "is not an input"),
        ("posts.number = 0", "must be a whole number from 1 to 100,000"),
        ('posts.number = "ten"', "must be a whole number from 1 to 100,000"),
        ("posts.roster = []", "is a table or a list of tables"),
        ("posts = {}", "is a table or a list of tables; set the inputs inside it, one by one"),
        ('place.state = "NC"', "cannot change by date; set it from the start, or in an alternative"),
        ("rules.opening_cash_usd = 5", "cannot change by date"),
        ("rules.braiding = []", "cannot change by date"),
        ("turnover.level.voluntary_share = 0.5", "cannot change by date"),
        ('pay.floor.kind = "none"', "cannot change by date"),
        ('pay.floor = { kind = "none" }', "cannot change by date"),
        ("pay.floor.ratio = 0.9", "is not an input of this kind; it belongs to kind = living_wage"),
        ("ladder.senior.step = 2", "cannot change by date"),
        ("ladder.lead.months_in_rung_below = 2", "ladder.lead is not there to be changed; there are: senior"),
        ("funding.medicad.denial_share = 0.1", "funding.medicad is not there to be changed; did you mean medicaid?"),
        ('funding.medicaid = "off"', "is a table or a list of tables"),
        ('funding.block = { kind = "grant" }', "funding.block is not there to be changed"),
        ("employer.a.posts.number = 3", "there is no [[employer]] named a; kinds are none"),
        ("employer.a = 3", "there is no [[employer]] named a"),
        ("employer = 3", "is not an input that a date can change"),
        ("effects.burnout = 3", "is a table or a list of tables"),
        ("effects.burnout.exit_voluntry = 0.3", "of the effects table; did you mean burnout.exit_voluntary?"),
        ("effects.burnout.exit_voluntary = 2028-01-01", "must be a number"),
        ("effects.burnout.satisfaction = -3", "explain more than all of its variance"),
        ("time_use.individual = 0.99", "shares of hours worked must add up to at most 1"),
    ],
)
def test_what_a_date_cannot_change_is_an_error_at_its_line(setting: str, problem: str) -> None:
    ladder = "[ladder.senior]\nstep = 1\n"
    (error,) = errors(BASE + ladder + change("2028-01", setting))
    assert error.startswith("case.toml:13: change[0].set.")
    assert problem in error


def test_effects_and_adjustment_times_can_change_by_date() -> None:
    text = BASE + change("2028-01", "effects.burnout.exit_voluntary = 0.3", "effects.months_to_adjust.burnout = 4")
    (plan,) = plans(loaded(text).scenario)
    assert plan.epochs[1][1].effects.overrides() == {"burnout.exit_voluntary": 0.3}
    assert plan.epochs[1][1].effects.months_to_adjust["burnout"] == 4.0


def test_the_value_is_checked_for_the_kind_it_reaches() -> None:
    kinds = '[[employer]]\nname = "a"\n[employer.funding.medicaid]\nkind = "prospective"\nrate_usd = 200\n'
    setting = "employer.a.funding.medicaid.rate_usd_per_unit = 15"
    (error,) = errors(BASE + kinds + change("2028-01", setting))
    assert "is not an input of this kind; it belongs to kind = fee_for_service" in error


def test_an_empty_change_is_harmless() -> None:
    assert said(BASE + '[[change]]\nat = "2028-01"\nset = {}') == []


def test_more_changes_than_anyone_dates_are_refused() -> None:
    many = "".join(f'[[change]]\nat = "2028-01"\nset = {{ posts.number = {number} }}\n' for number in range(1, 2002))
    assert errors(BASE + many) == ["case.toml:8: change = 2001: at most 2000 dated settings"]
