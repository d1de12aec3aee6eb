"""What the house promises of every file: small modules, small functions, nothing of one machine."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

from sim.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES = 400
FUNCTION_LINES = 40

# Written as patterns, so that this file does not hold what it looks for.
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|(?:deb|security)\.debian)\.(?:org|com)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~:/%-])/(?:home|root|Users|work)/\w")


def modules() -> list[Path]:
    return sorted([*ROOT.glob("app.py"), *(ROOT / "sim").rglob("*.py"), *(ROOT / "peerstay").rglob("*.py")])


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def function_lengths() -> dict[str, int]:
    """Lines of every function, its decorators left out, its docstring counted."""
    return {
        f"{name(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def tracked() -> list[Path]:
    """The files that are kept; without git (an unpacked archive), the text files of the source folders."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode == 0:
        return [ROOT / file for file in listing.stdout.split("\0") if file and (ROOT / file).is_file()]
    folders = ("bench", "data", "docs", "peerstay", "scenarios", "seeds", "sim", "tests")
    return [*filter(Path.is_file, ROOT.glob("*")), *(p for f in folders for p in (ROOT / f).rglob("*.*"))]


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}:{number}"
        for path in tracked()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def summary(what: str, lengths: list[int]) -> str:
    """The distribution in one line, shown by `pytest -rP` and when the test fails."""
    middle, longest = statistics.median(lengths), max(lengths)
    p90 = statistics.quantiles(lengths, n=10)[-1] if len(lengths) > 1 else longest
    return f"{len(lengths)} {what}: median {middle:.0f}, p90 {p90:.0f}, max {longest} lines"


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    print(summary("modules", list(lengths.values())))
    assert {module: n for module, n in lengths.items() if n > MODULE_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = function_lengths()
    print(summary("functions", list(lengths.values()) or [0]))
    assert {function: n for function, n in lengths.items() if n > FUNCTION_LINES} == {}


def test_no_kept_file_names_a_package_registry() -> None:
    assert lines_matching(REGISTRY) == []


def test_no_kept_file_holds_a_path_of_one_machine() -> None:
    assert lines_matching(MACHINE_PATH) == []


def test_uv_lock_is_not_kept() -> None:
    assert [name(path) for path in tracked() if path.name == "uv.lock"] == []


def test_every_command_is_run_from_the_installed_wheel() -> None:
    script = (ROOT / ".ci" / "wheel").read_text(encoding="utf-8")
    assert [
        name
        for name in COMMANDS
        if not re.search(rf"^ +peerstay {name}\b|^touch .*/ran/{name}\"$", script, re.MULTILINE)
    ] == []
