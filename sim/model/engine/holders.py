"""What holders of posts work and earn by their position, or by terms of their own (docs/model.md, sections 2 and 8).

A holder's size is their FTE over that of a post no position names: what hours and months of work are weighed by.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.block import EVERYWHERE, Block, Posts
from sim.model.rules import pay, services
from sim.model.world.causes import OUTCOMES
from sim.model.world.rows import looked_up, per
from sim.model.world.terms import FULL_TIME_FTE, FULL_TIME_SHARE, Terms, in_sd
from sim.units import Reals

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
FULL_TIME = "full_time"


def position_of(block: Block, rows: Posts) -> Rows:
    """Position of posts by its number, under the terms in force; 0 where all posts are alike."""
    places = block.terms.places
    return np.zeros(block.of[rows].size, dtype=np.int64) if places.alike else places.of(block.number[rows])


def sizes(block: Block, rows: Posts, terms: Terms) -> Reals:
    """Size of holders of posts, under some terms; 1 where all posts are alike."""
    places = terms.places
    if places.alike and not block.own_terms:
        return 1.0
    of, own = block.of[rows], block.roster.own_fte[rows]
    fte = looked_up(places.fte, places.of(block.number[rows]), of)
    return np.asarray(np.where(np.isnan(own), fte, own) / per(terms.given.posts.fte, of))


def reference_shares(block: Block, rows: Posts) -> Reals:
    """What the base's start pays in posts, over its wage of the scale; 1 for posts the base does not have."""
    known = block.world.reference_shares
    if known is None:
        return 1.0
    shares = np.ones((block.roster.posts, *known.shape[1:]))
    shares[: len(known)] = known
    return looked_up(shares, block.number[rows], block.of[rows])


def entry_wages(block: Block) -> Floats:
    """Entry wage of every post in the block's month."""
    return looked_up(block.scale.rung[:, 0], position_of(block, EVERYWHERE), block.of)


def wages(block: Block, rows: Posts, now: Floats | float) -> Floats:
    """Return the month's wage of peers, as of now."""
    scale, place = block.scale, position_of(block, rows)
    wage = _by_scale(block, rows, now, by_rung(block, scale.rung, rows))
    if not block.own_terms:
        return wage
    own = block.roster.own_pay[rows]
    unlifted = _by_scale(block, rows, now, by_rung(block, scale.unlifted, rows))
    lift = looked_up(scale.lift, place, block.of[rows])
    return np.where(np.isnan(own), wage, np.maximum(own * unlifted, lift))


def own_pay(block: Block, rows: Posts, now: float, stated: Floats) -> Floats:
    """Stated wages over those of the scale before any floor; NaN where none is stated."""
    return np.asarray(stated / _by_scale(block, rows, now, by_rung(block, block.scale.unlifted, rows)))


def by_rung(block: Block, table: Floats, rows: Posts) -> Floats:
    """What a table by position and rung has for holders of posts."""
    of = block.of[rows]
    if block.terms.places.alike and not block.terms.rungs:
        return np.full(of.size, table[0, 0]) if table.ndim == 2 else table[0, 0].take(of)
    rung = block.roster.rung[rows]
    if block.terms.places.alike:
        return looked_up(table[0], rung, of)
    place = position_of(block, rows)
    return np.asarray(table[place, rung] if table.ndim == 2 else table[place, rung, of])


def _by_scale(block: Block, rows: Posts, now: Floats | float, rung_wage: Floats) -> Floats:
    roster, terms, of = block.roster, block.terms.given.pay, block.of[rows]
    tenure, certified = now - roster.hired[rows], roster.certified_at[rows] <= now
    steps = per(terms.annual_step_share, of), per(terms.annual_steps, of)
    return pay.wage_of(rung_wage, tenure, certified, *steps, per(terms.certification_premium_share, of))


def full_time_shift(block: Block, rows: Posts) -> Floats | None:
    """How far holders lie from what `posts.fte` makes of full time, in SD; None where nobody does."""
    if block.terms.places.alike and not block.own_terms:
        return None
    of = block.of[rows]
    fte = per(block.terms.given.posts.fte, of) * sizes(block, rows, block.terms)
    full = np.where(fte >= FULL_TIME_FTE, in_sd(True, FULL_TIME_SHARE), in_sd(False, FULL_TIME_SHARE))
    return np.asarray(full - per(block.terms.fixed_causes[FULL_TIME], of))


def full_time_push(block: Block, shift: Floats, of: Rows) -> Floats:
    """What being full-time or not adds to each outcome beyond what the employer's causes add."""
    total = np.zeros((len(OUTCOMES), shift.size))
    for cause, outcome, effect in block.terms.effects.employer:
        if cause == FULL_TIME:
            total[outcome] += per(effect, of) * shift
    return total


def held_back(block: Block, rows: Posts) -> Flags:
    """Which posts stay empty because the award they end with is cut."""
    places, back = block.terms.places, np.zeros(block.of[rows].size, dtype=bool)
    for name in {one for one in places.awards if one}:
        ends = np.array([award == name for award in places.awards])
        back |= ends[position_of(block, rows)] & block.funds[name].cut_posts()[block.of[rows]]
    return back


def caseloads(block: Block, rows: Posts, when: Floats) -> Floats:
    """Return how much of a full caseload of a post no position names peers have at a time."""
    roster = block.roster
    of = block.of[rows]
    with_clients = 1.0 - block.terms.supervising_of(roster.rung[rows], of)
    ramp_up = per(block.terms.given.recruitment.ramp_up_months, of)
    with_clients = with_clients * sizes(block, rows, block.terms)
    return np.asarray(with_clients * services.ramp(when - roster.hired[rows], ramp_up))
