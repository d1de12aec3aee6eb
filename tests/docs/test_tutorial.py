"""The tutorial runs, from its first command to its last, and prints what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|text)\n(.*?)```", PAGE, re.DOTALL)
MARK = "end of block"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_tutorial_runs_and_prints_what_it_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    commands = [text for kind, text in BLOCKS if kind == "sh"]
    script = "set -e -m\ntrap 'kill -9 $(jobs -p) 2> /dev/null || true' EXIT\n" + f"echo {MARK}\n".join(commands)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PEERSTAY_STORE": str(tmp_path / "runs")}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=580, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    printed = " ".join((done.stdout + done.stderr).split())
    for shown in (line for kind, text in BLOCKS if kind == "text" for line in text.splitlines() if line.strip()):
        pattern = re.escape(" ".join(shown.split())).replace("…", r".*?")
        assert re.search(pattern, printed), shown
    assert done.stdout.count("Reproduce this") == 15


def test_every_page_that_is_linked_is_there() -> None:
    for name in ("tutorial.md", "runs.md"):
        page = (ROOT / "docs" / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([a-z_]+\.md)\)", page):
            assert (ROOT / "docs" / target).exists(), target
