"""What follows from an organization's inputs alone."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.model.rules.billing import billable_share, units_per_paid_hour
from sim.model.world.terms import (
    compile_terms,
    full_staff_client_hours,
    in_sd,
    supervisors_per_post,
)
from sim.scenario.schema import Organization
from sim.scenario.tables.funding.claims import FeeForService


def organization(**tables: Any) -> Organization:
    return Organization.model_validate({"pay": {"wage_usd_per_hour": 20.0}, **tables})


def medicaid(**fields: Any) -> FeeForService:
    return FeeForService(rate_usd_per_unit=13.5, **fields)


def test_a_yes_is_further_from_the_mean_the_rarer_it_is() -> None:
    assert in_sd(True, 0.2) == pytest.approx(2.0, abs=1e-15)
    assert in_sd(False, 0.2) == pytest.approx(-0.5, abs=1e-15)
    assert in_sd(True, 0.6) == pytest.approx(0.4 / math.sqrt(0.24), abs=1e-15)


def test_rungs_stand_in_the_order_of_their_steps_above_entry() -> None:
    terms = compile_terms(organization(ladder={"lead": {"step": 2, "supervising_share": 0.5}, "senior": {"step": 1}}))
    assert terms.rung_names == ("entry", "senior", "lead")
    assert terms.supervising == (0.0, 0.0, 0.5)


def test_a_half_time_post_has_half_the_hours() -> None:
    assert compile_terms(organization(posts={"fte": 0.5, "paid_hours_per_year": 1920})).hours == 80.0


def test_hours_worked_are_paid_hours_less_leave_and_absence() -> None:
    terms = compile_terms(organization(time_use={"leave_share": 0.1, "absence_share": 0.05}))
    assert terms.working_share == pytest.approx(0.85, abs=1e-15)


def test_the_causes_no_month_moves_are_known_from_the_start() -> None:
    terms = compile_terms(
        organization(
            place={"rural": True},
            posts={"fte": 0.5},
            time_use={"outside_role": 0.25},
            practices={"training": 1.5},
            ladder={"lead": {"step": 1, "supervising_share": 0.1}},
        )
    )
    causes = terms.fixed_causes
    assert causes["training"] == 1.5
    assert causes["peer_background_of_supervisor"] == 1.0
    assert causes["out_of_role_work"] == pytest.approx(1.5, abs=1e-15)
    assert causes["rural"] == pytest.approx(2.0, abs=1e-15)
    assert causes["full_time"] == pytest.approx(-0.6 / math.sqrt(0.24), abs=1e-15)


def test_a_ladder_without_supervising_rungs_has_no_peer_supervisors() -> None:
    assert compile_terms(organization(ladder={"lead": {"step": 1}})).fixed_causes["peer_background_of_supervisor"] == 0


def test_full_time_begins_at_seven_eighths() -> None:
    above, below = (compile_terms(organization(posts={"fte": fte})).fixed_causes["full_time"] for fte in (0.875, 0.874))
    assert above > 0 > below


def test_households_are_told_apart_by_shares_that_add_up_by_name() -> None:
    homes = {"one_adult": (0.5, 1.0), "couple": (0.3, 0.8), "one_child": (0.2, 1.9)}
    table = {name: {"share": share, "living_wage_ratio": ratio} for name, (share, ratio) in homes.items()}
    terms = compile_terms(organization(place={"households": table}))
    assert [ratio for _, ratio in terms.households] == [0.8, 1.0, 1.9]
    assert [share for share, _ in terms.households] == pytest.approx([0.3, 0.8, 1.0], abs=1e-15)


def test_sources_are_braided_in_the_order_given_or_as_they_stand() -> None:
    sources = {
        "medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 13.5},
        "grant": {"kind": "grant", "amount_usd_per_year": 1.0, "start": "2027-01"},
    }
    assert compile_terms(organization(funding=sources)).braiding == ("medicaid", "grant")
    ordered = compile_terms(organization(funding=sources, rules={"braiding": ["grant", "medicaid"]}))
    assert ordered.braiding == ("grant", "medicaid")


def test_effects_are_those_of_the_table_or_the_override_times_the_scale() -> None:
    effects = {"scale": 0.5, "workload": {"burnout": 0.4}, "log_wage_over_outside_wage": {"exit_voluntary": -2.0}}
    terms = compile_terms(organization(effects=effects))
    assert ("workload", 0, 0.2) in terms.effects.employer
    assert terms.effects.wage == -1.0
    assert ("recovery_culture", 1, 0.06) in terms.effects.employer


def test_time_constants_left_out_keep_their_usual_values() -> None:
    terms = compile_terms(organization(effects={"months_to_adjust": {"burnout": 5.0}}))
    assert [one.kept for one in terms.pace] == [math.exp(-1 / months) for months in (5.0, 6.0, 4.0, 12.0)]


def test_effects_that_leave_no_room_for_luck_are_refused() -> None:
    with pytest.raises(ValueError, match="explain more than all of its variance"):
        compile_terms(organization(effects={"workload": {"burnout": 1.5}}))


def test_a_full_workforce_of_ten_gives_720_client_hours_at_45_percent() -> None:
    full = organization(
        posts={"number": 10, "paid_hours_per_year": 1920},
        time_use={"individual": 0.45, "group": 0.0, "leave_share": 0.0, "absence_share": 0.0},
    )
    assert full_staff_client_hours(full) == 720.0


def test_each_client_of_a_group_has_had_the_hour() -> None:
    groups = organization(
        posts={"number": 10, "fte": 0.5, "paid_hours_per_year": 1920},
        time_use={"individual": 0.4, "group": 0.05, "group_size": 6.0, "leave_share": 0.1, "absence_share": 0.1},
    )
    assert full_staff_client_hours(groups) == pytest.approx(10 * 80 * 0.8 * 0.7, abs=1e-12)


def test_the_standard_asks_for_a_supervisor_for_eight_peers() -> None:
    assert supervisors_per_post(organization(posts={"fte": 0.8})) == 0.1


def test_group_hours_are_not_billed_at_the_individual_rate() -> None:
    use = organization(time_use={"individual": 0.4, "group": 0.1, "notes": 0.12})
    source = medicaid(billable=("individual", "group", "notes"))
    assert billable_share(use, source, group=True) == pytest.approx(0.62, abs=1e-15)
    assert billable_share(use, source, group=False) == pytest.approx(0.52, abs=1e-15)


def test_a_paid_hour_brings_the_units_that_are_worked_covered_and_kept() -> None:
    use = organization(time_use={"individual": 0.42, "leave_share": 0.09, "absence_share": 0.03})
    source = medicaid(clients_covered_share=0.5, denial_share=0.1, rework_recovered_share=0.5)
    assert units_per_paid_hour(use, source) == pytest.approx(4 * 0.88 * 0.42 * 0.5 * 0.95, abs=1e-15)
