"""One name a measure: page, brief and files call the people who stay by the same words."""

from __future__ import annotations

from sim.questions.compare.decision import KEEPING
from sim.questions.compare.three_numbers import LABELS
from sim.results.measures.table import measure_of
from sim.takeaway.content import brief
from sim.words.sentences import KEPT_MEANS, NEWCOMERS
from tests.answers import answer
from tests.takeaway.hand_made import better, stamped


def test_page_brief_and_files_call_newcomers_who_stay_by_one_name_that_is_explained_once() -> None:
    name = measure_of(NEWCOMERS).label
    asked = answer(better())
    told = brief(asked, stamped(asked))
    assert {KEEPING[NEWCOMERS], LABELS[NEWCOMERS], told.numbers.heading[1]} == {name}
    assert KEPT_MEANS.startswith(f'"{name}": ')
    assert told.how_to_read.count(KEPT_MEANS) == 1


def test_the_heading_of_the_numbers_says_which_range_stands_in_brackets() -> None:
    asked = answer(better())
    assert brief(asked, stamped(asked)).numbers.heading[0] == "Mean (95 % interval of the mean)"
