"""Move every input of small worlds and say which measures, columns of the panel and facts move with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.influences.graph import factors_of_column, factors_of_measure
from sim.influences.measures import FACTS
from sim.model.engine.run import BlockResult, opened, simulate
from sim.model.engine.together import projected
from sim.results.summary import values_of
from sim.results.sums import gather
from sim.scenario.check.reach import reached
from sim.scenario.describe import NUMBERS, Input, inputs
from sim.scenario.differences import differences
from sim.scenario.files import load_table
from sim.scenario.problems import ScenarioError
from sim.scenario.rows import alike
from sim.scenario.schema import Scenario
from sim.units import month_number, month_text
from tests.determinism.busy import busy_tables
from tests.influences.turns import in_turn
from tests.worlds import merged

Tables = dict[str, Any]
Moves = list[tuple[str, Any]]  # addresses and values, set together
REPLICATIONS, SEED = range(2), 4
WHOLE = ("horizon", "experiment", "change", "employer")  # reach everything, or set other inputs
BOTH_ENDS = ("ladder.<name>.slots.peers", "rules.freeze_below_months")  # move something at one end only
WORDS = ("text", "list")  # of what is moved by hand, or not at all
BY_HAND: dict[str, list[Moves]] = {  # inputs that move only together with others, or that are no numbers
    "place.state": [[("place.state", "WV")]],
    "pay.adequacy_income": [[("place.state", "PA"), ("pay.adequacy_income", "two_adults")]],
    "place.area": [[("place.area", "beyond")]],
    "place.households.<name>.share": [
        [("place.households.one_adult.share", 0.1), ("place.households.one_child.share", 0.9)]
    ],
    "place.non_white_share": [[("place.non_white_share", 1.0)], [("place.non_white_share", 0.3)]],
    "funding.<name>.billable": [[("funding.medicaid.billable", ["individual"])]],
    "funding.<name>.pays_for": [[("funding.grant.pays_for", ["wages"])], [("funding.settlement.pays_for", ["wages"])]],
    "rules.braiding": [[("rules.braiding", ["medicaid", "clinic", "settlement", "grant"])]],
    "funding.<name>.start": [[("funding.grant.start", "2027-05")], [("funding.grant.start", "2027-01")]],
    "funding.<name>.ends": [  # start and end make the term
        [("funding.grant.term_months", "off"), ("funding.grant.ends", end)] for end in ("2027-05", "2028-01")
    ],
    "funding.<name>.months_left": [
        [("funding.grant.term_months", "off"), ("funding.grant.months_left", left)] for left in (3, 11)
    ],
    "posts.roster[].hired": [[("posts.roster.0.hired", "2020-01")]],
    "posts.roster[].rung": [[("posts.roster.0.rung", "senior")]],
    "posts.roster[].in_rung_since": [[("posts.roster.1.in_rung_since", "2027-02")]],
    "posts.roster[].certified": [[("posts.roster.0.certified", False)]],
    "posts.roster[].position": [[("posts.roster.0.position", "outreach")]],
    "posts.roster[].fte": [[("posts.roster.0.fte", 0.5)]],
    "posts.roster[].wage_usd_per_hour": [[("posts.roster.0.wage_usd_per_hour", 30.0)]],
    "posts.roster[].group": [[("posts.roster.0.group", "black")], [("posts.roster.0.group", "white")]],
    "positions.<name>.award": [[("positions.outreach.award", "grant")]],
    "funding.<name>.payments[].at": [[("funding.settlement.payments.0.at", "2027-05")]],
    "funding.<name>.payments[].usd": [[("funding.settlement.payments.0.usd", 90_000.0)]],
    "ladder.<name>.slots.kind": [[("ladder.senior.slots", {"kind": "number", "number": 1})]],
    "ladder.<name>.pay.kind": [[("ladder.senior.pay", {"kind": "amount", "usd_per_hour": 31.0})]],
    "turnover.level.kind": [
        [("turnover.level", {"kind": "hazards", "voluntary_per_year": 2.0})],
        [("turnover.level", {"kind": "observed", "separations_per_100_posts_year": 200.0})],
    ],
    **{  # shares of time add up to 1
        f"time_use.{name}": [[("time_use.individual", 0.3), (f"time_use.{name}", 0.1 + shares)]]
        for name, shares in {"travel": 0.08, "notes": 0.12, "no_show": 0.08, "supervision": 0.04}.items()
    },
    "time_use.training": [[("time_use.training", 0.08)]],
    "time_use.protected_recovery": [[("time_use.protected_recovery", 0.06)]],
    "time_use.individual": [[("time_use.individual", 0.3), ("time_use.notes", 0.22)]],
    "time_use.group": [[("time_use.group", 0.16), ("time_use.notes", 0.02)]],
    "time_use.outside_role": [[("time_use.outside_role", 0.2), ("time_use.notes", 0.02)]],
    "practices.unsupervised_sd": [[("practices.unsupervised_sd", 0.5)]],  # bounds what a long span costs
    "prospects.most_reach_sd": [[("prospects.most_reach_sd", 0.5)]],  # the raises here lift less than its default
    "turnover.threshold_log_wage": [[("turnover.wage_response", "threshold"), ("turnover.threshold_log_wage", 1.0)]],
    "ladder.<name>.step": [[("ladder.senior.step", 2), ("ladder.lead.step", 1)]],
    "funding.<name>.kind": [
        [("funding.clinic", {"kind": "fee_for_service", "rate_usd_per_unit": 9.0, "clients_covered_share": 0.3})]
    ],
}


@dataclass(frozen=True)
class Moved:
    """What a move of an input moved, and what of it the graph does not know."""

    world: str
    path: str  # of the input, as the schema has it
    kind: str
    set_to: str
    measures: frozenset[str]
    unknown: tuple[str, ...]


def worlds() -> dict[str, Tables]:
    """Return small worlds that have every kind of source, ladder, floor, slots, household and people between them."""
    common: Tables = {
        "horizon": {"months": 13, "warm_up_months": 4},
        "posts": {"number": 7, "fixed_usd_per_month": 400.0},
        "practices": {"supported_leave_share": 0.5, "leave_paid_share": 0.5, "other_supervisors_fte": 0.3},
        "time_use": {"individual": 0.40, "protected_recovery": 0.02, "travel": 0.08},
        "funding": {
            "medicaid": {
                "billable": _BILLABLE,
                "rate_usd_per_unit": 30.0,
                "max_units_per_worker_day": 60.0,
                "max_units_per_client_year": 5000.0,
                "audit_chance_per_year": 1.0,
            },
            "grant": {"amount_usd_per_year": 90_000.0, "match_share": 0.1, "renewal_chance": 0.6},
        },
        "rules": {"opening_cash_usd": 60_000.0, "bridge_months": 1, "credit_limit_usd": 20_000.0},
        "recruitment": {"local_pool_level": 0.5},
        "turnover": {"promotion_bump": 0.3},
        "pay": {
            "certification_premium_share": 0.04,
            "floor": {"kind": "living_wage", "phase_in_months": 6.0},
            "stay_bonus_usd": 300.0,
            "stay_bonus_months": 2,
            "sign_on_bonus_usd": 200.0,
        },
        "benefits": {"health_usd_per_month": 500.0, "health_take_up_share": 0.7},
        "positions": {
            "night": {"number": 1, "fte": 0.5, "wage_usd_per_hour": 22.0, "days_to_fill": 40.0},
            "outreach": {"number": 2},
        },
        "change": [
            {"at": "2027-09", "set": {"funding.medicaid.rate_usd_per_unit": 32.0}},
        ],
    }
    rich = merged(busy_tables(), common)
    lent: Tables = {
        "rules": {"opening_cash_usd": -15_000.0, "closure_after_months": 3, "layoff_below_months": 0.5},
        "funding": {
            "medicaid": {
                "rate_usd_per_unit": 12.0,
                "max_units_per_client_month": 9.0,
                "max_units_per_client_year": 80.0,
                "max_units_per_worker_day": 14.0,
            }
        },
        "practices": {"other_supervisors_fte": "off"},
        "ladder": {
            "senior": {"slots": {"kind": "number", "number": 2}, "pay": {"kind": "amount", "usd_per_hour": 21.0}},
            "lead": {"slots": {"kind": "per_peers", "peers": 4.0}},
        },
        "pay": {"floor": {"kind": "minimum_wage"}, "adequacy_income": "one_adult_one_child"},
        "turnover": {"wage_response": "threshold"},
        "place": {"minimum_wage_usd_per_hour": 18.0, "state": "PA"},
        "change": [],
    }
    calm: Tables = {  # rules and loops off: what is left is what acts directly
        "rules": {"enforce": False},
        "experiment": {"feedback": False},
        "pay": {"pass_through_share": 0.0, "floor": {"kind": "none"}, "annual_step_share": 0.0},
        "funding": {
            "medicaid": {
                "rework_recovered_share": 0.0,
                "max_units_per_client_year": "off",
                "audit_chance_per_year": 0.0,
            },
            "clinic": {"per": "member_month"},
            "grant": {"posts_paid": 0, "amount_usd_per_year": 900_000.0, "term_months": 24},
        },
        "recruitment": {"certified_share": 1.0},
        "services": {"leave_care_share": 0.0},
        "place": {
            "households": {
                "one_adult": {"share": 0.6, "living_wage_ratio": "off", "bedrooms": 1},
                "one_child": {"share": 0.4, "living_wage_ratio": "off", "bedrooms": 2},
            }
        },
        "change": [],
    }
    listed: Tables = {
        "horizon": {"months": 8, "warm_up_months": 0},
        "posts": {
            "roster": [
                {"hired": "2025-03", "rung": "entry", "certified": True},
                {"hired": "2026-10", "rung": "senior", "in_rung_since": "2026-12"},
                {"hired": "2027-01", "rung": "entry", "certified": False},
            ]
        },
        "place": {"households": {"one_child": {"living_wage_usd_per_hour": 31.0, "living_wage_source": "made up"}}},
        "services": {"demand_client_hours_per_month": 500.0},
        "practices": {"other_supervisors_fte": 0.0},
        "funding": {
            "medicaid": {"rate_usd_per_unit": 14.0, "supervision_required": False},
            "clinic": {"supervision_required": False},
            "grant": {"renewal_chance": 0.2, "posts_paid": 2},
        },
        "rules": {"opening_cash_usd": 220_000.0, "layoff_below_months": 1.5},
        "change": [],
    }
    met: Tables = {
        "horizon": {"months": 6, "warm_up_months": 2},
        "market": {"employers_meet": True, "reach_share": 0.4, "people_move": True, "pool_per_post": 0.3},
        "employer": [
            {"name": "near", "count": 2},
            {"name": "far", "pay": {"wage_usd_per_hour": 24.0}, "place": {"area": "beyond"}},
        ],
        "change": [],
    }
    return {
        "rich": rich,
        "met": merged(rich, met),
        "lent": merged(rich, lent),
        "calm": {**merged(rich, calm), "ladder": {}},
        "listed": merged(rich, listed),
    }


_BILLABLE = [
    "individual", "group", "travel", "notes", "no_show", "supervision", "training", "protected_recovery",
    "outside_role",
]  # fmt: skip


# values ----------------------------------------------------------------------------------------------------------


def moves(tables: Tables, end: int | None = None, turn: int | None = None) -> Iterator[tuple[Input, Moves]]:
    """Yield every input that a world has with values to which it is moved: over its range, within reason.

    Numbers go to both ends of their range, or to one `end` alone: 0 for the low one, 1 for the high one. With the
    `turn` of a world only inputs are moved whose turn it is, and those that do nothing in most worlds.
    """
    base = load_table(tables).scenario
    for one in inputs() if turn is None else in_turn(turn):
        if one.path in BY_HAND:
            yield from ((one, hand) for hand in BY_HAND[one.path])
        elif one.path == "effects.<cause>.<outcome>":
            for key, effect in load_effects().items() if base.ladder and base.rules.closure_after_months == 6 else ():
                yield one, [(f"effects.{key}", effect.low if effect.low != effect.effect else effect.high)]
        elif one.path == "effects.months_to_adjust.<name>":
            yield from ((one, [(f"effects.months_to_adjust.{name}", 3.0)]) for name in one.default)
        elif one.path.partition(".")[0] not in WHOLE and one.type not in WORDS and "[]" not in one.path:
            for path, value in _present(base, one.path.split("."), one.kind):
                others = _others(one, value)
                whole = end is None or one.type not in NUMBERS or one.path in BOTH_ENDS
                kept = others if whole else others[end:][:1] or others
                yield from ((one, [(path, other)]) for other in kept)


def _present(table: Any, parts: list[str], kind: str) -> Iterator[tuple[str, Any]]:
    """Yield address and value of an input, once for each name that a table of its kind has."""
    part, *rest = parts
    if part == "<name>":
        for name, inner in table.items():
            yield from ((f"{name}.{path}", value) for path, value in _present(inner, rest, kind))
    elif rest:
        inner = getattr(table, part, None)
        yield from ((f"{part}.{path}", value) for path, value in _present(inner, rest, kind) if inner is not None)
    elif hasattr(table, part) and kind in ("", getattr(table, "kind", "")):
        yield part, getattr(table, part)


def _others(one: Input, value: Any) -> list[Any]:
    """Return other values of an input: both sides of its own, as far as its range and its evidence go."""
    if one.type == "yes/no":
        return [not value]
    if one.type == "choice":
        return [choice for choice in one.choices if choice != value]
    if one.type == "month":
        return [month_text(month_number(value) + shift) for shift in (-4, 4)]
    return [other for other in _numbers(one, value) if other != value] if one.type in NUMBERS else []


def _numbers(one: Input, value: Any) -> list[Any]:
    card = load_cards().get(one.evidence)
    known = [] if card is None else [end for end in (card.low, card.high) if end is not None]
    own = float(value) if isinstance(value, int | float) else max([*known, 1.0])
    limits = one.limits
    low = limits.ge if limits.ge is not None and limits.ge >= 0 else own / 4 - (abs(own) if own <= 0 else 0.0)
    top = max([*known, 3.0 * own, 1.0])
    high = min(top, limits.le if limits.le is not None else top, 0.9 if limits.lt is not None else top)
    found = [low, high]
    return [round(number) for number in found] if one.type == "whole number" else found


# what moves ------------------------------------------------------------------------------------------------------


def perturbed(world: str, tables: Tables, end: int | None = None, turn: int | None = None) -> Iterator[Moved]:
    """Yield what every move of a world moves, as an alternative that starts from its opening."""
    base = load_table(tables).scenario
    asked = [
        (one, move, other) for one, move in moves(tables, end, turn) if (other := _moved(tables, move)) is not None
    ]
    everyone = [alike(one, len(REPLICATIONS)) for one in (base, *(other for _, _, other in asked))]
    ours, *results = projected(everyone, opened(base, REPLICATIONS, SEED, {}))
    before = _values(ours, base, base)
    for (one, move, other), theirs in zip(asked, results, strict=True):
        found = reached(base, other, differences(base, other))
        apart = _apart(before, _values(theirs, other, base))
        unknown = () if found is None else tuple(_out_of_reach(frozenset(found), apart, ours, theirs))
        yield Moved(world, one.path, one.kind, str(move), apart, unknown)


def opened_anew(world: str, tables: Tables, paths: frozenset[str]) -> Iterator[Moved]:
    """Yield what moves when the base itself has the other value: what acts on the opening alone."""
    base = load_table(tables).scenario
    before = _values(simulate(base, [], REPLICATIONS, SEED)[0], base, base)
    for one, move in moves(tables):
        other = _moved(tables, move) if one.path in paths else None
        if other is not None:
            apart = _apart(before, _values(simulate(other, [], REPLICATIONS, SEED)[0], other, other))
            yield Moved(world, one.path, one.kind, str(move), apart, ())


def _moved(tables: Tables, move: Moves) -> Scenario | None:
    """Return the world with inputs set; None where they do not fit together."""
    changed = tables
    for path, value in move:
        changed = _put(changed, path.split("."), value)
    try:
        return load_table(changed, warn=False).scenario
    except ScenarioError:
        return None


def _put(table: Any, parts: list[str], value: Any) -> Any:
    part, *rest = parts
    if isinstance(table, list):
        return [_put(item, rest, value) if place == int(part) else item for place, item in enumerate(table)]
    return {**table, part: _put(table.get(part, {}), rest, value) if rest else value}


def _values(blocks: list[BlockResult], scenario: Scenario, base: Scenario) -> dict[str, Any]:
    return dict(values_of(gather(blocks, scenario, base)))


def _apart(before: dict[str, Any], after: dict[str, Any]) -> frozenset[str]:
    both = before.keys() & after.keys()
    return frozenset(key for key in both if not np.array_equal(before[key], after[key], equal_nan=True))


def _out_of_reach(
    factors: frozenset[str], measures: frozenset[str], ours: list[BlockResult], theirs: list[BlockResult]
) -> Iterator[str]:
    yield from (key for key in sorted(measures) if factors.isdisjoint(factors_of_measure(key)))
    for one, other in zip(ours, theirs, strict=True):
        for name in one.panel.keys() & other.panel.keys():
            same = np.array_equal(one.panel[name], other.panel[name], equal_nan=one.panel[name].dtype.kind == "f")
            if not same and factors.isdisjoint(factors_of_column(name)):
                yield f"column {name}"
        facts = all(np.array_equal(one.facts[name], other.facts[name]) for name in one.facts)
        if not facts and factors.isdisjoint(FACTS):
            yield "the facts"
