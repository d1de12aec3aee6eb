"""Put every input of the schema at its floor, at its ceiling and just inside, alone and in pairs."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from sim.scenario.check.near_zero import SMALLEST
from sim.scenario.describe import NUMBERS, Input, inputs
from sim.scenario.patch import merge, nested

Tables = dict[str, Any]
Place = tuple[str, Any]  # an address and its value

BASE: Final = tomllib.loads("""
[horizon]
months = 14
warm_up_months = 3
[experiment]
replications = 2
[place.households]
one_adult = { share = 1.0 }
[posts]
number = 6
[positions.night]
number = 2
[ladder.senior]
step = 1
slots = { kind = "share", share = 0.3 }
[ladder.lead]
step = 2
pay = { kind = "amount", usd_per_hour = 27.0 }
slots = { kind = "number", number = 1 }
supervising_share = 0.2
[pay]
wage_usd_per_hour = 20.0
pass_through_share = 0.5
[funding.medicaid]
kind = "fee_for_service"
rate_usd_per_unit = 13.5
group_rate_usd_per_unit = 3.0
clients_covered_share = 0.5
rework_recovered_share = 0.4
audit_chance_per_year = 0.5
[funding.clinic]
kind = "prospective"
rate_usd = 210.0
clients_covered_share = 0.3
[funding.award]
kind = "grant"
amount_usd_per_year = 200_000
start = "2026-11"
term_months = 12
posts_paid = 2
[funding.settlement]
kind = "scheduled"
payments = [{ at = "2027-07", usd = 50_000 }]
[rules]
braiding = ["award", "settlement", "clinic", "medicaid"]
opening_cash_usd = 50_000
bridge_months = 2
[turnover.level]
kind = "hazards"
voluntary_per_year = 1.0
[recruitment]
days_to_fill = 40
""")
OF_A_KIND: Final = {  # what a table of this kind needs beside the input in question
    "raise": {"share": 0.1},
    "amount": {"usd_per_hour": 24.0},
    "number": {"number": 1},
    "share": {"share": 0.5},
    "per_peers": {"peers": 4.0},
    "chance": {"per_month": 0.5},
    "hazards": {"voluntary_per_year": 1.0},
}
SOURCES: Final = {"fee_for_service": "medicaid", "prospective": "clinic", "grant": "award", "scheduled": "settlement"}
NAMED: Final = {"ladder": "senior", "positions": "night", "place": "one_adult", "effects": "burnout"}
ODD: Final = (
    math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324, 1e-300, -1e-9, -0.0, 10**400, -(10**18), 2**63, True, "",
    "off", "1", "20 %", "\x1b[2J", "\ud800", "\u202e", "x" * 5_000, [], {}, [1.0], {"kind": "none"}, {"\x07": 1},
)  # fmt: skip
NOT_RUN: Final = (  # checked at their ceilings, but a run of that size would take long and show nothing more
    "horizon.months", "posts.number", "employer.<name>.count", "experiment.replications", "funding.<name>.posts_paid",
    "positions.<name>.number",
)  # fmt: skip


AT_ONCE: Final = 5  # settings nearest to 0 in one scenario, by day


@cache
def numeric() -> tuple[Input, ...]:
    """Return every input that is a number."""
    return tuple(one for one in inputs() if one.type in NUMBERS)


def values(one: Input) -> list[float | int]:
    """Return floor, ceiling, the nearest numbers inside, and what is nearest to 0, in ascending order."""
    low, high = one.limits.ge, one.limits.le if one.limits.lt is None else math.nextafter(one.limits.lt, 0.0)
    assert low is not None
    assert high is not None
    if one.type == "whole number":
        top = 2**63 - 1 if one.limits.lt is not None else int(high)
        return sorted({int(low), min(int(low) + 1, top), top - 1, top})
    near = {math.nextafter(low, high), math.nextafter(high, low), low + SMALLEST, high - SMALLEST}
    around_zero = {0.0, SMALLEST, -SMALLEST} if low <= 0 <= high else set()
    return sorted(value for value in {low, high} | near | around_zero if low <= value <= high)


@cache
def settings() -> tuple[Place, ...]:
    """Return every input at each of its boundaries, as an address and its value."""
    return tuple((f"{one.path} {one.kind}", value) for one in numeric() for value in values(one))


@cache
def fitting() -> tuple[Place, ...]:
    """Return what may be combined: boundaries that are not next to nothing, and every word and yes or no."""
    numbers = [(address, value) for address, value in settings() if not 0 < abs(value) < SMALLEST]
    words = [(f"{one.path} {one.kind}", word) for one in inputs() for word in _words(one)]
    return (*numbers, *words)


def _words(one: Input) -> tuple[str | bool, ...]:
    """Return what an input may be that is no number; the kind of a table comes with its numbers, peers are few."""
    if "[]" in one.path or one.path.endswith(".kind"):
        return ()
    return (True, False) if one.type == "yes/no" else one.choices if one.type == "choice" else ()


def tables(places: Sequence[Place]) -> Tables:
    """Return the base with some inputs set; a later one replaces the table of an earlier one of another kind."""
    table: Tables = BASE
    for address, value in places:
        path, _, kind = address.partition(" ")
        table = merge(table, _patch(path, kind, value))
    return table


def is_run(places: Sequence[Place]) -> bool:
    """Whether a scenario is small enough to be run again and again."""
    return not any(address.partition(" ")[0] in NOT_RUN and value > 100 for address, value in places)


@cache
def beside_an_end() -> frozenset[Place]:
    """Return the settings just inside a range, which are run by night: neither at an end nor nearest to 0."""
    return frozenset(
        (f"{one.path} {one.kind}", value)
        for one in numeric()
        for value in values(one)[1:-1]
        if abs(value) not in (0, SMALLEST)
    )


@cache
def nearest_to_zero() -> tuple[Place, ...]:
    """Return the settings that are not 0 and as near to it as any input can be."""
    return tuple((address, value) for address, value in settings() if abs(value) == SMALLEST)


@cache
def near_together() -> tuple[tuple[Place, ...], ...]:
    """Return them again, up to so many at once, each of which is still set beside the others."""
    found: list[list[Place]] = []
    for place in nearest_to_zero():
        own = next((one for one in found if len(one) < AT_ONCE and _stand([*one, place])), None)
        if own is None:
            found.append([place])
        else:
            own.append(place)
    return tuple(map(tuple, found))


def _stand(places: Sequence[Place]) -> bool:
    """Whether each of some settings is in the table that they make together."""
    table = tables(places)
    return all(merge(table, _patch(*address.split(" "), value)) == table for address, value in places)


def pair(number: int, seed: int) -> list[Place]:
    """Return two inputs at boundaries, the same for the same number, whatever came before."""
    return _drawn(np.random.default_rng([seed, number]), 2, fitting())


def several(number: int, seed: int) -> list[Place]:
    """Return two to five inputs at boundaries."""
    rng = np.random.default_rng([seed, number])
    return _drawn(rng, int(rng.integers(2, 6)), fitting())


def odd(number: int, seed: int) -> list[Place]:
    """Return one to three inputs at what no file should hold, beside some at boundaries."""
    rng = np.random.default_rng([seed, number])
    places = _drawn(rng, int(rng.integers(1, 6)), settings())
    for place in range(min(int(rng.integers(1, 4)), len(places))):
        places[place] = places[place][0], ODD[int(rng.integers(len(ODD)))]
    return places


def _drawn(rng: np.random.Generator, many: int, every: Sequence[Place]) -> list[Place]:
    return [every[place] for place in rng.choice(len(every), many, replace=False).tolist()]


def singles() -> Iterator[list[Place]]:
    """Yield each input at each boundary, alone."""
    for one in settings():
        yield [one]


def _patch(path: str, kind: str, value: Any) -> Tables:
    parts = path.replace("<cause>", "workload").replace("<outcome>", "exit_voluntary").split(".")
    if path.startswith("employer"):
        return {"employer": [{"name": "clinic", parts[-1]: value}]}
    if path.endswith("payments[].usd"):
        return nested(["funding", "settlement", "payments"], [{"at": "2027-07", parts[-1]: value}])
    if path.startswith("effects.months_to_adjust"):
        return nested(["effects", "months_to_adjust", "burnout"], value)
    if parts[0] == "market":
        meeting = {"employers_meet": True, "people_move": True, parts[-1]: value}
        return {"market": meeting, "employer": [{"name": "clinic"}, {"name": "far", "place": {"area": "beyond"}}]}
    name = SOURCES[kind] if parts[0] == "funding" else NAMED.get(parts[0], "")
    parts = [name if part == "<name>" else part for part in parts]
    if not kind or parts[0] == "funding":
        return nested(parts, value)
    return nested(parts[:-1], {"kind": kind, **OF_A_KIND.get(kind, {}), parts[-1]: value})
