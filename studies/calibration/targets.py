"""Name every calibration target: the figure, the band it may lie in, and where the reference workforce shows it.

Figures come from data/workforce.csv and data/costs.csv. A band is the range the table gives, or the ends of several
figures of one quantity, or, for a single figure without a range, a fifth to either side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sim.evidence.facts import load_facts

MARGIN: Final = 0.2  # of a single figure, to either side
Where = Literal["employers", "survey", "trial"]


@dataclass(frozen=True)
class Target:
    """One quantity that a calibrated workforce should show.

    `where` is the set-up that shows it: typical employers followed, a survey of differing employers, or a trial.
    `fitted` says whether the search is led by it; the others are only reported.
    """

    number: str
    key: str
    label: str
    unit: str
    facts: tuple[str, ...]  # theme.key of data/
    where: Where
    fitted: bool = False
    band: tuple[float, float] | None = None  # where the tables hold it in words only
    note: str = ""

    @property
    def limits(self) -> tuple[float, float]:
        """Return the band."""
        return self.band or _band(self.facts)

    @property
    def middle(self) -> float:
        """Return the middle of the band."""
        return sum(self.limits) / 2


def _band(names: tuple[str, ...]) -> tuple[float, float]:
    facts = [load_facts(theme)[key] for theme, _, key in (name.partition(".") for name in names)]
    ends = [end for fact in facts for end in (fact.low, fact.value, fact.high) if end is not None]
    low, high = min(ends), max(ends)
    if low == high:
        return tuple(sorted((low * (1 - MARGIN), low * (1 + MARGIN))))  # type: ignore[return-value]
    return low, high


def _flow(number: str, key: str, label: str, unit: str, fact: str, note: str = "") -> Target:
    return Target(number, key, label, unit, (f"workforce.{fact}",), "employers", fitted=True, note=note)


def _seen(number: str, key: str, label: str, unit: str, fact: str, note: str = "") -> Target:
    return Target(number, key, label, unit, (f"workforce.{fact}",), "employers", note=note)


PER_YEAR = "per 100 filled posts a year"
TARGETS: Final = (
    _seen("C1", "separations", "Separations", PER_YEAR, "separations", "solved by the pilot for the level stated, 30"),
    _seen("C2", "voluntary_share", "Voluntary share", "share of exits", "voluntary_share", "an input"),
    _seen("C2", "involuntary_share", "Involuntary share", "share of exits", "involuntary_share", "an input"),
    _seen("C3", "left_field", "Quitters who leave the field", "share of quits", "left_field", "an input"),
    _flow("C4", "retention_6", "Newcomers kept 6 months", "share", "retention_6"),
    _flow("C4", "retention_12", "Newcomers kept 12 months", "share", "retention_12"),
    _flow("C4", "retention_24", "Newcomers kept 24 months", "share", "retention_24"),
    _flow("C4", "retention_36", "Newcomers kept 36 months", "share", "retention_36"),
    _flow("C5", "first_year_ratio", "Leaving in the first year over later", "ratio", "first_year_ratio"),
    _flow("C6", "leavers_under_6", "Leavers with under 6 months", "share of leavers", "leavers_under_6_months"),
    _flow("C6", "leavers_under_year", "Leavers with under a year", "share of leavers", "leavers_under_year"),
    _seen("C7", "hazard_peak", "Month of tenure in which most leave", "month", "hazard_peak", "of all replications"),
    Target("C8", "burnout_prevalence", "Burned out", "share of peers", ("workforce.burnout_prevalence",), "survey"),
    Target(
        "C11",
        "satisfaction",
        "Overall satisfaction",
        "points from 1 to 5",
        ("workforce.satisfaction_mean",),
        "survey",
        note="32 newcomers of one trial; the model's zero is the norm of 3.44, which is that trial's own yardstick",
    ),
    Target(
        "C14",
        "explained_support",
        "Variance of satisfaction that support variables explain",
        "share of variance",
        ("workforce.explained_krueger", "workforce.explained_predictors", "workforce.explained_edwards"),
        "survey",
        note="support variables, role clarity and burnout at the same moment; data/README.md says why it is lower",
    ),
    _flow("C17", "vacancy", "Vacancy", "share of posts", "vacancy_full_time"),
    _flow("C18", "days_to_fill", "Time to fill", "days", "days_to_fill"),
    Target(
        "C19",
        "replacement_cost",
        "Cost of replacing a peer",
        "share of annual pay",
        ("costs.turnover_cost_mental_health",),
        "employers",
        band=(0.17, 0.30),
        note="ledger lines of exits and hires, and pay for hours that newcomers cannot yet give; from 17.4 % (direct "
        "support staff) to 30 % (mental health)",
    ),
    Target(
        "C20",
        "contagion",
        "Own exit after a teammate's, team of eight",
        "share above",
        ("workforce.contagion",),
        "trial",
        note="the source names no team size; eight is the standard span of supervision",
    ),
    Target(
        "C20",
        "contagion_pair",
        "Own exit after a teammate's, team of two",
        "share above",
        ("workforce.contagion",),
        "trial",
        band=(0.20, 0.30),
        note="about a quarter",
    ),
    Target(
        "C21",
        "wage_elasticity",
        "Elasticity of separations to the own wage",
        "elasticity",
        ("workforce.wage_elasticity",),
        "trial",
        note="wages a tenth higher, all separations of the second to fifth year",
    ),
    _seen(
        "C22",
        "burnout_hazard_ratio",
        "Leaving, burned out over not",
        "hazard ratio",
        "burnout_hazard_ratio",
        "burnout seen once, exits followed for 24 months",
    ),
    _seen("C24", "return_to_use", "Return to use", "per person-year", "return_to_use"),
    Target("C25", "age_burnout", "Burnout with age", "correlation", ("workforce.age_exhaustion",), "survey"),
    Target(
        "C25",
        "hours_burnout",
        "Burnout with working hours",
        "correlation",
        ("workforce.hours_exhaustion",),
        "survey",
        note="full-time against part-time posts",
    ),
    _seen(
        "C27",
        "employers_low",
        "Employer-years under 10 % turnover",
        "share of employer-years",
        "employers_low",
        "England's employers are of all sizes; here each has 20 posts",
    ),
    _seen(
        "C27",
        "employers_high",
        "Employer-years over 50 % turnover",
        "share of employer-years",
        "employers_high",
        "Louisiana's centers lose 40 % a year and are smaller; as it is also the result of V12, no search is led by it",
    ),
)

NOT_PRODUCED: Final = (
    ("C9", "Considering leaving", "the model has exits, not intentions; an intention is not a rate of leaving"),
    ("C10", "Odds ratios of intention", "the same: they grade directions in the effects table, not sizes of exits"),
    ("C12", "Satisfied with support, with promotion", "the model has one satisfaction, not satisfaction by item"),
    ("C13", "Share of certified people in peer jobs", "a natural experiment (V11), kept for the predictions"),
    ("C15", "Hourly wage", "an input; the tables hold it for a place"),
    ("C16", "Financial fragility", "peers have a wage and a household in the model, but no savings"),
    ("C23", "Promoted against not", "from the same profiles as V8, kept for the predictions"),
    ("C26", "ProQOL means", "the model counts in SD of the reference workforce; this scale is not used"),
)


def shortfall(target: Target, value: float) -> float:
    """Return how far a value lies outside its band, as a share of the band's middle; 0 inside."""
    low, high = target.limits
    outside = max(low - value, value - high, 0.0)
    return outside / abs(target.middle)


def inside(target: Target, value: float) -> bool:
    """Whether a value lies in its band."""
    return shortfall(target, value) == 0.0
