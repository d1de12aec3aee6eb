"""Define the measures of people: who is there, who leaves, and how they are."""

from __future__ import annotations

from functools import partial
from typing import Final

from sim.results.measures.formulas import (
    AS_NEW,
    amount,
    from_the_mix,
    kept_as_new,
    kept_unless_lost,
    less,
    linear,
    per_year,
    ratio,
    retention,
    standardized,
    standardized_leaving,
)
from sim.results.measures.measure import Measure, mean, rate, retained, share, total

SATISFACTION_NORM, SATISFACTION_SD = 3.44, 0.53  # on the scale from 1 to 5
RETENTION_MONTHS: Final = (6, 12, 24, 36, 60)
PROMOTED_MONTHS: Final = 12
APART: Final = "if_not_laid_off"
CENSORED: Final = "layoffs and closing apart: whoever loses the post so is followed until then, and is no exit"
ON_BASE: Final = (
    " Of an alternative, leaving in each year of the projection, and with each employer, counts as much as in the "
    "base, so that it is not moved by hiring early or late, or less where many leave; in a year without its newcomers "
    "the base's stand, and years with too few of them share a rate."
)

_total = partial(total, family="people")
_mean = partial(mean, family="people")
_rate = partial(rate, family="people")
_share = partial(share, family="people")


def _retention(months: int) -> Measure:
    return retained(
        f"retention_{months}_months",
        f"Newcomers kept {months} months",
        "share",
        "higher",
        kept_as_new if months == AS_NEW else retention(months),
        f"Share of newcomers still with the employer {months} months after hire: exp(−Σ exits over peer-months lived, "
        "month by month of tenure), Kaplan–Meier in its occurrence–exposure form. Peers hired before the start count "
        "from then on; every exit counts, layoffs and those of an employer that closes too."
        + (ON_BASE if months == AS_NEW else " When people are hired moves it too, so it has no verdict."),
        family="people",
        headline=months == AS_NEW,
        judged=months == AS_NEW,
        on_base=months == AS_NEW,
        leaving=f"retention_{AS_NEW}_months_{APART}" if months == AS_NEW else "",
    )


PEOPLE: Final = (
    _total(
        "headcount",
        "Peers in post",
        "peers",
        "neither",
        ratio("filled_months", "months"),
        "Peers employed, on leave included, on the average day of the projection; after a closing, nobody.",
    ),
    _share(
        "vacancy_rate",
        "Vacancy rate",
        "share",
        "lower",
        less(1.0, ratio("filled_months", "post_months")),
        "Share of the budgeted posts' time in which nobody is employed in them. Peers beyond the budgeted number "
        "count as posts; time after an employer's closing does not count.",
        headline=True,
        of_time=True,
    ),
    *(_retention(months) for months in RETENTION_MONTHS),
    _share(
        "retention_in_post_12_months",
        "People in post kept 12 months",
        "share",
        "higher",
        ratio("stayed_the_first_year", "there_at_start"),
        "Of the peers employed at the start, the share still with the employer 12 months later. All alternatives start "
        "with the same people. Every exit counts, layoffs and closure too; undefined in less than a year.",
        headline=True,
        leaving=f"retention_in_post_12_months_{APART}",
    ),
    _rate(
        "separations_standardized_per_100_posts_year",
        "Separations per 100 (same tenure)",
        "per 100 filled posts a year",
        "lower",
        standardized,
        "Exits for any cause per 100 years in post that the base's people would have if those of each tenure left, "
        "year by year, as often as the scenario's do (standardization, each employer set against what its own level of "
        "leaving makes expected). Fewer newcomers, who leave soonest, do not lower it, nor do fewer people where many "
        "leave. Where too few are in sight, tenures share a rate. Layoffs and closure count, as they befall whoever is "
        "there. The base's own is its separations per 100 filled posts.",
        headline=True,
        on_base=True,
        leaving=f"separations_standardized_{APART}_per_100_posts_year",
    ),
    retained(
        f"retention_{AS_NEW}_months_{APART}",
        "Newcomers kept 12 months, layoffs apart",
        "share",
        "higher",
        kept_unless_lost,
        f"As newcomers kept 12 months, {CENSORED}. What slower hiring spares in layoffs does not move it.",
        family="people",
        on_base=True,
    ),
    retained(
        f"retention_in_post_12_months_{APART}",
        "People in post kept 12 months, layoffs apart",
        "share",
        "higher",
        retention(AS_NEW, "from_start"),
        f"As people in post kept 12 months, {CENSORED}.",
        family="people",
    ),
    _rate(
        f"separations_standardized_{APART}_per_100_posts_year",
        "Separations per 100 (same tenure), layoffs apart",
        "per 100 filled posts a year",
        "lower",
        standardized_leaving,
        f"As separations per 100 (same tenure), {CENSORED}.",
        on_base=True,
    ),
    _total(
        "exits_per_year",
        "People who leave",
        "people a year",
        "neither",
        per_year("left"),
        "People who leave their employer for any cause, layoff and closure included. Fewer leave where fewer are "
        "employed, so neither side is better.",
        by="cause",
    ),
    _rate(
        "separations_per_100_posts_year",
        "Separations per 100 filled posts",
        "per 100 filled posts a year",
        "neither",
        ratio("left", "filled_years", 100.0),
        "Exits for any cause over the years that posts were filled, times 100. It falls where fewer newcomers are "
        "hired, who leave soonest, so neither side is better: retention and the rate with tenure as in the base judge.",
        by="cause",
        headline=True,
    ),
    _rate(
        "separations_from_tenure_mix_per_100_posts_year",
        "Separations per 100 from the mix of tenure",
        "per 100 filled posts a year",
        "neither",
        from_the_mix,
        "Separations per 100 filled posts less those with tenure as in the base: what a mix of more, or fewer, "
        "newcomers than the base's brings, or of employers that lose more or fewer (Kitagawa 1955, Components of a "
        "difference between two rates; what rates and mix do together is counted here). 0 in the base.",
        lowest=None,
        on_base=True,
    ),
    _share(
        "leavers_who_quit_share",
        "Leavers who quit",
        "share",
        "neither",
        ratio("quits", "left"),
        "Of those who leave, the share who quit. Its parts by destination add up to it; how quitters divide among "
        "destinations is an input, and where others go is not in the model.",
        by="destination",
    ),
    retained(
        f"retention_after_promotion_{PROMOTED_MONTHS}_months",
        f"Still there {PROMOTED_MONTHS} months after a promotion",
        "share",
        "higher",
        retention(PROMOTED_MONTHS, "on_rung"),
        f"Share of those promoted in the projection still with the employer {PROMOTED_MONTHS} months later, found as "
        "retention after hire is; a further promotion is no exit, and counts again. All are hired on the entry rung: "
        "its retention is that after hire. Nothing where nobody is promoted.",
        family="people",
        by="rung",
    ),
    _share(
        "stability_12_months",
        "Kept one year or more",
        "share",
        "neither",
        ratio("stayed_a_year", "there_a_year_before"),
        "Of the peers employed at a date, the share still with the employer 12 months later; the dates are the "
        "start and each anniversary of it. Where fewer newcomers are hired, more of those there have stayed for long "
        "already, so neither side is better.",
    ),
    _mean(
        "median_tenure_months",
        "Median time in the job",
        "months",
        "neither",
        amount("median_tenure"),
        "Median months since hire of those employed at the end of the projection; longer where fewer are hired.",
    ),
    _share(
        "hired_and_promoted_share",
        "People hired who are ever promoted",
        "share",
        "higher",
        ratio("hired_and_promoted", "hired"),
        "Of the peers hired in the projection, the share promoted before its end. Those hired late had little time; "
        "those in post at the start come first, and are not counted.",
    ),
    _rate(
        "promotions_per_100_posts_year",
        "Promotions per 100 filled posts",
        "per 100 filled posts a year",
        "higher",
        ratio("promoted", "filled_years", 100.0),
        "Promotions over the years that posts were filled, times 100.",
    ),
    _rate(
        "months_waited_for_promotion",
        "Wait for a promotion",
        "months",
        "lower",
        ratio("waited_months", "waits"),
        "Mean months from coming to a rung to the promotion to the next, among those promoted in the projection. "
        "Those still waiting are not in it.",
    ),
    _share(
        "burnout_prevalence",
        "Share burned out",
        "share",
        "lower",
        ratio("burned_out", "peers"),
        "Share of peers in post whose burnout lies above the threshold that 40 % of the national reference "
        "workforce exceeds, as many as are exhausted among mental health professionals [oconnor_2018]. Studies of "
        "peers find from a quarter [rti_2024] to two thirds [bell_2025].",
        of_time=True,
        headline=True,
        judged=False,
    ),
    _rate(
        "burnout_mean",
        "Mean burnout",
        "SD of the reference workforce",
        "lower",
        ratio("burnout_sum", "peers"),
        "Mean burnout of peers in post; 0 is the national reference workforce.",
        lowest=None,
        judged=False,
    ),
    _rate(
        "satisfaction_mean",
        "Mean satisfaction",
        "points from 1 to 5",
        "higher",
        linear(ratio("satisfaction_sum", "peers"), SATISFACTION_NORM, SATISFACTION_SD),
        "Mean job satisfaction of peers in post on the scale from 1 to 5 whose norm is 3.44 with an SD of 0.53 "
        "[gillard_2022].",
        headline=True,
        judged=False,
    ),
    _rate(
        "role_clarity_mean",
        "Mean role clarity",
        "SD of the reference workforce",
        "higher",
        ratio("role_clarity_sum", "peers"),
        "Mean role clarity of peers in post; 0 is the national reference workforce.",
        lowest=None,
    ),
    _rate(
        "recovery_mean",
        "Mean strength of own recovery",
        "SD of the reference workforce",
        "higher",
        ratio("recovery_sum", "peers"),
        "Mean strength of recovery of peers in post; 0 is the national reference workforce.",
        lowest=None,
    ),
    _rate(
        "return_to_use_per_100_posts_year",
        "Returns to use per 100 filled posts",
        "per 100 filled posts a year",
        "lower",
        ratio("returns_to_use", "filled_years", 100.0),
        "Returns to use, met with leave or ending the job, over the years that posts were filled, times 100.",
    ),
    _total(
        "people_supported_back",
        "People supported back to work",
        "people",
        "neither",
        amount("returned"),
        "People who came back to their post from supported leave, over the whole projection.",
    ),
)
