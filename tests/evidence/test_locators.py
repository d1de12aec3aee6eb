"""Where every source is found, or that nobody knows."""

from __future__ import annotations

import re

import pytest

from sim.evidence.sources import OWN, Source, load_sources, where_found
from sim.questions.evidence.parts import card_text
from sim.questions.evidence.shapes import shape_of
from sim.questions.evidence.trace import find

PAGES = re.compile(r"\d+(\(\d+\))?:\d+[-–]\d+")  # volume and pages
NONE_KNOWN = "page address not kept; verify through the citation"


def located(one: Source) -> bool:
    return bool(one.address) or bool(PAGES.search(one.citation))


@pytest.mark.parametrize("key", load_sources())
def test_a_published_source_has_a_locator_or_is_said_to_have_none(key: str) -> None:
    one = load_sources()[key]
    if one.obtained in OWN:
        assert one.address == "" or located(one)
    else:
        assert located(one) != (NONE_KNOWN in one.note)  # one of the two, never both


def test_most_published_sources_have_one_and_a_doi_is_whole() -> None:
    published = [one for one in load_sources().values() if one.obtained not in OWN]
    assert sum(map(located, published)) / len(published) > 0.9
    named = [one.address for one in published if "doi" in one.address]
    assert len(named) > 10
    assert [address for address in named if not re.search(r"10\.\d{4,9}/[\w.()/-]+", address)] == []


def test_whoever_looks_a_source_up_reads_where_it_is_or_that_nobody_knows_or_that_it_is_none() -> None:
    assert where_found("doi.org/10.1037/ocp0000047", "seen") == "doi.org/10.1037/ocp0000047"
    told = {key: " ".join(card_text(shape_of(find(key), 2026)).split()) for key in load_sources()}
    for key, one in load_sources().items():
        assert where_found(one.address, one.obtained).lower() in told[key].lower()
    assert "No address is known." in told["therapist_change"]
    assert "Not a publication." in told["assumption"]


def test_dollars_of_another_year_bear_it() -> None:
    """Costs of replacing people were counted in 2004; who sees them as of today takes them for too low."""
    told = card_text(shape_of(find("turnover.cost_per_exit"), 2026))
    assert "2004" in told
    assert "OLDER THAN ITS SHELF LIFE" in told
