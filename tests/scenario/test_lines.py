"""Every key and list item of a TOML text is found on its line."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.scenario.read.lines import key_lines, line_of
from tests.scenario.texts import RICH

TEXT = '''title = "x"
notes = """
[fake]
a = 1 \\""" ""
"""
[funding."me.d"]  # [no]
kind = 'fee' # = [x]
list = [1, 2, # ]
  {a = 3, b.c = [4]},
]
a.b . "c" = "}\\"]"
[[employer]]
name = "a"
[employer.pay]
wage = 2
[[employer]]
[employer.pay]
wage = {x = 1, y = "}"}
[[employer.shift]]
[[employer.shift]]
at = 1979-05-27 07:32:00
long = \'\'\'it's'\'\'\'
'''


def test_keys_tables_and_items_are_found() -> None:
    tomllib.loads(TEXT)
    lines = key_lines(TEXT)
    expected = {
        ("title",): 1,
        ("notes",): 2,
        ("funding", "me.d"): 6,
        ("funding", "me.d", "kind"): 7,
        ("funding", "me.d", "list", 1): 8,
        ("funding", "me.d", "list", 2, "b", "c", 0): 9,
        ("funding", "me.d", "a", "b", "c"): 11,
        ("employer", 0, "name"): 13,
        ("employer", 0, "pay", "wage"): 15,
        ("employer", 1): 16,
        ("employer", 1, "pay", "wage", "y"): 18,
        ("employer", 1, "shift", 1): 20,
        ("employer", 1, "shift", 1, "at"): 21,
        ("employer", 1, "shift", 1, "long"): 22,
    }
    assert {path: lines.get(path) for path in expected} == expected
    assert ("fake",) not in lines


def test_a_missing_key_has_the_line_of_the_table_around_it() -> None:
    lines = key_lines("[pay]\n[funding.a]\nkind = 1")
    assert line_of(lines, ("funding", "a", "rate")) == 2
    assert line_of(lines, ("zzz",)) is None


def test_windows_line_ends_count_once() -> None:
    assert key_lines("a = 1\r\n\r\nb = '''\r\n'''\r\nc = 1")[("c",)] == 5


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, one in inner for each in paths(one, (*path, key)))]


def test_every_input_of_the_rich_scenario_is_found() -> None:
    lines = key_lines(RICH)
    assert [path for path in paths(tomllib.loads(RICH)) if path and path not in lines] == []


KEYS = st.one_of(
    st.from_regex(r"\A[A-Za-z0-9_-]{1,6}\Z"),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=5).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    ),
)
PLAIN = st.sampled_from(
    [
        "1",
        "-2.5",
        "true",
        "1979-05-27",
        '"a # ] } = \\" b"',
        "'x\\'",
        '"""\n[a]\n"""',
        "'''\nb = 1'''",
        "nan",
        '""',
        "''",
    ]
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[ # c ]\n" + ",\n".join(items) + "\n]"),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{k} = {v}" for k, v in pairs.items()) + "}"
        ),
    ),
    max_leaves=6,
)
HEADERS = st.one_of(
    KEYS.map(lambda key: f"[{key}]"), st.lists(KEYS, min_size=1, max_size=3).map(lambda keys: f"[[{'.'.join(keys)}]]")
)
STATEMENTS = st.one_of(
    HEADERS,
    st.tuples(st.lists(KEYS, min_size=1, max_size=2), VALUES).map(lambda pair: f"{' . '.join(pair[0])} = {pair[1]}"),
)


@given(st.lists(STATEMENTS, max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_toml_reads_is_found(statements: list[str]) -> None:
    text = "\n".join(statements)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert [path for path in paths(data) if path and path not in lines] == []
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@given(st.text() | st.text("a=[]{},.\"'#\n \\"))
@example("a=[}")
@example("a={b=[,,")
@example("'a")
@settings(max_examples=200, deadline=None)
def test_the_scan_comes_to_an_end_whatever_the_text(text: str) -> None:
    key_lines(text)
