"""Notice every change that moves a result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pinned.pin import ROOT, measured, pinned

RELATIVE = 1e-9  # the last bits may differ between processors


def test_no_pinned_figure_has_moved() -> None:
    """If this fails on purpose: say so under Results in CHANGELOG.md and run `python -m tests.pinned.pin`."""
    now, then = measured(), pinned()
    assert now.keys() == then.keys()
    moved = [
        f"{name} {key}: {then[name][key]} is now {value}"
        for name, figures in now.items()
        for key, value in figures.items()
        if value != pytest.approx(then[name][key], rel=RELATIVE)
    ]
    assert not moved, "\n".join(moved)


def test_every_release_says_what_moved() -> None:
    """Each heading of the changelog that names a version has a Results heading of its own."""
    text = Path(ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for release in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        assert "\n### Results\n" in release, release.splitlines()[0]
