"""Where a state stands: every state has one tile, in its place, with the number of the tables."""

from __future__ import annotations

import pytest

from sim.charts.drawing import Block
from sim.charts.look import LIGHT
from sim.evidence.places import NATION, load_places
from sim.questions.evidence.by_state import SERIES, by_state_view, tiles
from sim.words.numbers import value


def test_every_state_has_one_tile_and_no_two_are_in_one_place() -> None:
    found = list(tiles())
    assert sorted(code for *_, code in found) == sorted(set(load_places()) - {NATION})
    assert len({(row, column) for row, column, _ in found}) == len(found)


def test_neighbors_stand_as_on_a_map() -> None:
    at = {code: (row, column) for row, column, code in tiles()}
    assert at["WA"][0] < at["OR"][0] < at["CA"][0]
    assert at["OH"][1] < at["PA"][1] < at["NJ"][1]
    assert at["ME"] < at["FL"]


@pytest.mark.parametrize("name", SERIES)
def test_a_tile_and_the_table_say_what_the_tables_hold_and_the_highest_is_the_darkest(name: str) -> None:
    view = by_state_view(name, LIGHT)
    series = SERIES[name]
    assert view.chart is not None
    blocks = [part for part in view.chart.panels[0].parts if isinstance(part, Block)]
    told = {block.told for block in blocks}
    for one in load_places().values():
        if one.state != NATION:
            assert f"{one.name}: {value(series.of(one), series.unit)}" in told
    numbers = [row[1] for row in view.table.rows]
    assert numbers == sorted(numbers, key=lambda number: -float(number or 0.0))
    assert len(numbers) == 51
    darkest = max(blocks, key=lambda block: block.share)
    assert darkest.told.startswith(str(view.table.rows[0][0]))
    assert view.reading.count(" in ") == 3


def test_the_housing_wage_of_a_state_by_hand() -> None:
    """West Virginia: a rent at 30 % of full-time pay, 2,080 hours a year."""
    place = load_places()["WV"]
    rent = place.fair_market_rents_usd_per_month[1]
    view = by_state_view("housing_wage", LIGHT)
    assert dict(view.table.rows)["West Virginia"] == pytest.approx(rent * 12 / 0.30 / 2080)
