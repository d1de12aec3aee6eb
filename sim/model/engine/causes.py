"""Gather what weighs on each peer: the engine's reading of docs/model.md, section 5."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.engine import bonuses
from sim.model.engine.block import Block, Posts
from sim.model.engine.holders import FULL_TIME, by_rung, full_time_push, full_time_shift, wages
from sim.model.rules import ladder, turnover, wellbeing
from sim.model.rules.turnover import Hazards
from sim.model.world.causes import NORMAL_TRAITS, OUTCOMES, STATES, Row
from sim.model.world.rows import anywhere, looked_up, per
from sim.model.world.terms import Terms, in_sd
from sim.streams import NORMALS

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

RETURN_TO_USE = OUTCOMES.index("return_to_use")
EXIT = OUTCOMES.index("exit_voluntary")
REFERENCE_BLACK, REFERENCE_NON_WHITE = 0.2, 0.4
BLACK, OTHER_NON_WHITE, WHITE = range(3)
BURNOUT = STATES.index("burnout")


@dataclass(frozen=True)
class MonthStart:
    """Hold what a month begins with, over posts: wage, pushes on every outcome, hazards."""

    wage: Floats
    peer_push: Floats  # (outcomes, posts)
    hazards: Hazards
    total: Floats
    ordinal: Rows  # of the occupants weighed


def employer_push(block: Block, terms: Terms) -> Floats:
    """Return what employers' causes add to every outcome under some terms, shape (outcomes, employers)."""
    employers = block.employers
    causes: dict[str, Floats | float] = dict(terms.fixed_causes)
    causes["supervisor_support"] = causes["supervisor_support"] - employers.supervision_penalty
    causes["workload"] = employers.workload
    causes["funding_certainty"] = employers.funding_certainty
    causes["team_exits_3_months"] = _team_lost(block, terms)
    return wellbeing.pushes(terms.effects.employer, causes, len(OUTCOMES), employers.cash.shape)


def _team_lost(block: Block, terms: Terms) -> Floats:
    if not block.world.feedback:
        return np.zeros(block.employers.cash.size)
    exits = block.employers.recent_exits.sum(axis=0)
    return np.asarray(exits / terms.given.posts.number)


def _prospects(block: Block, rows: Posts, of: Rows, now: Floats | float, shift: Floats | None) -> Floats:
    roster, scale, fixed = block.roster, block.scale, block.terms.fixed_causes
    in_rung = now - roster.rung_since[rows]
    if block.terms.rungs:
        rung = roster.rung[rows]
        queue = block.employers.queue[rung, of] if block.world.feedback else np.zeros(of.size)
        raise_log, needed = by_rung(block, scale.raise_log, rows), looked_up(scale.months_needed, rung, of)
        value = ladder.prospects(in_rung, raise_log, needed, queue, _hopes(block.terms, of))
    else:
        value = ladder.without_a_ladder(in_rung, _hopes(block.terms, of))
    for cause, effect in block.terms.effects.on_prospects:
        lost = block.employers.supervision_penalty[of] if cause == "supervisor_support" else 0.0
        value = value + per(effect, of) * (per(fixed[cause], of) - lost)
        if cause == FULL_TIME and shift is not None:
            value = value + per(effect, of) * shift
    return value


def _hopes(terms: Terms, of: Rows) -> ladder.Hopes:
    given = terms.given.prospects
    return ladder.Hopes(
        good_raise_log=per(terms.good_raise_log, of),
        most_reach=per(given.most_reach_sd, of),
        patience_months=per(given.patience_months, of),
        fade_sd=per(given.fade_sd, of),
        fade_months=per(given.fade_months, of),
    )


def _adequacy(block: Block, wage: Floats, of: Rows) -> Floats:
    """Return pay against the living wage: gross, or both as a household has them left."""
    terms, living = block.terms, per(block.scale.living, of)
    if terms.net_income is not None:
        wage, living = (wellbeing.left_of(*terms.net_income, one) for one in (wage, living))
    adequacy = terms.adequacy_log_ratio, terms.given.pay.adequacy_sd_log
    return wellbeing.pay_adequacy(wage, living, *(per(one, of) for one in adequacy))


def weigh(block: Block, rows: Posts, of: Rows, now: Floats | float, employer: Floats) -> MonthStart:
    """Return wages, pushes and hazards of the peers in some posts, as of now.

    Args:
        block: the block.
        rows: posts, or all of them.
        of: employer of each of them.
        now: the month's start, or each newcomer's time of hire.
        employer: what employers' causes add to every outcome.
    """
    roster, effects = block.roster, block.terms.effects
    wage = wages(block, rows, now)
    tenure = now - roster.hired[rows]
    states = [state[rows] for state in roster.states]
    causes: dict[str, Floats | float] = dict(zip(STATES, states, strict=True))
    causes["pay_adequacy"] = _adequacy(block, wage, of)
    shift = full_time_shift(block, rows)
    causes["prospects"] = _prospects(block, rows, of, now, shift)
    causes["onboarding_strain"] = wellbeing.onboarding_strain(
        tenure, per(block.terms.given.effects.onboarding_peak_months, of)
    )
    causes["boundary_difficulty"] = roster.boundary[rows] + per(effects.burnout_on_boundary, of) * states[BURNOUT]
    push = wellbeing.pushes(_by_post(block, effects.peer, of), causes, len(OUTCOMES), of.shape)
    for outcome, own in enumerate(roster.trait_push):
        push[outcome] += own[rows]
    if shift is not None:
        push += full_time_push(block, shift, of)
    to_quit, to_use = (push[outcome] + employer[outcome].take(of) for outcome in (EXIT, RETURN_TO_USE))
    hazards = _hazards(block, rows, of, now, wage, (to_quit, to_use))
    return MonthStart(wage, push, hazards, hazards.total, roster.ordinal[rows])


def _hazards(
    block: Block, rows: Posts, of: Rows, now: Floats | float, wage: Floats, push: tuple[Floats, Floats]
) -> Hazards:
    """Return hazards per month; `push` is what all causes add to the logs of quitting and of return to use."""
    roster, settings, base = block.roster, block.terms.given.turnover, block.world.baseline
    tenure = now - roster.hired[rows]
    to_quit, to_use = push
    log = to_quit + per(settings.worker_spread_sd, of) * roster.frailty[rows]
    log = log + per(settings.employer_spread_sd, of) * block.employers.own_effect.take(of)
    if block.terms.rungs and anywhere(settings.promotion_bump):
        bump = per(settings.promotion_bump, of), per(settings.promotion_bump_months, of)
        log = log + turnover.promotion_bump(now, roster.rung_since[rows], roster.hired[rows], roster.rung[rows], *bump)
    tenure_shape = settings.tenure_shape, settings.early_peak, settings.early_peak_months
    by_tenure = turnover.tenure_factor(tenure, *(per(one, of) for one in tenure_shape))
    compared = block.scale.outside, block.scale.living, settings.threshold_log_wage
    effect, *others = (per(one, of) for one in (block.terms.effects.wage, *compared))
    by_wage = turnover.wage_factor(settings.wage_response, effect, wage, *others)
    voluntary = per(base.voluntary, of) * by_tenure * by_wage * np.exp(log)
    bonus = bonuses.factor(block, rows, wage)
    if bonus is not None:
        voluntary = voluntary * bonus
    returned = per(settings.return_to_use_per_year / 12, of) * np.exp(to_use)
    return Hazards(voluntary, returned, per(base.dismissal, of), per(base.other, of))


def settle_in(
    block: Block, rows: Rows, normals: Floats, group_uniform: Floats, stated: NDArray[np.int8] | None = None
) -> None:
    """Give newcomers their traits and their first states; a group that is stated (not below 0) is not drawn."""
    roster, place, of = block.roster, block.terms.given.place, block.of[rows]
    black, non_white = group_uniform <= per(place.black_share, of), group_uniform <= per(place.non_white_share, of)
    drawn = np.where(black, BLACK, np.where(non_white, OTHER_NON_WHITE, WHITE))
    roster.group[rows] = drawn if stated is None else np.where(stated < 0, drawn, stated)
    roster.boundary[rows] = normals[:, NORMALS.index("boundary_difficulty")]
    roster.frailty[rows] = normals[:, NORMALS.index("frailty")]
    push = _trait_push(block, of, roster.group[rows], normals)
    for outcome, own in enumerate(push):
        roster.trait_push[outcome][rows] = own
    effects, boundary = block.terms.effects, roster.boundary[rows]
    of_boundary = _by_post(block, tuple(row for row in effects.peer if row[0] == "boundary_difficulty"), of)
    push = push + wellbeing.pushes(of_boundary, {"boundary_difficulty": boundary}, len(OUTCOMES), rows.shape)
    for number, state in enumerate(STATES):
        noise = per(effects.noise_sd[number], of) * normals[:, NORMALS.index(state)]
        roster.states[number, rows] = push[number] + noise


def normals_of(block: Block, rows: Rows) -> Floats:
    """Return the normals of the present occupants: those of the post's luck, or the traits they came with."""
    normals = block.luck.traits(rows, block.roster.ordinal[rows])
    return normals if block.exchange is None else block.exchange.with_traits(rows, normals)


def weigh_traits_again(block: Block) -> None:
    """Set what traits add after the effects have changed."""
    rows = np.flatnonzero(block.roster.ordinal >= 0)
    normals = normals_of(block, rows)
    block.roster.trait_push[:, rows] = _trait_push(block, block.of[rows], block.roster.group[rows], normals)


def _by_post(block: Block, rows: tuple[Row, ...], of: Rows) -> Iterable[Row]:
    """Return effects as they are for posts, of whose employers `of` has the places; for all posts once an epoch."""
    if of is block.of:
        return block.once(rows, lambda: [(cause, outcome, per(effect, of)) for cause, outcome, effect in rows])
    return ((cause, outcome, per(effect, of)) for cause, outcome, effect in rows)


def _trait_push(block: Block, of: Rows, group: NDArray[np.int8], normals: Floats) -> Floats:
    causes: dict[str, Floats | float] = {name: normals[:, NORMALS.index(name)] for name in NORMAL_TRAITS}
    causes["black_identity"] = _in_sd(group == BLACK, REFERENCE_BLACK)
    causes["non_white_identity"] = _in_sd(group != WHITE, REFERENCE_NON_WHITE)
    return wellbeing.pushes(_by_post(block, block.terms.effects.traits, of), causes, len(OUTCOMES), group.shape)


def _in_sd(holds: NDArray[np.bool_], reference_share: float) -> Floats:
    return np.where(holds, in_sd(True, reference_share), in_sd(False, reference_share))
