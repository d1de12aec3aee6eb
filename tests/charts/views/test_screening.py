"""Which inputs move a result: only those told from luck are drawn, with their sizes, directions and grades."""

from __future__ import annotations

from dataclasses import replace

from sim.charts.look import plain
from sim.questions.sensitivity.text import moved_sentence
from sim.questions.sensitivity.view import NO_PORTIONS, portions_view, screening_view
from tests.charts.views.doubts import sensitivity


def test_an_input_is_told_with_its_size_where_it_leads_and_its_grade() -> None:
    view = screening_view(sensitivity())
    layout = plain(view.figure)["layout"]
    texts = [note["text"] for note in layout["annotations"]]
    assert "How much sooner newcomers leave (grade C)" in texts
    assert "8.00, less" in texts
    whisker = next(shape for shape in layout["shapes"] if shape["type"] == "line")
    assert (whisker["x0"], whisker["x1"]) == (6.0, 10.0)
    sentence = moved_sentence(sensitivity())
    assert view.reading == f"Projection: {sentence[:1].lower()}{sentence[1:]}"


def test_what_luck_could_have_done_is_in_the_data_and_not_in_the_chart() -> None:
    view = screening_view(sensitivity())
    assert len(plain(view.figure)["data"]) == len(view.table.rows) == 1
    assert "1 other moves it less, or no more than random variation does" in view.note
    assert view.data is not None
    assert [row[0] for row in view.data.rows] == ["turnover.early_peak", "recruitment.days_to_fill"]
    assert view.data.rows[0][7:] == (8.0, 6.0, 10.0, -8.0, 1.0, 0.5)


def test_where_no_input_is_seen_to_move_it_nothing_is_drawn() -> None:
    view = screening_view(sensitivity(seen=False))
    assert view.figure is None
    assert view.reading.endswith("no input moves it detectably more than random variation does.")


def test_of_an_alternative_the_difference_it_makes_is_told() -> None:
    view = screening_view(replace(sensitivity(), names=("today", "raise")))
    assert view.reading.startswith("Projection: the difference that raise makes in people who leave is moved most")


def test_parts_of_the_variance_are_told_alone_and_together() -> None:
    view = portions_view(sensitivity(portions=True))
    texts = [note["text"] for note in plain(view.figure)["layout"]["annotations"]]
    assert [text for text in texts if text.startswith(("alone", "together"))] == [
        "alone 60 %", "together 70 %", "alone −2 %", "together 5 %",
    ]  # fmt: skip
    assert "explains 60 % (50 to 70 %) alone and 70 % (60 to 80 %) with its interactions" in view.reading
    assert "10 % of it is random variation" in view.note


def test_what_was_not_asked_for_is_said_to_be_absent() -> None:
    assert portions_view(sensitivity()).reading == NO_PORTIONS
    assert portions_view(sensitivity()).figure is None
    assert screening_view(replace(sensitivity(), screening=None)).figure is None
