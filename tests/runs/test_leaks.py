"""What a change cannot have touched is the same bit by bit, or the comparison says that it is worthless."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.model.engine.run import BlockResult, simulate
from sim.questions.compare.text import compare_text
from sim.runs import blocks as blocks_module
from sim.runs.answer import ask
from sim.runs.leaks import Upstream, leaked, leaks, upstream
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.scenario.schema import Scenario
from sim.words.provenance import stamp
from tests.determinism.busy import busy_tables

RATE = "funding.medicaid.rate_usd_per_unit"


def world(change: list[dict[str, Any]] | None = None, *, rules: bool = True, **more: Any) -> Scenario:
    """Return a world in which everything goes on, with its dated changes and one more."""
    tables = busy_tables()
    tables["change"] = [*tables.get("change", []), *(change or [])]
    tables["rules"] = {**tables.get("rules", {}), "enforce": rules}
    if not rules:
        tables["pay"] = {**tables["pay"], "pass_through_share": 0.0}
    for path, value in more.items():
        *tables_of, last = path.split("__")
        inside = tables
        for name in tables_of:
            inside = inside.setdefault(name, {})
        inside[last] = value
    return load_table(tables).scenario


def results(*scenarios: Scenario) -> list[list[BlockResult]]:
    return simulate(scenarios[0], scenarios[1:], range(2), 3)


def test_before_a_dated_change_nothing_may_differ() -> None:
    base = world()
    other = world([{"at": "2027-06", "set": {"pay.wage_usd_per_hour": 40.0}}])
    shared = upstream(base, other)
    assert shared.until == 3
    ours, theirs = results(base, other)
    assert leaks(ours, theirs, shared) == ()
    assert leaks(ours, theirs, Upstream(5, None))  # the alarm does ring once it has come


@pytest.mark.parametrize("posts", [2, 7, 30, 200])
def test_posts_added_or_cut_by_date_are_no_leak_into_the_past(posts: int) -> None:
    base = world()
    other = world([{"at": "2027-06", "set": {"posts.number": posts}}])
    shared = upstream(base, other)
    assert shared.until == 3
    ours, theirs = results(base, other)
    assert leaks(ours, theirs, shared) == ()
    assert leaks(ours, theirs, Upstream(5, None))


def test_a_change_from_the_start_reaches_people_and_money_but_not_the_place() -> None:
    shared = upstream(world(), world(pay__wage_usd_per_hour=30.0))
    assert shared.until == 0
    assert shared.reached is not None
    assert {"exits", "filled", "cash", "delivered"} <= shared.reached
    assert shared.reached.isdisjoint({"living_wage", "groups", "households"})


def test_of_what_is_no_input_of_an_employer_nothing_is_known() -> None:
    assert upstream(world(), world(experiment__feedback=False)).empty


def test_scenarios_that_mean_the_same_must_be_the_same_to_the_end() -> None:
    base = world()
    assert upstream(base, world()).until == base.horizon.months
    ours, theirs = results(base, world())
    assert leaks(ours, theirs, upstream(base, world())) == ()


def test_money_alone_reaches_nobody_while_the_rules_are_off() -> None:
    base = world(rules=False)
    name = next(name for name, one in busy_tables()["funding"].items() if one["kind"] == "fee_for_service")
    other = world(rules=False, **{f"funding__{name}__rate_usd_per_unit": 34.0})
    shared = upstream(base, other)
    assert shared.reached is not None
    assert {"billed", "cash"} <= shared.reached
    assert shared.reached.isdisjoint({"exits", "wage", "delivered", "units"})
    ours, theirs = results(base, other)
    assert leaks(ours, theirs, shared) == ()
    assert any("cash" in one for one in leaks(ours, theirs, replace(shared, reached=frozenset())))
    assert upstream(world(), world(**{f"funding__{name}__rate_usd_per_unit": 34.0})).reached >= {
        "exits",
        "wage",
    }  # rules feed back
    both = {f"funding__{name}__rate_usd_per_unit": 34.0, "pay__wage_usd_per_hour": 30.0}
    assert upstream(base, world(rules=False, **both)).reached >= {"exits", "wage"}


@pytest.mark.parametrize("table", ["facts", "lines", "funding", "panel"])
def test_one_bit_that_differs_and_must_not_raises_the_alarm(table: str) -> None:
    base = world()
    ours, theirs = results(base, base)
    tables = {name: values.copy() for name, values in getattr(theirs[0], table).items()}
    name = next(name for name, values in tables.items() if values.size and values.dtype.kind == "f")
    tables[name].ravel()[0] = np.nextafter(tables[name].ravel()[0], np.inf)
    theirs[0] = replace(theirs[0], **{table: tables})
    (told,) = leaks(ours, theirs, Upstream(base.horizon.months, None))
    assert told.startswith(f"{ours[0].kind}: ")
    assert "differ before month" in told


def test_a_leak_is_told_with_the_answer_wherever_it_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    base = load_table({**busy_tables(), "title": "Base"})
    monkeypatch.setattr(blocks_module, "leaked", lambda scenarios, _: ((), *(("cash leaks",) for _ in scenarios[1:])))
    answer = ask(base, [base], Settings(2, 1, jobs=1))
    assert answer.leaks == ("scenario-2: cash leaks",)
    text = compare_text(answer, stamp(answer, "peerstay compare"))
    assert text.startswith("ALARM. These differ and cannot")
    assert "cash leaks" in text


def test_another_wage_from_the_start_is_no_leak_into_the_past() -> None:
    """The log of the opening holds dates of hire before the start, with the wages of the start."""
    base, other = world(), world(pay__wage_usd_per_hour=30.0)
    ours, theirs = results(base, other)
    assert leaks(ours, theirs, upstream(base, other)) == ()


def test_a_source_that_only_one_of_them_has_is_no_leak() -> None:
    tables = busy_tables()
    del tables["funding"]["clinic"]
    tables["rules"]["braiding"].remove("clinic")
    base, other = world(), load_table(tables).scenario
    for one, two in ((base, other), (other, base)):
        ours, theirs = results(one, two)
        assert leaks(ours, theirs, upstream(one, two)) == ()


def test_the_base_has_nothing_to_leak_from() -> None:
    base = world()
    assert leaked([base], results(base)) == ((),)
