"""Define the measures of what peers are paid, and of money."""

from __future__ import annotations

from functools import partial
from typing import Final

from sim.model.rules.turnover import CAUSES, LAYOFF
from sim.results.measures.formulas import amount, group_wage_gap, of_yearly_pay, per_year, ratio
from sim.results.measures.measure import PAYERS, Measure, chance, mean, rate, share, total

LAID_OFF = f"left.{CAUSES[LAYOFF]}"

_total = partial(total, family="money")
_mean = partial(mean, family="money")
_rate = partial(rate, family="money")
_share = partial(share, family="money")
_chance = partial(chance, family="money")

# pay ------------------------------------------------------------------------------------------------------------


PAY: Final = (
    rate(
        "mean_wage_usd_per_hour",
        "Mean wage",
        "USD/hour",
        "higher",
        ratio("wage_sum", "peers"),
        "Mean hourly wage of peers in post at the months' ends.",
        headline=True,
        family="pay",
        judged=False,
    ),
    rate(
        "median_wage_usd_per_hour",
        "Median wage",
        "USD/hour",
        "higher",
        ratio("median_wage_sum", "peers"),
        "Median hourly wage of an employer's peers in post at a month's end, averaged over months and employers "
        "by peers.",
        family="pay",
        judged=False,
    ),
    rate(
        "wage_to_living_wage",
        "Wage over living wage",
        "ratio",
        "higher",
        ratio("wage_ratio_sum", "peers"),
        "Mean of peers' wages over the place's living wage of one adult.",
        family="pay",
        judged=False,
    ),
    share(
        "share_below_living_wage",
        "Share below the living wage",
        "share",
        "lower",
        ratio("below_living_wage", "peers"),
        "Share of peers in post who earn less than the living wage of their own household type.",
        by="household",
        headline=True,
        family="pay",
        judged=False,
        of_time=True,
    ),
    total(
        "living_wage_gap_usd_per_year",
        "Gap to the living wage",
        "USD a year",
        "neither",
        per_year("living_wage_gap"),
        "Pay that would lift every peer in post to the living wage of their household type, fringe not counted. It is "
        "smaller where fewer are employed, so neither side is better.",
        family="pay",
    ),
    rate(
        "wage_gap_by_group_share",
        "Pay gap between groups",
        "share",
        "lower",
        group_wage_gap,
        "How far the mean wage of peers who are not White lies below that of White peers, as a share of the latter.",
        lowest=None,
        family="pay",
    ),
)


# money ----------------------------------------------------------------------------------------------------------


def _spending(payer: str) -> Measure:
    name = "other payers" if payer == "other" else f"{payer} government"
    return _total(
        f"spending_{payer}_usd_per_year",
        f"Spent by {name}",
        "USD a year",
        "neither",
        per_year(f"spending.{payer}"),
        f"What {name} paid through all sources, less what audits took back, by year of the projection.",
        lowest=None,
    )


MONEY: Final = (
    _total(
        "revenue_usd_per_year",
        "Money received",
        "USD a year",
        "neither",
        per_year("revenue"),
        "Receipts of all sources when they arrive, less what audits take back; a year of the projection.",
    ),
    _total(
        "cost_usd_per_year",
        "Cost",
        "USD a year",
        "neither",
        per_year("cost"),
        "Wages, fringe, supervision, training, recruiting, direct cost, overhead and other cost; a year of the "
        "projection: after a closing there is none.",
        headline=True,
    ),
    _total(
        "margin_usd_per_year",
        "Margin",
        "USD a year",
        "higher",
        per_year("revenue", minus="cost"),
        "Receipts less cost, by year of the projection. Opening cash and margin times its years add up to the cash at "
        "the end.",
        lowest=None,
        headline=True,
    ),
    _total(
        "cash_end_usd",
        "Cash at the end",
        "USD",
        "higher",
        amount("cash_end"),
        "Cash at the end of the projection.",
        lowest=None,
        headline=True,
    ),
    _rate(
        "months_of_reserve_end",
        "Reserve at the end",
        "months of payroll",
        "higher",
        ratio("cash_end", "payroll_end"),
        "Cash at the end over the wages and fringe of the last month.",
        lowest=None,
    ),
    _chance(
        "chance_of_missing_payroll",
        "Chance of not making payroll",
        "share",
        "lower",
        ratio("ever_short", "employers"),
        "Share of employers that at any month's end have less than nothing to pay wages from: cash, money due within "
        "`rules.receivable_days` and the credit limit together are below zero.",
        headline=True,
    ),
    _chance(
        "chance_of_negative_cash",
        "Chance of cash below zero",
        "share",
        "lower",
        ratio("ever_negative", "employers"),
        "Share of employers whose cash is below zero at any month's end. Money due or a line of credit may still "
        "carry the payroll: whether it does, the chance of not making payroll says.",
    ),
    _mean(
        "months_in_freeze",
        "Months without hiring",
        "months",
        "lower",
        ratio("frozen_months", "employers"),
        "Months of the projection in which an employer's hiring is frozen, averaged over employers.",
    ),
    _total(
        "layoffs_per_year",
        "People laid off",
        "people a year",
        "lower",
        per_year(LAID_OFF),
        "People laid off because money or an award ends; those of an employer that closes are not among them. "
        "Fewer can be laid off where fewer are employed, so it has no verdict.",
        headline=True,
        judged=False,
    ),
    _chance(
        "chance_of_closure",
        "Chance of closing",
        "share",
        "lower",
        ratio("closures", "employers"),
        "Share of employers that close before the end.",
        headline=True,
    ),
    _mean(
        "months_open",
        "Months an employer exists",
        "months",
        "higher",
        amount("months_open"),
        "Months from the start to the closing, that of the closing included, or to the end of the projection; averaged "
        "over employers. Wages, burnout and vacancies are over this time; amounts a year are of the whole projection.",
    ),
    _total(
        "lapsed_award_usd",
        "Award money that lapsed",
        "USD",
        "lower",
        amount("lapsed"),
        "Award money not spent in time and lost, over the whole projection.",
    ),
    _total(
        "denied_usd_per_year",
        "Claims denied",
        "USD a year",
        "neither",
        per_year("denied"),
        "Amount of claims denied at first, before any of it is recovered.",
    ),
    _total(
        "turnover_cost_usd_per_year",
        "Cost of turnover",
        "USD a year",
        "neither",
        per_year("turnover_cost"),
        "What replacing those who leave costs, in five parts: separation, hiring, cover of vacant posts, pay with the "
        "fringe that moves with it for hours newcomers cannot give yet (ramp_up), and what hours not yet certified "
        "would have brought (not_billable). It falls where fewer are hired, so neither side is better.",
        by="cost",
        headline=True,
    ),
    _rate(
        "turnover_cost_per_separation_usd",
        "Cost of replacing one who leaves",
        "USD",
        "neither",
        ratio("turnover_cost", "left"),
        "Cost of turnover over the people who leave, in the same parts. Posts cut are not filled again, so it falls "
        "where people are laid off.",
        by="cost",
    ),
    _rate(
        "turnover_cost_share_of_pay",
        "Cost of replacing one who leaves, of a year's pay",
        "share",
        "neither",
        of_yearly_pay,
        "Cost of replacing one who leaves over the mean yearly wages of a filled post. Studies of mental health find "
        "20 to 30 % [other_replacement], of jobs of all kinds 21 % [boushey_glynn_2012].",
    ),
    *(_spending(payer) for payer in PAYERS),
    _rate(
        "cost_per_hour_delivered_usd",
        "Cost of an hour delivered",
        "USD/hour",
        "lower",
        ratio("cost", "delivered"),
        "All cost over the client-hours delivered.",
        headline=True,
    ),
    _rate(
        "break_even_billable_share",
        "Break-even billable share",
        "share",
        "lower",
        ratio("unit_payroll", "unit_hours_worth"),
        "Share of paid hours that must be billed for claims to pay wages and fringe: wages and fringe of a paid "
        "hour over what a one-to-one hour billed in full brings, net of denials. Over the months with fee for "
        "service.",
    ),
    _rate(
        "break_even_billable_share_full_cost",
        "Break-even billable share, all cost",
        "share",
        "lower",
        ratio("unit_cost", "unit_hours_worth"),
        "The same with all cost: supervision, overhead, training and recruiting too.",
    ),
    _rate(
        "break_even_billable_share_at_start",
        "Break-even billable share at the start",
        "share",
        "lower",
        ratio("start_shares", "start_hours"),
        "The same for a newcomer's hour in the first month: wage · (1 + fringe) over 4 · rate · (1 − denied for good).",
    ),
    _share(
        "billable_share",
        "Share of paid hours billed",
        "share",
        "neither",
        ratio("billed_hours", "unit_paid_hours"),
        "Hours billed over paid hours, in the months with fee for service. What groups bring counts as the one- "
        "to-one hours worth as much. 40 to 50 % is typical (Supervision Efficiency Planner, 2025).",
        highest=None,
    ),
)
