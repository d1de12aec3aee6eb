"""Where every source is found, or that nobody knows."""

from __future__ import annotations

import re

import pytest

from sim.evidence.sources import Source, load_sources

OWN = frozenset({"derived", "assumption"})  # made here: no document to find
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
