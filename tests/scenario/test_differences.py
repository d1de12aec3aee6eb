"""What differs between two scenarios is told from what they mean."""

import json

import pytest

from sim.scenario.differences import differences
from tests.scenario.texts import BASE, RICH, loaded

ABOVE = 'extends = "base.toml"\n'


def told(base: str, other: str) -> list[str]:
    """What differs, one line each; the other may extend the base."""
    return [str(one) for one in differences(loaded(base).scenario, loaded(other, files={"base.toml": base}).scenario)]


@pytest.mark.parametrize("text", [BASE, RICH])
def test_a_scenario_does_not_differ_from_itself(text: str) -> None:
    assert told(text, text) == []


def test_texts_seed_and_replications_are_no_difference() -> None:
    assert told(BASE, ABOVE + 'title = "x"\nnotes = "y"\nexperiment = { seed = 4, replications = 3 }') == []


def test_what_is_said_though_it_holds_anyway_is_no_difference() -> None:
    assert told(BASE, ABOVE + "posts.number = 20\nfunding.medicaid.billable = ['group', 'individual']") == []


def test_inputs_differ_by_address_and_value() -> None:
    above = ABOVE + "pay.wage_usd_per_hour = 22\nhorizon.months = 24\nexperiment.feedback = false"
    assert told(BASE, above) == [
        "experiment.feedback: true → false",
        "horizon.months: 60 → 24",
        "pay.wage_usd_per_hour: 20.0 → 22.0",
    ]


def test_a_dated_change_differs_from_its_date() -> None:
    above = ABOVE + '[[change]]\nat = "2028-07"\nset = { funding.medicaid.rate_usd_per_unit = 15 }'
    assert told(BASE, above) == ["funding.medicaid.rate_usd_per_unit: 13.5 → 15.0 from 2028-07"]


def test_a_second_dated_change_begins_from_the_first() -> None:
    def rate(at: str, usd: float) -> str:
        return f'[[change]]\nat = "{at}"\nset = {{ funding.medicaid.rate_usd_per_unit = {usd} }}\n'

    assert told(BASE, ABOVE + rate("2028-04", 20.0) + rate("2028-10", 15.0)) == [
        "funding.medicaid.rate_usd_per_unit: 13.5 → 20.0 from 2028-04",
        "funding.medicaid.rate_usd_per_unit: 20.0 → 15.0 from 2028-10",
    ]


def test_where_the_base_catches_up_both_are_the_same_again() -> None:
    base = BASE + '[[change]]\nat = "2028-07"\nset = { funding.medicaid.rate_usd_per_unit = 15 }'
    assert told(base, BASE.replace("13.5", "15")) == [
        "funding.medicaid.rate_usd_per_unit: 13.5 → 15.0",
        "funding.medicaid.rate_usd_per_unit: 15.0 in both from 2028-07",
    ]


def test_a_source_more_is_one_difference_told_by_what_is_not_default() -> None:
    above = ABOVE + '[funding.block]\nkind = "grant"\namount_usd_per_year = 100000\nstart = "2027-01"\n'
    above += '[rules]\nbraiding = ["block", "medicaid"]'
    assert told(BASE, above) == [
        'funding.block: none → {"kind": "grant", "amount_usd_per_year": 100000.0, "start":…',
        'rules.braiding: ["medicaid"] → ["block", "medicaid"]',
    ]


def test_of_a_source_more_later_changes_are_told_input_by_input() -> None:
    change = '[[change]]\nat = "2028-01"\nset = { funding.medicaid.rate_usd = 210, pay.wage_usd_per_hour = 21 }'
    source = '[funding.medicaid]\nkind = "prospective"\nrate_usd = 200\n'
    whole, *later = told(BASE, f'extends = "base.toml"\n{source}{change}')
    assert whole.endswith(' → {"kind": "prospective", "rate_usd": 200.0}')
    assert later == [
        "funding.medicaid.rate_usd: 200.0 → 210.0 from 2028-01",
        "pay.wage_usd_per_hour: 20.0 → 21.0 from 2028-01",
    ]


def test_of_a_source_that_is_gone_later_changes_are_not_told() -> None:
    base = BASE + '[[change]]\nat = "2028-01"\nset = { funding.medicaid.rate_usd_per_unit = 15 }'
    assert told(base, "pay.wage_usd_per_hour = 20") == [
        'funding.medicaid: {"kind": "fee_for_service", "federal_share": 0.5, "rate_usd… → none',
        'rules.braiding: ["medicaid"] → []',
    ]


def test_another_kind_is_one_difference() -> None:
    assert told(BASE, ABOVE + 'pay.floor.kind = "none"') == ['pay.floor: {"kind": "minimum_wage"} → {"kind": "none"}']


def test_an_overridden_effect_differs_from_the_effects_table() -> None:
    assert told(BASE, ABOVE + "effects.burnout.exit_voluntary = 0.3") == ["effects.burnout.exit_voluntary: 0.18 → 0.3"]


def test_what_differs_in_every_kind_is_said_once() -> None:
    above = (
        ABOVE
        + "pay.annual_step_share = 0.03\n[employer.rural.pay]\nwage_usd_per_hour = 18\n[employer.urban]\ncount = 4"
    )
    assert told(RICH, above) == [
        "employer.rural.pay.wage_usd_per_hour: 20.0 → 18.0",
        "employer.rural.pay.wage_usd_per_hour: 19.0 in both from 2028-07",
        "employer.urban.count: 3 → 4",
        "pay.annual_step_share: 0.02 → 0.03",
    ]


def test_kinds_that_come_and_go_are_counted() -> None:
    assert told(BASE, BASE + '[[employer]]\nname = "a"\ncount = 3\n[[employer]]\nname = "b"') == [
        "employer.a.count: 0 → 3",
        "employer.b.count: 0 → 1",
        "employer.employer.count: 1 → 0",
    ]


def test_one_employer_is_compared_with_one_whatever_its_name() -> None:
    assert told(BASE, BASE + '[[employer]]\nname = "a"\n[employer.posts]\nnumber = 4') == ["posts.number: 20 → 4"]


def test_differences_are_written_as_tables_that_json_takes() -> None:
    above = BASE.replace("fee_for_service", "prospective").replace("\nrate_usd_per_unit", "\nrate_usd")
    above = above.replace("group_rate_usd_per_unit = 3.0\n", "")
    (one,) = differences(loaded(BASE).scenario, loaded(above).scenario)
    assert json.loads(json.dumps(one.table())) == {
        "path": "funding.medicaid",
        "from": {
            "kind": "fee_for_service",
            "federal_share": 0.5,
            "rate_usd_per_unit": 13.5,
            "group_rate_usd_per_unit": 3.0,
        },
        "to": {"kind": "prospective", "federal_share": 0.5, "rate_usd": 13.5},
        "at": None,
    }


def test_another_state_differs_by_its_wages_too() -> None:
    paths = [line.split(":")[0] for line in told('place.state = "PA"\n' + BASE, 'place.state = "NC"\n' + BASE)]
    assert paths[:3] == ["place.living_wage_usd_per_hour", "place.outside_wage_usd_per_hour", "place.state"]
