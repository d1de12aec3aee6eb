"""A fingerprint changes with the meaning of a scenario, and with nothing else."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.fingerprint import HEX_DIGITS, fingerprint, organization_fingerprint
from sim.scenario.patch import find
from sim.scenario.schema import Scenario
from sim.units import month_number, month_text
from tests.scenario.texts import BASE, RICH, loaded

WHOLE = loaded(RICH).scenario.model_dump()
WITHOUT_MEANING = {("title",), ("question",), ("notes",), ("experiment", "seed"), ("experiment", "replications")}
MONTH = re.compile(r"\d{4}-\d{2}")

Path = tuple[Any, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the address of every value that is neither a table nor a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path


def other(value: Any, path: Path) -> Any:
    """Return another value that the same input may have."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        below = value - 1 if value > 1 else value + 1
        return below if isinstance(value, int) else value * 0.9 + 0.0123
    if value is None:
        return LEFT_OUT.get(path[-1], 3.0)
    if MONTH.fullmatch(value):
        return month_text(month_number(value) + 1)
    return CHOICES.get(value, value + "x")


LEFT_OUT = {  # inputs that may be left out → a value of their own kind
    "in_rung_since": "2026-11", "start": "2026-11", "ends": "2031-11", "term_months": 3, "months_left": 3,
    "renewal_term_months": 3, "max_units_per_client_day": 3, "fixed_fringe_share": 0.3, "fte": 0.3,
    "budget_productivity_share": 0.3, "group": "black",
}  # fmt: skip
CHOICES = {
    "PA": "NC", "travel": "notes", "individual": "notes", "group": "notes", "wages": "other", "fringe": "other",
    "supervision": "other", "training": "other", "recruiting": "other", "direct": "other", "overhead": "other",
    "state": "county", "visit_day": "member_month", "last_hired": "lowest_rung", "elasticity": "logistic", "off": 3,
    "other": "wages", "gross": "two_adults",
}  # fmt: skip


def changed(path: Path, value: Any) -> Scenario:
    """Return the rich scenario with one value replaced."""
    table = copy.deepcopy(WHOLE)
    around = thawed(table)
    inner = around
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return Scenario.model_validate(around)


def thawed(value: Any) -> Any:
    """Return tables with lists for tuples."""
    if isinstance(value, dict):
        return {key: thawed(inner) for key, inner in value.items()}
    return [thawed(inner) for inner in value] if isinstance(value, list | tuple) else value


MEANINGS = [path for path in leaves(WHOLE) if path not in WITHOUT_MEANING and path[-1] != "kind"]


def test_the_rich_scenario_has_every_kind_of_input() -> None:
    assert len(MEANINGS) > 200


def test_every_input_has_a_meaning() -> None:
    before = fingerprint(Scenario.model_validate(WHOLE))
    silent = [path for path in MEANINGS if fingerprint(changed(path, other(find(WHOLE, path)[0], path))) == before]
    assert silent == []


@pytest.mark.parametrize("path", sorted(WITHOUT_MEANING))
def test_texts_seed_and_replications_have_none(path: Path) -> None:
    value = find(WHOLE, path)[0]
    assert fingerprint(changed(path, other(value, path))) == fingerprint(Scenario.model_validate(WHOLE))


def test_every_two_fingerprints_of_different_inputs_differ() -> None:
    prints = {fingerprint(changed(path, other(find(WHOLE, path)[0], path))) for path in MEANINGS[:60]}
    assert len(prints) == 60


def test_a_fingerprint_is_sixteen_hex_digits() -> None:
    assert re.fullmatch(f"[0-9a-f]{{{HEX_DIGITS}}}", loaded(BASE).fingerprint)


@pytest.mark.parametrize(
    "same",
    [
        BASE + "# a comment\n",
        BASE.replace("20.0", "20"),
        BASE.replace("20.0", "2e1"),
        BASE.replace("13.5", "13.50"),
        'title = "x"\n' + BASE,
        BASE + 'billable = ["group", "individual"]',
        "posts = {}\n" + BASE,
        "posts.number = 20\n" + BASE,
        BASE + '[rules]\nbraiding = ["medicaid"]',
        BASE + '[[change]]\nat = "2028-01"\nset = { posts.number = 20 }',
        BASE + '[[change]]\nat = "2040-01"\nset = { posts.number = 21 }',
        BASE + '[[employer]]\nname = "employer"',
        "\n[".join(("", *reversed(BASE.strip().removeprefix("[").split("\n[")))),
    ],
)
def test_what_means_the_same_has_the_same_fingerprint(same: str) -> None:
    assert loaded(same).fingerprint == loaded(BASE).fingerprint


@pytest.mark.parametrize(
    "another",
    [
        'place.state = "PA"\n' + BASE,
        BASE + 'billable = ["individual"]',
        "horizon.months = 61\n" + BASE,
        "experiment.feedback = false\n" + BASE,
        BASE + '[[change]]\nat = "2028-01"\nset = { posts.number = 21 }',
        BASE + '[[employer]]\nname = "employer"\ncount = 2',
        BASE + '[[employer]]\nname = "other"',
        BASE + "[effects]\nscale = 0.0",
    ],
)
def test_what_means_something_else_has_another_fingerprint(another: str) -> None:
    assert loaded(another).fingerprint != loaded(BASE).fingerprint


def test_the_order_of_sources_in_the_braiding_is_a_meaning() -> None:
    turned = RICH.replace('["block", "settlement",', '["settlement", "block",')
    assert turned != RICH
    assert loaded(turned).fingerprint != loaded(RICH).fingerprint


def test_what_no_employer_uses_is_no_meaning() -> None:
    kinds = '[[employer]]\nname = "a"\nposts.number = 5\n[[employer]]\nname = "b"\nposts.number = 6\n'
    assert loaded("posts.number = 8\n" + BASE + kinds).fingerprint == loaded(BASE + kinds).fingerprint


def test_one_organization_has_a_fingerprint_of_its_own() -> None:
    base = loaded(BASE).scenario
    assert organization_fingerprint(base) == organization_fingerprint(loaded('title = "x"\n' + BASE).scenario)
    assert organization_fingerprint(base) != organization_fingerprint(loaded(BASE, ["posts.number=3"]).scenario)


def blocks(text: str) -> list[str]:
    """Split a TOML text where one table ends and the next begins; lists of tables stay in order."""
    return re.split(r"\n(?=\[)", text.strip())


TABLES = blocks(RICH[RICH.index("[horizon]") : RICH.index("[[change]]")])
COMMENTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF))


@given(order=st.permutations(range(len(TABLES))), comment=COMMENTS)
@settings(max_examples=25, deadline=None)
def test_neither_order_nor_comments_change_a_fingerprint(order: list[int], comment: str) -> None:
    rest = RICH[RICH.index("[[change]]") :]
    shuffled = "\n".join(f"# {comment!a}\n{TABLES[place]}" for place in order) + "\n" + rest
    assert loaded(shuffled).fingerprint == FINGERPRINT


FINGERPRINT = loaded(RICH).fingerprint


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_keys_never_changes_a_fingerprint(luck: Any) -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            items = list(value.items())
            luck.shuffle(items)
            return {key: turned(inner) for key, inner in items}
        return [turned(inner) for inner in value] if isinstance(value, list | tuple) else value

    assert fingerprint(Scenario.model_validate(turned(WHOLE))) == FINGERPRINT


def test_the_order_of_positions_decides_who_has_which_post_and_that_of_other_names_nothing() -> None:
    named = {"night": {"number": 1}, "lead": {"number": 2}}
    rungs = {"senior": {"step": 1, "slots": {"kind": "open"}}, "lead": {"step": 2, "slots": {"kind": "open"}}}
    table = {"pay": {"wage_usd_per_hour": 20.0}, "positions": named, "ladder": rungs}
    turned = {name: dict(reversed(list(table[name].items()))) for name in ("positions", "ladder")}
    prints = [fingerprint(Scenario.model_validate(table | more)) for more in ({}, {"ladder": turned["ladder"]}, turned)]
    assert prints[0] == prints[1] != prints[2]
