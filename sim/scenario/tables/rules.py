"""Describe how an employer answers to its money."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.fields import Table, given, share

Off = Literal["off"]
Months = Annotated[float, Field(ge=0.0, le=60.0)]
WholeMonths = Annotated[int, Field(ge=0, le=60)]


class Rules(Table):
    """The employer's money rules, each a number or off."""

    enforce: bool = given(
        True, unit="yes/no", evidence="rules.enforce", about="Let money decide on posts, hiring, layoffs and closure"
    )
    opening_cash_usd: float = given(
        0.0,
        unit="USD",
        evidence="rules.opening_cash",
        also="reserves, fund balance",
        about="Cash at the start",
        ge=-1e10,
        le=1e10,
    )
    braiding: tuple[str, ...] = Field(
        (),
        strict=False,
        description="Order in which sources are charged; needed when there is more than one",
        json_schema_extra={"unit": "list of sources", "evidence": "rules.braiding"},
    )
    fiscal_year_start_month: int = given(
        7, unit="month of the year", evidence="rules.fiscal_year", about="First month of the fiscal year", ge=1, le=12
    )
    yearly_budget: bool = given(
        True,
        unit="yes/no",
        evidence="rules.yearly_budget",
        about="Set funded posts each fiscal year from expected money",
    )
    budget_productivity_share: float | None = given(
        None,
        unit="share of full output",
        evidence="rules.yearly_budget.productivity",
        about="Output a budget expects of a filled post; left out, what the last twelve months showed",
        ge=0.0,
        le=1.0,
    )
    receivable_days: float = given(
        45.0,
        unit="days",
        evidence="rules.receivable_days",
        about="Money due within this time counts as at hand when the employer decides",
        ge=0.0,
        le=720.0,
    )
    reserve_use_share: float = share(
        0.25,
        of="share of free reserve",
        evidence="rules.yearly_budget.reserve_use",
        about="Free reserve a budget may plan to spend",
    )
    minimum_reserve_months: float = given(
        2.0,
        unit="months of payroll",
        evidence="rules.yearly_budget.reserve_kept",
        about="Reserve a budget leaves alone",
        ge=0,
        le=60,
    )
    most_cut_share: float = share(
        0.25,
        of="share of peers",
        evidence="rules.yearly_budget.most_cut",
        about="Most that one yearly budget cuts, by attrition",
    )
    freeze_below_months: Months | Off = given(
        0.5,
        unit="months of payroll",
        evidence="rules.freeze",
        about="Hiring stops below this much cash, money due and unused credit",
    )
    layoff_below_months: Months | Off = given(
        0.0,
        unit="months of payroll",
        evidence="rules.layoffs",
        about="Layoffs below this much cash, money due and unused credit",
    )
    layoff_share: float = share(0.2, of="share of peers", evidence="rules.layoffs.share", about="Laid off each time")
    layoff_wait_months: int = given(
        3, unit="months", evidence="rules.layoffs.wait", about="Months between layoffs", ge=1, le=60
    )
    layoff_order: Literal["last_hired", "lowest_rung"] = given(
        "last_hired",
        unit="order",
        evidence="rules.layoffs.order",
        about="Who goes first; within a rung, the last hired",
    )
    bridge_months: int = given(
        0,
        unit="months",
        evidence="rules.bridge",
        about="Months the reserve carries posts whose award has ended",
        ge=0,
        le=60,
    )
    credit_limit_usd: float = given(
        0.0, unit="USD", evidence="rules.credit", also="loan", about="Line of credit", ge=0.0, le=1e10
    )
    credit_interest_per_year: float = share(
        0.09, of="share a year", evidence="rules.credit.interest", about="Interest on negative cash", le=2.0
    )
    closure_after_months: WholeMonths | Off = given(
        6,
        unit="months",
        evidence="rules.closure",
        about="Months without the money for payroll before the employer closes",
    )
