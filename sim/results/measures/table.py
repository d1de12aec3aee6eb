"""Every measure, each defined once; command line, page, exports and docs all read this table.

Those of service are defined here; those of people, and of pay and money, are many and have files of their own.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import Final

from sim.results.measures.formulas import amount, per_year, ratio
from sim.results.measures.measure import FAMILIES, Measure, total
from sim.results.measures.money import MONEY, PAY
from sim.results.measures.moves import MOVES
from sim.results.measures.people import PEOPLE

_total = partial(total, family="service")

SERVICE: Final = (
    _total(
        "hours_delivered_per_year",
        "Client-hours delivered",
        "client-hours a year",
        "higher",
        per_year("delivered"),
        "Hours that clients spend with peers; an hour of a group counts for each client in it. A year of the whole "
        "projection: what a closing loses is seen here.",
        headline=True,
    ),
    _total(
        "hours_delivered_in_all",
        "Client-hours delivered in all",
        "client-hours",
        "higher",
        amount("delivered"),
        "Hours that clients spend with peers over the whole projection: client-hours a year times its years.",
    ),
    _total(
        "unmet_hours_per_year",
        "Client-hours wanted and not given",
        "client-hours a year",
        "lower",
        per_year("asked", minus="delivered"),
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
        ratio("clients", "months"),
        "Clients on peers' caseloads on the average day of the projection; after a closing, nobody.",
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
MEASURES: Final = MappingProxyType({measure.key: measure for measure in (*PEOPLE, *MOVES, *PAY, *MONEY, *SERVICE)})


def measure_of(key: str) -> Measure:
    """Return the measure that a key, or a key with a part (`key.part`), belongs to."""
    return MEASURES[key.partition(".")[0]]


def label_of(key: str) -> str:
    """Return the label of a key; a part is named behind it."""
    part = key.partition(".")[2]
    label = measure_of(key).label
    return f"{label}: {part.replace('_', ' ')}" if part else label


__all__ = ["FAMILIES", "MEASURES", "Measure", "label_of", "measure_of"]
