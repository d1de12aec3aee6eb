"""Define the measures of service."""

from __future__ import annotations

from functools import partial
from typing import Final

from sim.results.measures.formulas import amount, per_open_year, ratio, yearly_unmet
from sim.results.measures.measure import total

_total = partial(total, family="service")

SERVICE: Final = (
    _total(
        "hours_delivered_per_year",
        "Client-hours delivered",
        "client-hours a year",
        "higher",
        per_open_year("delivered"),
        "Hours that clients spend with peers; an hour of a group counts for each client in it. A year of the time "
        "employers exist: what a closing loses, the hours in all say.",
        headline=True,
    ),
    _total(
        "hours_delivered_in_all",
        "Client-hours delivered in all",
        "client-hours",
        "higher",
        amount("delivered"),
        "Hours that clients spend with peers over the whole projection, months after a closing included: hours lost "
        "to closings are seen here.",
        headline=True,
    ),
    _total(
        "unmet_hours_per_year",
        "Client-hours wanted and not given",
        "client-hours a year",
        "lower",
        yearly_unmet,
        "Hours wanted less hours delivered: of people who wait, who gave up waiting, and who left care when their "
        "peer left. A year of the whole projection: people go on wanting hours where an employer has closed.",
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
        ratio("clients", "months_open"),
        "Clients on peers' caseloads on the average day of the time employers exist.",
    ),
    _total(
        "relationships_broken_per_year",
        "Relationships broken",
        "relationships a year",
        "neither",
        per_open_year("broken"),
        "Relationships of clients with their peer that end because the peer leaves or goes on leave; fewer where fewer "
        "peers are employed. A year of the time employers exist.",
        headline=True,
    ),
)
