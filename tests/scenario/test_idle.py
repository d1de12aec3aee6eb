"""What cannot matter is named, and what is named has no effect: the simulation is the same to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.engine.run import BlockResult, simulate
from sim.model.world.log import Table
from sim.scenario.schema import Scenario
from tests.scenario.texts import BASE, NO_GROUPS, loaded, warned

SHORT = """
horizon = { months = 18, warm_up_months = 6 }
turnover.level = { kind = "hazards", voluntary_per_year = 0.5, dismissal_per_year = 0.2, other_per_year = 0.1 }
posts.number = 6
rules.opening_cash_usd = 20_000
rules.layoff_below_months = 0.1
rules.closure_after_months = 6
pay.wage_usd_per_hour = 20.0
"""
MEDICAID = """
[funding.medicaid]
kind = "fee_for_service"
rate_usd_per_unit = 13.5
group_rate_usd_per_unit = 3.0
denial_share = 0.1
rework_recovered_share = 0.5
audit_chance_per_year = 0.5
"""
CCBHC = '[funding.medicaid]\nkind = "prospective"\nrate_usd = 90\n'
GRANT = """
[funding.medicaid]
kind = "grant"
amount_usd_per_year = 2e5
start = "2026-07"
term_months = 12
posts_paid = 2
"""
CERTIFIED = "recruitment.certified_share=1"
WAGES_ONLY = "funding.medicaid.pays_for=['wages']"
LADDER = "[ladder.senior]\nstep = 1\nmonths_in_rung_below = 6\n"

# what holds, the input that cannot matter then, two values of it, the reason
CASES = [
    (MEDICAID, ["time_use.group=0"], "funding.medicaid.group_rate_usd_per_unit", "1", "5", "time_use.group is 0"),
    (
        MEDICAID,
        ["funding.medicaid.billable=['individual']"],
        "funding.medicaid.group_rate_usd_per_unit",
        "1",
        "5",
        "group is not billable",
    ),
    (MEDICAID, ["time_use.group=0"], "time_use.group_size", "2", "9", "time_use.group is 0"),
    *[
        (MEDICAID, ["funding.medicaid.denial_share=0"], f"funding.medicaid.{name}", low, high, "denial_share is 0")
        for name, low, high in [
            ("rework_recovered_share", "0.2", "0.9"),
            ("rework_usd_per_claim", "1", "90"),
            ("rework_lag_days", "1", "90"),
            ("units_per_claim", "1", "90"),
        ]
    ],
    *[
        (MEDICAID, ["funding.medicaid.rework_recovered_share=0"], f"funding.medicaid.{name}", "1", "90", "share is 0")
        for name in ("rework_usd_per_claim", "rework_lag_days", "units_per_claim")
    ],
    (
        MEDICAID,
        ["funding.medicaid.audit_chance_per_year=0"],
        "funding.medicaid.audit_recouped_share",
        "0.1",
        "0.9",
        "audit_chance_per_year is 0",
    ),
    (
        MEDICAID,
        ["funding.medicaid.payment_lag_days=0"],
        "funding.medicaid.payment_lag_spread",
        "0",
        "1",
        "payment_lag_days is 0",
    ),
    (
        MEDICAID,
        [CERTIFIED],
        "funding.medicaid.certification_required",
        "true",
        "false",
        "certified",
    ),
    (MEDICAID, [CERTIFIED], "recruitment.months_to_certify", "1", "12", "everyone is certified"),
    (
        LADDER + MEDICAID,
        [CERTIFIED],
        "ladder.senior.certificate_required",
        "true",
        "false",
        "everyone is certified",
    ),
    (CCBHC, ["funding.medicaid.per=member_month"], "funding.medicaid.hours_per_visit_day", "1", "9", "member-month"),
    (GRANT, ["funding.medicaid.renewal_chance=0"], "funding.medicaid.gap_months", "0", "5", "renewal_chance is 0"),
    (
        GRANT,
        ["funding.medicaid.term_months=60"],
        "funding.medicaid.renewal_amount_change",
        "-0.5",
        "2",
        "of the projection",
    ),
    (
        GRANT,
        [WAGES_ONLY],
        "funding.medicaid.indirect_cap_share",
        "0",
        "1",
        "not in pays_for",
    ),
    (
        GRANT,
        ["posts.overhead_share=0"],
        "funding.medicaid.indirect_cap_share",
        "0",
        "1",
        "overhead_share is 0",
    ),
    (GRANT, [], "funding.medicaid.carry_over", "true", "false", "the award has one year only"),
    *[
        (GRANT, ["rules.enforce=false"], f"rules.{name}", low, high, "rules.enforce is false")
        for name, low, high in [
            ("yearly_budget", "true", "false"),
            ("budget_productivity_share", "0.1", "1"),
            ("reserve_use_share", "0", "1"),
            ("minimum_reserve_months", "0", "9"),
            ("freeze_below_months", "off", "9"),
            ("layoff_below_months", "off", "9"),
            ("layoff_share", "0.1", "0.9"),
            ("layoff_wait_months", "1", "9"),
            ("layoff_order", "last_hired", "lowest_rung"),
            ("bridge_months", "0", "9"),
            ("closure_after_months", "off", "1"),
        ]
    ],
    *[
        (MEDICAID, ["rules.yearly_budget=false"], f"rules.{name}", low, high, "rules.yearly_budget is false")
        for name, low, high in [
            ("budget_productivity_share", "0.1", "1"),
            ("reserve_use_share", "0", "1"),
            ("minimum_reserve_months", "0", "9"),
        ]
    ],
    *[
        (MEDICAID, ["rules.layoff_below_months=off"], f"rules.{name}", low, high, "rules.layoff_below_months is off")
        for name, low, high in [
            ("layoff_share", "0.1", "0.9"),
            ("layoff_wait_months", "1", "9"),
            ("layoff_order", "last_hired", "lowest_rung"),
        ]
    ],
    (MEDICAID, [], "rules.bridge_months", "0", "9", "no award has posts_paid"),
    *[
        (MEDICAID, ["turnover.return_to_use_per_year=0"], f"practices.{name}", "0.5", "0.9", "per_year is 0")
        for name in ("supported_leave_share", "leave_months", "return_share", "leave_paid_share")
    ],
    *[
        (MEDICAID, ["practices.supported_leave_share=0"], f"practices.{name}", "0.5", "0.9", "leave_share is 0")
        for name in ("leave_months", "return_share", "leave_paid_share")
    ],
    (MEDICAID, ["practices.other_supervisors_fte=0"], "practices.supervisor_wage_usd_per_hour", "1", "90", "fte is 0"),
    *[
        (
            LADDER + MEDICAID,
            ["turnover.level.voluntary_per_year=0"],
            f"turnover.{name}",
            low,
            high,
            "voluntary_per_year is 0",
        )
        for name, low, high in [
            ("tenure_shape", "0.5", "1"),
            ("early_peak", "0", "3"),
            ("wage_response", "elasticity", "threshold"),
            ("other_field_share", "0", "0.8"),
            ("out_of_work_share", "0", "0.6"),
            ("promotion_bump", "0", "2"),
            ("employer_spread_sd", "0", "1"),
        ]
    ],
    (MEDICAID, [], "turnover.promotion_bump", "0", "2", "there is no ladder"),
    *[
        (MEDICAID, ["recruitment.days_to_fill=0"], f"recruitment.{name}", "-1", "-2", "every vacancy is filled at once")
        for name in ("wage_elasticity", "local_pool_level", "fill_log_per_pool_sd")
    ],
    (MEDICAID, [], "recruitment.fill_log_per_pool_sd", "0", "-1", "local_pool_level is 0"),
    (MEDICAID, ["recruitment.fill_log_per_pool_sd=0"], "recruitment.local_pool_level", "0", "2", "pool_sd is 0"),
    (MEDICAID, ["pay.annual_step_share=0"], "pay.annual_steps", "0", "9", "pay.annual_step_share is 0"),
    (MEDICAID, ["pay.floor.kind=none"], "place.minimum_wage_usd_per_hour", "1", "30", "pay.floor is none"),
    (MEDICAID, ["pay.floor.kind=none"], "place.minimum_wage_growth_per_year", "0", "0.2", "pay.floor is none"),
    (MEDICAID, ["services.leave_care_share=0"], "services.months_to_regain_demand", "1", "9", "leave_care_share is 0"),
    (MEDICAID, ["effects.scale=0"], "effects.burnout.exit_voluntary", "0", "3", "effects.scale is 0"),
    (MEDICAID, [], "pay.pass_through_share", "0", "1", "no rate_usd_per_unit changes"),
]


def outcome(scenario: Scenario) -> list[Table]:
    results: list[BlockResult] = simulate(scenario, [], [0, 1], seed=5)[0]
    return [table for one in results for table in (one.facts, one.funding, one.lines, one.panel)]


@pytest.mark.parametrize(
    ("text", "holds", "path", "low", "high", "reason"), CASES, ids=[f"{case[2]}: {case[5]}" for case in CASES]
)
def test_an_input_named_as_idle_changes_nothing(
    text: str, holds: list[str], path: str, low: str, high: str, reason: str
) -> None:
    one, other = (loaded(SHORT + text, [*holds, f"{path}={value}"]) for value in (low, high))
    for given in (one, other):
        (warning,) = [warning for warning in given.warnings if warning.path == path]
        assert warning.rule.startswith("has no effect: ")
        assert warning.rule.endswith(reason)
    for before, after in zip(outcome(one.scenario), outcome(other.scenario), strict=True):
        for column in before:
            np.testing.assert_array_equal(before[column], after[column], err_msg=column)


def test_only_what_the_user_set_is_named() -> None:
    assert warned(NO_GROUPS) == []
    assert len(warned(NO_GROUPS + "group_rate_usd_per_unit = 3")) == 1


def test_an_activity_that_takes_no_time_is_named() -> None:
    (warning,) = warned(BASE + 'billable = ["individual", "group", "protected_recovery"]')
    assert warning.endswith(
        'billable[2] = "protected_recovery": has no effect: time_use.protected_recovery is 0 at the value taken; '
        "futures draw it from 0 to 0.1"
    )


def test_a_source_that_covers_nobody_is_named() -> None:
    (warning,) = warned(BASE + "clients_covered_share = 0")
    assert warning.endswith("has no effect: at 0 the source pays nothing, whatever its other settings")


def test_what_a_date_brings_to_life_is_not_named() -> None:
    text = NO_GROUPS + 'group_rate_usd_per_unit = 3\n[[change]]\nat = "2028-01"\n'
    assert warned(text + 'set = { funding.medicaid.billable = ["individual", "group"] }') == []


def test_what_one_kind_brings_to_life_is_not_named() -> None:
    text = NO_GROUPS + 'group_rate_usd_per_unit = 3\n[[employer]]\nname = "a"\n[[employer]]\nname = "b"\n'
    assert len(warned(text)) == 1
    assert warned(text + 'funding.medicaid.billable = ["individual", "group"]') == []


def test_what_is_idle_in_one_kind_is_named_there() -> None:
    (warning,) = warned(BASE + '[[employer]]\nname = "a"\n[employer.rules]\nbridge_months = 3')
    assert warning == "case.toml:11: employer.a.rules.bridge_months = 3: has no effect: no award has posts_paid"


def test_what_every_kind_says_itself_is_named_above() -> None:
    kinds = "".join(f'[[employer]]\nname = "{name}"\nposts.number = 4\n' for name in "ab")
    assert warned("posts.number = 9\n" + BASE + kinds) == [
        "case.toml:1: posts.number = 9: has no effect: every [[employer]] states its own"
    ]


def test_an_idle_dated_setting_is_named_at_its_line() -> None:
    (warning,) = warned(BASE + '[[change]]\nat = "2028-01"\nset = { rules.bridge_months = 3 }')
    assert warning.startswith("case.toml:10: change[0].set.rules.bridge_months = 3: has no effect: ")


def test_pass_through_matters_once_a_rate_moves() -> None:
    share = "pay.pass_through_share = 0.5\n"
    text = BASE.replace("[pay]\n", "pay.")
    assert len(warned(share + text)) == 1
    change = '[[change]]\nat = "2028-01"\nset = { funding.medicaid.rate_usd_per_unit = 15 }'
    assert warned(share + text + change) == []
    above = f'extends = "base.toml"\n{share}funding.medicaid.rate_usd_per_unit = 15'
    assert warned(above, files={"base.toml": text}) == []


def test_a_source_for_no_living_wage_is_named() -> None:
    (warning,) = warned('place.living_wage_source = "MIT 2026"\n' + BASE)
    assert warning.endswith("has no effect: no living_wage_usd_per_hour is typed in beside it")


def test_the_comparison_sees_an_input_that_matters() -> None:
    one, other = (outcome(loaded(SHORT + MEDICAID, [f"pay.wage_usd_per_hour={wage}"]).scenario) for wage in (20, 21))
    assert any(not np.array_equal(a[column], b[column]) for a, b in zip(one, other, strict=True) for column in a)


def test_a_setting_that_futures_draw_is_told_with_its_range_unless_it_is_stated() -> None:
    """Nobody states the bump, so futures draw it, and how long it lasts matters there."""
    months, rule = "turnover.promotion_bump_months=1", "has no effect: turnover.promotion_bump is 0"
    text = SHORT + LADDER + MEDICAID
    assert _rules(text, [months]) == [f"{rule} at the value taken; futures draw it from 0 to 0.5"]
    assert _rules(text, [months, "turnover.promotion_bump=0"]) == [rule]


def _rules(text: str, sets: list[str]) -> list[str]:
    return [one.rule for one in loaded(text, sets).warnings if one.path == "turnover.promotion_bump_months"]
