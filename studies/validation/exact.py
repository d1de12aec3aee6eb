"""The engine compared with closed forms: the files of scenarios/closed_form, each with an exact answer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.evidence.paths import ROOT
from sim.model.engine.run import BlockResult, simulate
from sim.model.rules.turnover import DISMISSAL, OTHER, VOLUNTARY
from sim.model.world import log
from sim.results.blocks import Floats
from sim.results.tenure import jobs
from sim.scenario.files import load
from sim.units import MONTHS_PER_YEAR

FOLDER: Final = ROOT / "scenarios" / "closed_form"
STANDARD_ERRORS = 4.0
AWARDS = 1000  # replications


@dataclass(frozen=True)
class Exact:
    """One closed form: file, quantity, exact value, the run's, and its standard error (0: to the last digit)."""

    file: str
    quantity: str
    exact: float
    simulated: float
    error: float

    @property
    def holds(self) -> bool:
        """Whether the run's value lies within four standard errors."""
        return abs(self.simulated - self.exact) <= STANDARD_ERRORS * self.error


def closed_forms() -> list[Exact]:
    """Return every closed form."""
    return [*_vacancy(), *_competing(), *_constant(), *_rungs(), *_money(), *_awards(), *_by_hand()]


def _ran(*names: str, replications: int) -> list[BlockResult]:
    """Return the runs of files on the opening and luck of the first."""
    scenarios = [load(FOLDER / f"{name}.toml").scenario for name in names]
    runs = simulate(scenarios[0], scenarios[1:], range(replications), scenarios[0].experiment.seed)
    return [blocks[0] for blocks in runs]


def _mean(file: str, quantity: str, exact: float, values: Floats) -> Exact:
    return Exact(file, quantity, exact, float(values.mean()), float(values.std(ddof=1) / math.sqrt(values.size)))


def _share(file: str, quantity: str, exact: float, events: int, trials: int) -> Exact:
    return Exact(file, quantity, exact, events / trials, math.sqrt(exact * (1.0 - exact) / trials))


def _to_the_digit(file: str, quantity: str, exact: float, simulated: float) -> Exact:
    return Exact(file, quantity, exact, simulated, 0.0)


# people ----------------------------------------------------------------------------------------------------------


def _vacancy() -> Iterator[Exact]:
    (result,) = _ran("vacancy", replications=60)
    filled, posts, exits = (result.panel[name].sum(axis=0) for name in ("in_post", "posts", "exits"))
    yield _mean("vacancy", "share of posts vacant: 3 / (24 + 3)", 3 / 27, 1.0 - filled / posts)
    yield _mean("vacancy", "separations per 100 a year: 12 / 24", 50.0, 100.0 * MONTHS_PER_YEAR * exits / filled)


def _competing() -> Iterator[Exact]:
    (result,) = _ran("competing_exits", replications=40)
    causes = result.facts["detail"][result.facts["kind"] == log.LEFT]
    for cause, share in ((VOLUNTARY, 0.625), (DISMISSAL, 0.25), (OTHER, 0.125)):
        name = f"share of exits at {share * 0.48:g} of 0.48 a year"
        yield _share("competing_exits", name, share, int((causes == cause).sum()), causes.size)


def _lengths(result: BlockResult) -> tuple[Floats, Floats]:
    """Return how long newcomers could be followed, and how long they stayed (inf if they are still there)."""
    spells = jobs(result, np.unique(result.replications))
    hired = result.facts["hired"][np.isin(result.facts["kind"], (log.OPENING, log.HIRED))]
    new = hired >= 0.0
    stayed = np.where(spells.cause[new] >= 0, spells.until[new], np.inf)
    return result.panel["filled"].shape[0] - hired[new], stayed


def _constant() -> Iterator[Exact]:
    (result,) = _ran("constant_hazard", replications=30)
    followed, stayed = _lengths(result)
    for months in (6, 12, 24, 36, 60):
        long_enough = followed >= months
        kept, trials = int((stayed[long_enough] > months).sum()), int(long_enough.sum())
        yield _share(
            "constant_hazard", f"kept {months} months: e^(-0.03 x {months})", math.exp(-0.03 * months), kept, trials
        )


def _rungs() -> Iterator[Exact]:
    (result,) = _ran("three_rungs", replications=120)
    facts = result.facts
    left = (facts["kind"] == log.LEFT) & (facts["ordinal"] == 0)
    stays = np.full(result.posts * result.owners.size, 600.0)
    stays[facts["row"][left].astype(np.int64)] = facts["time"][left]
    middle = (1 - math.exp(-0.24)) / 0.02 + math.exp(-0.24) / 0.012
    entry = (1 - math.exp(-0.36)) / 0.03 + math.exp(-0.36) * middle
    for rung, since, exact in (("entry", 0.0, entry), ("second rung", 12.0, middle), ("third rung", 24.0, 1 / 0.012)):
        yield _mean("three_rungs", f"further months in the job from the {rung}", exact, stays[stays > since] - since)


# money -----------------------------------------------------------------------------------------------------------


def _money() -> Iterator[Exact]:
    at_once, later, risen = _ran("exact_billing", "payment_lag", "rate_change", replications=20)
    claims = at_once.lines["kind"] == log.LINE_KINDS.index("claims")
    received, units = int(at_once.lines["cents"][claims].sum()), int(at_once.panel["units.medicaid"].sum())
    yield _to_the_digit("exact_billing", "USD received: 13.50 x units", units * 13.5, received / 100)
    billed, owed = later.panel["billed.medicaid"], later.panel["receivable"]
    exact = int((billed[1:] + billed[:-1]).sum()) / 100
    yield _to_the_digit(
        "payment_lag", "USD outstanding, all closes: two months billed", exact, int(owed[1:].sum()) / 100
    )
    moved = sum(int((at_once.facts[name] != risen.facts[name]).sum()) for name in at_once.facts)
    yield _to_the_digit("rate_change", "facts about people that a rate alone changes", 0.0, float(moved))


def _awards() -> Iterator[Exact]:
    (result,) = _ran("award_renewal", replications=AWARDS)
    awarded = result.funding["employer"][result.funding["kind"] == log.AWARDED].astype(np.int64)
    awards = np.bincount(awarded, minlength=AWARDS).astype(np.float64)
    yield _mean("award_renewal", "awards until one is not renewed: 1 / 0.4", 2.5, awards)
    yield _share("award_renewal", "exactly one award", 0.4, int((awards == 1).sum()), AWARDS)


def _by_hand() -> Iterator[Exact]:
    (result,) = _ran("hand_worked_month", replications=1)
    for column, exact in (("billed.medicaid", 38_880.0), ("denied.medicaid", 1_944.0), ("payroll", 51_840.0)):
        name = f"USD {column.partition('.')[0]} in a month"
        yield _to_the_digit("hand_worked_month", name, exact, float(result.panel[column][1, 0]) / 100)
