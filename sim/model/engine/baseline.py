"""Solve the baseline hazards at which the base shows the turnover its user states (docs/model.md, section 3).

The level stated is that of the projection's first 12 months, with nothing new decided. So a pilot lives the opening
that the projection will have, and its first year. Its employers differ in how much people quit with them, on a grid;
what they live through is a smooth curve over that. An employer of the projection stands on the curve at the hazard
sought times its own effect, so the mean over employers is an integral along the curve: no effect is left to chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray

from sim.model.engine.block import World
from sim.model.engine.opening import baseline_of
from sim.model.engine.pilot import at_the_start, bare, first_year
from sim.model.rules.turnover import Baseline
from sim.model.world.rows import chosen, larger
from sim.scenario.schema import Organization
from sim.scenario.tables.people import ObservedTurnover
from sim.units import MONTHS_PER_YEAR

Floats = NDArray[np.float64]

POST_MONTHS, FEWEST_POSTS, MOST_POSTS = 600_000, 8_000, 24_000  # of a pilot
LEVELS_BY_EMPLOYERS = ((20, 7), (8, 5), (0, 3))  # points of the grid, from so many employers on
HIGHEST_DEGREE = 4
GUESS_SD = 0.25  # log hazard that the grid spans beyond employers' own effects, for the guess may be off
EFFECTS, WEIGHTS = hermegauss(21)  # of a standard normal
MOST_PILOTS, STEPS = 3, 60
LEAST_LEFT = 0.02  # of all separations, for quits: below it their level is nothing to look for
NEAR = 0.25  # log hazard of quitting that a solution may lie from the guess it was found with
NEAR_REST = 0.01  # the same of dismissals and other exits, as a share of all separations
NOTHING = 1e-12


@dataclass(frozen=True)
class Solved(Baseline):
    """Hold solved baseline hazards, and what they show: separations a month and filled post, by cause."""

    quits: float
    involuntary: float
    others: float


@dataclass(frozen=True)
class Aim:
    """Hold the separations to show, a month and filled post: numbers, or arrays over rows."""

    total: Any
    quits: Any
    involuntary: Any

    def free(self, to_use: Any) -> tuple[Any, Any]:
        """Return what exits after return to use leave of quits and of other exits: the total comes before its parts."""
        wanted = self.total - self.involuntary
        left = larger(0.0, self.total - larger(self.involuntary, to_use))
        share = chosen(wanted > 0, left / chosen(wanted > 0, wanted, 1.0), 0.0)
        return self.quits * share, larger(0.0, wanted - self.quits) * share

    def dismissed(self, to_use: Any) -> Any:
        """Return the dismissals that are left."""
        return larger(0.0, self.involuntary - to_use)


def aim_of(level: ObservedTurnover) -> Aim:
    """Return the separations that a stated level shows."""
    monthly = level.separations_per_100_posts_year / 100.0 / MONTHS_PER_YEAR
    return Aim(monthly, monthly * level.voluntary_share, monthly * level.involuntary_share)


@dataclass(frozen=True)
class Shown:
    """Hold what some baseline hazard of quitting shows, a month and filled post."""

    quits: float
    to_use: float
    at_work: float  # share of the time


@dataclass(frozen=True)
class Curve:
    """Hold what employers live through in the first year by their log hazard of quitting, in logs of means a month."""

    center: float
    low: float
    high: float
    coefficients: Floats  # (degree + 1, 4)

    def shown(self, hazard: float, spread: float) -> Shown:
        """Return what employers of some spread show between them."""
        own = math.log(max(hazard, NOTHING)) + spread * EFFECTS
        at = np.clip(own, self.low, self.high) - self.center
        logs = np.vander(at, len(self.coefficients)) @ self.coefficients
        quits, to_use, at_work, filled = WEIGHTS @ np.exp(logs + np.outer(own, (1.0, 0.0, 0.0, 0.0)))
        return Shown(float(quits / filled), float(to_use / filled), float(at_work / filled))

    def solve(self, aim: Aim, spread: float) -> Solved:
        """Return the hazards that show what is aimed at, or as much of it as can be."""
        hazard = math.exp(self.center)
        for _ in range(STEPS):
            shown = self.shown(hazard, spread)
            hazard *= aim.free(shown.to_use)[0] / shown.quits
            if hazard < NOTHING:
                break
        shown = self.shown(hazard, spread)
        quits, others = aim.free(shown.to_use)
        dismissed = aim.dismissed(shown.to_use)
        return Solved(
            voluntary=hazard if quits > 0 else 0.0,
            dismissal=dismissed / shown.at_work,
            other=others / shown.at_work,
            quits=quits,
            involuntary=dismissed + shown.to_use,
            others=others,
        )


def solve_baseline(world: World, organization: Organization) -> Baseline:
    """Return baseline hazards per month: as stated, or such that the first year shows the turnover stated."""
    level = organization.turnover.level
    if not isinstance(level, ObservedTurnover):
        return baseline_of(level)
    aim = aim_of(level)
    spread, plain = organization.turnover.employer_spread_sd, bare(organization)
    guess = _guess(aim, *at_the_start(world, plain))
    found = lived(world, plain, guess, spread).solve(aim, spread)
    for _ in range(MOST_PILOTS - 1):
        before, guess = guess, _to_try(found, aim)
        if _near(before, guess, aim):
            break
        found = lived(world, plain, guess, spread).solve(aim, spread)
    return found


def _guess(aim: Aim, quitting: float, to_use: float) -> Baseline:
    """Return the hazards that would do if the first year were like its start."""
    quits, others = aim.free(to_use)
    return _to_try(Baseline(quits / quitting, aim.dismissed(to_use), others), aim)


def _to_try(found: Baseline, aim: Aim) -> Baseline:
    least = LEAST_LEFT * aim.total
    return Baseline(max(found.voluntary, least), found.dismissal, found.other)


def _near(before: Baseline, after: Baseline, aim: Aim) -> bool:
    rest = after.dismissal + after.other - before.dismissal - before.other
    return abs(math.log(after.voluntary / before.voluntary)) <= NEAR and abs(rest) <= NEAR_REST * aim.total


def lived(world: World, organization: Organization, guess: Baseline, spread: float) -> Curve:
    """Return the curve that a pilot's employers lie on, around a guess."""
    horizon, posts = world.horizon, organization.posts.number
    warm_up = 0 if organization.posts.roster else horizon.warm_up_months
    wanted = min(MOST_POSTS, max(FEWEST_POSTS, POST_MONTHS // (warm_up + MONTHS_PER_YEAR)))
    points, sizes = _grid(-(-wanted // posts), math.hypot(spread, GUESS_SD))
    center = math.log(guess.voluntary)
    logs = np.repeat(center + points, sizes)
    sums = first_year(world, organization, logs, guess)
    of = np.repeat(np.arange(points.size), sizes)
    means = np.stack([np.bincount(of, weights=row) for row in sums], axis=1) / sizes[:, None]
    degree = min(HIGHEST_DEGREE, points.size - 1)
    fitted = np.polyfit(points, np.log(np.maximum(means, NOTHING)), degree, w=np.sqrt(sizes))
    return Curve(center, center + float(points[0]), center + float(points[-1]), fitted)


def _grid(employers: int, spread: float) -> tuple[Floats, NDArray[np.int64]]:
    """Return the points of the grid, in log hazard, and how many employers stand on each: most where most leave."""
    number = next(levels for least, levels in LEVELS_BY_EMPLOYERS if employers >= least)
    effects, weights = hermegauss(number)
    share = weights * np.exp(spread * effects)
    return spread * effects, np.maximum(1, np.rint(employers * share / share.sum())).astype(np.int64)
