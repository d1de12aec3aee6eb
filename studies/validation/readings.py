"""Read from a log what a published study reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.run import BlockResult
from sim.model.rules.turnover import DESTINATIONS, VOLUNTARY
from sim.model.world import log
from sim.results.blocks import Floats, Rows, Sums
from sim.results.measures.formulas import divided
from sim.results.measures.people import SATISFACTION_SD
from sim.results.sums import gather
from sim.results.tenure import exposure, jobs, occurrences
from sim.scenario.schema import Scenario
from sim.scenario.tables.ladder import Prospects
from sim.units import MONTHS_PER_YEAR
from studies.calibration.flows import FORMULAS

OLD_HANDS = 120  # months; the opening knows no longer tenure at its beginning
Reading = Callable[["Case"], dict[str, float]]


@dataclass(frozen=True)
class Case:
    """A scenario and what one kind of employer went through in all its replications."""

    scenario: Scenario
    result: BlockResult

    @property
    def months(self) -> int:
        """Return the length of the projection."""
        return int(self.result.panel["filled"].shape[0])

    @property
    def numbers(self) -> Rows:
        """Return the replications."""
        return np.unique(self.result.replications)

    def sums(self) -> Sums:
        """Return the sums of all replications together, one row."""
        each = gather([self.result], self.scenario)
        return {name: values.sum(axis=0, keepdims=True) for name, values in each.items()}


def gone_by(case: Case, months: float, *, quit_only: bool = False) -> float:
    """Return the share of those in post at the start who have left (or quit) by a month."""
    opening, left = _rows(case, log.OPENING), _rows(case, log.LEFT)
    facts = case.result.facts
    at_start = _keys(case, opening)
    gone = left & (facts["time"] <= months)
    if quit_only:
        gone &= facts["detail"] == VOLUNTARY
    return float(np.isin(_keys(case, gone), at_start).sum() / at_start.size)


def _rows(case: Case, kind: int) -> NDArray[np.bool_]:
    return np.asarray(case.result.facts["kind"] == kind)


def _keys(case: Case, chosen: NDArray[np.bool_]) -> Rows:
    """Return a number for the job that each chosen fact belongs to."""
    facts = case.result.facts
    return np.asarray(facts["row"][chosen].astype(np.int64) * 4096 + facts["ordinal"][chosen].astype(np.int64))


# one function a study --------------------------------------------------------------------------------------------


def left_within_8_months(case: Case) -> dict[str, float]:
    """Read V1."""
    return {"left": gone_by(case, 8.0)}


def newcomers_kept_a_year(case: Case) -> dict[str, float]:
    """Read V2."""
    return {"kept": float(FORMULAS["retention_12"](case.sums())[0])}


def newness(case: Case) -> dict[str, float]:
    """Read V4."""
    sums = case.sums()
    return {
        name: float(FORMULAS[name](sums)[0])
        for name in ("leavers_under_6", "leavers_under_year", "stock_under_year", "vacancy")
    }


def by_seniority(case: Case) -> dict[str, float]:
    """Read V5: yearly rates of leaving by time in the job, and on the two rungs."""
    spells = jobs(case.result, case.numbers)
    events, time = (np.sum(of(spells, case.numbers.size, months=360), axis=0) for of in (occurrences, exposure))
    left, panel = _rows(case, log.LEFT), case.result.panel
    rung = case.result.facts["rung"][left]
    years = [panel[f"rung.{name}"].sum() / MONTHS_PER_YEAR for name in case.result.rungs]
    return {
        "first_year": float(events[:12].sum() / time[:12].sum() * MONTHS_PER_YEAR),
        "old_hands": float(events[OLD_HANDS:].sum() / time[OLD_HANDS:].sum() * MONTHS_PER_YEAR),
        "ordinary": float((rung == 0).sum() / years[0]),
        "senior": float((rung == 1).sum() / years[1]),
    }


def quits_so_far(case: Case) -> dict[str, float]:
    """Read V6."""
    return {f"year_{year}": gone_by(case, 12.0 * year, quit_only=True) for year in (1, 2, 3)}


def stays_and_centers(case: Case) -> dict[str, float]:
    """Read V7 and V12."""
    lost = np.stack([_lost_in_year(case, year) for year in range(case.months // MONTHS_PER_YEAR)])
    high = lost > 0.5
    return {
        "stay_1": 1.0 - gone_by(case, 12.0),
        "stay_3": 1.0 - gone_by(case, 36.0),
        "mean": float(lost.mean()),
        "high": float(high.mean()),
        "several": float((high.sum(axis=0) >= 2).mean()),
        "never": float((high.sum(axis=0) == 0).mean()),
    }


def _lost_in_year(case: Case, year: int) -> Floats:
    """Return by employer the share of those in post at a year's start who are gone at its end."""
    facts, begun = case.result.facts, np.isin(case.result.facts["kind"], (log.OPENING, log.HIRED))
    start, left = float(MONTHS_PER_YEAR * year), _rows(case, log.LEFT)
    known, until = _keys(case, left), facts["time"][left]
    order = np.argsort(known)
    mine = _keys(case, begun)
    at = np.minimum(np.searchsorted(known, mine, sorter=order), known.size - 1)
    end = np.where(known[order[at]] == mine, until[order[at]], np.inf)
    employer = facts["row"][begun].astype(np.int64) // case.result.posts
    there = (facts["hired"][begun] <= start) & (end > start)
    size = case.result.replications.size
    stock = np.bincount(employer[there], minlength=size)
    gone = np.bincount(employer[there & (end <= start + MONTHS_PER_YEAR)], minlength=size)
    return divided(gone.astype(np.float64), stock.astype(np.float64))


def promoted_or_not(case: Case) -> dict[str, float]:
    """Read V8: newcomers of the time in which they can be followed for three years."""
    facts, span = case.result.facts, 36.0
    hired = _rows(case, log.HIRED) & (facts["time"] <= case.months - span)
    who, since = _keys(case, hired), facts["time"][hired]
    left, raised = _rows(case, log.LEFT), _rows(case, log.PROMOTED)
    gone = _time_of(who, _keys(case, left), facts["time"][left]) - since
    promoted = _time_of(who, _keys(case, raised), facts["time"][raised]) - since <= span
    stayed = gone > span
    return {
        "kept_a_year": float((gone > 12.0).mean()),
        "promoted": float(stayed[promoted].mean()),
        "neither": float(stayed[~promoted].mean()),
    }


def _time_of(who: Rows, known: Rows, times: Floats) -> Floats:
    """Return each person's time, inf where there is none; nobody has two."""
    order = np.argsort(known)
    at = np.minimum(np.searchsorted(known, who, sorter=order), known.size - 1)
    return np.where(known[order[at]] == who, times[order[at]], np.inf)


def first_year_of_new_peers(case: Case) -> dict[str, float]:
    """Read V9: changes since the first month, in SD."""
    panel = case.result.panel

    def mean(state: str, month: int) -> float:
        return float(panel[f"{state}_sum"][month - 1].sum() / panel["peers"][month - 1].sum())

    given = Prospects()
    fade = -given.fade_sd * min(12.0, given.fade_months) / given.fade_months
    return {
        "burnout_4": mean("burnout", 4) - mean("burnout", 1),
        "burnout_12": mean("burnout", 12) - mean("burnout", 1),
        "satisfaction_4": SATISFACTION_SD * (mean("satisfaction", 4) - mean("satisfaction", 1)),
        "satisfaction_12": SATISFACTION_SD * (mean("satisfaction", 12) - mean("satisfaction", 1)),
        "prospects_12": fade,
    }


def left_for_other_fields(case: Case) -> dict[str, float]:
    """Read V11: moves to other fields over those in post at the start."""
    facts = case.result.facts
    quits = _rows(case, log.LEFT) & (facts["detail"] == VOLUNTARY)
    moved = quits & (facts["destination"] == DESTINATIONS.index("other_field"))
    return {"moved": float(moved.sum() / _rows(case, log.OPENING).sum())}
