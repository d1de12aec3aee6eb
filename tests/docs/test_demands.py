"""The tests that a decision names as proof are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "docs/decisions/0027-what-the-page-is-held-to.md"


def test_every_test_that_the_record_of_the_page_names_is_there() -> None:
    told = RECORD.read_text(encoding="utf-8")
    code = "\n".join(one.read_text(encoding="utf-8") for one in (ROOT / "tests").rglob("test_*.py"))
    names = set(re.findall(r"`(test_\w+)`", told))
    assert len(names) > 30
    assert [name for name in sorted(names) if f"def {name}(" not in code] == []
    files = re.findall(r"`((?:tests|sim|bench)/[\w/.]+)`", told)
    assert [file for file in files if not (ROOT / file).exists()] == []
