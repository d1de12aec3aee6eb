"""Every figure of a library scenario can be traced: the file says where it is from, and the source is known."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.evidence.sources import load_sources
from sim.scenario.read.library import scenario_files

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = scenario_files(FOLDER, "**/*.toml")
LIBRARY = sorted([*scenario_files(FOLDER), *FOLDER.glob("validation/*.toml")])
SOURCES = load_sources()
NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
SETTINGS = frozenset({"horizon", "experiment"})
CITED = re.compile(r"\[([^\[\]]+)\]")
QUALITY = re.compile(r",\s*([PSAD])\b")
COMMENTED = re.compile(r"^\s*([\w.]+) = ([-\d_.]+)\s+# *(?:assumption|computed|default|.*\[\w+)", re.MULTILINE)


def name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def prose(path: Path) -> str:
    """Return what a file says in words: title, question, notes, comments, and the sources of living wages."""
    text = path.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    comments = re.findall(r"#.*$", re.sub(r'"""(?:.|\n)*?"""', "", text), re.MULTILINE)
    words = [str(table.get(key, "")) for key in ("title", "question", "notes")]
    return " ".join(" ".join([*words, *comments]).split())


def prose_with_base(path: Path) -> str:
    """Return the same with that of the files it extends."""
    above = tomllib.loads(path.read_text(encoding="utf-8")).get("extends")
    return prose(path) + (" " + prose_with_base(path.parent / above) if above else "")


def figures(table: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, float]]:
    """Yield the numbers of a scenario by address."""
    if isinstance(table, dict | list):
        pairs = table.items() if isinstance(table, dict) else ((str(at), one) for at, one in enumerate(table))
        for key, value in pairs:
            yield from figures(value, (*path, key))
    elif isinstance(table, int | float) and not isinstance(table, bool):
        yield ".".join(path), float(table)


def written(value: float) -> set[str]:
    """Return the ways in which a number may be written in words."""
    whole = value == round(value)
    percent = round(value * 100, 6)
    told = {f"{value:g}", f"{value:,.2f}", f"{percent:g} %", f"{percent:.1f} %"}
    if whole:
        told.add(f"{value:,.0f}")
    if whole and 0 <= value < len(NUMBERS):
        told.add(NUMBERS[int(value)])
    if whole and value % 12 == 0 and 0 < value // 12 < len(NUMBERS):
        years = NUMBERS[int(value // 12)]
        told |= {f"{years} years", f"{years}-year", f"{years} sure years"}
    return told | ({f"{value / 1e6:g} million"} if abs(value) >= 1e5 else set())


def said(value: float, words: str) -> bool:
    return any(re.search(rf"(?<![\d.,]){re.escape(one)}(?!\d|[.,]\d)", words, re.IGNORECASE) for one in written(value))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_a_scenario_cites_is_a_known_source_with_its_own_mark(path: Path) -> None:
    for cited in CITED.findall(prose(path)):
        keys = re.findall(r"[a-z][a-z0-9_]*_[a-z0-9_]+", cited)
        assert keys, cited
        assert [key for key in keys if key not in SOURCES] == [], cited
        mark = QUALITY.search(cited)
        if mark is not None and len(keys) == 1:
            assert mark[1] in (SOURCES[keys[0]].quality, "D"), cited


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_every_figure_of_a_scenario_is_spoken_of(path: Path) -> None:
    """In its notes or those of what it extends, or in a comment on its own line."""
    text = path.read_text(encoding="utf-8")
    marked = {(key, float(value)) for key, value in COMMENTED.findall(text)}
    words = prose_with_base(path)
    table = {key: value for key, value in tomllib.loads(text).items() if key not in SETTINGS}
    assert [
        (address, value)
        for address, value in figures(table)
        if (address.rpartition(".")[2], value) not in marked and not said(value, words)
    ] == []


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_a_federal_match_names_the_notice_it_is_from(path: Path) -> None:
    shares = [value for address, value in figures(tomllib.loads(path.read_text())) if address.endswith("federal_share")]
    assert not [value for value in shares if 0 < value < 1] or "[fmap_2026" in prose_with_base(path)


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_a_typed_living_wage_names_a_key_where_it_is_a_fact(path: Path) -> None:
    found = re.findall(r'^living_wage_source = "([^"]*)"', path.read_text(), re.MULTILINE)
    for words in found:
        key = words.partition(":")[0]
        assert key in SOURCES or key == "reference workforce", words


def test_a_figure_nobody_speaks_of_is_found() -> None:
    assert said(0.35, "fringe 35 %")
    assert said(36.0, "for three years")
    assert not said(13.5, "13.55 or 113.5")
    assert not said(3.0, "13.0")
