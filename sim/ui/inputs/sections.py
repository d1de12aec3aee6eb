"""Order the inputs as people think: place, time, funding, pay, ladder, support at work, the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sim.scenario.describe import Input, inputs
from sim.scenario.patch import nested
from sim.ui.addresses import Path

UNNAMED: Final = "<"  # begins the part of an address that is a name of the user's
NOT_DRAWN: Final = frozenset({"rules.braiding", "experiment.replications"})  # drawn in their own way


@dataclass(frozen=True)
class Section:
    """One step of describing a scenario: the tables it shows, and the inputs it shows first."""

    key: str
    title: str
    about: str
    tables: tuple[str, ...]
    basic: tuple[str, ...]


SECTIONS: Final = (
    Section(
        "place", "Place", "Where the organization is, how large it is, and what living and other work pay there.",
        ("place", "posts"),
        ("place.state", "place.area", "posts.number", "place.living_wage_usd_per_hour", "place.living_wage_source",
         "place.outside_wage_usd_per_hour"),
    ),
    Section(
        "time", "Time", "When the projection starts, how long it runs, and with which random seed.",
        ("horizon", "experiment"), ("horizon.start", "horizon.months"),
    ),
    Section(
        "funding", "Funding", "Who pays, for what, and how much of peers' time can be billed.",
        ("time_use",), ("time_use.individual", "time_use.group", "time_use.group_size"),
    ),
    Section(
        "pay", "Pay", "What peers earn and what an hour costs.",
        ("pay", "benefits"),
        ("pay.wage_usd_per_hour", "pay.cost_of_living_share", "pay.floor.kind", "pay.floor.phase_in_months",
         "pay.floor.ratio", "pay.pass_through_share", "pay.stay_bonus_usd", "pay.stay_bonus_months",
         "pay.sign_on_bonus_usd", "benefits.fringe_share"),
    ),
    Section("ladder", "Ladder", "The rungs above a new peer: what they pay, and how many there are.", ("ladder",), ()),
    Section(
        "support", "Support at work", "How this employer supports its peers, against the typical employer.",
        ("practices",),
        ("practices.supervisor_support", "practices.recovery_culture", "practices.role_clarity_practice",
         "practices.peer_support_at_work", "practices.collaborative_culture", "practices.autonomy",
         "practices.training", "practices.stigma", "practices.benefits", "practices.outside_relationships",
         "practices.peers_per_supervisor_standard", "practices.training_usd_per_peer_month"),
    ),
    Section(
        "advanced", "Advanced", "Leaving and hiring, demand, the employer's rules about money.",
        ("turnover", "recruitment", "prospects", "market", "services", "rules", "effects"),
        ("turnover.level.separations_per_100_posts_year", "recruitment.days_to_fill", "recruitment.certified_share",
         "rules.opening_cash_usd", "rules.fiscal_year_start_month"),
    ),
)  # fmt: skip
FUNDING_BASIC: Final = (  # what a source of money shows at first, in this order, and then what it must say
    "rate_usd_per_unit", "group_rate_usd_per_unit", "rate_usd", "per", "amount_usd_per_year", "start", "term_months",
    "renewal_chance", "posts_paid", "billable", "clients_covered_share", "denial_share", "payment_lag_days",
    "federal_share",
)  # fmt: skip


def fields_of(section: Section, tables: Mapping[str, Any], *, expert: bool) -> Iterator[tuple[Path, str]]:
    """Yield the addresses that a section draws and the kind each belongs to; those of the chosen kinds only.

    Args:
        section: which inputs.
        tables: what the scenario says, defaults filled in.
        expert: all inputs, not only those shown at first.
    """
    first = {path: place for place, path in enumerate(section.basic)}
    for given in sorted(inputs(), key=lambda one: first.get(one.path, len(first))):
        path = tuple(given.path.split("."))
        wanted = path[0] in section.tables and (expert or given.path in section.basic) and _is_drawn(given)
        if wanted and given.kind in ("", _kind_at(tables, path[:-1])):
            yield path, given.kind


def fields_inside(start: Path, kind: str, inner: Mapping[str, Any], *, expert: bool) -> Iterator[tuple[Path, str]]:
    """Yield the addresses inside one named table: a source of money, a rung, a household."""
    depth = len(start)
    for given in sorted(inputs(), key=lambda one: _rank(one.path.rpartition(".")[2])):
        parts = tuple(given.path.split("."))
        if not _is_inside(given, parts, start) or given.kind not in ("", kind, *_kinds(inner)):
            continue
        path = (*start, *parts[depth:])
        own = _kind_at(nested(start, inner), path[:-1])
        wanted = expert or start[0] != "funding" or parts[depth] in FUNDING_BASIC or given.needed
        if wanted and given.kind in ("", own):
            yield path, given.kind


def _is_inside(given: Input, parts: Path, start: Path) -> bool:
    """Whether an address lies in a named table, and is not the kind of that table."""
    depth = len(start)
    inside = parts[: depth - 1] == start[:-1] and len(parts) > depth and "[]" not in given.path
    return inside and parts[depth:] != ("kind",)


def _rank(name: str) -> int:
    return FUNDING_BASIC.index(name) if name in FUNDING_BASIC else len(FUNDING_BASIC)


def _is_drawn(given: Input) -> bool:
    return (
        UNNAMED not in given.path and "[]" not in given.path and given.path not in NOT_DRAWN and given.type != "table"
    )


def _kinds(inner: Mapping[str, Any]) -> list[str]:
    return [str(table.get("kind")) for table in inner.values() if isinstance(table, Mapping)]


def _kind_at(tables: Mapping[str, Any], path: Path) -> str:
    value: Any = tables
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value.get("kind", "")) if isinstance(value, Mapping) else ""
