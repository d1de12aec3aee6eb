"""`peerstay run`, as a user meets it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.cli.asking import progress

PEERSTAY = [sys.executable, "-c", "from sim.cli import main; main(prog_name='peerstay')"]
SMALL = """
title = "A small one"
horizon = { months = 6, warm_up_months = 3 }
experiment = { replications = 3, seed = 7 }
posts.number = 5
pay.wage_usd_per_hour = 24.0
benefits.fringe_share = 0.35
[funding.medicaid]
kind = "fee_for_service"
rate_usd_per_unit = 13.75
group_rate_usd_per_unit = 3.0
federal_share = 0.5
denial_share = 0.0
"""
ESTIMATE = {
    "type": "object",
    "required": ["unit", "mean", "low", "high", "n"],
    "additionalProperties": False,
    "properties": {
        "unit": {"type": "string"},
        "n": {"type": "integer"},
        "futures": {"type": "object", "required": ["low_90", "high_90"], "maxProperties": 2},
        **{name: {"type": ["number", "null"]} for name in ("mean", "low", "high")},
    },
}
WARNING = {"type": "object", "required": ["scenario", "input", "value", "rule", "fix"]}
BY_YEAR = {"type": "array", "minItems": 1, "items": {"type": "number"}}
LINE = {
    "type": "object",
    "required": ["part", "name", "unit", "mean", "p5", "p95"],
    "properties": {
        "part": {"enum": ["source", "payer", "spent", "result", "award"]},
        "unit": {"const": "USD"},
        "mean": BY_YEAR,
        "p5": BY_YEAR,
        "p95": BY_YEAR,
    },
}
BUDGET = {
    "type": "object",
    "required": ["fiscal_years", "lines", "lowest_cash", "not_making_payroll", "closing"],
    "additionalProperties": False,
    "properties": {
        "fiscal_years": {"type": "array", "items": {"required": ["name", "from", "to", "months", "whole"]}},
        "lines": {"type": "array", "items": LINE},
        "lowest_cash": {"required": ["mean", "p5", "p95", "typical_month"]},
        "not_making_payroll": {"required": ["chance", "typical_month"]},
        "closing": {"required": ["chance", "typical_month"]},
    },
}
END = {name: {"type": "number"} for name in ("value", "expected", "low", "high")}
MOVER = {
    "type": "object",
    "required": ["path", "grade", "measure", "share_explained", "ends", "futures"],
    "additionalProperties": False,
    "properties": {
        "share_explained": {"type": "number", "minimum": 0, "maximum": 1},
        "ends": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"required": [*END], "properties": END}},
        **{name: {} for name in ("path", "grade", "measure", "futures")},
    },
}
SHAPE = {
    "type": "object",
    "required": ["scenario", "fingerprint", "version", "seed", "replications", "measures", "budget", "made_by"],
    "additionalProperties": False,
    "properties": {
        "scenario": {"const": "small"},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "version": {"type": "string"},
        "seed": {"type": "integer"},
        "replications": {"type": "integer"},
        "measures": {"type": "object", "additionalProperties": ESTIMATE},
        "drawn": {"type": "array", "minItems": 100, "items": {"type": "string"}},
        "share_of_spread_from_assumptions": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
            },
        },
        "find_out_first": {
            "type": "object",
            "required": ["small"],
            "additionalProperties": {"type": "array", "maxItems": 3, "items": MOVER},
        },
        "budget": BUDGET,
        "made_by": {"required": ["version", "model", "data", "numpy"]},
        "warnings": {"type": "array", "items": WARNING},
    },
}


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.fixture
def small(tmp_path: Path) -> str:
    (tmp_path / "small.toml").write_text(SMALL)
    return str(tmp_path / "small.toml")


def told(*args: str) -> dict[str, object]:
    result = peerstay("run", *args, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    return found


def mean(shape: dict[str, object], key: str) -> float:
    value = shape["measures"][key]["mean"]  # type: ignore[index]
    assert isinstance(value, float)
    return value


def test_json_has_the_promised_shape(small: str) -> None:
    shape = told(small)
    jsonschema.validate(shape, SHAPE)
    assert (shape["seed"], shape["replications"]) == (7, 3)


def test_the_first_truth_is_on_the_first_screen(small: str) -> None:
    result = peerstay("run", small)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "So 58.9 % of paid hours must be billed" in " ".join(result.stdout.split())
    assert result.stdout.startswith('Projected over 6 months from January 2027, "A small one" keeps ')


def test_options_are_laid_over_the_file(small: str) -> None:
    shape = told(small, "--set", "pay.wage_usd_per_hour=30", "--months", "12", "--replications", "2", "--seed", "11")
    assert mean(shape, "mean_wage_usd_per_hour") >= 30
    assert mean(shape, "break_even_billable_share_at_start") == pytest.approx(30 * 1.35 / 55)
    assert (shape["seed"], shape["replications"]) == (11, 2)


def test_the_same_command_gives_the_same_answer(small: str) -> None:
    assert told(small) == told(small)
    assert told(small) == told(small, "--jobs", "2")
    assert told(small) != told(small, "--seed", "8")


def test_the_printed_command_reproduces_the_answer(small: str) -> None:
    text = peerstay("run", small, "--set", "posts.number=6").stdout.replace("\\\n", " ")
    line = next(line for line in text.splitlines() if line.startswith("  peerstay run"))
    assert told(*line.split()[2:]) == told(small, "--set", "posts.number=6")


def test_one_replication_has_no_ranges(small: str) -> None:
    shape = told(small, "--replications", "1")
    headcount = shape["measures"]["headcount"]  # type: ignore[index]
    assert (headcount["low"], headcount["high"], headcount["n"]) == (None, None, 1)
    assert "One run: no ranges." in peerstay("run", small, "--replications", "1").stdout


def test_warnings_go_to_stderr_and_leave_stdout_clean(small: str) -> None:
    idle = ("--set", "rules.bridge_months=3")
    result = peerstay("run", small, *idle, "--json")
    assert result.stderr.startswith("warning: ")
    assert "rules.bridge_months" in result.stderr
    jsonschema.validate(json.loads(result.stdout), SHAPE)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--set", "pay.wage=3"), "pay.wage = 3: is not an input"),
        (("--replications", "0"), "must be a whole number from 1"),
        (("--months", "many"), "'many' is not a valid integer"),
        (("--jobs", "0"), "0 is not in the range"),
        (("--out", "{here}"), "holds something else than an earlier run"),
    ],
)
def test_bad_input_is_named_and_exits_with_2(small: str, args: tuple[str, str], words: str) -> None:
    result = peerstay("run", small, *(arg.format(here=Path(small).parent) for arg in args))
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_exits_with_2() -> None:
    result = peerstay("run", "nowhere.toml")
    assert (result.exit_code, result.stderr) == (2, "nowhere.toml: no such file\n")


def test_out_keeps_the_run_and_says_which_command_made_it(small: str, tmp_path: Path) -> None:
    result = peerstay("run", small, "--out", str(tmp_path / "kept"))
    assert result.exit_code == 0
    manifest = json.loads((tmp_path / "kept" / "manifest.json").read_text())
    assert manifest["command"].startswith("peerstay run ")
    assert (manifest["seed"], manifest["replications"], manifest["months"]) == (7, 3, 6)
    again = told(str(tmp_path / "kept" / "scenarios" / "small.toml"))
    assert again == told(small)


def test_out_is_refused_before_anything_is_run(small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cli.asking.ask", lambda *_: pytest.fail("was run"))
    assert peerstay("run", small, "--out", str(tmp_path)).exit_code == 2


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert progress() is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    show = progress()
    assert show is not None
    show(100, 200)
    show(200, 200)
    assert capsys.readouterr().err == "\r100 of 200 runs\r200 of 200 runs\n"


def _interrupted(small: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Start a long run, wait until it writes, and interrupt it as Ctrl-C does; whatever comes, nothing goes on."""
    args = [*PEERSTAY, "run", small, "--replications", "100000", "--luck-only", "--out", str(folder / "kept"), *more]
    running = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        while not any(folder.glob(".kept-*.partial/*")):  # however long a busy machine takes to come so far
            assert running.poll() is None, running.communicate()
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=120)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(args, running.returncode, out, err)


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_exits_with_130_and_leaves_nothing(small: str, tmp_path: Path, jobs: str) -> None:
    result = _interrupted(small, tmp_path, "--jobs", jobs)
    assert result.returncode == 130, result.stderr
    assert result.stdout == ""
    assert result.stderr.strip() == "interrupted"
    assert [path.name for path in tmp_path.iterdir()] == ["small.toml"]
