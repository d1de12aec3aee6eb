"""The best mixes as a view: the base marked, what is beaten pale, every mix in the data, labels that cover nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from sim.charts.labels import HEIGHT, LETTER, MARK, shifts
from sim.charts.look import DARK, LIGHT, plain
from sim.questions.frontier.frontier import Frontier, frontier
from sim.questions.frontier.mixes import Plan, Range
from sim.questions.frontier.view import frontier_view
from sim.questions.frontier.words import frontier_sentence, half_range
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from tests.worlds import merged, quiet_tables

STAYING = "separations_standardized_per_100_posts_year"
SERVICE = ("mean_wage_usd_per_hour", "hours_delivered_per_year")
WAGE: Range = ("pay.wage_usd_per_hour", 20.0, 22.0)
TRAINING: Range = ("practices.training_usd_per_peer_month", 0.0, 300.0)
OWN: dict[str, Any] = {
    "horizon": {"months": 2},
    "recruitment": {"days_to_fill": 0.0},
    "rules": {"credit_interest_per_year": 0.0},
    "services": {"demand_client_hours_per_month": 1e6},
    "pay": {"wage_usd_per_hour": 23.0},
    "practices": {"training_usd_per_peer_month": 300.0},
}


@cache
def mixed(measures: tuple[str, ...] = SERVICE, balance: str = "posts.number", **more: float) -> Frontier:
    """Nobody leaves and training does nothing: with it a mix only has fewer posts."""
    base = load_table(merged(merged(quiet_tables(), OWN), {"turnover": {"level": more}} if more else {}))
    return frontier(base, Plan((WAGE, TRAINING), measures, balance=balance, grid=3), Settings(4, 1, 1))


def drawn(found: Frontier) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    told = plain(frontier_view(found).figure)
    return list(told["data"]), told["layout"]


def test_beaten_mixes_are_pale_crosses_and_all_others_are_numbered_circles() -> None:
    found = mixed()
    (beaten, *marked), layout = drawn(found)
    assert beaten["marker"]["symbol"] == "x-thin"
    assert (
        len(beaten["x"]) == sum(mix.comparable and not mix.on_frontier and not mix.is_base for mix in found.mixes) > 0
    )
    symbols = [trace["marker"]["symbol"] for trace in marked]
    assert symbols == ["circle"] * (len(symbols) - 1) + ["square"], "the base is drawn last, on top"
    names = {note["text"] for note in layout["annotations"]}
    assert {"<b>base</b>", *(f"<b>{number}</b>" for number in found.best if number)} <= names


def test_a_mark_stands_at_its_means() -> None:
    found = mixed()
    (_, *marked), _ = drawn(found)
    base = marked[-1]
    assert (base["x"][0], base["y"][0]) == tuple(found.estimate(0, key).mean for key in SERVICE)


def test_whiskers_are_the_paired_differences_intervals() -> None:
    found = mixed((STAYING, "hours_delivered_per_year"), voluntary_per_year=1.5)
    (_, *marked), _ = drawn(found)
    by_name = {trace["hovertext"][0]: trace for trace in marked}
    number = next(one for one in found.best if one)
    assert by_name[f"Mix {number}"]["error_x"]["array"] == [half_range(found, number, STAYING)]
    assert not by_name["Base: no new decisions"]["error_x"]["visible"]


@pytest.mark.parametrize(
    ("measures", "arrow"),
    [(SERVICE, "better ↗"), ((STAYING, "vacancy_rate"), "better ↙")],
)
def test_the_better_corner_is_named(measures: tuple[str, str], arrow: str) -> None:
    _, layout = drawn(mixed(measures))
    assert arrow in {note["text"] for note in layout["annotations"]}


def test_the_table_holds_the_base_and_the_best_and_the_data_all() -> None:
    found = mixed((*SERVICE, "cash_end_usd"))
    view = frontier_view(found)
    assert [row[0] for row in view.table.rows] == ["base", *(str(one) for one in found.best if one)]
    assert all(len(row) == len(view.table.columns) for row in view.table.rows)
    assert len({column.title for column in view.table.columns}) == len(view.table.columns)
    assert "Wage of a new peer" in view.table.headings
    assert view.data is not None
    assert len(view.data.rows) == len(found.mixes)
    assert "judged by cash at the end too" in view.note


def test_words_are_those_of_the_command_line_in_light_and_dark() -> None:
    sentence = frontier_sentence(mixed())
    for look in (LIGHT, DARK):
        view = frontier_view(mixed(), look)
        assert view.reading == f"Projection: {sentence[:1].lower()}{sentence[1:]}"
        assert view.alt.startswith("Scatter chart of mixes by mean wage (more is better) and client-hours delivered")
        assert "NaN" not in view.figure.to_json()


def test_where_no_mix_has_the_bases_dollars_nothing_is_drawn() -> None:
    view = frontier_view(mixed(balance="services.months_to_regain_demand"))
    assert view.figure is None
    assert view.reading.startswith("Projection: none of 9 mixes")
    assert view.table.rows == ()


def boxes(points: list[tuple[float, float]], texts: list[str]) -> list[tuple[float, float, float, float]]:
    moved = shifts(points, texts, [], (300.0, 300.0))
    middles = [(x + right, y + up) for (x, y), (right, up) in zip(points, moved, strict=True)]
    halves = [(LETTER * len(text) / 2, HEIGHT / 2) for text in texts]
    return [(x - wide, y - high, x + wide, y + high) for (x, y), (wide, high) in zip(middles, halves, strict=True)]


def test_labels_cover_neither_points_nor_one_another_and_stay_inside() -> None:
    points = [(150.0, 150.0), (158.0, 152.0), (150.0, 165.0), (297.0, 297.0)]
    found = boxes(points, ["1", "2", "10", "base"])
    for at, one in enumerate(found):
        assert min(one[:2]) >= 0.0
        assert max(one[2:]) <= 300.0
        for other in found[at + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for x, y in points:
            assert not (one[0] < x < one[2] and one[1] < y < one[3]), f"covers a point within {MARK} pixels"
