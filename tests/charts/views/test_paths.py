"""What happens month by month: the sentence says what the numbers say, the figure draws them, the table holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.charts.look import DARK, plain
from sim.charts.seen import Seen
from sim.questions.compare.views.path import PATHS
from sim.questions.compare.views.paths import path_view
from tests.charts.views.seen import LUCK, five, path, shaken, two


def test_the_sentence_tells_the_end_and_what_differs_from_the_base() -> None:
    seen = two()
    view = path_view(two(**{"month.cash_usd": shaken(seen, "month.cash_usd", 40_000.0)}), "cash_usd")
    assert view.reading.startswith(
        "Projection: at the end of June 2032, cash is $320,000 on average in the base ($302,000 to $338,000 in nine of "
        "ten runs); in raise, $40,000 more than in the base ("
    )


def test_less_is_told_as_less_and_without_a_sign() -> None:
    seen = two()
    told = path_view(two(**{"month.vacancy_rate": shaken(seen, "month.vacancy_rate", -0.1)}), "vacancy_rate").reading
    assert "; in raise, 10.0 points lower than in the base (" in told
    assert "−" not in told


def test_what_luck_could_have_done_is_no_detectable_difference() -> None:
    noise = (two().views[0]["month.cash_usd"] + 5_000.0 * np.sign(LUCK[::-1])).astype(np.float32)
    told = path_view(two(**{"month.cash_usd": noise}), "cash_usd").reading
    assert told.endswith("; no detectable difference from the base in raise.")


def test_nobody_in_post_is_said_and_not_counted_as_zero() -> None:
    view = path_view(two(**{"month.burnout_prevalence": path(np.nan)}), "burnout_prevalence")
    assert view.reading.endswith("; there is nobody in post then in raise.")
    assert view.table.shown()[1][2:] == ("–", "–", "–")


def test_where_the_base_has_nobody_the_others_are_still_told() -> None:
    seen = two()
    seen.views[0]["month.burnout_prevalence"] = path(np.nan)
    told = path_view(seen, "burnout_prevalence").reading
    assert told.endswith("nobody in post in any run of the base; the share burned out is 40.0 % in raise.")


def test_a_chance_that_no_run_met_keeps_an_interval() -> None:
    view = path_view(two(**{"month.chance_of_negative_cash": path(0.0)}), "chance_of_negative_cash")
    assert view.table.shown()[1] == ("June 2028", "raise", "0.0 %", "0.0 %", "43.4 %")


def test_payments_in_lumps_are_drawn_by_the_lowest_month_of_each_quarter() -> None:
    saw = path(0.0) + np.tile([900.0, 600.0, 300.0], 20).astype(np.float32)
    view = path_view(two(**{"month.cash_usd": saw}), "cash_usd")
    lines = [trace for trace in plain(view.figure)["data"] if trace.get("name") == "raise"]
    assert np.asarray(lines[0]["y"]).tolist() == [300.0] * 20
    assert "payments come in lumps" in view.note
    assert view.data is not None
    months = [row for row in view.data.rows if row[1] == "raise"]
    assert [row[2] for row in months[:3]] == [900.0, 600.0, 300.0]


@pytest.mark.parametrize("key", sorted(PATHS))
def test_every_path_has_figure_words_and_numbers(key: str) -> None:
    view = path_view(five(), key)
    told = plain(view.figure)
    assert view.alt.startswith("Line chart of ")
    assert view.reading.startswith("Projection: at the end of June 2032, ")
    assert "95 %" in view.note or "90 %" in view.note
    assert len(view.table.rows) == 5 * 5
    assert view.data is not None
    assert len(view.data.rows) == 60 * 5
    lines = [trace["line"] for trace in told["data"] if "dash" in trace.get("line", {})]
    styles = {(line["color"], line["dash"]) for line in lines}
    assert len(styles) == 5


def test_each_line_is_named_at_its_end_and_no_name_lies_on_another() -> None:
    notes = plain(path_view(five(), "cash_usd").figure)["layout"]["annotations"]
    names = sorted(note["y"] for note in notes if "span" in note["text"])
    assert len(names) == 5
    assert min(np.diff(names)) > 0
    assert "Base: no new" in "".join(note["text"] for note in notes)


def test_the_base_is_black_on_white_and_white_on_black() -> None:
    for seen, color in ((two(), "#000000"), (two(DARK), "#FFFFFF")):
        traces = plain(path_view(seen, "cash_usd").figure)["data"]
        assert [t["line"]["color"] for t in traces if t.get("name") == "Base: no new decisions"] == [color]


def test_a_share_is_drawn_from_zero_and_never_above_one() -> None:
    low, high = plain(path_view(two(**{"month.vacancy_rate": path(1.0)}), "vacancy_rate").figure)["layout"]["yaxis"][
        "range"
    ]
    assert (low, high) == (0.0, 1.0)


def test_cash_of_employers_that_still_exist_has_another_name_than_cash_over_all() -> None:
    closed = np.zeros_like(two().views[0]["month.chance_of_closure"])
    cash = np.full_like(two().views[0]["month.cash_usd"], 100_000.0)
    closed[0, -1], cash[0, -1] = 1.0, 0.0
    view = path_view(two_with({"month.chance_of_closure": closed, "month.cash_usd": cash}), "cash_usd")
    assert view.title == "Cash while there is an employer"
    assert "cash where there still is an employer is $100,000 on average in the base" in view.reading
    assert view.reading.endswith("those that have closed too, it is $80,000 in the base, as on Compare.")
    never = {"month.chance_of_closure": np.zeros_like(closed), "month.cash_usd": cash}
    assert path_view(two_with(never), "cash_usd").title == "Cash"


def two_with(base: dict[str, np.ndarray[Any, Any]]) -> Seen:
    seen = two(**base)
    return replace(seen, views=(seen.views[0] | base, seen.views[1]))


def test_in_the_dark_alternatives_are_bright_and_bands_have_a_rim() -> None:
    layout = plain(path_view(replace(two(), look=DARK), "headcount").figure)
    bands = [one for one in layout["data"] if one.get("fill") == "toself"]
    assert all(one["line"]["width"] == 1 for one in bands)
    assert {contrast(DARK.color(place), DARK.paper) > 7.0 for place in range(1, 5)} == {True}


def contrast(color: str, paper: str) -> float:
    """The contrast of two colors, as WCAG 2 defines it."""
    light, dark = sorted(map(_luminance, (color, paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
