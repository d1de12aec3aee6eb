"""docs/mechanisms.md: levers that a scenario takes, studies that are in the register, and what is said of both."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from sim.evidence.paths import ROOT
from sim.runs.replicate import Settings
from studies.mechanisms.__main__ import FUTURES, PAGE, SEED
from studies.mechanisms.levers import Found, Range, Seen, load_page, seen, where
from studies.mechanisms.page import page

ASKED = load_page()
SHORT = {"rules.enforce": False, "horizon.months": 24, "horizon.warm_up_months": 3, "posts.number": 12}


def study(low: float, high: float) -> Found:
    return Found(ASKED.levers[0].studies[0].source, "", (low, high), "")


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0.85, 0.95, "inside"),
        (0.9, 0.9, "inside"),
        (0.7, 0.85, "overlaps"),
        (0.95, 1.2, "overlaps"),
        (0.5, 0.7, "more effect"),
        (1.1, 1.2, "less effect"),
    ],
)
def test_where_a_study_lies_to_the_band_of_the_model(low: float, high: float, told: str) -> None:
    assert told in where(study(low, high), Seen(Range(0.9, 0.8, 1.0), {}, 0.95, 100))


def test_a_finding_that_is_no_ratio_of_leaving_is_not_judged() -> None:
    assert (
        where(replace(study(1.0, 1.0), ratio=None), Seen(Range(0.9, 0.8, 1.0), {}, 0.95, 100)) == "no ratio of leaving"
    )


def test_every_lever_runs_and_the_page_tells_each_with_its_studies() -> None:
    asked = replace(ASKED, sets=SHORT)
    told = page(asked, seen(asked, Settings(20, 1, jobs=1, unknowns=True)))
    kept = (ROOT / "docs" / "mechanisms.md").read_text(encoding="utf-8")
    for lever in asked.levers:
        for text in (told, kept):
            assert f"## {lever.title}\n\n{lever.about}" in text
            assert " ".join(lever.note.split()) in " ".join(text.split())
            for one in lever.studies:
                assert f"[{one.source.key}, {one.source.quality}] | {one.found} |" in text
    assert "nan" not in told + kept


def test_a_ladder_says_how_many_are_ever_promoted_and_a_raise_does_not() -> None:
    kept = (ROOT / "docs" / "mechanisms.md").read_text(encoding="utf-8")
    parts = kept.split("\n## ")
    promoted = [part.splitlines()[0] for part in parts if "People hired who are ever promoted" in part]
    assert promoted == ["A ladder without a raise"]


def test_the_page_has_the_figures_of_today() -> None:
    """By day of one lever; at night of all."""
    levers = ASKED.levers if os.environ.get("PEERSTAY_WHOLE") else ASKED.levers[3:4]
    asked = replace(ASKED, levers=levers)
    told = page(asked, seen(asked, Settings(FUTURES, SEED, unknowns=True))).splitlines()
    kept = PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in told if line not in kept] == [], "make mechanisms writes it again"
