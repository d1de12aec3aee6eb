"""Solve the turnover of many rows in one block: each row lives a small pilot of its own, on luck that rows share.

A row's pilot is a few employers on a grid of hazards of quitting, a short warm-up and the first year. What so few posts
and so short a past get wrong is found on the assumptions as taken, whose hazards a large pilot has solved, and taken
off: a row's curve is lowered by the factor by which the same small pilot misses there. Luck is stratified, so
that few posts have frailty, tenure and shocks as a large workforce has them, and rows take turns with several lucks. An
employer of few posts stands there several times over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray

from sim.model.engine.baseline import EFFECTS, LEAST_LEFT, NOTHING, WEIGHTS, Aim, aim_of
from sim.model.engine.block import Block, World
from sim.model.engine.causes import employer_push, weigh
from sim.model.engine.luck.pilot_luck import POINTS, RowLuck, employers_of_a_row, lucks_of
from sim.model.engine.market.others import Others
from sim.model.engine.opening import seated_block, stated_baseline, world_of
from sim.model.engine.pilot import POSTS_AT_ONCE, bare, begun_with, year_of
from sim.model.rules.turnover import Baseline
from sim.scenario.by_row import with_numbers
from sim.scenario.rows import UnlikeRowsError, side_by_side
from sim.scenario.schema import Organization
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.people import ObservedTurnover

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

DEGREE: Final = 2
SPAN_SD: Final = 0.25  # log hazard that the grid spans beyond employers' own effects
LONGEST_WARM_UP: Final = 36  # months: with 24 rows are off by some 5 % (root mean square), with these by 3 %
STEPS: Final = 40
NODES, NODE_WEIGHTS = hermegauss(POINTS)
TO_CURVE: Final = np.linalg.pinv(np.vander(NODES, DEGREE + 1) * np.sqrt(NODE_WEIGHTS)[:, None]) * np.sqrt(NODE_WEIGHTS)


# small pilots ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Curves:
    """What employers of each row live through by their log hazard of quitting, in logs of means a month."""

    center: Floats  # (rows,)
    span: Floats  # (rows,): log hazard of one node's unit
    coefficients: Floats  # (DEGREE + 1, rows, 4)

    def shown(self, hazard: Floats, spread: Any) -> tuple[Floats, Floats, Floats]:
        """Return quits, exits after return to use and time at work, each a month and filled post, by row."""
        own = np.log(np.maximum(hazard, NOTHING))[:, None] + np.asarray(spread)[..., None] * EFFECTS
        node = np.clip((own - self.center[:, None]) / self.span[:, None], NODES[0], NODES[-1])
        logs = np.zeros((*node.shape, 4))
        for one in self.coefficients:
            logs = logs * node[..., None] + one[:, None]
        logs[..., 0] += own
        quits, to_use, at_work, filled = ((np.exp(logs) * WEIGHTS[:, None]).sum(axis=1)).T
        return quits / filled, to_use / filled, at_work / filled

    def lowered(self, factor: Floats) -> Curves:
        """Return curves with quits taken down by a factor, row by row."""
        changed = self.coefficients.copy()
        changed[-1, :, 0] -= np.log(factor)
        return replace(self, coefficients=changed)

    def solve(self, aim: Aim, spread: Any) -> Baseline:
        """Return the hazards that show what is aimed at, or as much of it as can be."""
        hazard = np.exp(self.center)
        for _ in range(STEPS):
            quits, to_use, _ = self.shown(hazard, spread)
            hazard = np.where(hazard < NOTHING, hazard, hazard * (aim.free(to_use)[0] / quits))
        _, to_use, at_work = self.shown(hazard, spread)
        quits, others = aim.free(to_use)
        return Baseline(np.where(quits > 0, hazard, 0.0), aim.dismissed(to_use) / at_work, others / at_work)


@dataclass(frozen=True)
class Frame:
    """What pilots have in common: the horizon, whether there is feedback, what other employers pay (row by row)."""

    horizon: Horizon
    feedback: bool
    others: Others | None = None

    def world(self, organization: Organization) -> World:
        """What base and alternatives share, of one organization or of rows."""
        return replace(world_of(organization, self.horizon, feedback=self.feedback), others=self.others)

    def some(self, places: Places) -> Frame:
        """The same for some of the rows."""
        return replace(self, others=self.others and self.others.with_numbers(lambda own: own[places]))


@dataclass(frozen=True)
class Anchor:
    """What the small pilot finds on the assumptions as taken, luck by luck, beside what a large one has solved.

    It is found as it is needed: with the first rows that are on a luck.
    """

    frame: Frame
    taken: Organization
    hazard: float  # of quitting, solved
    guess: Floats  # by luck: what the small pilot's guess would be; not a number where that is not known yet
    missed: Floats  # by luck: quits that it shows over those there are

    def unknown(self, which: Places) -> Places:
        """The lucks among these of which nothing is known yet."""
        own = np.unique(which)
        return own[np.isnan(self.missed[own])]


def anchor_of(frame: Frame, taken: Organization, solved: Baseline) -> Anchor | None:
    """Return the anchor of a kind of employer; None where the hazards are stated, and none is needed."""
    if not isinstance(taken.turnover.level, ObservedTurnover) or solved.voluntary <= 0:
        return None
    guess, missed = np.full((2, lucks_of(taken.posts.number)), np.nan)
    return Anchor(frame, taken, solved.voluntary, guess, missed)


def solve_rows(frame: Frame, rows: Organization, which: Places, anchor: Anchor | None) -> Baseline:
    """Return baseline hazards per month of rows: as stated, or such that the first year shows the turnover stated.

    Args:
        frame: the horizon, whether there is feedback, what other employers pay.
        rows: the tables at the start, side by side.
        which: the number of each row's luck; the few there are take turns.
        anchor: of the assumptions as taken.
    """
    if not isinstance(rows.turnover.level, ObservedTurnover) or anchor is None:
        return stated_baseline(rows) or Baseline(0.0, 0.0, 0.0)
    own = which % anchor.guess.size
    new = anchor.unknown(own)
    first, beside = _beside_taken(anchor, new, rows, own) if new.size else (0, rows)
    if new.size and (not first or frame.others is not None):
        _solved(anchor.frame, anchor.taken, new, anchor, new.size)
        first, beside = 0, rows
    found = _solved(frame, beside, np.concatenate([new[:first], own]), anchor, first)
    names = ("voluntary", "dismissal", "other")
    return Baseline(*(np.concatenate([getattr(one, name) for one in found]) for name in names))


def _beside_taken(anchor: Anchor, new: Places, rows: Organization, own: Places) -> tuple[int, Organization]:
    """Return rows with those of an anchor before them, and how many these are: none where the structure differs."""
    sizes = new.size, own.size

    def lay(values: Sequence[Any]) -> NDArray[Any]:
        return np.concatenate([np.broadcast_to(value, size) for value, size in zip(values, sizes, strict=True)])

    try:
        return new.size, side_by_side([anchor.taken, rows], lay)
    except UnlikeRowsError:
        return 0, rows


def _some(rows: Organization, places: Places) -> Organization:
    return with_numbers(rows, lambda own: own[places])


def _solved(frame: Frame, rows: Organization, which: Places, anchor: Anchor, first: int) -> list[Baseline]:
    """Return hazards of rows on their lucks, piece by piece; so many of the first rows are the anchor's."""
    posts = _employers(rows) * rows.posts.number
    pieces = np.array_split(np.arange(which.size), min(which.size, -(-which.size * posts // POSTS_AT_ONCE)))
    return [
        _solved_piece(frame.some(at), _some(rows, at), which[at], anchor, int((at < first).sum())) for at in pieces
    ]  # a row is not cut up


def _solved_piece(frame: Frame, rows: Organization, which: Places, anchor: Anchor, first: int) -> Baseline:
    level, spread, world = rows.turnover.level, rows.turnover.employer_spread_sd, frame.world(rows)
    assert isinstance(level, ObservedTurnover)
    guess = _guess(world, rows, which)
    anchor.guess[which[:first]] = guess.voluntary[:first]
    lead = replace(guess, voluntary=guess.voluntary * (anchor.hazard / anchor.guess[which]))
    curves = _lived(world, rows, which, lead)
    if first:
        quits, to_use, _ = curves.shown(np.full(which.size, anchor.hazard), spread)
        anchor.missed[which[:first]] = (quits / aim_of(level).free(to_use)[0])[:first]
    found = curves.lowered(anchor.missed[which]).solve(aim_of(level), spread)
    return Baseline(*(getattr(found, name)[first:] for name in ("voluntary", "dismissal", "other")))


def _guess(world: World, rows: Organization, which: Places) -> Baseline:
    """Return the hazards that would do if the first year were like the moment in which the workforce is seated."""
    level = rows.turnover.level
    assert isinstance(level, ObservedTurnover)
    each = _employers(rows)
    wide = with_numbers(bare(rows), lambda own: np.repeat(own, each))
    still = world.horizon.model_copy(update={"warm_up_months": 0})
    world = replace(_wide(world, each), horizon=still, baseline=Baseline(1.0, 0.0, 0.0))
    luck = RowLuck(rows.posts.number, which, np.zeros((which.size, each)))
    block = seated_block(world, wide, luck, which.size * each)
    at_work = np.flatnonzero(block.roster.in_post)
    hazards = weigh(block, at_work, block.of[at_work], float(block.month), employer_push(block, block.terms)).hazards
    row, practices = block.of[at_work] // each, rows.practices
    number = np.bincount(row, minlength=which.size)
    quitting = np.bincount(row, weights=hazards.voluntary, minlength=which.size) / number
    to_use = np.bincount(row, weights=hazards.return_to_use, minlength=which.size) / number
    aim, to_use = aim_of(level), to_use * (1.0 - practices.supported_leave_share * practices.return_share)
    quits, others = aim.free(to_use)
    return Baseline(np.maximum(quits, LEAST_LEFT * aim.total) / quitting, aim.dismissed(to_use), others)


def _lived(world: World, rows: Organization, which: Places, guess: Baseline) -> Curves:
    """Return the curves that rows' pilots lie on, around a guess."""
    span = np.hypot(np.broadcast_to(rows.turnover.employer_spread_sd, which.shape), SPAN_SD)
    center = np.log(guess.voluntary)
    each = _employers(rows)
    logs = center[:, None] + span[:, None] * np.repeat(NODES, each // POINTS)
    wide = with_numbers(bare(rows), lambda own: np.repeat(own, each))
    short = world.horizon.model_copy(update={"warm_up_months": min(world.horizon.warm_up_months, LONGEST_WARM_UP)})
    others = Baseline(1.0, np.repeat(guess.dismissal, each), np.repeat(guess.other, each))
    world = replace(_wide(world, each), horizon=short, baseline=others)
    block = begun_with(world, wide, RowLuck(rows.posts.number, which, logs), logs.size)
    sums = _year(block)
    sums[0] *= np.exp(-logs.ravel())
    at_points = sums.reshape(4, which.size, POINTS, -1).sum(axis=3)
    means = np.log(np.maximum(at_points, NOTHING))
    fitted = [sum(row[at] * means[:, :, at].T for at in range(POINTS)) for row in TO_CURVE]
    return Curves(center, span, np.array(fitted))


def _employers(rows: Organization) -> int:
    return employers_of_a_row(rows.posts.number)


def _wide(world: World, each: int) -> World:
    def wide(value: Any) -> Any:
        return np.repeat(value, each) if isinstance(value, np.ndarray) else value

    names = ("demand", "caseload_posts", "reference_wage")
    shares = world.reference_shares  # by post, and by employer only where they differ
    if shares is not None and shares.ndim > 1:
        shares = np.repeat(shares, each, axis=-1)
    others = world.others and world.others.by_employer(each)
    wider = {name: wide(getattr(world, name)) for name in names}
    return replace(world, **wider, reference_shares=shares, others=others)


def _year(block: Block) -> Floats:
    sums = np.zeros((4, block.employers.cash.size))
    block.env.run(until=block.env.process(year_of(block, sums)))
    block.dissolve()
    return sums
