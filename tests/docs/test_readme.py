"""The result that README shows is the one that `make run` prints."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from sim.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_line_of_the_result_is_printed_by_make_run_and_its_figure_drawn(tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"^SCENARIOS := \$\(addprefix scenarios/,(.*)\)$", makefile, re.MULTILINE)
    assert found is not None
    files = [str(ROOT / "scenarios" / name) for name in found[1].split()]
    figure = tmp_path / "pennsylvania.svg"
    printed = CliRunner().invoke(main, ["compare", *files, "--no-store", "--figure", str(figure)]).output
    (block,) = re.findall(r"```text\n(Side by side.*?)```", PAGE, re.DOTALL)
    missing = [line for line in block.splitlines() if line.strip() not in printed]
    assert not missing, "README shows what is no longer printed; paste the new lines in"
    kept = ROOT / "docs" / "figures" / figure.name
    assert figure.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), "make docs-cases"


def test_what_luck_alone_would_say_is_what_it_says() -> None:
    (quoted,) = re.findall(r'\(`--luck-only`\) the same dollar reads "(.*?)"', " ".join(PAGE.split()))
    files = [str(ROOT / "scenarios" / name) for name in ("pa_fee_for_service.toml", "pa_wage_25.toml")]
    printed = CliRunner().invoke(main, ["compare", *files, "--luck-only", "--no-store"]).output
    assert quoted in " ".join(printed.split())


def test_every_command_that_readme_names_exists() -> None:
    named = set(re.findall(r"^peerstay (\w+)|`peerstay (\w+)", PAGE, re.MULTILINE))
    assert {one or other for one, other in named} <= COMMANDS.keys()
