"""Read the conditions of the influence graph: which hold in a scenario's tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sim.evidence.effects import load_effects
from sim.scenario.fields import Table
from sim.scenario.problems import Path
from sim.scenario.schema import Organization, Scenario
from sim.scenario.tables.frame import Horizon
from sim.scenario.tables.funding import Kind, grants_of
from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.scenario.tables.funding.grant import Grant, first_award
from sim.scenario.timeline import plans
from sim.units import month_number

MONTHS_OF_A_YEAR: Final = 12
AWARD_TERM: Final = ("start", "term_months", "ends", "months_left")
IS: Final = " is "
MISSING: Final = object()


@dataclass(frozen=True)
class Setting:
    """What conditions are judged by: one employer's tables, the horizon, whether the loops are on."""

    tables: Organization
    horizon: Horizon
    feedback: bool = True


Situation = Callable[[Setting, Any], bool]  # reads the setting, and the table that the input stands in


def settings_of(*scenarios: Scenario) -> list[Setting]:
    """Return every setting of some scenarios: all kinds of employers, at all dates."""
    return [
        Setting(tables, scenario.horizon, scenario.experiment.feedback)
        for scenario in scenarios
        for plan in plans(scenario)
        for _, tables in plan.epochs
    ]


class Conditions:
    """Which conditions hold in all of some settings.

    A condition about an input that is free to move holds nowhere: what the input itself, or a draw of it, may change
    keeps nothing from mattering.
    """

    def __init__(self, settings: Sequence[Setting], free: Collection[str] = ()) -> None:
        """Take settings, and the addresses of the inputs that are free to move."""
        self._settings, self._free = settings, tuple(free)
        self._stated: dict[tuple[str, Path], bool] = {}  # whatever is free to move
        self._known: dict[tuple[str, Path], bool] = {}

    def freed(self, *free: str) -> Conditions:
        """The same settings with other inputs free to move; what the settings state is read once for all of them."""
        other = Conditions(self._settings, free)
        other._stated = self._stated
        return other

    def at(self, path: Path = ()) -> Callable[[str], bool]:
        """Return what reads conditions for an input at an address: names without dots stand in its own table."""
        table = path[:-1]
        return lambda condition: self._holds(condition, table)

    def _holds(self, condition: str, table: Path) -> bool:
        key = condition, table
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._is_stated(condition, table) and not self._is_free(condition, table)
        return found

    def _is_stated(self, condition: str, table: Path) -> bool:
        key = condition, table if _is_of_a_table(condition) else ()
        found = self._stated.get(key)
        if found is None:
            found = self._stated[key] = all(holds(condition, (*table, ""), one) for one in self._settings)
        return found

    def _is_free(self, condition: str, table: Path) -> bool:
        return any(
            one == about or one.startswith(f"{about}.") for about in _about(condition, table) for one in self._free
        )


@cache
def _is_of_a_table(condition: str) -> bool:
    """Whether a condition may hold for the inputs of one table and not for those of another."""
    return condition in SITUATIONS or "." not in condition.partition(IS)[0]


def holds(condition: str, path: Path, setting: Setting) -> bool:
    """Whether a condition holds for an input at an address; ValueError for words that nobody can read."""
    inside = walked(setting.tables, path[:-1])
    if condition in SITUATIONS:
        return SITUATIONS[condition][0](setting, inside)
    name, is_, wanted = condition.partition(IS)
    if not is_ or " " in name:
        raise ValueError(f"no condition: {condition!r}; write `<input> is <value>`, or add it to SITUATIONS")
    return _is(_value(name, setting, inside), wanted)


def _about(condition: str, table: Path) -> tuple[str, ...]:
    """Return the addresses of the inputs that a condition is about, for the inputs of a table."""
    start = ".".join(map(str, table))
    if condition in SITUATIONS:
        return tuple(f"{start}.{name}" if "." not in name else name for name in SITUATIONS[condition][1])
    name = condition.partition(IS)[0]
    return (name if "." in name else f"{start}.{name}",)


def _value(name: str, setting: Setting, inside: Any) -> Any:
    if name == "experiment.feedback":
        return setting.feedback
    first, _, rest = name.partition(".")
    if first == "effects" and rest in load_effects():
        return setting.tables.effects.overrides().get(rest, load_effects()[rest].effect)
    return walked(setting.tables, tuple(name.split("."))) if rest else walked(inside, (name,))


def walked(value: Any, path: Path) -> Any:
    """Return what stands at an address inside tables; a sentinel where there is nothing."""
    for part in path:
        value = value.get(part, MISSING) if isinstance(value, Mapping) else _part(value, part)
    return value


def _part(value: Any, part: str | int) -> Any:
    if isinstance(value, list | tuple):
        return value[part] if isinstance(part, int) and part < len(value) else MISSING
    return getattr(value, str(part), MISSING)


def _is(value: Any, wanted: str) -> bool:
    if wanted == "set":
        return value is not MISSING and value is not None
    if wanted in ("true", "false"):
        return value is (wanted == "true")
    if wanted == "0":
        return isinstance(value, int | float) and not isinstance(value, bool) and value == 0
    return bool(getattr(value, "kind", value) == wanted) if isinstance(value, Table) else bool(value == wanted)


# situations that are more than one input ---------------------------------------------------------------------------


def everyone_is_certified(setting: Setting, _: Any = None) -> bool:
    """Whether all peers hold the certificate, always."""
    tables = setting.tables
    return tables.recruitment.certified_share == 1 and all(one.certified for one in tables.posts.roster)


def _no_ladder(setting: Setting, _: Any) -> bool:
    return not setting.tables.ladder


def _no_positions(setting: Setting, _: Any) -> bool:
    return not setting.tables.positions


def _filled_at_once(setting: Setting, _: Any) -> bool:
    """Whether no post, of whatever position, takes any time to fill."""
    positions = setting.tables.positions.values()
    return setting.tables.recruitment.days_to_fill == 0 and not any(one.days_to_fill for one in positions)


def _no_posts_paid(setting: Setting, _: Any) -> bool:
    return not any(one.posts_paid for one in grants_of(setting.tables.funding).values())


def _of(kind: type[Kind], holds: Callable[[Setting, Kind], bool]) -> Situation:
    """A situation of a table of one kind; no other table is ever in it."""
    return lambda setting, table: isinstance(table, kind) and holds(setting, table)


def _no_group_billed(_: Setting, source: FeeForService) -> bool:
    return "group" not in source.billable


def _by_the_month(_: Setting, source: ProspectivePayment) -> bool:
    return source.per == "member_month"


def _pays_no_overhead(_: Setting, grant: Grant) -> bool:
    return "overhead" not in grant.pays_for


def _no_visit_billed(_: Setting, source: FeeForService) -> bool:
    return "individual" not in source.billable


def _no_year_in_hand(setting: Setting, grant: Grant) -> bool:
    """Whether an award begins, or an award year of it, with the projection or later."""
    begins, _ = _first_award(setting, grant)
    return begins >= 0 or begins % MONTHS_OF_A_YEAR == 0


def _one_year(setting: Setting, grant: Grant) -> bool:
    begins, over = _first_award(setting, grant)
    return max(over - begins, grant.renewal_term_months or 0) <= MONTHS_OF_A_YEAR


def _first_award(setting: Setting, grant: Grant) -> tuple[int, int]:
    """Return when the first award begins and is over; a term that is not stated yet is as long as can be."""
    try:
        return first_award(grant, month_number(setting.horizon.start))
    except ValueError:
        return -MONTHS_OF_A_YEAR, 1 << 30


def _never_renewed(setting: Setting, grant: Grant) -> bool:
    """Whether nothing looks beyond an award: yearly budgets look a year beyond the end of the projection."""
    rules, horizon = setting.tables.rules, setting.horizon
    looks_on = MONTHS_OF_A_YEAR if rules.enforce and rules.yearly_budget else 0
    return _first_award(setting, grant)[1] >= horizon.months + looks_on


SITUATIONS: Final[Mapping[str, tuple[Situation, tuple[str, ...]]]] = {  # in words → how it is read, inputs it is about
    "everyone is certified": (everyone_is_certified, ("recruitment.certified_share", "posts.roster")),
    "there are no positions": (_no_positions, ("positions",)),
    "every vacancy is filled at once": (_filled_at_once, ("recruitment.days_to_fill", "positions")),
    "there is no ladder": (_no_ladder, ("ladder",)),
    "no award has posts_paid": (_no_posts_paid, ("posts_paid",)),
    "group is not billable": (_of(FeeForService, _no_group_billed), ("billable",)),
    "individual is not billable": (_of(FeeForService, _no_visit_billed), ("billable",)),
    "no award year is in hand when the projection starts": (_of(Grant, _no_year_in_hand), AWARD_TERM),
    "the source pays by the member-month": (_of(ProspectivePayment, _by_the_month), ("per",)),
    "overhead is not in pays_for": (_of(Grant, _pays_no_overhead), ("pays_for",)),
    "the award has one year only": (_of(Grant, _one_year), (*AWARD_TERM, "renewal_term_months")),
    "the award runs to the end of the projection": (_of(Grant, _never_renewed), AWARD_TERM),
}
