"""Find what is sound in a draft: the top tables, the kinds of employer, the dated settings; and every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.scenario.check.dated import Dated, changes_of, dated_settings
from sim.scenario.check.faults import schema_faults, without
from sim.scenario.patch import TableDict, merge
from sim.scenario.problems import Fault, Path
from sim.scenario.read.draft import Draft
from sim.scenario.schema import EmployerKind, Organization, Scenario
from sim.scenario.shape import EMPLOYER, ROOT, TABLES
from sim.scenario.timeline import organization_table

MOST_KINDS = 1000
MOST_SETTINGS = 2000
MOST_REPAIRS = 12


@dataclass(frozen=True)
class Sound:
    """The sound part of a draft: a scenario that can be unfolded, with what was cut out of it.

    `kinds` are the places of its kinds in the file. `unsound` are the addresses that hold a fault.
    """

    scenario: Scenario
    kinds: tuple[int, ...]
    settings: tuple[Dated, ...]
    unsound: tuple[Path, ...]

    def unsound_in(self, place: int) -> tuple[Path, ...]:
        """Return the faulty addresses inside the tables of the kind at a place of the file."""
        own = [path[2:] for path in self.unsound if path[:2] == ("employer", place)]
        return (*own, *(path for path in self.unsound if path[0] not in ("employer", "change")))


def sound_part(draft: Draft) -> tuple[Sound | None, list[Fault]]:
    """Return what is sound, or None when nothing is, and the faults of single inputs."""
    scenario, faults = schema_faults(Scenario, draft.data, ROOT)
    too_long = list(_too_long(draft.data))
    if scenario is None or too_long:
        return None, [*faults, *too_long]
    top = organization_table(scenario)
    kinds, kind_faults = _kinds(draft, top)
    settings, setting_faults = dated_settings(draft, scenario, tuple(kinds.values()))
    found = [*faults, *kind_faults, *setting_faults]
    copy = {"employer": tuple(kinds.values()), "change": changes_of(draft, settings)}
    unsound = tuple(fault.path for fault in (*faults, *kind_faults))
    return Sound(scenario.model_copy(update=copy), tuple(kinds), settings, unsound), found


def _too_long(data: TableDict) -> Iterator[Fault]:
    employers, changes = (data.get(key) for key in ("employer", "change"))
    if isinstance(employers, list) and len(employers) > MOST_KINDS:
        yield Fault(("employer",), len(employers), f"at most {MOST_KINDS} kinds; count says how many of each")
    settings = [_table(_table(entry).get("set")) for entry in (changes if isinstance(changes, list) else ())]
    if sum(map(len, settings)) > MOST_SETTINGS:
        yield Fault(("change",), sum(map(len, settings)), f"at most {MOST_SETTINGS} dated settings")


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _kinds(draft: Draft, top: TableDict) -> tuple[dict[int, EmployerKind], list[Fault]]:
    """Return the kinds by place in the file, each with the sound part of what differs."""
    kinds: dict[int, EmployerKind] = {}
    faults: list[Fault] = []
    entries = draft.data.get("employer")
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        kind, own = schema_faults(EmployerKind, _table(entry), EMPLOYER)
        differs, found = _sound_differs(top, _table(_table(entry).get("differs")))
        faults += [replace(fault, path=("employer", place, *fault.path)) for fault in found]
        if kind is not None and not own and kind.name not in (other.name for other in kinds.values()):
            kinds[place] = kind.model_copy(update={"differs": differs})
    return kinds, faults


def _sound_differs(top: TableDict, differs: Mapping[str, Any]) -> tuple[TableDict, list[Fault]]:
    first: list[Fault] = []
    for _ in range(MOST_REPAIRS):
        _, faults = schema_faults(Organization, merge(top, differs), TABLES)
        if not faults:
            return dict(differs), first
        first = first or faults
        differs = without([fault.path for fault in faults], dict(differs))
    return {}, first
