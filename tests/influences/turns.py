"""Which inputs are moved in a world by day: each in some of the worlds, by turns."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.describe import Input, inputs

TURNS, TURNS_TAKEN = 5, 2  # of the worlds by day, and of them those in which an input is moved
IN_EVERY_WORLD = frozenset({  # do nothing in most of them
    "effects.scale", "funding.<name>.gap_months", "funding.<name>.indirect_cap_share", "funding.<name>.payments[].at",
    "funding.<name>.posts_paid", "funding.<name>.renewal_amount_change", "funding.<name>.renewal_term_months",
    "funding.<name>.unspent_usd", "ladder.<name>.certificate_required", "ladder.<name>.pay.usd_per_hour",
    "ladder.<name>.slots.peers", "market.employers_meet", "market.pool_elasticity", "market.reach_share",
    "market.trained_share_per_year", "pay.floor.kind", "pay.floor.ratio", "place.area", "place.state",
    "practices.peers_per_supervisor", "practices.penalty_sd_per_doubling", "recruitment.months_to_certify",
    "rules.closure_after_months", "rules.credit_limit_usd", "rules.freeze_below_months", "rules.layoff_below_months",
    "rules.layoff_wait_months", "rules.most_cut_share", "rules.receivable_days", "rules.reserve_use_share",
    "rules.yearly_budget",
})  # fmt: skip


def in_turn(turn: int) -> Iterator[Input]:
    """Yield the inputs that are moved in a world by day: each in some of the worlds, by turns."""
    for place, one in enumerate(inputs()):
        if one.path in IN_EVERY_WORLD or (place + turn) % TURNS < TURNS_TAKEN:
            yield one
