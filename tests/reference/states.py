"""Burnout, satisfaction, role clarity and recovery, and what moves them (docs/model.md, section 5)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.evidence.net_income import load_net_income
from sim.streams import STATES
from tests.reference.terms import Terms

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.peers import Peer

PRACTICES = (
    "supervisor_support",
    "collaborative_culture",
    "autonomy",
    "peer_support_at_work",
    "outside_relationships",
    "training",
    "stigma",
    "benefits",
    "recovery_culture",
    "role_clarity_practice",
)
PERSONAL = (
    "age",
    "field_experience",
    "self_care",
    "external_support",
    "recovery_specific_support",
    "spirituality",
    "clinical_mental_health_support",
    "boundary_difficulty",
)
RURAL, FULL_TIME, BLACK, NON_WHITE = 0.20, 0.60, 0.2, 0.4  # shares in the reference workforce
FULL_TIME_FTE = 0.875


def standardized(present: bool, p: float) -> float:
    """A yes or no in SD of a workforce in which a share p says yes."""
    return ((1.0 if present else 0.0) - p) / math.sqrt(p * (1.0 - p))


def within(low: float, high: float, value: float) -> float:
    return min(high, max(low, value))


# --- causes ---------------------------------------------------------------------------------------


def traits(terms: Terms, normals: Mapping[str, float], group: float) -> dict[str, float]:
    """What a peer brings along, for life."""
    place = terms.org.place
    black, non_white = group <= place.black_share, group <= max(place.black_share, place.non_white_share)
    return {**{name: normals[name] for name in PERSONAL}, **identity(black=black, non_white=non_white)}


def identity(*, black: bool, non_white: bool) -> dict[str, float]:
    return {"black_identity": standardized(black, BLACK), "non_white_identity": standardized(non_white, NON_WHITE)}


def surroundings(terms: Terms) -> dict[str, float]:
    """Where and how much the peers of an employer work."""
    org = terms.org
    return {
        "rural": standardized(org.place.rural, RURAL),
    }


def full_time(fte: float) -> float:
    return standardized(fte >= FULL_TIME_FTE, FULL_TIME)


def employers_causes(employer: Employer, terms: Terms) -> dict[str, float]:
    """The causes all peers of an employer share, with what the last close found."""
    found = employer.found
    causes = {name: getattr(terms.org.practices, name) for name in PRACTICES}
    causes["supervisor_support"] -= found.supervision_penalty
    supervising = any(rung.supervising_share > 0 for _, rung in terms.ladder)
    return {
        **causes,
        **surroundings(terms),
        "peer_background_of_supervisor": 1.0 if supervising else 0.0,
        "workload": found.workload,
        "funding_certainty": found.funding_certainty,
        "team_exits_3_months": employer.contagion(),
        "out_of_role_work": (terms.org.time_use.outside_role - 0.10) / 0.10,
    }


def left_in_household(terms: Terms, wage: float) -> float:
    """What pay adequacy goes by: the wage, or what a household has left of it in a year."""
    household = terms.org.pay.adequacy_income
    if household == "gross":
        return wage
    curve = load_net_income().curves[terms.org.place.state, household]
    low, high = curve.wages[0], curve.wages[-1]
    inside = within(low, high, wage)
    left = curve.at("net", inside)
    assert left is not None
    return left * wage / inside


def peers_causes(peer: Peer, shared: Mapping[str, float], at: float) -> dict[str, float]:
    """All causes of one peer at a month's start, or at the hire."""
    terms, pay = peer.employer.terms, peer.employer.pay
    rules = terms.org.pay
    has, needs = (left_in_household(terms, one) for one in (peer.wage, pay.living))
    adequacy = (math.log(has / needs) - math.log(rules.adequacy_reference_ratio)) / rules.adequacy_sd_log
    causes = {
        **shared,
        **peer.traits,
        **peer.states,
        "full_time": full_time(peer.fte(terms)),
        "pay_adequacy": within(-4.0, 4.0, adequacy),
        "onboarding_strain": peak((at - peer.hire) / terms.org.effects.onboarding_peak_months),
        "log_wage_over_outside_wage": math.log(peer.wage / pay.outside),
    }
    causes["boundary_difficulty"] += terms.effects.of("burnout", "boundary_difficulty") * peer.states["burnout"]
    causes["prospects"] = prospects(peer, at) + terms.effects.total("prospects", causes)
    return causes


def peak(x: float) -> float:
    """(x·e^(1−x))²: rises to 1 at x = 1 and dies away."""
    return (x * math.exp(1.0 - x)) ** 2


def prospects(peer: Peer, at: float) -> float:
    """Reach + fade."""
    employer, table = peer.employer, peer.employer.terms.org.prospects
    months = at - peer.rung_since
    reach = 0.0
    above = employer.terms.next_rung(peer.rung)
    if above is not None:
        name, rung = above
        rungs = employer.pay.of(employer.terms.position(peer.post.index)).rungs
        gain = math.log(rungs[name] / rungs[peer.rung]) / math.log(1.0 + table.good_raise_share)
        wait = max(0.0, rung.months_in_rung_below - months) + queue(employer, name)
        reach = within(0.0, table.most_reach_sd, gain) * math.exp(-wait / table.patience_months)
    fade = -table.fade_sd * min(months, table.fade_months) / table.fade_months * (1.0 - min(1.0, reach))
    return reach + fade


def queue(employer: Employer, rung: str) -> float:
    """Months in the queue for a rung, from what the last promotions counted."""
    if employer.feedback and rung in employer.months_queued:
        return employer.months_queued[rung]
    free, candidates = employer.slots_seen.get(rung, (0.0, 0))
    if candidates == 0 or not employer.feedback:
        return 0.0
    return employer.terms.org.prospects.no_slot_months * (1.0 - min(1.0, free / candidates))


def workload(demand: float, capacity: float, standard_load: float) -> float:
    if capacity <= 0:
        return 3.0 if demand > 0 else 0.0
    if demand <= 0:
        return -2.0
    return within(-2.0, 3.0, math.log(demand / capacity / standard_load) / math.log(1.25))


def supervision_penalty(terms: Terms, peers: int, supervisors_fte: float) -> float:
    practices = terms.org.practices
    if peers == 0:
        return 0.0
    if supervisors_fte <= 0:
        return practices.unsupervised_sd
    span = peers / supervisors_fte / practices.peers_per_supervisor_standard
    return min(practices.unsupervised_sd, practices.penalty_sd_per_doubling * math.log2(max(1.0, span)))


# --- states ---------------------------------------------------------------------------------------


def newcomers_states(terms: Terms, traits: Mapping[str, float], normals: Mapping[str, float]) -> dict[str, float]:
    """y_s = Σ effect·trait + σ_s·z, over the traits of the person."""
    effects = terms.effects
    return {
        state: sum(effects.of(trait, state) * value for trait, value in traits.items())
        + effects.noise_sd[state] * normals[state]
        for state in STATES
    }


def next_states(
    terms: Terms, now: Mapping[str, float], causes: Mapping[str, float], shocks: Mapping[str, float]
) -> dict[str, float]:
    """y(k+1) = y* + (y(k) − y*)·exp(−1/τ) + σ·sqrt(1 − exp(−2/τ))·ε; all four use the others' values at k."""
    effects = terms.effects
    moved = {}
    for state in STATES:
        decay = math.exp(-1.0 / effects.months_to_adjust[state])
        target = effects.total(state, causes)
        noise = effects.noise_sd[state] * math.sqrt(1.0 - decay**2)
        moved[state] = target + (now[state] - target) * decay + noise * shocks[state]
    return moved
