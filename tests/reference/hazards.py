"""The hazards of a peer in a month (docs/model.md, section 6)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.tables.people import ObservedTurnover
from sim.units import MONTHS_PER_YEAR
from tests.reference.states import peak
from tests.reference.terms import ENTRY, Terms

if TYPE_CHECKING:
    from tests.reference.peers import Peer

WAGE = "log_wage_over_outside_wage"


@dataclass(frozen=True)
class Baseline:
    """Hazards per month before what is particular to a peer."""

    voluntary: float
    dismissal: float
    other: float


@dataclass(frozen=True)
class Hazards:
    """The four hazards of one peer per month, and two of them relative to their baseline."""

    voluntary: float
    return_to_use: float
    dismissal: float
    other: float
    relative_voluntary: float
    relative_return: float

    @property
    def total(self) -> float:
        return self.voluntary + self.return_to_use + self.dismissal + self.other

    def cause(self, uniform: float) -> str:
        """Which hazard it was that struck."""
        u = uniform * self.total
        if u <= self.voluntary:
            return "voluntary"
        if u <= self.voluntary + self.return_to_use:
            return "return_to_use"
        if u <= self.voluntary + self.return_to_use + self.dismissal:
            return "dismissal"
        return "other"


def stated(terms: Terms) -> Baseline | None:
    """The baseline hazards a scenario states, or None where turnover is observed."""
    level = terms.org.turnover.level
    if isinstance(level, ObservedTurnover):
        return None
    return Baseline(
        level.voluntary_per_year / MONTHS_PER_YEAR,
        level.dismissal_per_year / MONTHS_PER_YEAR,
        level.other_per_year / MONTHS_PER_YEAR,
    )


def hazards(peer: Peer, causes: Mapping[str, float], at: float, baseline: Baseline) -> Hazards:
    terms = peer.employer.terms
    turnover = terms.org.turnover
    spread = (
        turnover.employer_spread_sd * peer.employer.luck.employer + turnover.worker_spread_sd * peer.normals["frailty"]
    )
    causal = terms.effects.total("exit_voluntary", causes, but=WAGE)
    answers = wage_factor(peer) * stay_factor(peer)
    relative = tenure_factor(terms, at - peer.hire) * answers * math.exp(spread + bump(peer, at) + causal)
    returning = math.exp(terms.effects.total("return_to_use", causes))
    return Hazards(
        voluntary=baseline.voluntary * relative,
        return_to_use=turnover.return_to_use_per_year / MONTHS_PER_YEAR * returning,
        dismissal=baseline.dismissal,
        other=baseline.other,
        relative_voluntary=relative,
        relative_return=returning,
    )


def stay_factor(peer: Peer) -> float:
    """U: a stay bonus ahead, as a share of what the peer is paid until it is due."""
    terms, bonus = peer.employer.terms, peer.employer.terms.org.pay
    if not peer.waits_for_stay_bonus():
        return 1.0
    pay = peer.wage * terms.hours * peer.fte(terms) * bonus.stay_bonus_months
    turnover = terms.org.turnover
    return (1.0 + min(turnover.stay_bonus_most_share, bonus.stay_bonus_usd / pay)) ** turnover.stay_bonus_elasticity


def tenure_factor(terms: Terms, tenure: float) -> float:
    """G(a)."""
    turnover = terms.org.turnover
    decline = ((tenure + 1.0) / 12.0) ** (turnover.tenure_shape - 1.0)
    return decline * (1.0 + turnover.early_peak * peak(tenure / turnover.early_peak_months))


def bump(peer: Peer, at: float) -> float:
    turnover = peer.employer.terms.org.turnover
    promoted = peer.rung != ENTRY and peer.rung_since > peer.hire
    recent = at - peer.rung_since < turnover.promotion_bump_months
    return turnover.promotion_bump if promoted and recent else 0.0


def wage_factor(peer: Peer) -> float:
    """W: three forms of the answer to the wage."""
    terms, pay = peer.employer.terms, peer.employer.pay
    beta = terms.effects.of(WAGE, "exit_voluntary")
    ratio = peer.wage / pay.outside
    match terms.org.turnover.wage_response:
        case "elasticity":
            return ratio**beta
        case "logistic":
            return 2.0 / (1.0 + ratio ** (-2.0 * beta))
        case "threshold":
            return math.exp(-terms.org.turnover.threshold_log_wage * beta) if peer.wage < pay.living else 1.0
