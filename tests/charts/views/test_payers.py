"""Who pays how much more, and until when the money lasts: the numbers drawn are those told in columns and runs."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sim.charts.drawing import Area, Block, Chart, Line, Words, color_of, role
from sim.charts.look import DARK, LIGHT, PAYERS, plain
from sim.charts.painting import LARGE, figure_of, slide, titled
from sim.charts.printed import COLORS
from sim.charts.seen import Seen
from sim.charts.sentences import AFTER_CLOSING
from sim.questions.compare.decision import decision
from sim.questions.compare.views.receipts import receipts_view
from sim.questions.payers.lanes import cash_of, of_100
from sim.questions.payers.more import quotable, steps_of, together_more, who_pays_more_view
from sim.questions.payers.until import until_when_view
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.paired import paired
from sim.runs.replicate import Settings
from tests.answers import BASE, FEES, RUNS, answer, case, loaded, raised
from tests.charts.views.seen import MONTHS, two, views
from tests.charts.views.test_money_and_people import months

PAID = {
    "spending_federal_usd_per_year": 700_000.0, "spending_state_usd_per_year": 350_000.0,
    "spending_county_usd_per_year": 0.0, "spending_other_usd_per_year": 0.0,
}  # fmt: skip
TEN = {"name": "organization", "count": 10, "rules": {"braiding": ["medicaid", "award"]}}
AWARD = {"kind": "grant", "amount_usd_per_year": 200_000.0, "start": "2027-07", "term_months": 36}


def paid(**moved: float) -> Seen:
    """A base that two payers pay, and an alternative in which they pay more or less."""
    base = case(**PAID)
    other = case(
        "raise", raised().loaded, **{**PAID, **{f"spending_{who}_usd_per_year": usd for who, usd in moved.items()}}
    )
    from tests.answers import alternative  # noqa: PLC0415  # made from the base above, not from the usual one

    made = answer(other)
    one = alternative(base, other)
    return Seen(type(made)(base, (one,), made.settings), (views(), views()))


def parts(chart: Chart, kind: type[Any]) -> list[Any]:
    return [part for panel in chart.panels for part in panel.parts if isinstance(part, kind)]


def granted(**more: np.ndarray[Any, Any]) -> Seen:
    """Three of five runs keep an award that ends before month 36; the other employers close in month 40."""
    yes = np.array([1, 1, 1, 0, 0], np.float32)
    running, renewed, refused, closed = months(start=1.0), months(), months(), months()
    running[:, 36:] = yes[:, None]
    renewed[:, 33], refused[:, 33], closed[:, 40:] = yes, 1 - yes, (1 - yes)[:, None]
    told = {"running": running, "renewed": renewed, "not_renewed": refused, "of": np.ones(RUNS, np.float32)}
    cash = np.full((RUNS, MONTHS), 50_000.0, np.float32)
    cash[:, 40:] = np.where(closed[:, 40:] > 0, 900_000.0, 10_000.0)  # nobody is paid any more where it closed
    own = views(**{f"award.award.{name}": one for name, one in told.items()})
    own |= {"month.cash_usd": cash, "month.chance_of_closure": closed, "month.chance_of_negative_cash": months()}
    scenario = loaded(funding={"medicaid": FEES, "award": AWARD}, rules={"braiding": ["medicaid", "award"]})
    made = answer()
    return Seen(type(made)(case("today", scenario), (), made.settings), (own | more,))


# who pays more ---------------------------------------------------------------------------------------------------


def test_each_bar_begins_where_the_one_above_ends_and_the_last_is_what_all_pay() -> None:
    seen = paid(federal=760_000.0, state=330_000.0, other=5_000.0)
    one = seen.answer.alternatives[0]
    steps = steps_of(one, seen.answer)
    assert [step.key for step in steps] == [key for key in PAID if "county" not in key]
    assert all(after.start == before.end for before, after in itertools.pairwise(steps))
    assert steps[-1].end == pytest.approx(together_more(one, seen.answer).difference.mean)
    bars = [block for block in parts(who_pays_more_view(seen).chart, Block) if block.told]
    assert bars[0].x == pytest.approx((0.0, 60_000.0), rel=0.05)
    assert bars[1].x[1] == pytest.approx(bars[0].x[1])
    assert bars[-1].role == role(1)


def test_the_differences_drawn_are_those_of_the_columns() -> None:
    seen = paid(federal=760_000.0)
    compared = seen.answer.alternatives[0].measures["spending_federal_usd_per_year"].difference
    row = who_pays_more_view(seen).table.rows[0]
    assert row[4:] == (compared.mean, compared.low, compared.high)


def test_the_title_says_who_pays_more_and_who_less() -> None:
    assert who_pays_more_view(paid(federal=760_000.0, state=330_000.0)).title == (
        "Raise: the federal government pays $60k more a year, the state pays $20k less a year"
    )
    assert who_pays_more_view(paid(federal=760_000.0, state=380_000.0)).title == (
        "Raise: the federal government pays $60k more and the state pays $30k more a year"
    )
    assert who_pays_more_view(paid()).title == "Raise: every payer pays the same as in the base"


def test_over_futures_the_ranges_are_those_of_the_columns_and_told_though_they_hold_zero() -> None:
    base, other = (
        Case(name, loaded(), {key: usd + np.arange(40) * bool(usd) for key, usd in (BASE | PAID).items()})
        for name in ("today", "raise")
    )
    moved = np.linspace(-30_000.0, 70_000.0, 40)
    more = other.values | {"spending_state_usd_per_year": other.values["spending_state_usd_per_year"] + moved}
    base, other = replace(base, own=base.values), replace(other, values=more, own=more)
    one = Alternative(other, (), paired(base.values, more, 1, (base.values, more)))
    seen = Seen(Answer(base, (one,), Settings(40, 1)), (views(), views()))
    federal, state = steps_of(one, seen.answer)
    assert federal.number == "the same"
    assert state.with_range == decided(seen, "State")
    whole = together_more(one, seen.answer).difference
    assert (whole.low, whole.high) == pytest.approx((state.difference.low, state.difference.high))
    assert "−$25k to +$65k" in who_pays_more_view(seen).reading


def decided(seen: Seen, label: str) -> str:
    """A difference as the columns of the decision tell it."""
    cell = next(line for group in decision(seen.answer) for line in group.lines if line.label == label).cells[1]
    return f"{cell.change} ({cell.inside})"


def test_payers_have_colors_that_no_scenario_has() -> None:
    for look in (LIGHT, DARK):
        payers = {color_of(name, look) for name in PAYERS}
        assert len(payers) == len(PAYERS)
        assert not payers & {look.color(place) for place in range(len(COLORS))}


def test_a_picture_stands_alone_who_where_how_many_and_which_years() -> None:
    view = who_pays_more_view(paid(federal=760_000.0))
    assert view.about.startswith('Raise: "A raise". Base: ')
    assert " posts, entry wage $24.00, projected over 60 months from July 2027." in view.about
    names = [one for one in parts(view.chart, Words) if one.of_width and one.x == 0.0 and one.text]
    assert all(one.over_lines for one in names)  # the zero line does not run through them
    plain_figure = plain(view.figure)["layout"]["annotations"]
    assert {one.get("bgcolor") for one in plain_figure if "Federal" in one["text"]} == {LIGHT.paper}
    longer = np.asarray(Image.open(io.BytesIO(slide(view.chart, view.title, view.note, view.about * 3))))
    assert (longer[-1] == 255).all()
    assert "Raise" not in until_when_view(granted(), 0).about


def test_a_sentence_to_quote_says_where_what_changes_and_who_pays_without_brackets() -> None:
    seen = paid(federal=760_000.0)
    told = quotable(seen.answer.alternatives[0], seen.answer)
    assert told.startswith('Projected for 40 posts, entry wage $24.00, over 60 months from July 2027: "A raise" ')
    assert told.endswith("; the federal government pays $60k more a year.")
    kept = answer(raised(retention_12_months=0.66))
    assert "means 10.0 more of every 100 people hired still there 12 months later" in quotable(
        kept.alternatives[0], kept
    )
    assert not set("()") & set(told)


# until when ------------------------------------------------------------------------------------------------------


def test_cash_is_that_of_employers_who_still_exist_and_how_many_do_stands_under_it() -> None:
    seen = granted()
    assert cash_of(seen, 0).mean[-1] == pytest.approx(10_000.0)  # not the 366,000 of all runs
    view = until_when_view(seen, 0)
    assert [panel.heading for panel in view.chart.panels][1:] == [
        "Cash, lowest month's end of each quarter", "Runs in which it still exists",
    ]  # fmt: skip
    assert view.chart.panels[-1].parts[0].y[-1] == pytest.approx(0.6)
    assert view.title == "The base: cash stays above zero in all runs; the employer closes in 40 of 100 runs"
    assert view.note.endswith(AFTER_CLOSING)


def test_no_line_of_cash_is_drawn_once_no_employer_is_left() -> None:
    closed = months()
    closed[:, 40:] = 1.0
    mean = cash_of(granted(**{"month.chance_of_closure": closed}), 0).mean
    assert np.isfinite(mean[:13]).all()
    assert np.isnan(mean[14:]).all()


def test_an_award_is_as_high_as_the_share_of_runs_it_runs_in_and_its_end_is_marked() -> None:
    view = until_when_view(granted(), 0)
    bars = [block for block in parts(view.chart, Block) if block.told.startswith("Award")]
    assert [(block.x, round(block.y[1] - block.y[0])) for block in bars] == [((0.0, 36.0), 20), ((36.0, 60.0), 12)]
    assert [
        line.x[0] for line in parts(view.chart, Line) if line.width == 2.0 and line.role == "ink" and not line.told
    ] == [36]
    said = "Award: $200,000 a year through June 2030, renewed at that end in 60 of 100 runs, pays nothing at the end"
    assert f"{said} of the projection in 40 of 100 runs" in view.reading
    words = [one.text for one in parts(view.chart, Words)]
    assert "$200k a year to Jun 2030; renewed in 60 of 100" in words


def test_an_award_ended_early_is_told_beside_what_is_renewed_in_shares_of_all_runs() -> None:
    early, running, renewed = months(), months(start=1.0), months()
    early[0, 12], running[0, 12:], running[1:, 36:] = 1.0, 0.0, 0.0
    renewed[4, 33], running[4, 40:] = 1.0, 1.0  # after a gap
    named = {"ended_early": early, "running": running, "renewed": renewed}
    reading = until_when_view(granted(**{f"award.award.{name}": one for name, one in named.items()}), 0).reading
    assert "renewed at that end in 20 of 100 runs, ended early in 20 of 100 runs" in reading
    assert "pays nothing at the end of the projection in 80 of 100 runs" in reading


def test_dated_payments_stand_in_their_months() -> None:
    due = [{"at": "2027-08", "usd": 1.0}, {"at": "2028-07", "usd": 1.0}, {"at": "2040-01", "usd": 1.0}]
    scenario = loaded(funding={"county": {"kind": "scheduled", "payments": due}})
    made = answer()
    seen = Seen(
        type(made)(case("today", scenario), (), made.settings), (views(**{"month.chance_of_closure": months()}),)
    )
    assert [int(block.x[0]) for block in parts(until_when_view(seen, 0).chart, Block)] == [1, 12]


def test_a_chart_over_futures_speaks_of_futures_and_of_both_kinds_of_uncertainty() -> None:
    seen = granted()
    drawn = Seen(replace(seen.answer, settings=Settings(40, 1, unknowns=True)), seen.views)
    view = until_when_view(drawn, 0)
    assert "the employer closes in 40 of 100 futures" in view.title
    assert "random variation and what is not known" in view.note
    assert " runs" not in view.title


def test_of_several_employers_the_chart_speaks_of_employers() -> None:
    """Cash falls below zero in every run, but never at more than 6 of 10 employers; half of these by month 20."""
    below = months()
    below[:, 10:], below[:, 20:], below[:, 50:] = 0.2, 0.3, 0.6
    seen = granted(**{"month.chance_of_negative_cash": below})
    ten = replace(seen.answer.base, loaded=loaded(funding={"medicaid": FEES, "award": AWARD}, employer=[TEN]))
    view = until_when_view(replace(seen, answer=replace(seen.answer, base=ten)), 0)
    assert view.title == (
        "The base: cash falls below zero in 60 of 100 employers, half of those by March 2029; 40 of 100 employers close"
    )
    assert "pays nothing at the end of the projection in 40 of 100 employers" in view.reading
    assert "share of employers in which a source runs" in view.note


def test_shares_are_told_of_a_hundred_runs() -> None:
    assert of_100(0.14) == "14 of 100 runs"
    assert of_100(0.001) == "fewer than 1 of 100 runs"
    assert of_100(0.999) == "more than 99 of 100 runs"
    assert of_100(0.0) == "0 of 100 runs"


# painters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [1, 8, 20, 40])
def test_a_slide_has_its_whole_title(words: int) -> None:
    title = " ".join(["Alternative A: cash falls below zero in 96 of 100 futures,"] * words)
    lines, size = titled(title)
    assert " ".join(lines) == title
    assert len(lines) <= 2
    assert (size == LARGE) == (words == 1)


def test_page_and_slide_paint_the_same_drawing() -> None:
    view = who_pays_more_view(paid(federal=760_000.0, state=330_000.0))
    assert view.chart is not None
    figure = plain(figure_of(view.chart, LIGHT))
    drawn = len(parts(view.chart, Block)) + len(parts(view.chart, Line)) + len(parts(view.chart, Area))
    assert len(figure["data"]) == drawn
    assert len(figure["layout"]["annotations"]) == len(parts(view.chart, Words))
    picture = Image.open(io.BytesIO(slide(view.chart, view.title, view.note)))
    assert picture.width * 9 == pytest.approx(picture.height * 16, rel=0.002)
    shown = {pixel for _, pixel in picture.convert("RGB").resize((480, 270)).getcolors(480 * 270) or ()}
    assert len(shown) > 50


def test_a_chart_of_the_page_is_drawn_in_the_dark_too() -> None:
    view = until_when_view(Seen(granted().answer, granted().views, DARK), 0)
    assert plain(view.figure)["layout"]["paper_bgcolor"] == DARK.paper
    assert two().look == LIGHT


def test_money_received_has_the_payers_colors_and_no_scenarios() -> None:
    for by in ("payer", "source"):
        figure = receipts_view(paid(federal=760_000.0), by).figure
        used = {trace.marker.color for trace in figure.data}
        assert used
        assert used <= set(PAYERS.values())
