"""One row of the panel (docs/model.md, section 14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.streams import STATES

if TYPE_CHECKING:
    from tests.reference.employer import Accounts, Employer


@dataclass
class Tally:
    """What is counted through a month."""

    hires: int = 0
    exits: int = 0
    at_last_close: int = 0  # of the exits, those of the close that began the month: it pays for them
    exits_by_chance: int = 0
    broken: float = 0.0


def panel(employer: Employer, accounts: Accounts, counted: Tally) -> dict[str, Any]:
    """The row of an employer and month, what decisions are made from left out."""
    work, service, bills = accounts.work, accounts.service, accounts.bills
    peers, posts = employer.peers(), employer.terms.org.posts.number
    found = employer.found
    awards = {name: awards.books() for name, awards in employer.awards.items()}
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
        "exits": counted.exits
        - counted.at_last_close
        + employer.tally.exits,  # those of this close are in the new tally
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
        "charged": accounts.charged,
        "awarded": {name: awarded for name, (awarded, _) in awards.items()},
        "moved_in": employer.moved_in,
        "moved_out": employer.moved_out,
        "pool": employer.pool,
        "available": {name: available for name, (_, available) in awards.items()},
        "cash": employer.purse.cash,
        "receivable": employer.purse.receivable(),
        "workload": found.workload,
        "supervision_penalty": found.supervision_penalty,
        "funding_certainty": found.funding_certainty,
        "supervisor_fte": employer.supervisor_fte,
        "paid_hours": work.paid_hours,
        "worked_hours": work.worked,
        "ramp_up_hours": work.ramp_up,
        "productive_hours": work.productive,
        "mean_wage": mean([peer.wage for peer in peers]),
        **{f"mean_{state}": mean([peer.states[state] for peer in peers]) for state in STATES},
    }


def money_columns(accounts: Accounts, liquidity: int, due: int) -> dict[str, Any]:
    """Return what the employer has at hand, and what coming and going cost, in cents; hours and pay in dollars."""
    work, costs = accounts.work, accounts.costs
    return {
        "liquidity": liquidity,
        "due": due,
        "separation_cost": costs.separation,
        "hiring_cost": costs.hiring,
        "cover_cost": costs.cover,
        "bonuses": costs.bonuses,
        "ramp_up_usd": work.ramp_up_pay,
        "uncertified_hours": work.productive - work.certified,
    }


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
