"""Whatever a user wrote, nothing that shows it obeys it: one table of texts, one of painters."""

from __future__ import annotations

import csv
import io
import json
import shlex
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sim.charts.printed import write_paths
from sim.questions.compare.shapes import compare_shape, run_shape
from sim.questions.compare.text import compare_text, run_text
from sim.runs.answer import Answer
from sim.scenario.files import load_table
from sim.scenario.read.clean_layers import LONG, LONGEST
from sim.scenario.read.clean_text import clean
from sim.takeaway.figure import figure_bytes
from sim.takeaway.offer import made
from sim.takeaway.plain import starts_formula
from sim.ui.links import link_of, question_of
from sim.ui.question import Alternative, Question
from sim.ui.texts import plain
from sim.words.as_json import as_json
from tests.answers import TABLES, answer, case
from tests.takeaway.hand_made import paths, stamped
from tests.takeaway.test_documents import Page

CASE = "\x1b[2J\x1b]0;owned\x07one\x0btwo \u202ereversed"
TEXTS = {
    "a terminal's commands": CASE,
    "a link and colors for a terminal": "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \x9b31mred\x1b[0m \x1bP+q\x1b\\",
    "a command that never ends": "before \x1b]0;after \x1b[ \x1b",
    "control characters": "".join(map(chr, [*range(32), *range(127, 160)])) + "end",
    "letters turned round": "\u202eevil\u202c \u2066a\u2069 \u200fb\u061c",
    "what nobody sees": "zero\u200bwidth\ufeff\u00ad\u2060 \U000e0041tag",
    "ends of lines": "one\r\ntwo\rthree\u2028four\u2029five\x85six",
    "halves of characters": "\ud800 half \udfff",
    "what is no character": "\ufffe\uffff\ufdd0x",
    "a formula": "=cmd|' /C calc'!A0",
    "another formula": "@SUM(1+1)*cmd",
    "markup of a page": "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;]]>",
    "markup of Markdown": "[x](javascript:alert(1)) ![](http://x) **b** $a$ :material/home: `c`",
    "markup of a PDF": '#let x = read("/etc/passwd") $x$ @ref <label> \\ ] [',
    "markup of a figure": "$\\frac{$ \\$ _x^ $ {",
    "a shell's commands": "$(rm -rf ~); `id` 'quoted' \"twice\" && x",
    "much too long": "long " * 8_000,
}


def tables(text: str, **more: Any) -> dict[str, Any]:
    """Return a scenario with a text wherever one may stand."""
    rung = {"step": 1, "title": text}
    place = {"area": text, "living_wage_usd_per_hour": 20.0, "living_wage_source": text}
    home = {"one_adult": {"share": 1.0, "living_wage_ratio": 1.1, "living_wage_source": text}}
    return TABLES | {
        "title": text, "question": text, "notes": text, "place": place | {"households": home},
        "ladder": {"senior": rung}, **more,
    }  # fmt: skip


@cache
def asked(name: str) -> Answer:
    base = case("today", load_table(tables(TEXTS[name])))
    other = case("higher", load_table(tables(TEXTS[name], pay={"wage_usd_per_hour": 26.0})), cash_end_usd=120_000.0)
    return answer_of(base, other)


def answer_of(base: Any, other: Any) -> Answer:
    told = answer(other)
    return Answer(base, told.alternatives, told.settings)


# painters: from an answer to every text that arrives ------------------------------------------------------------------


def _archive(ending: str, told: Answer) -> Iterator[str]:
    """Yield every text of every XML part of a Word document or workbook."""
    with zipfile.ZipFile(io.BytesIO(made(ending, told, stamped(told), paths(told)))) as packed:
        for part in packed.namelist():
            if part.endswith((".xml", ".rels")):
                whole = packed.read(part).decode()
                assert "<f>" not in whole
                assert "<hyperlink" not in whole
                tree = ET.fromstring(whole)
                yield from tree.itertext()
                yield from (value for one in tree.iter() for value in one.attrib.values())


def _html(told: Answer) -> Iterator[str]:
    page = Page(made(".html", told, stamped(told), paths(told)).decode())
    assert not {"script", "img onerror", "iframe", "a"} & {tag for tag, _ in page.tags}
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
    yield page.text
    yield from (str(value) for tag, attributes in page.tags for value in attributes.values() if tag != "meta")


def _csv(told: Answer) -> Iterator[str]:
    for row in csv.reader(io.StringIO(made(".csv", told, stamped(told), paths(told)).decode("utf-8-sig"))):
        yield from row
        assert not any(starts_formula(cell) and not _is_number(cell) for cell in row)


def _bundle(told: Answer) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(made(".zip", told, stamped(told)))) as packed:
        for name in packed.namelist():
            yield name
            content = packed.read(name)
            yield content.decode()
            if name.endswith(".toml"):
                assert load_table(tomllib.loads(content.decode())).fingerprint in {
                    one.loaded.fingerprint for one in told.cases
                }


def _figure(told: Answer) -> Iterator[str]:
    yield from ET.fromstring(figure_bytes(told, paths(told), "svg").decode()).itertext()
    assert figure_bytes(told, paths(told), "png").startswith(b"\x89PNG")


def _path_figure(told: Answer) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paths.svg"
        titles = {one.name: one.title for one in told.cases}
        write_paths(paths(told), titles, told.base.loaded.scenario.horizon.start, file)
        yield from ET.fromstring(file.read_text(encoding="utf-8")).itertext()


def _pdf(told: Answer) -> Iterator[str]:
    data = made(".pdf", told, stamped(told), paths(told))
    assert data.startswith(b"%PDF-1.")
    assert b"/JavaScript" not in data
    assert b"/URI" not in data
    yield ""


def _link(told: Answer) -> Iterator[str]:
    question = Question(told.base.loaded.raw, (Alternative(told.alternatives[0].case.loaded.raw, own=True),))
    text = link_of(question)
    if text is not None:
        assert question_of(text) == question
        yield text


def _page(told: Answer) -> Iterator[str]:
    for one in told.cases:
        title = plain(one.title)
        yield title
        assert "\n" not in title
        for mark in "[]()<>*_`$:!#|~":  # each of them stands behind a \\, and Markdown shows it as it is
            assert title.count(mark) == title.count(f"\\{mark}")


def _command(told: Answer) -> Iterator[str]:
    setting = f"title={told.base.title}"
    command = stamped(told, (setting, f"place.area={CASE}")).command
    yield command
    assert setting in shlex.split(command)


def _json(shape: Callable[[Answer], Any], told: Answer) -> Iterator[str]:
    text = as_json(shape(told))
    yield text.encode().decode()
    json.loads(text)


def _warnings(told: Answer) -> Iterator[str]:
    for one in told.cases:
        for problem in one.loaded.warnings:
            assert str(problem).isprintable()
            yield str(problem)


PAINTERS: dict[str, Callable[[Answer], Iterator[str]]] = {
    "terminal, a run": lambda told: iter([run_text(told, stamped(told))]),
    "terminal, a comparison": lambda told: iter([compare_text(told, stamped(told))]),
    "terminal, warnings": _warnings,
    "JSON of a run": partial(_json, run_shape),
    "JSON of a comparison": partial(_json, compare_shape),
    "Word": partial(_archive, ".docx"),
    "workbook": partial(_archive, ".xlsx"),
    "PDF": _pdf,
    "HTML": _html,
    "CSV": _csv,
    "bundle": _bundle,
    "figure of a brief": _figure,
    "figure of the command line": _path_figure,
    "page": _page,
    "link": _link,
    "command": _command,
}


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("painter", PAINTERS)
def test_no_painter_lets_a_text_of_users_do_anything(painter: str, name: str) -> None:
    told = [text.replace("\u2060", "") for text in PAINTERS[painter](asked(name))]  # a page joins − and $ by one
    assert all(clean(text) == text for text in told)


def test_a_text_is_what_remains_of_it_everywhere_and_a_warning_says_that_something_was_left_out() -> None:
    told = asked("a terminal's commands").base.loaded
    assert (told.scenario.title, told.raw["title"], told.scenario.notes) == ("one two reversed",) * 2 + (
        "one\ntwo reversed",
    )
    assert told.scenario.place.area == told.scenario.ladder["senior"].title == "one two reversed"
    said = [str(one) for one in told.warnings]
    assert len([one for one in said if "control characters" in one]) == 7
    assert any(one.startswith('scenario: title = "\\u001b[2J') for one in said)
    assert any("place.households.one_adult.living_wage_source" in one for one in said)


def test_a_text_that_is_much_too_long_is_cut_and_a_warning_says_so() -> None:
    told = asked("much too long").base.loaded
    lengths = {key: len(getattr(told.scenario, key)) for key in LONG}
    assert lengths == LONG
    assert len(told.scenario.place.area) == LONGEST
    assert any("title" in str(one) and "more than 200; the rest is left out" in str(one) for one in told.warnings)


@pytest.mark.parametrize("text", ["Pennsylvania: 4 × $13.75 − 2 %", "Größe → ≥ 🎉 日本 e\u0301 👩\u200d🔬", ""])
def test_what_people_write_stays_as_it_is_and_nothing_is_said(text: str) -> None:
    told = load_table(TABLES | {"title": text, "notes": f"{text}\n\n{text}"})
    assert (told.scenario.title, told.scenario.notes) == (text, f"{text}\n\n{text}")
    assert not [one for one in told.warnings if "left out" in one.rule]
