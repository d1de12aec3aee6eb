"""Every input is moved over its range: what moves with it is what the influence graph says it reaches.

By day an input is moved in the world without loops, where the graph tells most apart, and in two of five, by turns (in
all, where it does nothing in most of them); in one world numbers go to both ends of their range, in the others to one.
At night (`PEERSTAY_WHOLE=1`) every input is moved in every world, to both ends.
"""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from sim.influences.graph import entered, factors_of_measure, given_at, steps
from sim.results.measures.table import MEASURES
from sim.scenario.describe import inputs
from tests.influences.perturbing import WHOLE, Moved, opened_anew, perturbed, worlds

BOTH = bool(os.environ.get("PEERSTAY_WHOLE"))
END = {"rich": 0, "met": 1, "lent": 1, "calm": 0, "listed": None}  # to which a number goes; None: to both
DIRECT = "calm"  # rules and loops off: where the graph tells most apart, and every input is moved by day too
WORDS_FOR_THE_READER = {
    "place.living_wage_source", "place.households.<name>.living_wage_source", "ladder.<name>.title",
}  # fmt: skip
OF_THE_OPENING = {  # act on the opening, which an alternative takes over from its base
    "posts.roster[].hired", "posts.roster[].rung", "posts.roster[].in_rung_since", "posts.roster[].certified",
    "posts.roster[].position", "posts.roster[].fte", "posts.roster[].wage_usd_per_hour",
    "posts.roster[].group",
}  # fmt: skip
OF_THE_MARKET = {  # the base's, as long as it is not decided by anybody
    "market.people_move", "market.pool_per_post", "market.leave_field_share_per_year",
}  # fmt: skip
NOT_REACHED = {  # inputs that these small worlds do not move → why
    "turnover.level.separations_per_100_posts_year": "solving a baseline takes a pilot of 400 runs: tests/theory",
    "turnover.level.voluntary_share": "the same",
    "rules.layoff_order": "layoffs here never have two rungs to choose from: tests/reference, tests/property",
    "rules.minimum_reserve_months": "budgets here find no free reserve: tests/reference, tests/property",
    "turnover.level.involuntary_share": "the same",
}


@pytest.mark.timeout(900)
def test_whatever_moves_with_an_input_is_within_its_reach_and_every_input_moves_something() -> None:
    found = [
        one
        for turn, (name, tables) in enumerate(worlds().items())
        for one in (
            perturbed(name, tables) if BOTH else perturbed(name, tables, END[name], None if name == DIRECT else turn)
        )
    ]
    told = [f"{one.path} = {one.set_to} in {one.world} moves {', '.join(one.unknown)}" for one in found if one.unknown]
    assert not told, (
        "the graph does not know these ways: name the factor through which the input acts in "
        "sim/influences/inputs.py, or the missing edge in sim/influences/factors.py\n" + "\n".join(told)
    )
    found += opened_anew("listed", worlds()["listed"], frozenset(OF_THE_OPENING))
    found += opened_anew("met", worlds()["met"], frozenset(OF_THE_MARKET))
    moved = _moved(found)
    dead = sorted({one.path for one in inputs()} - {path for path, keys in moved.items() if keys} - _left_out())
    print(f"{len(found)} moves; ways to a measure on which nothing was seen to move:")
    print("\n".join(_quiet(moved)))
    assert not dead, f"these inputs moved nothing: are they read by any rule, or does no world here use them? {dead}"
    still = set(MEASURES) - {key.partition(".")[0] for keys in moved.values() for key in keys}
    nobody_so_long, all_together_none = "retention_60_months", "net_from_others_per_year"
    assert still <= {nobody_so_long, all_together_none}


def _left_out() -> set[str]:
    frame = {one.path for one in inputs() if one.path.partition(".")[0].removesuffix("[]") in WHOLE}
    return frame | WORDS_FOR_THE_READER | NOT_REACHED.keys()


def _moved(found: list[Moved]) -> dict[str, set[str]]:
    moved: dict[str, set[str]] = defaultdict(set)
    for one in found:
        moved[one.path] |= one.measures
    return moved


def _quiet(moved: dict[str, set[str]]) -> list[str]:
    """Return the ways from inputs to measures on which nothing was seen to move, a line an input."""
    lines = []
    for one in inputs():
        if moved.get(one.path) and "<cause>" not in one.path:
            reach = steps(entered(given_at(one.path, one.kind))).keys()
            seen = {key.partition(".")[0] for key in moved[one.path]}
            quiet = [key for key in MEASURES if key not in seen and not reach.isdisjoint(factors_of_measure(key))]
            lines += [f"{one.path}[{one.kind}]: {', '.join(quiet)}"] if quiet else []
    return lines
