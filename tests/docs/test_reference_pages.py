"""The reference pages say what the program says, and every link in the reporting pages leads somewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.sources import load_sources
from sim.results.measures.table import MEASURES
from sim.scenario.describe import inputs
from studies.reference_pages import pages, write

DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = ("stress_des.md", "reporting.md", "glossary.md")
STRESS = [
    *("1.1", "1.2", "1.3"),
    *("2.1", "2.2", "2.3", "2.4", "2.5", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.5"),
    *("3.1", "3.2", "3.3", "3.4"),
    *("4.1", "4.2", "4.3"),
    *("5.1", "5.2", "5.3", "5.4"),
    "6.1",
]
VALIDITY = ("Face validity", "Verification", "Cross validity", "External validity", "Predictive validity")
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]*)(?:#([^)\s]+))?\)")


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@cache
def anchors(name: str) -> set[str]:
    """Return the anchors of a page's headings, as the documents' builder makes them."""
    headings = re.findall(r"^#+ (.+)$", text(name), re.MULTILINE)
    return {"-".join(re.sub(r"[^\w\s-]", "", heading.lower()).split()) for heading in headings}


@pytest.mark.parametrize("name", pages())
def test_a_reference_page_is_up_to_date(name: str) -> None:
    assert text(name) == pages()[name], f"docs/{name} is not what the program says now: run `make docs-tables`"


def test_pages_are_written_as_they_are_made(tmp_path: Path) -> None:
    write(tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == pages()


def test_every_input_card_measure_effect_and_cited_source_has_its_place() -> None:
    made = pages()
    assert all(f"| `{one.path}` |" in made["inputs.md"] for one in inputs())
    assert all(f"\n### {key}\n" in made["inputs.md"] for key in load_cards())
    assert all(f"| {one.label} | `{one.key}` |" in made["measures.md"] for one in MEASURES.values())
    assert all(f"| `{key}` |" in made["effects.md"] for key in load_effects())
    cited = {key for card in load_cards().values() for key in card.sources}
    assert all(load_sources()[key].citation.rstrip(".") in made["inputs.md"] for key in cited)


def test_every_row_of_a_table_has_as_many_cells_as_its_heading() -> None:
    for name, page in pages().items():
        for block in re.findall(r"(?:^\|.*\n?)+", page, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1, (name, block[:80])


@pytest.mark.parametrize("name", [*WRITTEN, *pages()])
def test_every_link_leads_to_a_page_and_a_heading(name: str) -> None:
    links = LINK.findall(text(name))
    assert links
    for page, anchor in links:
        if not page.startswith("http"):
            assert (DOCS / (page or name)).is_file(), page
            assert not anchor or anchor in anchors(page or name), f"{page}#{anchor}"


def test_every_item_of_stress_des_is_answered() -> None:
    sections = re.split(r"^#{3,4} ", text("stress_des.md"), flags=re.MULTILINE)[1:]
    answers = {section.split()[0]: section.partition("\n")[2].strip() for section in sections}
    assert list(answers) == STRESS
    assert [item for item, answer in answers.items() if len(answer) < 60 and item != "2.5"] == []


def test_every_kind_of_validity_is_answered() -> None:
    page = text("reporting.md")
    for kind in VALIDITY:
        answer = page.partition(f"### {kind}\n")[2].partition("\n### ")[0]
        assert len(answer.split()) > 40, kind


def test_every_item_of_cheers_is_answered() -> None:
    rows = re.findall(r"^\| (\d+) ([^|]+)\|([^|]+)\|([^|]+)\|$", text("reporting.md"), re.MULTILINE)
    assert [int(number) for number, *_ in rows] == list(range(1, 29))
    assert all(cell.strip() for _, *cells in rows for cell in cells)


@pytest.mark.parametrize("name", WRITTEN)
def test_paths_that_a_page_names_are_there(name: str) -> None:
    """docs/validation.md is spoken of as the place of a report, there or not."""
    root = DOCS.parent
    named = re.findall(r"`((?:sim|tests|data|docs|seeds|scenarios|bench)/[\w./]*)`", text(name))
    missing = {path for path in named if not (root / path).exists()} - {"docs/validation.md"}
    assert {path for path in missing if not path.startswith("bench/results/")} == set()
