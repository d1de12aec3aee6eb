"""`peerstay check`, `schema` and `scenarios`, as a user meets them."""

from __future__ import annotations

import ast
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from sim.cli import COMMANDS, main
from sim.scenario.files import load
from sim.words.first_year import not_covered

GOOD = "[pay]\nwage_usd_per_hour = 20.0\n"
BAD = '[pay]\nwage_usd_per_hour = "20"\n[posts]\nnumbr = 3\n'
IDLE = GOOD + "[rules]\nbridge_months = 3\n"
PEERSTAY = [sys.executable, "-c", "from sim.cli import main; main(prog_name='peerstay')"]


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "good.toml").write_text('title = "Good"\nquestion = """\nIs it\ngood?"""\n' + GOOD)
    (folder / "bad.toml").write_text(BAD)
    (folder / "idle.toml").write_text('extends = "good.toml"\ntitle = "Idle"\nrules.bridge_months = 3\n')
    return folder


# check


def test_a_sound_scenario_is_told_with_its_fingerprint(library: Path) -> None:
    result = peerstay("check", str(library / "good.toml"))
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{library}/good.toml: valid, fingerprint ")
    assert result.stderr == ""


def test_every_fault_of_several_files_goes_to_stderr_and_the_exit_code_is_2(library: Path) -> None:
    result = peerstay("check", *(str(library / f"{name}.toml") for name in ("bad", "good", "missing")))
    assert result.exit_code == 2
    first, second, third = result.stderr.splitlines()
    assert first.startswith(f'error: {library}/bad.toml:2: pay.wage_usd_per_hour = "20": must be a number')
    assert second == f"error: {library}/bad.toml:4: posts.numbr = 3: is not an input; did you mean number?"
    assert third == f"error: {library}/missing.toml: no such file"
    verdicts = [line for line in result.stdout.splitlines() if not line.startswith("  ")]
    assert [line.partition(": ")[2].partition(",")[0] for line in verdicts] == [
        "not valid (2 errors)",
        "valid",
        "not valid (1 error)",
    ]


def test_warnings_alone_are_no_error(library: Path) -> None:
    result = peerstay("check", str(library / "idle.toml"))
    assert result.exit_code == 0
    assert result.stderr.startswith(f"warning: {library}/idle.toml:3: rules.bridge_months = 3: has no effect: ")
    assert "(1 warning)" in result.stdout


def test_check_answers_in_json(library: Path) -> None:
    result = peerstay("check", "--json", str(library / "bad.toml"), str(library / "idle.toml"))
    assert result.exit_code == 2
    bad, idle = json.loads(result.stdout)["scenarios"]
    assert (bad["ok"], bad["fingerprint"], len(bad["problems"])) == (False, None, 2)
    assert bad["problems"][1] == {
        "file": f"{library}/bad.toml",
        "line": 4,
        "path": "posts.numbr",
        "value": "3",
        "rule": "is not an input",
        "fix": "did you mean number?",
        "severity": "error",
        "text": f"{library}/bad.toml:4: posts.numbr = 3: is not an input; did you mean number?",
    }
    assert (idle["ok"], idle["title"], len(idle["fingerprint"])) == (True, "Idle", 16)
    assert [problem["severity"] for problem in idle["problems"]] == ["warning"]


def test_check_takes_settings_as_run_does(library: Path) -> None:
    good = str(library / "good.toml")
    assert peerstay("check", good, "--set", "posts.number=30").exit_code == 0
    result = peerstay("check", good, "--set", "posts.number=many", "--set", "x")
    assert result.exit_code == 2
    assert "--set" in result.stderr


@pytest.mark.parametrize("args", [["check"], ["check", "--nope"], ["chek"], ["schema", "x"], ["--nope"]])
def test_a_wrong_command_line_is_answered_with_2(args: list[str]) -> None:
    result = peerstay(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: peerstay" in result.stderr


def test_an_unknown_command_is_answered_with_the_nearest() -> None:
    assert "no command 'chek'; did you mean check?" in peerstay("chek").stderr
    assert "commands are run, compare, " in peerstay("zebra").stderr


def test_no_command_shows_the_help() -> None:
    result = peerstay()
    assert result.exit_code == 2
    assert "Saved runs, notes:\n  runs " in result.output


# schema


def test_the_schema_is_json() -> None:
    for args in (["schema"], ["schema", "--json"]):
        schema = json.loads(peerstay(*args).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"].endswith("2020-12/schema")


def test_the_inputs_are_a_markdown_table() -> None:
    lines = peerstay("schema", "--markdown").stdout.splitlines()
    assert lines[0] == "| Input | What it is | Unit | Range or choice | Default | Evidence |"
    assert len({line.count("|") - line.count("\\|") for line in lines}) == 1
    rate = next(line for line in lines if "`funding.<name>.rate_usd_per_unit`" in line)
    assert "USD per 15 minutes" in rate
    assert "| needed |" in rate
    assert peerstay("schema", "--markdown", "--json").exit_code == 2


# scenarios


def test_scenarios_are_listed_with_title_and_question(library: Path) -> None:
    (library / "bad.toml").write_text("")
    result = peerstay("scenarios", str(library))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["bad", "good  Good", "      Is it good?", "idle  Idle", "      Is it good?"]


def test_scenarios_are_listed_in_json(library: Path) -> None:
    (entry, *_) = (
        one for one in json.loads(peerstay("scenarios", "--json", str(library)).stdout) if one["name"] == "good"
    )
    assert entry == {"name": "good", "path": f"{library}/good.toml", "title": "Good", "question": "Is it good?"}


def test_a_file_that_cannot_be_read_is_named_beside_the_others(library: Path) -> None:
    (library / "bad.toml").write_text("[pay")
    result = peerstay("scenarios", str(library))
    assert result.exit_code == 2
    assert "bad.toml:1: is not valid TOML" in result.stderr
    assert "good  Good" in result.stdout


def test_scenarios_are_looked_for_here_first(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library.parent)
    assert "good  Good" in peerstay("scenarios").stdout
    empty = library.parent / "empty"
    empty.mkdir()
    assert peerstay("scenarios", "empty").stdout == "no scenarios here\n"
    assert peerstay("scenarios", "nowhere").exit_code == 2


# the program


def test_help_lists_every_command_and_imports_none() -> None:
    code = "import sys; sys.argv = ['peerstay', '--help']\nfrom sim.cli import main\n"
    code += (
        "try: main()\nfinally: print([name for name in sys.modules if name.startswith(('sim.', 'numpy', 'pydantic'))])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in shown for name in COMMANDS)
    light = {"sim.cli", "sim.cli.manual", "sim.cli.terminal", "sim.words", "sim.words.layout"}
    light |= {"sim.scenario", "sim.scenario.read", "sim.scenario.read.clean_text"}  # the gate of what is printed
    assert set(ast.literal_eval(shown.splitlines()[-1])) == light


def test_the_version_is_shown() -> None:
    assert peerstay("--version").stdout.startswith("peerstay, version ")


def test_bad_input_is_answered_with_2_and_no_traceback_by_the_program_itself(library: Path) -> None:
    (library / "binary.toml").write_bytes(bytes(range(256)))
    bad = [str(library), str(library / "bad.toml"), str(library / "binary.toml"), "nowhere.toml", "\udcff.toml"]
    result = subprocess.run(
        [*PEERSTAY, "check", *bad], capture_output=True, check=False, env=os.environ | {"PYTHONIOENCODING": "ascii"}
    )
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    assert len(result.stdout.splitlines()) == len(bad)


def test_an_interrupted_command_exits_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def command() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.commands.check.command", command)
    result = peerstay("check")
    assert (result.exit_code, result.stderr.strip()) == (130, "interrupted")


def test_a_program_interrupted_from_outside_exits_with_130(tmp_path: Path) -> None:
    code = "import time, sim.cli.commands.schema as s\n"
    code += "s.json_schema = lambda: (print('now', flush=True), time.sleep(60))\n"
    code += "from sim.cli import main\nmain(['schema'], 'peerstay')"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"now\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=120)
    assert (process.returncode, stderr.strip()) == (130, b"interrupted")


def test_a_reader_that_goes_away_is_no_crash() -> None:
    command = f"{sys.executable} -c \"from sim.cli import main; main(['schema'], 'peerstay')\" | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert result.stdout == "{\n"
    assert "Traceback" not in result.stderr


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def command() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sim.cli.commands.check.command", command)
    assert isinstance(peerstay("check").exception, ZeroDivisionError)


def test_a_disk_that_is_full_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def command() -> None:
        raise OSError(28, "No space left on device", "out.parquet")

    monkeypatch.setattr("sim.cli.commands.check.command", command)
    result = peerstay("check")
    assert result.exit_code == 2
    assert "No space left on device: 'out.parquet'" in result.stderr


def test_the_group_answers_click_without_the_table() -> None:
    context = click.Context(main)
    assert main.list_commands(context) == list(COMMANDS)
    assert main.get_command(context, "zebra") is None


def test_output_may_go_where_no_encoding_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.StringIO()
    monkeypatch.setattr("sys.stdout", kept)
    with pytest.raises(SystemExit, match="0"):
        main(["--version"], "peerstay")
    assert kept.getvalue().startswith("peerstay, version")


def test_the_first_year_is_told_before_any_run(library: Path) -> None:
    lines = peerstay("check", str(library / "good.toml")).stdout.splitlines()[1:]
    assert max(map(len, lines)) <= 100
    budget, dollar, _ = " ".join(" ".join(lines).split()).removeprefix("- ").split(" - ")
    assert budget.startswith("first year: costs $")
    assert "brings $0: cash and credit do not last the first month" in budget
    assert dollar.startswith("a raise of $1.00 an hour costs $1.")
    (plain,) = json.loads(peerstay("check", str(library / "good.toml"), "--json").stdout)["scenarios"]
    assert sum(plain["first_year"]["brings_usd_by_month"]) == 0.0
    assert plain["first_year"]["raise_of_one_usd_costs"]["wages"] == pytest.approx(1.0)


def test_money_that_does_not_carry_the_first_year_is_a_note_and_no_error(library: Path) -> None:
    outcome = peerstay("check", "pa_billing_only", str(library / "good.toml"), "pa_fee_for_service")
    first, second, third = outcome.stdout.split(": valid, ")[1:]
    for name, told in (("pa_billing_only", first), (str(library / "good.toml"), second)):
        words = not_covered(load(name).scenario)
        assert words.startswith("Money coming in covers only")
        assert f"- note: {words}" in " ".join(told.split())
    assert "note:" not in third
    assert not not_covered(load("pa_fee_for_service").scenario)
    assert outcome.exit_code == 0
    assert outcome.stdout.count("no errors or warnings") == 3
