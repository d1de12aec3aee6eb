"""One person's story: dated sentences, in the words and digits of everything else, of nobody real."""

from __future__ import annotations

from functools import cache

from sim.charts.look import plain
from sim.questions.story.view import person_view
from sim.questions.story.words import NOT_REAL, career_shape, name_of, sentences
from sim.results.careers import Career, Event
from tests.answers import loaded


def career(*events: Event, hired: float = 8.4, until: float = 60.0, burnout: tuple[float, ...] = ()) -> Career:
    still = (0.0,) * len(burnout)
    return Career("employer", 0, 12, 3, hired, until, events, 8, burnout, still, tuple(25.0 for _ in burnout))


@cache
def whole() -> Career:
    return career(
        Event(8.4, "hired", "entry", 18.94),
        Event(14.2, "certified", "entry", 18.94),
        Event(21.0, "promoted", "lead", 19.3),
        Event(33.5, "left", "lead", 23.0, "voluntary", "other_field"),
        until=33.5,
        burnout=tuple([0.1] * 20 + [0.4] * 5),
    )


def test_a_career_is_told_in_dated_sentences() -> None:
    assert sentences(whole(), loaded().scenario) == [
        "Hired in March 2028 at $18.94 an hour, on the entry rung.",
        "Certified in September 2028.",
        "Promoted in April 2029 to lead, from $19.30 an hour to $25.00.",
        "Burned out at the end of 5 of 25 months at work in the projection.",
        "Left in April 2030 after 2 years and 1 month, quitting for work in another field.",
    ]


def test_who_was_there_before_the_start_was_hired_before_it() -> None:
    told = sentences(career(Event(-14.5, "opening", "entry", 24.0), hired=-14.5), loaded().scenario)
    assert told == [
        "Hired in April 2026, before the projection begins; at its start on the entry rung at $24.00 an hour.",
        "Still there at the end of the projection, after 6 years and 2 months.",
    ]


def test_a_leave_and_every_way_to_leave_have_words() -> None:
    leave = career(
        Event(9.0, "hired", "entry", 20.0), Event(10.0, "leave", "entry", 20.0), Event(12.0, "returned", "entry", 20.0)
    )
    assert sentences(leave, loaded().scenario)[1:3] == [
        "On supported leave after a return to use from May 2028.",
        "Back at work in July 2028.",
    ]
    for cause, words in (
        ("layoff", "because of a layoff."),
        ("closure", "because the employer closed."),
        ("voluntary", "quitting."),
    ):
        gone = career(
            Event(9.0, "hired", "entry", 20.0), Event(9.5, "left", "entry", 20.0, cause), hired=9.0, until=9.5
        )
        assert sentences(gone, loaded().scenario)[-1] == f"Left in April 2028 after less than a month, {words}"


def test_the_view_tells_the_same_and_that_nobody_is_real() -> None:
    view = person_view(loaded().scenario, whole(), 4)
    assert view.title == "One person's story: post 12, occupant 3, future 4"
    assert view.reading == " ".join(sentences(whole(), loaded().scenario))
    assert NOT_REAL in view.note
    assert [row[0] for row in view.table.rows] == ["March 2028", "September 2028", "April 2029", "April 2030"]
    lines = {trace["name"]: trace["y"] for trace in plain(view.figure)["data"]}
    assert lines["Burnout"] == [0.1] * 20 + [0.4] * 5
    assert view.data is not None
    assert view.data.rows[0][0] == "March 2028"


def test_who_was_never_seen_at_a_months_end_has_a_story_and_no_lines() -> None:
    short = career(Event(8.4, "hired", "entry", 20.0), Event(8.6, "left", "entry", 20.0, "dismissal"), until=8.6)
    view = person_view(loaded().scenario, short, 0)
    assert view.figure is None
    assert view.table.rows[-1] == ("March 2028", "Left in March 2028 after less than a month, because of a dismissal.")


def test_in_a_portfolio_the_employer_is_named() -> None:
    several = loaded(employer=[{"name": "small_town", "count": 3}])
    one = Career("small_town", 2, 4, 1, 0.0, 60.0, (Event(0.0, "hired", "entry", 20.0),))
    assert name_of(one, several.scenario) == "small town 2, post 4, occupant 1"


def test_json_has_full_precision_and_the_same_sentences() -> None:
    shape = career_shape(whole(), loaded().scenario)
    assert shape["sentences"] == sentences(whole(), loaded().scenario)
    assert shape["events"][0] == {
        "month": "2028-03", "time_months": 8.4, "fact": "hired", "rung": "entry", "wage_usd_per_hour": 18.94,
        "cause": None, "destination": None,
    }  # fmt: skip
