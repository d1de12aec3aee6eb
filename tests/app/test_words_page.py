"""The glossary on the page is that of the documents, and every result says where its number stands what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sim.evidence.paths import GLOSSARY
from sim.questions.compare.three_numbers import LABELS
from sim.results.measures.table import MEASURES
from sim.ui.answers.answer import key_of, linked, meaning
from sim.ui.texts import glossary
from tests.app.pages import AppTest, decided, finished, opened, serving, text
from tests.app.worlds import small


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def cells(app: AppTest) -> str:
    return "\n".join(str(one.value.to_dict("list")) for one in app.table).replace("\\\\", "")


def test_every_row_of_the_file_is_a_word() -> None:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|") and not line.startswith(("| term |", "|---"))]
    assert len(glossary()) == len(rows) > 200
    assert all(word.section and word.term and word.meaning for word in glossary())
    assert {word.term for word in glossary()} >= {"peer", "post", "base", "alternative"}


def test_the_page_shows_all_words_and_finds_those_that_are_searched() -> None:
    app = opened("words")
    assert len(app.header) == len({word.section for word in glossary()})
    assert "A budgeted job for one peer" in cells(app)
    app.text_input[0].set_value("budgeted job").run()
    found = [word for word in glossary() if word.has("budgeted job")]
    assert 0 < len(found) < 20
    assert sum(len(one.value) for one in app.table) == len(found)
    app.text_input[0].set_value("zebra").run()
    assert "Nothing here has all these words" in text(app)


def test_no_word_shows_the_signs_of_its_file() -> None:
    told = " ".join(f"{word.term} {word.name} {word.meaning}" for word in glossary())
    assert "`" not in told
    assert "](" not in told


def test_a_number_says_what_it_means_and_a_name_leads_to_its_card() -> None:
    app = finished(opened("compare", small()))
    links = re.findall(r'href="evidence\?evidence=([^"]+)"', decided(app))
    assert "chance_of_missing_payroll" in links
    assert set(links) <= set(MEASURES)
    names = [one for table in app.table for one in table.value.to_dict("list").get("Measure", [])]
    assert names
    assert all(f"(evidence?evidence={key_of(one[1:].partition(']')[0])})" in one for one in names)


def test_every_label_of_a_result_has_a_meaning() -> None:
    for label in (*LABELS.values(), *(one.label for one in MEASURES.values())):
        assert meaning(label)
        assert "(evidence?evidence=" in linked(label)
    assert linked("Base") == "Base"
