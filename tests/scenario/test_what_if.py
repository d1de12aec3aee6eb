"""An alternative that is typed means what the same one in a file means."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario.files import Loaded, load
from sim.scenario.fingerprint import fingerprint
from sim.scenario.problems import ScenarioError
from sim.scenario.read.what_if import UNNAMED, what_ifs

BASE = """
title = "Today"
horizon = { months = 36, warm_up_months = 3 }
pay.wage_usd_per_hour = 20.0
posts.number = 5
place = { state = "PA", living_wage_usd_per_hour = 24.0, living_wage_source = "a calculator" }
rules.braiding = ["medicaid", "county"]
[funding.medicaid]
kind = "fee_for_service"
payer = "state"
rate_usd_per_unit = 14.0
[funding.county]
kind = "scheduled"
payer = "county"
payments = [{ at = "2028-01", usd = 1000.0 }]
[[change]]
at = "2028-07"
set = { "funding.medicaid.rate_usd_per_unit" = 15.0 }
"""

TYPED = r"([a-c ]{0,3}:)?(pay|posts|funding\.county|change|employer|title)(\.[a-z_]{1,6})?=[\[\]{}\"'0-9a-z,.@-]{0,12}"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    file = tmp_path / "today.toml"
    file.write_text(BASE)
    return file


def typed(base: Path, *texts: str) -> Loaded:
    (found,), problems = what_ifs(texts)
    assert not problems
    return load(base, what_if=found)


def problems_of(base: Path, *texts: str) -> list[str]:
    with pytest.raises(ScenarioError) as fault:
        typed(base, *texts)
    return str(fault.value).splitlines()


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (["pay.wage_usd_per_hour=34"], "pay.wage_usd_per_hour = 34"),
        (["pay.wage_usd_per_hour=34", "posts.number=10"], "pay.wage_usd_per_hour = 34.0\nposts.number = 10"),
        (["funding.county=off"], 'funding.county = "off"'),
        (['place.living_wage_source="it=7: me@2028-07"'], 'place.living_wage_source = "it=7: me@2028-07"'),
        (["place.living_wage_source=me@home"], 'place.living_wage_source = "me@home"'),
        (['rules.braiding=["county", "medicaid"]'], 'rules.braiding = ["county", "medicaid"]'),
        (["funding.medicaid={kind='fee_for_service', payer='state', rate_usd_per_unit=20}"],
         'funding.medicaid = { kind = "fee_for_service", payer = "state", rate_usd_per_unit = 20 }'),
        (["pay.floor={kind='living_wage', ratio=1.0, phase_in_months=12}"],
         'pay.floor = { kind = "living_wage", ratio = 1.0, phase_in_months = 12 }'),
        (["posts.number = 7 @ 2029-01"], """
         [[change]]
         at = "2028-07"
         set = { "funding.medicaid.rate_usd_per_unit" = 15.0 }
         [[change]]
         at = "2029-01"
         set.posts.number = 7
         """),
        (["funding.medicaid.rate_usd_per_unit=16@2028-07", "pay.wage_usd_per_hour=22"], """
         pay.wage_usd_per_hour = 22
         [[change]]
         at = "2028-07"
         set = { "funding.medicaid.rate_usd_per_unit" = 16.0 }
         """),
    ],
)  # fmt: skip
def test_what_is_typed_means_what_a_file_that_extends_the_base_means(base: Path, texts: list[str], lines: str) -> None:
    other = base.with_name("other.toml")
    other.write_text(f'extends = "{base.name}"\n{lines}\n')
    ours, theirs = typed(base, *texts), load(other)
    assert ours.fingerprint == theirs.fingerprint == fingerprint(ours.scenario) != load(base).fingerprint
    assert ours.scenario.model_dump(exclude={"change"}) == theirs.scenario.model_dump(exclude={"change"})


def test_kinds_of_employers_are_reached_by_their_names(base: Path) -> None:
    base.write_text(BASE + '[[employer]]\nname = "rural"\n[[employer]]\nname = "city"\nposts.number = 9\n')
    other = base.with_name("other.toml")
    other.write_text(f'extends = "{base.name}"\nemployer.city.posts.number = 12\n')
    assert typed(base, "employer.city.posts.number=12").fingerprint == load(other).fingerprint


def test_assignments_of_one_name_belong_together_and_keep_their_order() -> None:
    texts = ("b: posts.number=1", "posts.number=2", "a b: posts.number=3", "b:pay.wage_usd_per_hour=4@2028-07")
    found, problems = what_ifs(texts)
    assert not problems
    assert [one.name for one in found] == ["b", UNNAMED, "a b"]
    assert [[own.said for own in one.assignments] for one in found] == [
        ["posts.number=1", "pay.wage_usd_per_hour=4@2028-07"],
        ["posts.number=2"],
        ["posts.number=3"],
    ]


def test_a_fault_is_named_by_what_was_typed(base: Path) -> None:
    (problem,) = problems_of(base, "pay.wage_usd_per_hour=abc")
    assert problem.startswith('--with pay.wage_usd_per_hour=abc: pay.wage_usd_per_hour = "abc": must be a number')
    (problem,) = problems_of(base, "raise: pay.wage_usd_per_hou=22")
    assert problem.startswith("--with raise: pay.wage_usd_per_hou=22: ")
    assert problem.endswith("did you mean wage_usd_per_hour?")
    (problem,) = problems_of(base, "pay.wage_usd_per_hour=abc@2029-01")
    assert problem.startswith('--with pay.wage_usd_per_hour=abc@2029-01: change[1].set."pay.wage_usd_per_hour" = "abc"')
    (problem,) = problems_of(base, "posts.number=7@2029-13")
    assert 'change[1].at = "2029-13": must be a month' in problem
    (problem,) = problems_of(base, "place.state=PA@2029-01")
    assert "cannot change by date" in problem


def test_what_is_wrong_in_the_base_keeps_its_line(base: Path) -> None:
    base.write_text(BASE.replace("medicaid.rate_usd_per_unit", "medicade.rate_usd_per_unit"))
    (problem,) = problems_of(base, "posts.number=7@2029-01")
    assert problem.startswith(f"{base}:18: change[0]")


def test_what_cannot_be_read_is_told_all_at_once() -> None:
    texts = ("pay", "a/b: x=1", "x=[1", "posts.number=1", "posts.number=2", "c: x.y=1", "C: x.y=2", ": x=1")
    found, problems = what_ifs(texts)
    assert [one.name for one in found] == [UNNAMED, "c", "C"]
    told = [str(one) for one in problems]
    assert len(told) == 6
    for words in (
        "--with pay: must be written PATH=VALUE",
        "--with a/b: x=1: the name before the colon may have at most",
        "--with x=[1: the value opens a quote or bracket",
        "--with : x=1: the name before the colon may have at most",
        "--with posts.number=2: posts.number is set twice in one alternative (--with posts.number=1)",
        "--with C: x.y=2: C and c differ only in capitals",
    ):
        assert sum(one.startswith(words) for one in told) == 1, words


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.one_of(st.text(), st.from_regex(TYPED, fullmatch=True)))
def test_whatever_is_typed_is_an_alternative_or_told_what_is_wrong(base: Path, text: str) -> None:
    found, problems = what_ifs([text])
    assert len(found) + len(problems) == 1
    for one in found:
        with contextlib.suppress(ScenarioError):
            load(base, what_if=one)
