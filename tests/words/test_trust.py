"""How far the model can be trusted is said with the figures of the report, wherever it is said."""

from __future__ import annotations

import re
from pathlib import Path

from sim.evidence.posterior import load_posterior_card
from sim.words.trust import trust_sentence

ROOT = Path(__file__).parents[2]
HELD = load_posterior_card()["left_out"]["all"]


def test_the_sentence_has_the_figures_of_the_report() -> None:
    report = " ".join((ROOT / "docs/trust.md").read_text(encoding="utf-8").split())
    told = re.search(r"Of (\d+) published figures, (\d+) lie in the band that should hold nine of ten", report)
    assert told is not None
    assert (int(told[1]), int(told[2])) == (HELD["figures"], HELD["in_90"])
    assert re.findall(r"\d+", trust_sentence()) == [told[1], "90", told[2], f"{0.9 * HELD['figures']:.0f}"]


def test_the_readme_says_it_before_anything_is_run() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Run it")[0]
    assert f"of {HELD['figures']} published figures" in first
    assert f"{HELD['in_90']} lay in the bands that should hold {0.9 * HELD['figures']:.0f}" in first


def test_what_ranges_tell_of_is_said_in_one_place() -> None:
    """A sentence of its own said of drawn futures that they show random variation only."""
    said = [
        file.name for file in (ROOT / "sim").rglob("*.py") if "not uncertain assumptions" in file.read_text("utf-8")
    ]
    assert sorted(said) == ["futures.py", "words_futures.py"]  # the latter of a search, where nothing is drawn
