"""Set the natural experiments up, run them under drawn effects, and hold them to what was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from sim.evidence.paths import ROOT
from sim.model.engine.run import simulate
from sim.scenario.files import load
from sim.scenario.schema import Effects, Scenario
from studies.calibration.search import Spread
from studies.validation.draws import BAND, DRAWS, SEED, by_cause, drawn_effects
from studies.validation.readings import (
    Case,
    Reading,
    by_seniority,
    first_year_of_new_peers,
    left_for_other_fields,
    left_within_8_months,
    newcomers_kept_a_year,
    newness,
    promoted_or_not,
    quits_so_far,
    stays_and_centers,
)

FOLDER: Final = ROOT / "scenarios" / "validation"
RESPONSES: Final = ("elasticity", "logistic", "threshold")
PEER_JOBS = 0.73  # share of employed certified people in 2020


@dataclass(frozen=True)
class Row:
    """One published figure: `start` marks one that went in, so that it is shown and not judged."""

    key: str
    label: str
    published: float
    start: bool = False


@dataclass(frozen=True)
class Study:
    """One natural experiment; with an alternative, keys of rows begin with `before.` or `after.`."""

    number: str
    title: str
    source: str
    base: str
    reading: Reading
    rows: tuple[Row, ...]
    alternative: str = ""
    wages_move: bool = False
    employers: int = 50
    runs_of: str = ""  # the study whose runs this one reads too


STUDIES: Final = (
    Study(
        "V1",
        "Virginia: 1,500 dollars over 8 months in child-care centers",
        "virginia_childcare",
        "v1_virginia",
        left_within_8_months,
        (
            Row("before.left", "left within 8 months, without", 0.30, start=True),
            Row("after.left", "left within 8 months, with", 0.15),
        ),
        "v1_virginia_payment",
        wages_move=True,
    ),
    Study(
        "V2",
        "San Francisco home care: nearly twice the wage, and health insurance",
        "howes_2005",
        "v2_san_francisco",
        newcomers_kept_a_year,
        (
            Row("before.kept", "newcomers kept a year, before", 0.39, start=True),
            Row("after.kept", "newcomers kept a year, after", 0.74),
        ),
        "v2_san_francisco_raise",
        wages_move=True,
    ),
    Study(
        "V4",
        "Direct support staff: who leaves at 45 per 100 a year",
        "nci_2014, nci_2019",
        "v4_direct_support",
        newness,
        (
            Row("leavers_under_6", "leavers with under 6 months", 0.37),
            Row("leavers_under_year", "leavers with under a year", 0.59),
            Row("stock_under_year", "staff with under a year", 0.35),
            Row("vacancy", "vacancy, full-time posts", 0.085),
        ),
    ),
    Study(
        "V5",
        "Adult social care, England: newcomers, old hands, seniors",
        "skills_for_care_2022",
        "v5_social_care",
        by_seniority,
        (
            Row("first_year", "leave a year, under a year", 0.437),
            Row("old_hands", "leave a year, 20 years and more (here 10 and more)", 0.204),
            Row("ordinary", "leave a year, care workers", 0.361),
            Row("senior", "leave a year, senior care workers", 0.175),
        ),
        wages_move=True,
    ),
    Study(
        "V6",
        "Counselors followed for three years",
        "eby_2012",
        "v6_counselors",
        quits_so_far,
        (
            Row("year_1", "quit within a year", 0.25, start=True),
            Row("year_2", "quit within 2 years", 0.39),
            Row("year_3", "quit within 3 years", 0.47),
        ),
    ),
    Study(
        "V7",
        "Louisiana early-childhood teachers",
        "louisiana_2019",
        "v7_louisiana",
        stays_and_centers,
        (Row("stay_1", "still at the site after 1 year", 0.64), Row("stay_3", "after 3 years", 0.39)),
        employers=100,
    ),
    Study(
        "V8",
        "Job profiles: promoted or not",
        "linkedin_retention",
        "v8_job_profiles",
        promoted_or_not,
        (
            Row("kept_a_year", "newcomers kept a year", 0.76, start=True),
            Row("promoted", "stay 3 years, promoted", 0.70),
            Row("neither", "stay 3 years, neither promoted nor moved", 0.45),
        ),
        wages_move=True,
    ),
    Study(
        "V9",
        "New peers in their first year",
        "gillard_2022",
        "v9_new_peers",
        first_year_of_new_peers,
        (
            Row("burnout_4", "wellbeing lost (burnout gained) by month 4, SD", 0.23),
            Row("burnout_12", "by month 12, SD", 0.12),
            Row("satisfaction_4", "overall satisfaction by month 4, points", 0.0),
            Row("satisfaction_12", "overall satisfaction by month 12, points", -0.2),
            Row("prospects_12", "satisfaction with prospects by month 12, SD", -0.4, start=True),
        ),
        employers=30,
    ),
    Study(
        "V11",
        "Certified people: outside wages rise faster",
        "ostrow_2025_jobs, ostrow_2025_wages",
        "v11_certified_people",
        left_for_other_fields,
        (Row("share", "share in peer jobs after two years, from 0.73", 0.63),),
        "v11_certified_people_outside",
        wages_move=True,
    ),
    Study(
        "V12",
        "Louisiana centers: turnover concentrated in a minority",
        "louisiana_2019",
        "v7_louisiana",
        stays_and_centers,
        (
            Row("mean", "lost in a year, mean", 0.40, start=True),
            Row("high", "center-years that lose over half", 0.33),
            Row("several", "centers that do so in several of four years", 0.27),
            Row("never", "centers that never do", 0.44),
        ),
        employers=100,
        runs_of="V7",
    ),
)


Read = dict[str, dict[str, float]]  # response → key → value


@dataclass(frozen=True)
class Task:
    """Name one run: a study, the responses to wages that share its opening, a draw of the effects."""

    number: str
    responses: tuple[str, ...]
    draw: int


@dataclass(frozen=True)
class Prediction:
    """One row under one response: at the table's effects, and the band over the draws."""

    study: Study
    row: Row
    response: str
    simulated: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the published figure lies in the band."""
        return self.low <= self.row.published <= self.high


def tasks(draws: int = DRAWS, studies: Sequence[Study] = STUDIES) -> list[Task]:
    """Return every run: the table itself (draw 0) and the draws, under each response where wages move."""
    return [
        Task(study.number, responses, draw)
        for study in studies
        if not study.runs_of
        for responses in _together(study)
        for draw in range(draws + 1)
    ]


def _together(study: Study) -> list[tuple[str, ...]]:
    """Return the responses that share an opening.

    At the outside wage elasticity and logistic are 1 alike, so a base in which nobody earns anything else is one base.
    """
    if not study.wages_move:
        return [RESPONSES[:1]]
    return [RESPONSES[:2], RESPONSES[2:]] if study.alternative else [(response,) for response in RESPONSES]


def run(task: Task) -> Read:
    """Return what a study would have read, by response."""
    study = _study(task.number)
    base = _under(study.base, task.draw, task.responses[0])
    others = [_under(study.alternative, task.draw, response) for response in task.responses if study.alternative]
    numbers = range(study.employers * task.draw, study.employers * (task.draw + 1))
    results = simulate(base, others, numbers, SEED)
    read = [study.reading(Case(scenario, blocks[0])) for scenario, blocks in zip((base, *others), results, strict=True)]
    after = [_before_and_after(read[0], one) for one in read[1:]] or read
    return dict(zip(task.responses, after, strict=True))


def _study(number: str) -> Study:
    return next(study for study in STUDIES if study.number == number)


def _under(name: str, draw: int, response: str) -> Scenario:
    """Return a scenario under drawn effects and one response to wages."""
    scenario = _file(name)
    table = {"scale": scenario.effects.scale, "months_to_adjust": scenario.effects.months_to_adjust}
    effects = Effects.model_validate(table | by_cause(drawn_effects(draw)))
    turnover = scenario.turnover.model_copy(update={"wage_response": response})
    return scenario.model_copy(update={"effects": effects, "turnover": turnover})


@cache
def _file(name: str) -> Scenario:
    return load(FOLDER / f"{name}.toml").scenario


def _before_and_after(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    both = {f"before.{key}": value for key, value in before.items()} | {f"after.{key}": v for key, v in after.items()}
    if "moved" in after:  # what came in is taken to balance what moved out before
        both["share"] = PEER_JOBS * (1.0 - (after["moved"] - before["moved"]))
    return both


def predictions(spread: Spread, draws: int = DRAWS, studies: Sequence[Study] = STUDIES) -> list[Prediction]:
    """Return every row of every study."""
    read: dict[tuple[str, str], list[dict[str, float]]] = {}
    listed = tasks(draws, studies)
    for task, found in zip(listed, spread(run, listed), strict=True):
        for response, values in found.items():
            read.setdefault((task.number, response), []).append(values)
    return [
        _prediction(study, row, response, [one[row.key] for one in read[study.runs_of or study.number, response]])
        for study in studies
        for response in (RESPONSES if study.wages_move else RESPONSES[:1])
        for row in study.rows
    ]


def _prediction(study: Study, row: Row, response: str, values: list[float]) -> Prediction:
    low, high = np.quantile(values[1:], BAND).tolist()
    return Prediction(study, row, response, values[0], low, high)
