"""Whatever stands in a file, the answer is a scenario or a ScenarioError: never a crash."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import os
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario.describe import inputs
from sim.scenario.differences import differences
from sim.scenario.files import load, load_table
from sim.scenario.patch import find, put
from sim.scenario.problems import ScenarioError
from tests.scenario.texts import BASE, RICH

EXAMPLES = int(os.environ.get("FUZZ", "60"))
FUZZ = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DATA = tomllib.loads(RICH)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, -1, 1, 10**400, 2**63, 0x7FFFFFFF]),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["off", "grant", "fee_for_service", "2028-07", "2027-01", "entry", "kind", "", "US", "a.b", "\x00"]
    ),
    st.dates(),
    st.datetimes(),
    st.times(),
)
KEYS = {part for one in inputs() for part in one.path.split(".")} | {"employer", "change", "set", "at"}
NAMES = st.sampled_from(sorted(KEYS)) | st.text(max_size=5)
PIECES = [*"[]{}=.,\"'#\n\\", "kind", "0x", "[[", '"""', "off", "é"]
ANSWERS = st.text(max_size=6) | st.sampled_from(["off", "1", "true", "[]", "{}", "0.5"])
VALUES = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=10
)


def survives(table: dict[str, Any], sets: tuple[str, ...] = ()) -> None:
    with contextlib.suppress(ScenarioError):
        load_table(table, sets)


def loads(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fuzz.toml"
        file.write_bytes(content)
        with contextlib.suppress(ScenarioError):
            load(file)


@given(st.binary(max_size=200))
@FUZZ
def test_bytes(content: bytes) -> None:
    loads(content)


@given(st.text(max_size=200))
@FUZZ
def test_text(text: str) -> None:
    loads(text.encode("utf-8", "surrogatepass"))


@given(
    st.integers(0, len(RICH)),
    st.integers(0, 40),
    st.sampled_from(PIECES),
)
@FUZZ
def test_a_sound_text_with_a_piece_replaced(start: int, length: int, piece: str) -> None:
    loads((RICH[:start] + piece + RICH[start + length :]).encode())


@given(st.lists(st.integers(0, RICH.count("\n")), max_size=6), st.booleans())
@FUZZ
def test_a_sound_text_with_lines_left_out_or_doubled(places: list[int], doubled: bool) -> None:
    lines = RICH.split("\n")
    kept = [line for place, line in enumerate(lines) for _ in range(1 if place not in places else 2 * doubled)]
    loads("\n".join(kept).encode())


@given(st.dictionaries(NAMES, VALUES, max_size=6))
@FUZZ
def test_tables(table: dict[str, Any]) -> None:
    survives(table)
    survives({**tomllib.loads(BASE), **table})


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, one in inner for spot in spots(one, (*path, key)))]


SPOTS = [spot for spot in spots(DATA) if spot]


@given(st.lists(st.tuples(st.sampled_from(SPOTS), VALUES), min_size=1, max_size=4))
@FUZZ
def test_a_sound_table_with_anything_anywhere(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    table = copy.deepcopy(DATA)
    for path, value in changes:
        around, depth = find(table, path[:-1])
        if depth == len(path) - 1 and find(around, path[-1:])[1]:
            around[path[-1]] = value
    survives(table)


ADDRESSES = st.sampled_from([one.path.replace("<name>", "medicaid").replace("[]", "") for one in inputs()])
CHANGES = st.dictionaries(ADDRESSES, VALUES, max_size=3)


@given(st.sampled_from(["2027-01", "2026-01", "2029-05", "2040-01"]), CHANGES)
@FUZZ
def test_changes_of_anything(at: str, change: dict[str, Any]) -> None:
    survives({**DATA, "change": [{"at": at, "set": change}]})


@given(st.lists(st.tuples(ADDRESSES, ANSWERS), max_size=3))
@FUZZ
def test_options_of_anything(sets: list[tuple[str, str]]) -> None:
    survives(DATA, tuple(f"{path}={value}" for path, value in sets))


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=3).map(lambda one: {"name": "urban", **one}), max_size=3))
@FUZZ
def test_kinds_of_anything(kinds: list[dict[str, Any]]) -> None:
    survives({**DATA, "employer": kinds})


@given(ADDRESSES, st.floats(0, 1))
@FUZZ
def test_any_two_sound_scenarios_can_be_compared(path: str, value: float) -> None:
    base = load_table(DATA).scenario
    try:
        other = load_table(put(DATA, path.split("."), value)).scenario
    except ScenarioError:
        return
    for one in differences(base, other):
        assert str(one)


PATHS = {one.path.replace("<name>", "medicaid").partition("[]")[0] for one in inputs()}
TABLES = sorted({path.rpartition(".")[0] for path in PATHS} - {""})


@pytest.mark.parametrize("value", [3, "x", True, [3], [[]], [{}, 3], {"a": 3}, {}], ids=str)
@pytest.mark.parametrize("base", [BASE, RICH], ids=["small", "rich"])
def test_every_table_in_a_wrong_form(base: str, value: Any) -> None:
    data = tomllib.loads(base)
    for path in (*TABLES, "employer", "change", "ranges", "extends"):
        wrong = put({**data, "employer": []} if path.startswith("employer.") else data, path.split("."), value)
        survives(wrong)
        survives({**data, "change": [{"at": "2027-06", "set": {path: value}}]})


def test_what_toml_cannot_hold_is_refused_in_tables_too() -> None:
    for value in (object(), {1, 2}, b"x", 3j, dt.timedelta(1), {1: 2}, {None: 3}, {(1, 2): 3}):
        survives({**tomllib.loads(BASE), "posts": value})
        survives({**tomllib.loads(BASE), "zzz": value})
        survives({**tomllib.loads(BASE), "change": [{"at": "2028-01", "set": {"posts": value}}]})
        survives({**tomllib.loads(BASE), "employer": [{"name": "a", "posts": value}]})
        survives({**tomllib.loads(BASE), "effects": value})
    survives({**tomllib.loads(BASE), 3: 4})  # type: ignore[dict-item]
