"""What of a changed entry wage reaches the household, beside an answer: which wages, where, from when, how said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.charts.seen import Seen
from sim.evidence.net_income import WITH_HEALTH, load_net_income
from sim.evidence.raises import cliffs, raise_of
from sim.questions.compare.text import compare_text
from sim.questions.compare.views.pages import money_page
from sim.questions.household.shapes import reached_shape
from sim.questions.household.view import household_views
from sim.runs.answer import Answer
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.takeaway.content import brief
from sim.words.earnings.household import TITLE, Reached, brief_sentences, household_text, kept_in_words, reached
from tests.answers import TABLES, alternative, case
from tests.charts.views.seen import views
from tests.takeaway.hand_made import stamped
from tests.worlds import merged

PA = {"place": {"state": "PA", "living_wage_usd_per_hour": 22.0}}


def compared(*changes: dict[str, Any], base: dict[str, Any] = PA) -> Answer:
    """Return an answer whose alternatives differ in this; its figures are made by hand."""
    today = case("today", load_table(merged(TABLES, base)))
    others = [case(f"other{at}", load_table(merged(TABLES, merged(base, own)))) for at, own in enumerate(changes)]
    return Answer(today, tuple(alternative(today, one) for one in others), Settings(5, 1))


def found(change: dict[str, Any], base: dict[str, Any] = PA) -> list[Reached]:
    asked = compared(change, base=base)
    return reached(asked.alternatives[0], asked)


RAISE = {"pay": {"wage_usd_per_hour": 29.0}}


def test_a_raise_from_the_first_day_is_told_for_every_household() -> None:
    (own,) = found(RAISE)
    assert (own.kind, own.state, own.month, own.before, own.after, own.gross) == (
        "",
        "PA",
        "2027-07",
        24.0,
        29.0,
        10_400.0,
    )
    assert [one.household for one in own.raises] == [curve.household for curve in load_net_income().of("PA")]
    assert {one.household: round(one.moved["net"]) for one in own.raises}["one_adult_one_child"] == 7_730


def test_falls_between_the_two_wages_are_told_and_no_others() -> None:
    (own,) = found(RAISE)
    curves = {curve.household: curve for curve in load_net_income().of("PA")}
    assert own.falls
    for household, curve in curves.items():
        between = [one for one in cliffs(curve, WITH_HEALTH) if one.high > 24.0 and one.low < 29.0]
        assert [one for name, one in own.falls if name == household] == between


def test_a_dated_raise_is_told_from_its_month_with_the_base_as_it_has_grown() -> None:
    """The base's scale rises by 2 % in July 2028, when the alternative sets 29 dollars."""
    change = {"change": [{"at": "2028-07", "set": {"pay.wage_usd_per_hour": 29.0}}]}
    (own,) = found(change, merged(PA, {"pay": {"cost_of_living_share": 0.02}}))
    assert (own.month, own.after) == ("2028-07", 29.0)
    assert own.before == pytest.approx(24.0 * 1.02)


def test_a_floor_that_is_phased_in_is_told_where_it_is_farthest() -> None:
    """The floor of 26.40 is reached over 12 months, and nothing else moves: the last of them is the first at 26.40."""
    floor = {"pay": {"floor": {"kind": "living_wage", "ratio": 1.2, "phase_in_months": 12}}}
    flat = merged(PA, {"place": {"living_wage_growth_per_year": 0.0}, "pay": {"cost_of_living_share": 0.0}})
    (own,) = found(floor, flat)
    assert (own.before, own.after) == (24.0, pytest.approx(26.4))
    assert own.month == "2028-06"


def test_what_leaves_the_entry_wage_alone_is_not_told() -> None:
    assert found({"posts": {"number": 41}}) == []
    assert household_text(compared({"posts": {"number": 41}})) == ""
    assert reached_shape(*first(compared({"posts": {"number": 41}}))) == []


def first(asked: Answer) -> tuple[Any, Answer]:
    return asked.alternatives[0], asked


@pytest.mark.parametrize(
    ("base", "change", "said"),
    [
        ({}, RAISE, "Taxes and benefits are a state's"),
        (
            merged(PA, {"pay": {"wage_usd_per_hour": 11.0}}),
            RAISE,
            "holds wages from $12.00 to $50.00 an hour; this is outside",
        ),
        (PA, {"pay": {"wage_usd_per_hour": 51.0}}, "this is outside"),
    ],
)
def test_where_nothing_is_known_it_says_why(base: dict[str, Any], change: dict[str, Any], said: str) -> None:
    asked = compared(change, base=base)
    (own,) = reached(asked.alternatives[0], asked)
    assert own.raises == ()
    assert said in " ".join(household_text(asked).split())
    assert said in reached_shape(*first(asked))[0]["why_not"]
    assert list(brief_sentences(*first(asked))) == []
    assert household_views(Seen(asked, (views(), views()))) == []


def test_each_kind_of_employer_is_told_in_its_own_state() -> None:
    kinds = [{"name": "north", "place": {"state": "OH"}}, {"name": "south_side"}]
    base = merged(PA, {"employer": kinds})
    raised = [{**one, "pay": {"wage_usd_per_hour": wage}} for one, wage in zip(kinds, (26.0, 30.0), strict=True)]
    told = found({"employer": raised}, base)
    assert [(own.kind, own.state, own.after) for own in told] == [("north", "OH", 26.0), ("south side", "PA", 30.0)]


def test_comparison_brief_and_json_tell_the_same_figures() -> None:
    asked = compared(RAISE)
    screen = " ".join(compare_text(asked, stamped(asked)).split())
    assert (
        "Entry wage from $24.00 to $29.00 an hour (Pennsylvania, July 2027), $10,400 more gross a year, full time."
        in screen
    )
    assert "a single parent with one child +$7,730 74.3 % +$5,950 57.2 %" in screen
    (part,) = (one for one in brief(asked, stamped(asked)).parts if one.title == TITLE)
    assert part.items[0].startswith(
        "Entry wage from $24.00 to $29.00 an hour (Pennsylvania, July 2027): of $10,400 more gross a year, full time, "
        "a single parent with one child keeps $7,730 (with health cover counted $5,950), one adult keeps $8,020"
    )
    shape = reached_shape(*first(asked))[0]
    assert {one["household"]: one["net"] for one in shape["households"]}["one_adult_one_child"] == 7_730


def test_a_brief_of_two_alternatives_tells_a_single_parent_alone_and_of_more_nothing() -> None:
    """Two pages hold no more; the command line has all."""
    others = [{"pay": {"wage_usd_per_hour": wage}} for wage in (26.0, 27.0, 29.0)]
    for number, lines in ((2, 2), (3, 0)):
        asked = compared(*others[:number])
        items = [item for one in brief(asked, stamped(asked)).parts if one.title == TITLE for item in one.items]
        assert len(items) == lines
        assert all("a single parent with one child keeps $" in item and "one adult" not in item for item in items)


def test_a_cut_is_told_as_what_is_lost() -> None:
    asked = compared({"pay": {"wage_usd_per_hour": 22.0}})
    assert "$4,160 less gross a year" in household_text(asked)
    (line,) = brief_sentences(*first(asked))
    assert "a single parent with one child loses $" in line


def test_a_raise_that_takes_health_cover_away_is_told_as_a_loss() -> None:
    """A fault seen: "keeps $2,040 (with health cover counted −$39,400)"."""
    (curve,) = (one for one in load_net_income().of("OH") if one.household == "one_adult_one_child")
    for wages, told in (((18.0, 24.0), "keeps $6,210 (with health cover counted it loses $655)"),
                        ((24.0, 18.0), "loses $6,210 (with health cover counted it gains $655)")):  # fmt: skip
        found = raise_of(curve, *wages)
        assert found is not None
        assert kept_in_words(found) == f"a single parent with one child {told}"


def test_several_alternatives_are_named() -> None:
    asked = compared(RAISE, {"pay": {"wage_usd_per_hour": 26.0}})
    told = household_text(asked)
    assert "other0: Entry wage from $24.00 to $29.00" in told
    assert "other1: Entry wage from $24.00 to $26.00" in told
    assert told.count("Worked out once by PolicyEngine") == 1


def test_the_curve_is_drawn_with_both_wages_and_every_fall_marked() -> None:
    seen = Seen(compared(RAISE), (views(), views()))
    (view,) = household_views(seen)
    assert view.key in {one.key for one in money_page(seen)}
    curves = load_net_income().of("PA")
    lines = [trace for trace in view.figure.data if trace.mode == "lines" and trace.name]
    assert sorted(line.y[-1] for line in lines) == sorted(curve.amounts[WITH_HEALTH][-1] for curve in curves)
    marks = [trace for trace in view.figure.data if trace.mode == "markers" and trace.marker.symbol == "triangle-down"]
    assert sum(len(one.x) for one in marks) == sum(len(cliffs(curve, WITH_HEALTH)) for curve in curves)
    assert sorted(shape.x0 for shape in view.figure.layout.shapes) == [24.0, 29.0]
    assert len(view.csv_text().splitlines()) == 1 + 77 * len(curves)
    assert len(view.table.rows) == 20 * len(curves)
    assert np.isfinite([row[3] for row in view.table.rows]).all()
