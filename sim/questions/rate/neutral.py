"""Make the organization a rate is built for: a scenario at its start, with money that decides nothing.

The rate is the answer, so it may not be an input: cash rules are off, one payer by the unit covers every client, and no
rise of a rate reaches wages. What holds at the start holds throughout; wages and prices grow as the scenario says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sim.model.world.positions import mean_days_to_fill, mean_fte
from sim.results.on_paper.break_even import entry_wage
from sim.scenario.addresses import numbers_of, value_in
from sim.scenario.files import Loaded, load_table
from sim.scenario.patch import TableDict, find, split
from sim.scenario.problems import Problem, ScenarioError, did_you_mean
from sim.scenario.schema import Organization
from sim.scenario.tables.funding import paid_by_the_unit
from sim.scenario.tables.funding.claims import FeeForService
from sim.scenario.tables.pay import LivingWageFloor
from sim.scenario.timeline import organization_table, plans

NOBODY: Final = "payer"  # what the payer is called where the scenario has none by the unit
PAYER: Final = "funding"
RATES: Final = ("rate_usd_per_unit", "group_rate_usd_per_unit")
FOLLOW: Final = ("place.outside_wage_usd_per_hour", "place.living_wage_usd_per_hour")  # from a place, unless stated
LEFT_OUT: Final = "left out: a rate is built at the start, and what holds then holds throughout"


def neutral(loaded: Loaded, source: str | None = None, base: Loaded | None = None) -> Loaded:
    """Return a scenario as its rate is built: at its start, under its own name, with one payer that decides nothing.

    A rate is built for one post: where positions differ it is the mean one, at their mean hours, entry wage and days to
    fill.

    Args:
        loaded: a scenario of one organization.
        source: the payer whose terms hold (what may be billed, certificate, visits, caps, denials); left out, the first
            that pays by the unit, or the default terms where none does.
        base: of an alternative the scenario it is an alternative to, whose payer it is, and whose terms hold where the
            alternative has no such payer.

    Raises:
        ScenarioError: for a portfolio, or where there is no such payer.
    """
    scenario = loaded.scenario
    if scenario.employer:
        rule, fix = "a rate is built for one organization", "build it from the file of one kind of employer"
        raise ScenarioError([Problem(loaded.label, None, "employer", None, rule, fix)])
    organization = at_start(loaded)
    name, payer, paying = _payer(loaded, source, base or loaded)
    table = {
        **{key: getattr(scenario, key) for key in ("title", "question", "notes") if getattr(scenario, key)},
        "horizon": scenario.horizon.model_dump(),
        "experiment": scenario.experiment.model_dump(),
        **organization_table(organization),
        "pay": _pay(organization),
        **_mean_post(organization),
        "rules": organization.rules.model_dump() | {"enforce": False, "braiding": [name]},
        "funding": {name: payer.model_dump() | {"clients_covered_share": 1.0}},
    }
    made = _as_open(table, loaded, paying)
    return replace(loaded, scenario=made.scenario, fingerprint=made.fingerprint, raw=made.raw, warnings=())


def _as_open(table: TableDict, loaded: Loaded, paying: Loaded) -> Loaded:
    """Load a table without the defaults that a scenario leaves open, which futures draw, and with its ranges.

    What is left open of the payer is what the scenario that has it leaves open; the rates it pays are no assumption.
    """
    (payer,) = table["funding"]
    drawn = _drawn_of(table, loaded, paying, f"{PAYER}.{payer}.")
    left = _without(table, [path for path, default in drawn if value_in(table, path, None) == default])
    made = load_table(left)
    plain = load_table(_without(left, [path for path in FOLLOW if not _says(loaded.raw, path)]))
    made = plain if plain.fingerprint == made.fingerprint else made  # a dated change of the start may have set them
    ranges = _ranges_of(loaded, paying, f"{PAYER}.{payer}.")
    return _with_ranges(made, {path: ends for path, ends in ranges.items() if _holds(table, path, (ends[0], ends[1]))})


def _drawn_of(table: TableDict, loaded: Loaded, paying: Loaded, terms: str) -> Iterator[tuple[str, Any]]:
    """Yield the numbers that are left open, each with its default; `terms` is before the payer's addresses."""
    for path, _, default in numbers_of(table):
        whose = paying if path.startswith(terms) else loaded
        if path.removeprefix(terms) not in RATES and not _says(whose.raw, path):
            yield path, default


def _ranges_of(loaded: Loaded, paying: Loaded, terms: str) -> dict[str, list[float]]:
    """Return the ranges a scenario states, of the payer's terms those of the scenario that has it; none of rates."""
    told = {path: ends for path, ends in loaded.scenario.ranges.items() if not path.startswith(terms)}
    told |= {path: ends for path, ends in paying.scenario.ranges.items() if path.startswith(terms)}
    return {path: list(ends) for path, ends in told.items() if path.removeprefix(terms) not in RATES}


def _with_ranges(made: Loaded, ranges: TableDict) -> Loaded:
    return load_table(made.raw | {"ranges": ranges}) if ranges else made


def _says(raw: Mapping[str, Any], path: str) -> bool:
    return find(raw, split(path))[1] == len(split(path))


def _without(table: TableDict, paths: Sequence[str]) -> TableDict:
    """Return a table without what stands at some addresses."""
    for path in paths:
        table = _cut(table, split(path))
    return table


def _cut(table: TableDict, path: Sequence[str]) -> TableDict:
    key, *rest = path
    if key not in table:
        return table
    if not rest:
        return {name: value for name, value in table.items() if name != key}
    return {**table, key: _cut(table[key], rest)}


def _holds(table: TableDict, path: str, ends: tuple[float, float]) -> bool:
    """Whether a range still has its value within it: a wage that a floor lifts, or of the mean post, may be outside."""
    if path.startswith("effects."):
        return True
    value = value_in(table, path, None)
    return isinstance(value, int | float) and ends[0] <= value <= ends[1]


def at_start(loaded: Loaded) -> Organization:
    """Return the tables that hold in the first month."""
    return plans(loaded.scenario)[0].epochs[0][1]


def left_out(loaded: Loaded) -> tuple[str, ...]:
    """Return the months of the changes that a build-up leaves out."""
    later = {month for plan in plans(loaded.scenario) for month, _ in plan.epochs[1:]}
    return tuple(dict.fromkeys(change.at for change in loaded.scenario.change)) if later else ()


def _pay(organization: Organization) -> TableDict:
    """Return pay at one wage: a floor counts in full from the start, and no rate raises it."""
    wage, place, floor = entry_wage(organization), organization.place, organization.pay.floor
    if isinstance(floor, LivingWageFloor):
        wage = max(wage, floor.ratio * (place.living_wage_usd_per_hour or 0.0))
    changed = {"wage_usd_per_hour": wage, "floor": {"kind": "none"}, "pass_through_share": 0.0}
    return organization.pay.model_dump() | changed


def _mean_post(organization: Organization) -> TableDict:
    """Return tables in which every post is the mean one; people on a list keep their own wage, not their own hours."""
    apart = {"position", "fte"}
    roster = [one.model_dump(exclude=apart, exclude_none=True) for one in organization.posts.roster]
    posts = organization.posts.model_dump() | {"fte": mean_fte(organization), "roster": roster}
    recruitment = organization.recruitment.model_dump() | {"days_to_fill": mean_days_to_fill(organization)}
    return {"posts": posts, "positions": {}, "recruitment": recruitment}


def _payer(loaded: Loaded, wanted: str | None, base: Loaded) -> tuple[str, FeeForService, Loaded]:
    """Return the base's payer, its terms, and the scenario that has them: this one, or the base where it has none."""
    name, payer = _payer_of_base(base, wanted)
    own = paid_by_the_unit(at_start(loaded).funding)
    return (name, own[name], loaded) if name in own else (name, payer, base)


def _payer_of_base(base: Loaded, wanted: str | None) -> tuple[str, FeeForService]:
    found = paid_by_the_unit(at_start(base).funding)
    if wanted is None:
        return next(iter(found.items()), (NOBODY, FeeForService(rate_usd_per_unit=0.0)))
    if wanted not in found:
        rule = "is no payer by the unit of this scenario"
        fix = did_you_mean(wanted, found) or f"there are: {', '.join(found) or 'none'}"
        raise ScenarioError([Problem("--source", None, wanted, None, rule, fix)])
    return wanted, found[wanted]
