"""Define the measures of pay."""

from __future__ import annotations

from typing import Final

from sim.results.measures.formulas import group_wage_gap, per_open_year, ratio
from sim.results.measures.measure import rate, share, total

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
    ),
    total(
        "living_wage_gap_usd_per_year",
        "Gap to the living wage",
        "USD a year",
        "neither",
        per_open_year("living_wage_gap"),
        "Pay that would lift every peer in post to the living wage of their household type, fringe not counted. It is "
        "smaller where fewer are employed, so neither side is better. A year of the time employers exist.",
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
