"""Every word a user meets is in the glossary."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

from sim.evidence.cards import KINDS, load_cards
from sim.evidence.effects import load_effects
from sim.evidence.marks import GRADES, OBTAINED, QUALITIES
from sim.model.rules.turnover import CAUSES, DESTINATIONS
from sim.model.world.log import LINE_KINDS
from sim.questions.compare.tables import VERDICTS
from sim.results.measures.table import FAMILIES, MEASURES
from sim.runs.paired import Verdict
from sim.scenario.describe import inputs
from sim.scenario.problems import Severity

PAGE = (Path(__file__).parents[2] / "docs/glossary.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith(("| term |", "|---"))
]
TERMS = {term for term, _, _ in ROWS}
NAMES = {name for _, names, _ in ROWS for name in re.findall(r"`([^`]+)`", names)}


def missing(words: object, known: set[str]) -> list[str]:
    return sorted({str(word) for word in words} - known)  # type: ignore[attr-defined]


def test_every_row_has_a_term_and_a_meaning() -> None:
    assert len(ROWS) > 150
    for row in ROWS:
        assert len(row) == 3, row
        term, _, meaning = row
        assert term, row
        assert meaning.endswith("."), row
        assert len(meaning.split()) >= 2, row


def test_no_term_and_no_name_is_explained_twice() -> None:
    names = Counter(name for _, cell, _ in ROWS for name in re.findall(r"`([^`]+)`", cell))
    terms = Counter(term for term, _, _ in ROWS)
    assert [word for counts in (names, terms) for word, count in counts.items() if count > 1] == []


def test_every_measure_is_explained_by_label_and_key() -> None:
    rows = {(term, name.strip("`")) for term, name, _ in ROWS}
    assert [one.key for one in MEASURES.values() if (one.label, one.key) not in rows] == []


def test_no_measure_is_explained_that_is_gone() -> None:
    results = PAGE.partition("## Results: people")[2].partition("## Units")[0]
    assert missing(re.findall(r"^\| .+? \| `(\w+)` \|", results, re.MULTILINE), set(MEASURES)) == []
    assert all(f"## Results: {family}" in PAGE for family in FAMILIES)


def test_every_table_of_inputs_is_explained() -> None:
    tables = {one.path.partition(".")[0].removesuffix("[]") for one in inputs()}
    assert missing(tables, NAMES) == []


def test_every_word_an_input_may_be_is_explained() -> None:
    assert missing((word for one in inputs() for word in one.choices), NAMES) == []


def test_every_cause_of_leaving_and_destination_is_explained() -> None:
    assert missing((*CAUSES, *DESTINATIONS), NAMES) == []


def test_every_cause_and_outcome_of_an_effect_is_explained() -> None:
    effects = load_effects().values()
    assert missing([effect.cause for effect in effects] + [effect.outcome for effect in effects], NAMES) == []


def test_every_kind_of_ledger_line_is_explained() -> None:
    assert missing(LINE_KINDS, NAMES) == []


def test_every_verdict_long_and_short_is_explained() -> None:
    assert missing((*get_args(Verdict), *VERDICTS.values()), NAMES) == []


def test_every_mark_of_evidence_is_explained() -> None:
    assert missing((*GRADES, *QUALITIES, *OBTAINED, *KINDS, *get_args(Severity)), NAMES) == []
    assert {card.kind for card in load_cards().values()} <= NAMES
    marks = {f"grade {grade}" for grade in GRADES} | {f"quality {quality}" for quality in QUALITIES}
    assert missing(marks, TERMS) == []


def test_every_unit_of_a_measure_is_made_of_explained_words() -> None:
    """Plain counts (`people a year`, `clients`, `months`) need no row of their own."""
    explained = ("USD", "share", "a year", "months", "hours", "peers", "people", "clients", "relationships")
    units = {measure.unit for measure in MEASURES.values()}
    assert {
        unit for unit in units if unit not in TERMS | NAMES and not any(word in unit for word in explained)
    } == set()


def test_the_glossary_links_to_pages_that_are_there() -> None:
    for page in re.findall(r"\]\(([\w.]+\.md)", PAGE):
        assert (Path(__file__).parents[2] / "docs" / page).is_file(), page
