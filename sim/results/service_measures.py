"""Define the measures of service."""

from __future__ import annotations

from functools import partial
from typing import Final

from sim.results.formulas import amount, per_year, ratio, yearly_unmet
from sim.results.measure import total

_total = partial(total, family="service")

SERVICE: Final = (
    _total(
        "hours_delivered_per_year",
        "Client-hours delivered",
        "client-hours a year",
        "higher",
        per_year("delivered"),
        "Hours that clients spend with peers; an hour of a group counts for each client in it.",
        headline=True,
    ),
    _total(
        "unmet_hours_per_year",
        "Client-hours wanted and not given",
        "client-hours a year",
        "lower",
        yearly_unmet,
        "Hours wanted less hours delivered: of people who wait, who gave up waiting, and who left care when their "
        "peer left.",
        lowest=None,
        headline=True,
    ),
    _total(
        "backlog_end",
        "Client-hours waited for at the end",
        "client-hours",
        "lower",
        amount("backlog_end"),
        "Hours that people still wait for at the end.",
    ),
    _total(
        "clients_served",
        "Clients in care",
        "clients",
        "higher",
        ratio("clients", "months"),
        "Clients on peers' caseloads on the average day.",
    ),
    _total(
        "relationships_broken_per_year",
        "Relationships broken",
        "relationships a year",
        "neither",
        per_year("broken"),
        "Relationships of clients with their peer that end because the peer leaves or goes on leave; fewer where fewer "
        "peers are employed.",
        headline=True,
    ),
)
