"""What is asked backwards, or about what is not known, survives its address; what is no question is none."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from sim.questions.solve.constraints import wish_of
from sim.questions.solve.levers import lever_of
from sim.ui.question import Alternative
from sim.ui.reading import read
from sim.ui.studies.address import Backwards, Doubted, Mixed, Moved, Range, Wish, asked_in, text_of
from sim.ui.studies.inputs import field_at, usual_ends, varied
from tests.app.worlds import TABLES, small

ASKED: list[Any] = [
    Backwards(1, (Wish("cash_end_usd", "least", "number", 1e5), Wish()), "posts.number", 4.0, 20.0, 0.9),
    Mixed(0, (Range("pay.wage_usd_per_hour", 18.0, 22.0),), ("vacancy_rate", "cash_end_usd"), points=8, paid=False),
    Doubted("cash_end_usd", 80, 60),
    Moved("vacancy_rate", 1, ("recruitment", "turnover"), 2),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda one: type(one).__name__)
def test_an_address_holds_what_is_asked(asked: Any) -> None:
    assert asked_in(text_of(asked), type(asked)) == asked


def test_an_address_that_mixes_too_many_inputs_asks_nothing() -> None:
    many = Mixed(vary=tuple(Range(f"funding.source_{place}.rate_usd", 1.0, 2.0) for place in range(40)))
    assert asked_in(text_of(many), Mixed) is None


def packed(told: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


@pytest.mark.parametrize(
    "text",
    [None, "", "!!!", "a" * 5_000, packed([]), packed({"place": "x"}), packed({"wishes": 3}), "[" * 3_000,
     packed({"wishes": [{"side": "sideways"}]}), "ÄÖÜ"],
)  # fmt: skip
def test_an_address_that_is_no_question_asks_nothing(text: str | None) -> None:
    assert asked_in(text, Backwards) is None


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        (Wish(), "exits_per_year <= base * 0.9"),
        (Wish("cash_end_usd", "least", "base"), "cash_end_usd >= base"),
        (Wish("vacancy_rate", "most", "number", 0.05), "vacancy_rate <= 0.05"),
        (Wish("hours_delivered_per_year", "least", "percent", 12.5), "hours_delivered_per_year >= base * 1.125"),
        (Wish("cash_end_usd", "least", "number", -20_000.0), "cash_end_usd >= -20000"),
    ],
)
def test_a_wish_is_said_as_on_the_command_line(wish: Wish, text: str) -> None:
    assert wish.text == text
    scenario = read(small()).sound[0].scenario
    assert wish_of(text, scenario).key == wish.key


def test_every_input_that_is_offered_may_be_varied_between_its_usual_ends() -> None:
    base = read(
        small(practices={"autonomy": 0.5}, ladder={"lead": {"step": 1, "slots": {"kind": "number", "number": 1}}})
    )
    loaded = base.sound[0]
    offered = varied(loaded)
    assert next(iter(offered)) == "pay.wage_usd_per_hour"
    assert {"funding.medicaid.rate_usd_per_unit", "ladder.lead.slots.number", "practices.autonomy"} <= set(offered)
    for path, lever in offered.items():
        field = field_at(path, loaded)
        assert lever == lever_of(loaded, path)
        assert field is not None, path
        low, high = usual_ends(lever, field)
        limits = field.given.limits
        assert low < high, path
        assert limits.ge is None or low >= limits.ge, path
        assert limits.le is None or high <= limits.le, path
        assert limits.lt is None or high < limits.lt, path


def test_what_no_alternative_may_change_is_not_offered() -> None:
    offered = varied(read(small()).sound[0])
    assert not [path for path in offered if path.startswith(("horizon", "experiment", "turnover.level.separations"))]


def test_what_a_kind_of_employer_says_itself_is_offered_by_its_name() -> None:
    kinds = [{"name": "clinic", "count": 2, "pay": {"wage_usd_per_hour": 22.0}}, {"name": "home", "count": 1}]
    question = small(Alternative({}), employer=kinds)
    offered = varied(read(question).sound[0])
    assert offered["employer.clinic.pay.wage_usd_per_hour"].today == 22.0
    assert offered["pay.wage_usd_per_hour"].today == TABLES["pay"]["wage_usd_per_hour"]
    assert not [path for path in offered if path.endswith(".count")]
