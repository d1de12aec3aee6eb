"""Luck and ignorance on one chart: both named with their shares, what spreads most told first, none where none is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.charts.bars import FILLS
from sim.charts.look import DARK, LIGHT, plain
from sim.charts.view import View
from sim.questions.uncertainty.numbers import part, share
from sim.questions.uncertainty.uncertainty import Uncertainty
from sim.questions.uncertainty.variance_shares import Guess
from sim.questions.uncertainty.view import doubt_view, signed_words
from sim.questions.uncertainty.view_unknowns import NO_KIND, NONE_SEEN, REST, groups_view, unknowns_view, worth_view
from sim.questions.uncertainty.words import choice_lines, doubt_sentence, standing_out
from tests.charts.views.doubts import UNKNOWNS, doubt

CHANCE = "chance_of_negative_cash"


def bars(view: View) -> list[dict[str, Any]]:
    return [trace for trace in plain(view.figure)["data"] if trace["type"] == "bar"]


def texts(view: View) -> list[str]:
    return [note["text"] for note in plain(view.figure)["layout"]["annotations"]]


def ends(bar: dict[str, Any]) -> tuple[float, float]:
    return bar["base"][0], bar["base"][0] + bar["x"][0]


def test_both_kinds_of_doubt_are_named_with_their_shares_for_the_base_and_each_difference() -> None:
    found = doubt()
    view = doubt_view(found)
    told = texts(view)
    assert len(bars(view)) == 2 * 3
    for one in (found.levels[0], *found.differences):
        assert one.luck_share is not None
        assert f"random variation {part(one.luck_share.value)}" in told
        assert f"assumptions {part(1.0 - one.luck_share.value)}" in told
    assert any("Raise, against the base" in text for text in told)


def test_bars_are_what_each_kind_leaves_alone_and_the_pale_range_is_both() -> None:
    found = doubt()
    base = found.levels[0]
    assert base.luck is not None
    assert base.both is not None
    luck, unknown = bars(doubt_view(found))[:2]
    assert ends(luck) == pytest.approx((base.luck.low, base.luck.high))
    assert ends(unknown) == pytest.approx((base.ignorance.low, base.ignorance.high))
    shapes = plain(doubt_view(found).figure)["layout"]["shapes"]
    around = next(shape for shape in shapes if shape["type"] == "rect")
    assert (around["x0"], around["x1"]) == (base.both.low, base.both.high)


def test_the_kinds_differ_in_pattern_and_not_in_color_alone() -> None:
    luck, unknown = bars(doubt_view(doubt()))[:2]
    assert luck["marker"]["pattern"]["shape"] != unknown["marker"]["pattern"]["shape"]
    assert len(set(FILLS)) == len(FILLS)


def test_levels_and_differences_have_scales_of_their_own_and_differences_one_that_holds_zero() -> None:
    layout = plain(doubt_view(doubt()).figure)["layout"]
    assert {name for name in layout if name.startswith("xaxis")} == {"xaxis", "xaxis2"}
    low, high = layout["xaxis2"]["range"]
    assert low <= 0.0 <= high
    assert layout["xaxis"]["range"][0] > 0.0


def test_the_sentence_is_that_of_the_command_line_and_signs_are_words() -> None:
    found = doubt()
    view = doubt_view(found)
    sentence = doubt_sentence(found)
    assert view.reading.startswith(f"Projection: {sentence[:1].lower()}{sentence[1:]}")
    assert f"Raise against the base: {signed_words(found.differences[0].mean, found.key)} on average" in view.reading
    assert "−" not in view.reading


def test_a_mean_difference_that_cannot_be_told_is_no_detectable_difference() -> None:
    view = doubt_view(doubt(luck=60.0, moved=16.0))
    assert "no detectable difference on average" in view.reading


def test_a_chance_has_no_share_of_luck() -> None:
    view = doubt_view(doubt(CHANCE, 1, luck=0.01, moved=0.04))
    assert len(bars(view)) == 2
    assert "random variation, which has no share" in view.note
    assert view.table.shown()[0][-2:] == ("–", "–")


def test_what_nothing_spreads_has_no_shares() -> None:
    """A luck share of 0 of nothing would say that all of it is what is not known."""
    found = doubt(luck=0.0, moved=0.0)
    view = doubt_view(found)
    assert "there is no uncertainty" in view.reading
    assert "Raise against the base: 1.0 fewer in every run" in view.reading
    assert {row[-2:] for row in view.table.rows} == {("–", "–")}
    assert "assumptions" in texts(view)
    assert groups_view(found).figure is None


def test_the_unknown_that_spreads_the_difference_is_first_and_the_rest_is_summed() -> None:
    found = doubt()
    view = unknowns_view(found)
    top = standing_out(found.differences[0])
    assert [path for path, _ in top] == ["recruitment.days_to_fill"]
    assert view.table.rows[0] == ("recruitment.days_to_fill", "Mean time to fill", "D", share(top[0][1]))
    assert view.table.rows[-1] == ("", REST, "", part(1.0 - top[0][1].value))
    assert view.reading == (
        "Projection: of the uncertainty that assumptions cause in people who leave (raise against the base), "
        f'{part(top[0][1].value)} is due to "mean time to fill".'
    )
    assert "Mean time to fill (grade D)" in texts(view)
    assert view.data is not None
    assert len(view.data.rows) == len(UNKNOWNS)


def test_the_base_is_spread_by_another_unknown() -> None:
    assert "how much sooner newcomers leave" in unknowns_view(doubt(), place=0).reading
    assert "how much sooner newcomers leave" in unknowns_view(doubt(alternatives=0)).reading


def test_whiskers_are_the_intervals_of_the_shares() -> None:
    found = doubt()
    guess = standing_out(found.differences[0])[0][1]
    lines = [one for one in plain(unknowns_view(found).figure)["layout"]["shapes"] if one["type"] == "line"]
    assert (lines[0]["x0"], lines[0]["x1"]) == (guess.low, guess.high)


def test_where_none_stands_out_it_is_said_and_nothing_drawn() -> None:
    found = doubt(moved=0.0)
    assert unknowns_view(found).reading == NONE_SEEN
    assert unknowns_view(found).figure is None
    assert groups_view(found).reading in (NO_KIND, "No uncertain assumption moves it.")


def test_ranges_too_wide_for_a_bar_to_be_seen_are_told_and_not_drawn() -> None:
    found = doubt()
    one = found.differences[0]
    wide = {name: (of_all, Guess(own.value, 2.0)) for name, (of_all, own) in one.groups.items()}
    view = groups_view(replace(found, differences=(replace(one, groups=wide), *found.differences[1:])))
    assert view.figure is None
    assert len(view.table.rows) > 1
    assert groups_view(found).figure is not None


def test_kinds_of_unknowns_are_sorted_by_their_share() -> None:
    view = groups_view(doubt())
    assert view.table.rows[0][0] == "recruitment"
    assert view.data is not None
    shares = [float(row[1] or 0.0) for row in view.data.rows]
    assert shares == sorted(shares, reverse=True)


def test_what_knowing_is_worth_is_told_with_how_sure_the_choice_is() -> None:
    found = doubt()
    assert found.choice is not None
    view = worth_view(found)
    assert view.reading.startswith(choice_lines(found)[0])
    assert view.table.rows[0][0] == "All uncertain assumptions"
    assert 'Look up "mean time to fill" first' in view.reading
    assert "Mean time to fill (grade D)" in [row[0] for row in view.table.rows]


def test_without_a_choice_there_is_nothing_to_draw() -> None:
    view = worth_view(doubt(alternatives=0))
    assert view.figure is None
    assert view.reading == "There is one scenario, so there is nothing to choose."


@pytest.mark.parametrize("found", [doubt(), doubt(alternatives=0), doubt(CHANCE, 1, 0.01, 0.04)])
def test_every_view_has_words_and_numbers_that_can_be_sent(found: Uncertainty) -> None:
    for look in (LIGHT, DARK):
        for view in (make(found, look) for make in (doubt_view, unknowns_view, groups_view, worth_view)):
            assert view.reading.endswith("."), view.key
            assert all(len(row) == len(view.table.columns) for row in view.table.rows), view.key
            assert "nan" not in f"{view.reading} {view.alt} {view.note}".lower().split(), view.key
            assert view.csv_text()
            if view.figure is not None:
                assert "NaN" not in view.figure.to_json(), view.key
