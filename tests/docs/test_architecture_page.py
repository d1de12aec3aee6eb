"""The page of the architecture names files and names that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## The folders")[2].partition("\n## The path of one number")[0]
ROWS = [line.split("|") for line in TABLE.splitlines() if line.startswith("| ") and "---" not in line]


def test_every_file_that_the_table_names_is_there() -> None:
    named = {word for row in ROWS for word in re.findall(r"`((?:sim|tests|data|studies)/[\w./]*)`", "|".join(row))}
    assert len(named) > 20
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []


def test_every_name_stands_in_the_file_before_it() -> None:
    found = [
        (file, name)
        for row in ROWS
        for file, names in re.findall(r"`([\w./]+\.py)` \(((?:`\w+`(?:, )?)+)\)", "|".join(row))
        for name in re.findall(r"\w+", names)
    ]
    assert len(found) >= 6
    for file, name in found:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(?:def {name}\(|class {name}\b|{name}\b)", text, re.MULTILINE), f"{name} in {file}"


def test_every_rule_that_a_row_lists_is_a_module_of_the_rules() -> None:
    (listed,) = [row[2] for row in ROWS if row[2].strip().startswith("`sim/model/rules/` (")]
    named = re.findall(r"`(\w+\.py)`", listed)
    assert len(named) > 4
    assert all((ROOT / "sim/model/rules" / one).exists() for one in named)
