"""Describe leaving and hiring."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import Table, given, share

Response = Literal["elasticity", "logistic", "threshold"]


class ObservedTurnover(Table):
    """State the turnover that is seen; the baseline hazards are solved so that the opening reproduces it."""

    kind: Literal["observed"] = "observed"
    separations_per_100_posts_year: float = given(
        30.0,
        unit="per 100 filled posts a year",
        evidence="turnover.level",
        also="turnover rate, attrition",
        about="Separations seen",
        ge=0.1,
        le=300.0,
    )
    voluntary_share: float = share(0.75, of="share of separations", evidence="turnover.split", about="Voluntary")
    involuntary_share: float = share(
        0.22,
        of="share of separations",
        evidence="turnover.split.involuntary",
        about="Dismissals and exits after return to use",
    )


class StatedHazards(Table):
    """State the baseline hazards themselves."""

    kind: Literal["hazards"] = "hazards"
    voluntary_per_year: float = given(
        unit="per person-year", evidence="turnover.level.voluntary", about="Voluntary", ge=0, le=24
    )
    dismissal_per_year: float = given(
        0.0, unit="per person-year", evidence="turnover.level.others", about="Dismissals", ge=0.0, le=24.0
    )
    other_per_year: float = given(
        0.0,
        unit="per person-year",
        evidence="turnover.level.others",
        about="Retirement, moving, health",
        ge=0.0,
        le=24.0,
    )


class Turnover(Table):
    """Describe who leaves and when."""

    level: Annotated[ObservedTurnover | StatedHazards, Field(discriminator="kind")] = given(
        ObservedTurnover(), unit="kind", evidence="turnover.level.kind", about="Turnover: observed or hazards"
    )
    return_to_use_per_year: float = given(
        0.045, unit="per person-year", evidence="turnover.return_to_use", about="Return to use", ge=0.0, le=6.0
    )
    wage_response: Response = given(
        "elasticity",
        unit="form",
        evidence="turnover.wage_response",
        about="How leaving answers to the wage: elasticity, logistic around the outside wage, or threshold at the "
        "living wage",
    )
    threshold_log_wage: float = given(
        0.25,
        unit="log wage",
        evidence="turnover.threshold_log_wage",
        about="Pay gap that being below the living wage counts for, in the form threshold",
        ge=0.0,
        le=2.0,
    )
    tenure_shape: float = given(
        0.72,
        unit="Weibull shape",
        evidence="turnover.tenure_shape",
        about="Below 1, leaving slows with tenure",
        ge=0.1,
        le=3,
    )
    early_peak: float = given(
        1.3, unit="share above", evidence="turnover.early_peak", about="Height of the first-months peak", ge=0, le=10
    )
    early_peak_months: float = given(
        3.0,
        unit="months",
        evidence="turnover.early_peak_months",
        about="Tenure of the first-months peak",
        ge=0.5,
        le=24.0,
    )
    worker_spread_sd: float = given(
        0.3, unit="log hazard", evidence="turnover.worker_spread", about="Spread between workers", ge=0.0, le=2.0
    )
    employer_spread_sd: float = given(
        0.3, unit="log hazard", evidence="turnover.employer_spread", about="Spread between employers", ge=0.0, le=2.0
    )
    promotion_bump: float = given(
        0.0,
        unit="log hazard",
        evidence="turnover.promotion_bump",
        about="Added to voluntary leaving in the months after a promotion",
        ge=0.0,
        le=3.0,
    )
    promotion_bump_months: float = given(
        6.0,
        unit="months",
        evidence="turnover.promotion_bump_months",
        about="Months of raised leaving after a promotion",
        ge=0.0,
        le=60.0,
    )
    stay_bonus_elasticity: float = given(
        -4.5,
        unit="log hazard per log pay",
        evidence="turnover.stay_bonus_elasticity",
        about="Voluntary leaving while a stay bonus is ahead, against what the bonus adds to pay until it is due",
        ge=-20.0,
        le=0.0,
    )
    stay_bonus_most_share: float = share(
        0.1,
        of="share of pay",
        evidence="turnover.stay_bonus_most",
        about="Share of pay beyond which a larger stay bonus keeps nobody else",
    )
    other_field_share: float = share(
        0.36, of="share of quits", evidence="turnover.destination", about="Quitters who leave the field"
    )
    out_of_work_share: float = share(
        0.14, of="share of quits", evidence="turnover.destination.out_of_work", about="Quitters who leave work"
    )
    cost_per_exit_usd: float = given(
        892.0, unit="USD per exit", evidence="turnover.cost_per_exit", about="Accrued leave and exit work", ge=0, le=1e6
    )


class Recruitment(Table):
    """Describe how vacancies are filled and newcomers start."""

    days_to_fill: float = given(
        70.0,
        unit="days",
        evidence="recruitment.days_to_fill",
        also="time to hire, vacancies",
        about="Mean time to fill at the outside wage",
        ge=0,
        le=2000,
    )
    wage_elasticity: float = given(
        -0.5,
        unit="elasticity",
        evidence="recruitment.wage_elasticity",
        about="Of time to fill to wage over outside wage",
        ge=-10.0,
        le=0.0,
    )
    local_pool_level: float = given(
        0.0,
        unit="SD",
        evidence="recruitment.pool.level",
        about="Certified people nearby against typical",
        ge=-3.0,
        le=3.0,
    )
    fill_log_per_pool_sd: float = given(
        -0.15,
        unit="log time per SD",
        evidence="recruitment.pool",
        about="Time to fill per SD of local pool",
        ge=-2,
        le=0,
    )
    certified_share: float = share(
        0.4, of="share of hires", evidence="recruitment.certified_share", about="Certified when hired"
    )
    months_to_certify: float = given(
        6.0,
        unit="months",
        evidence="recruitment.months_to_certify",
        also="certification time",
        about="Mean time to the certificate",
        ge=0,
        le=60,
    )
    ramp_up_months: float = given(
        3.0, unit="months", evidence="recruitment.ramp_up_months", about="Months to full productivity", ge=0, le=36
    )
    cost_per_hire_usd: float = given(
        2500.0,
        unit="USD per hire",
        evidence="recruitment.cost_per_hire",
        also="hiring cost",
        about="Recruiting and onboarding",
        ge=0,
        le=1e6,
    )
    cover_usd_per_vacant_month: float = given(
        0.0,
        unit="USD a month per vacant post",
        evidence="recruitment.cover",
        about="Overtime or agency staff that cover a vacant funded post",
        ge=0.0,
        le=1e5,
    )
