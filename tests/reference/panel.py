"""One row of the panel (docs/model.md, section 14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.streams import STATES

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.services import Bills, Service, Work


@dataclass
class Tally:
    """What is counted through a month."""

    hires: int = 0
    exits: int = 0
    exits_by_chance: int = 0
    broken: float = 0.0


def panel(
    employer: Employer, work: Work, service: Service, bills: Bills, charged: dict[str, int], counted: Tally
) -> dict[str, Any]:
    """The row of an employer and month."""
    peers, posts = employer.peers(), employer.terms.org.posts.number
    found = employer.found
    return {
        "employer": employer.owner,
        "month": employer.month,
        "posts": posts,
        "filled": len(peers),
        "vacant": sum(post.peer is None for post in employer.posts[:posts]),
        "on_leave": sum(peer.on_leave for peer in peers),
        "funded": employer.funded,
        "frozen": employer.frozen,  # for the month that begins
        "closed": employer.closed,
        "hires": counted.hires,
        "exits": counted.exits,
        "capacity": service.capacity,
        "demand": service.demand,
        "wanted": service.wanted,
        "delivered": service.delivered,
        "dropped": service.dropped,
        "backlog": service.backlog,
        "lost": employer.lost,
        "clients": work.clients,
        "relationships_broken": counted.broken,
        "units": bills.units,
        "billed": bills.billed,
        "denied": bills.denied,
        "charged": charged,
        "cash": employer.purse.cash,
        "receivable": employer.purse.receivable(),
        "workload": found.workload,
        "supervision_penalty": found.supervision_penalty,
        "funding_certainty": found.funding_certainty,
        "supervisor_fte": employer.supervisor_fte,
        "paid_hours": work.paid_hours,
        "mean_wage": mean([peer.wage for peer in peers]),
        **{f"mean_{state}": mean([peer.states[state] for peer in peers]) for state in STATES},
    }


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
