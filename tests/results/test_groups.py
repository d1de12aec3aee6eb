"""Groups of peers, counted on fingers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.world import log
from sim.results.groups import group_sums
from sim.scenario.files import load_table
from sim.scenario.schema import Organization
from sim.scenario.timeline import plans
from tests.results.made import Made


def organization(**tables: Any) -> Organization:
    loaded = load_table({"pay": {"wage_usd_per_hour": 20.0}, "posts": {"number": 4}, **tables})
    return plans(loaded.scenario)[0].epochs[0][1]


def made() -> Made:
    """Two years: the Black peer leaves after 6 months and a White one follows at 12; another White one is promoted."""
    found = Made(posts=4)
    found.panel |= {name: np.zeros((24, 1)) for name in ("black", "black_wage_sum", "full_time", "full_time_wage_sum")}
    found.job((0, 0), -3.0, 6.0)
    found.job((1, 0), -10.0)
    found.job((2, 0), -20.0, 18.0, "dismissal")
    found.job((3, 0), 0.0)
    found.job((0, 1), 12.0)
    found.fact(log.PROMOTED, 5.0, (2, 0), -20.0, rung=1)
    group = {(0, 0): 0, (1, 0): 1}
    found.people = [(*one[:-1], group.get((one[2], one[3]), 2)) for one in found.people]
    return found


def sums_of(start: Organization, block: Made | None = None) -> dict[str, float]:
    return {name: float(values[0]) for name, values in group_sums(block or made(), np.arange(1), start).items()}


def test_jobs_are_counted_by_the_group_of_whoever_holds_them() -> None:
    sums = sums_of(organization())
    told = {
        group: [sums[f"{name}.{group}"] for name in ("people", "start", "stayed", "lived", "left", "quit", "promoted")]
        for group in ("everybody", "black", "other_non_white", "white")
    }
    assert told["black"] == [1, 1, 0, 6.0, 1, 1, 0]
    assert told["other_non_white"] == [1, 1, 1, 24.0, 0, 0, 0]
    assert told["white"] == [3, 2, 2, 18.0 + 24.0 + 12.0, 1, 0, 1]
    assert told["everybody"] == [5, 4, 3, 84.0, 2, 1, 1]


def test_groups_of_a_division_add_up_to_everybody() -> None:
    tables = {"positions": {"evening": {"number": 2, "fte": 0.5}}, "place": {"rural": True}}
    sums = sums_of(organization(**tables))
    for groups in (("black", "other_non_white", "white"), ("rural", "urban"), ("full_time", "part_time")):
        for name in ("people", "start", "stayed", "lived", "left", "quit", "promoted", "peers", "wages"):
            assert sum(sums[f"{name}.{one}"] for one in groups) == sums[f"{name}.everybody"], name
    assert sums["people.urban"] == 0
    assert sums["people.rural"] == 5


def test_hours_are_those_of_the_post_or_of_the_person_on_the_list() -> None:
    """Posts 0 and 1 are half-time; the person listed third has post 2 and works 0.8, the one who follows does not."""
    roster = [
        {"hired": "2026-01", "position": "evening"},
        {"hired": "2026-01", "position": "evening", "fte": 1.0},
        {"hired": "2025-06", "fte": 0.8},
    ]
    tables = {"positions": {"evening": {"number": 2, "fte": 0.5}}, "posts": {"number": 4, "roster": roster}}
    block = made()
    block.job((2, 1), 20.0)
    sums = sums_of(organization(**tables), block)
    part_time = {"post 0, first": 6.0, "post 0, second": 12.0, "post 2, first": 18.0}
    assert sums["lived.part_time"] == sum(part_time.values())
    assert sums["people.full_time"] == 3  # post 1 by the list, post 3, and who follows in post 2


def test_nobody_can_be_seen_for_a_year_in_less() -> None:
    block = made()
    block.panel = {name: column[:6] for name, column in block.panel.items()}
    block.people = [one for one in block.people if one[0] < 6.0]
    sums = sums_of(organization(), block)
    assert sums["start.everybody"] == 4
    assert sums["start_seen.everybody"] == sums["stayed.everybody"] == 0


@pytest.mark.parametrize(("rural", "there"), [(True, "rural"), (False, "urban")])
def test_pay_of_a_group_is_read_from_the_months_closes(rural: bool, there: str) -> None:
    block = made()
    full = {"peers": 4.0, "wage_sum": 82.0, "white": 2.0, "white_wage_sum": 42.0, "black": 1.0, "black_wage_sum": 19.0}
    block.panel |= {name: np.full((24, 1), value) for name, value in full.items()}
    sums = sums_of(organization(place={"rural": rural}), block)
    assert sums["wages.other_non_white"] == 24 * 21.0
    assert sums["peers.other_non_white"] == 24.0
    assert sums[f"wages.{there}"] == 24 * 82.0
    assert sums["wages.part_time"] == 24 * 82.0  # nobody was counted as full-time
