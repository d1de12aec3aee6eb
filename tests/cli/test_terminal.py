"""Manners on a terminal: width, asides, progress, help, completion."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from sim.cli import COMMANDS, main
from sim.cli.manual import EXAMPLES, FIRST, GROUPS
from sim.cli.terminal import _Line, duration, pace, tried
from sim.runs.store import ANSWER
from sim.scenario.read.library import library
from tests.served_terminal import at_terminal

BASE = "pa_fee_for_service"
FEW = ("--months", "12", "--replications", "4", "--jobs", "1")
SHOWN = list(dict.fromkeys([*(line for lines in EXAMPLES.values() for line in lines), *(line for line, _ in FIRST)]))
HAZARDS = 'turnover.level = { kind = "hazards", voluntary_per_year = 0.3 }\n'
LONG = "an_alternative_with_a_name_that_is_long"


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    """A comparison with two alternatives whose names are long; no turnover is stated, which would be solved anew."""
    base = tmp_path / f"{BASE}.toml"
    base.write_text(f'extends = "library:{BASE}"\n{HAZARDS}')
    named = [f"{LONG}_{number}" for number in (1, 2)]
    for name, wage in zip(named, ("25.0", "26.0"), strict=True):
        (tmp_path / f"{name}.toml").write_text(f'extends = "{BASE}.toml"\n[pay]\nwage_usd_per_hour = {wage}\n')
    return ["compare", str(base), *(str(tmp_path / f"{name}.toml") for name in named), *FEW, "--no-store"]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_take_the_terminal_and_no_more(columns: int, asked: list[str]) -> None:
    seen = at_terminal(columns, "-q", *asked)
    assert seen.code == 0, seen.beside
    tables = seen.answer.partition("Side by side")[2].partition("What differs")[0]
    assert max(map(len, tables.splitlines())) <= columns
    prose = seen.answer.partition("Side by side")[0]
    assert max(map(len, prose.splitlines())) <= min(columns, 100)


@pytest.mark.parametrize(
    "asked",
    [
        ("evidence", "exits_per_year"),
        ("check", BASE),
        ("worth", BASE, "pa_wage_25", *FEW),
        ("fair", "pa_wage_25", *FEW),
    ],
    ids=lambda asked: asked[0],
)
def test_headings_and_prose_take_a_narrow_terminal_and_no_more(asked: tuple[str, ...]) -> None:
    seen = at_terminal(80, "-q", *asked)
    assert seen.code == 0, seen.beside
    assert [line for line in seen.answer.splitlines() if len(line) > 80] == []


def test_names_go_on_beneath_only_where_the_terminal_is_narrow(asked: list[str]) -> None:
    assert f"{LONG}_1  {LONG}_2" in at_terminal(160, "-q", *asked).answer
    narrow = at_terminal(80, "-q", *asked).answer.partition("Side by side")[2]
    assert f"{LONG}_1" not in narrow.partition("Keeping people")[0]
    titles = at_terminal(200, "evidence", "--search", "denied").answer
    assert "Claims denied at first" in titles
    assert "…" not in titles
    narrow = at_terminal(60, "evidence", "--search", "denied").answer
    assert "denied at" in narrow  # it goes on beneath


def test_what_is_kept_reads_the_same_whatever_the_terminal(tmp_path: Path) -> None:
    texts = []
    for columns in (60, 120):
        store = tmp_path / str(columns)
        at_terminal(columns, "-q", "compare", BASE, "pa_wage_25", *FEW, "--store", str(store))
        (kept,) = store.glob(f"*/{ANSWER}")
        texts += [file.read_text().partition("Reproduce this")[0] for file in kept.parent.glob("*.txt")]
    assert len(texts) == 2
    assert texts[0] == texts[1]
    assert max(map(len, texts[0].splitlines())) == 100


def test_no_color_is_written_and_progress_stays_on_its_line(asked: list[str]) -> None:
    seen = at_terminal(100, *asked, FORCE_COLOR="1")
    assert "\x1b" not in seen.answer + seen.beside
    assert "\r4 of 4 runs" in seen.beside


def test_quiet_keeps_notes_warnings_and_progress_to_itself_and_errors_not(asked: list[str]) -> None:
    for args in (["-q", *asked], [*asked, "--quiet"]):
        seen = at_terminal(100, *args)
        assert (seen.code, seen.beside) == (0, "")
        assert "Side by side" in seen.answer
    assert "warning: " in at_terminal(100, *asked).beside
    assert "no such" in at_terminal(100, "-q", "run", "./nothing.toml").beside


def test_progress_tells_rate_and_time_left(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 4.0, 10.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    line = _Line("run")
    for done in (100, 140, 200):  # a hundred were kept from before
        line.show(done, 200)
    first, second, last = capsys.readouterr().err.removeprefix("\r").split("\r")
    assert first == "100 of 200 runs"
    assert second == "140 of 200 runs, 10 a second, 6 s left"
    assert last.rstrip(" \n") == "200 of 200 runs, 10 a second, 10 s in all"
    assert len(last.rstrip("\n")) >= len(second)  # nothing of the longer line stays


def test_a_search_tells_how_fast_it_goes_where_nobody_knows_how_many_it_takes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.5, 60.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    show = tried("value")
    show(1)
    show(20)
    assert capsys.readouterr().err == "\r1 value tried\r20 values tried, 20 a minute"


def test_a_slow_run_is_told_by_the_minute_and_a_long_one_in_hours() -> None:
    assert pace(5, 100, 10.0) == ", 30 a minute, 3 min left"
    assert pace(0, 100, 10.0) == pace(5, 100, 0.5) == ""
    assert [duration(seconds) for seconds in (0.2, 59.0, 125.0, 4_900.0)] == ["1 s", "59 s", "2 min", "1 h 22 min"]


# help ------------------------------------------------------------------------------------------------------------


def test_every_command_stands_in_one_group_and_has_an_example() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(COMMANDS)
    assert EXAMPLES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("line", SHOWN)
def test_an_example_is_a_command_that_is_understood(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its options are known and its values are read; what files it names is not looked at."""
    monkeypatch.chdir(tmp_path)
    for folder in ("one", "two"):  # that merge wants to be there
        (tmp_path / folder).mkdir()
    for table in ("counties.csv", "payroll.csv"):
        (tmp_path / table).touch()
    words = shlex.split(line.partition(" > ")[0])
    assert words[0] == "peerstay"
    context = click.Context(main, info_name="peerstay")
    name, command, rest = main.resolve_command(context, words[1:])
    if isinstance(command, click.Group):
        name, command, rest = command.resolve_command(context, list(rest))
    assert command is not None
    assert command.make_context(name, list(rest), parent=context).params


def test_help_reads_as_a_manual_page() -> None:
    told = CliRunner().invoke(main, ["--help"]).output
    for heading in ("Usage:", "Options:", "To begin with:", "Environment:", "Exit status:", "Completion:", "See also:"):
        assert f"{heading}" in told
    assert "PEERSTAY_STORE" in told
    solve = CliRunner().invoke(main, ["solve", "--help"], terminal_width=80).output
    assert "      --until 'retention_12_months >= base'" in solve.partition("Example:")[2]  # as a shell takes it


# completion ------------------------------------------------------------------------------------------------------


def completed(*words: str) -> set[str]:
    shell = ShellComplete(main, {}, "peerstay", "_PEERSTAY_COMPLETE")
    return {one.value for one in shell.get_completions(list(words[:-1]), words[-1]) if one.type == "plain"}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_line_of_help_is_cut_off(name: str) -> None:
    """Click ends with three dots what does not fit beside the name of a command of a group."""
    told = CliRunner().invoke(main, [name, "--help"], terminal_width=80).output
    assert [line for line in told.splitlines() if line.endswith("...") and not line.startswith("Usage")] == []


def test_a_shell_completes_commands_scenarios_and_evidence() -> None:
    assert completed("s") == {"solve", "sensitivity", "story", "show", "scenarios", "schema"}
    assert completed("compare", "pa_w") == {name for name in library() if name.startswith("pa_w")}
    assert completed("compare", BASE, "library:pa_l") >= {"library:pa_ladder"}
    assert "funding.denial_share" in completed("evidence", "funding.d")
    assert "--quiet" in completed("run", BASE, "--q")


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        (("rate", "--sizes", "x", "--rate", "9999"), ("'--sizes'", "'--rate'", "Missing argument 'BASE'")),
        (("compare", BASE, "--jobs", "0", "--shard", "9/2"), ("'--jobs'", "'--shard'")),
        (("notebook", "decide", "x", "y", "z", "zz"), ("'NUMBER'", "unexpected extra arguments (z zz)")),
        (("fit", __file__, "--dates", "soon", "--since", "2022-13"), ("'--dates'", "'--since'")),
    ],
    ids=lambda value: value[0],
)
def test_all_that_is_wrong_with_options_is_told_at_once(asked: tuple[str, ...], faults: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, list(asked), prog_name="peerstay")
    assert told.exit_code == 2
    assert told.stderr.count("Error: ") == len(faults)
    assert all(fault in told.stderr for fault in faults)
    assert told.stderr.count("Usage: peerstay") == 1


def test_one_wrong_option_is_told_as_ever_and_an_unknown_one_alone() -> None:
    one = CliRunner().invoke(main, ["rate", BASE, "--sizes", "x"], prog_name="peerstay")
    unknown = CliRunner().invoke(main, ["rate", BASE, "--sizes", "x", "--sizess", "3"], prog_name="peerstay")
    assert one.stderr.count("Error: ") == unknown.stderr.count("Error: ") == 1
    assert "No such option '--sizess'" in unknown.stderr


@pytest.mark.parametrize(
    ("asked", "option"),
    [
        (("run", BASE, "--months", "12", "--months", "24"), "--months"),
        (("rate", BASE, "--rate", "26", "--rate", "28"), "--rate"),
        (("worth", BASE, "--payer", "state", "--payer", "county"), "--payer"),
        (("household", "--state", "PA", "--from", "24", "--to", "26", "--to", "29"), "--to"),
        (("portfolio", "counties.csv", "--state", "PA", "--state", "OH"), "--state"),
        (("fit", "payroll.csv", "--to", "a.toml", "--to", "b.toml"), "--to"),
        (("story", BASE, "--seed", "1", "--seed", "2"), "--seed"),
    ],
)
def test_an_option_that_takes_one_value_is_refused_where_it_is_given_twice(asked: tuple[str, ...], option: str) -> None:
    """A fault seen: of two files behind --to the last alone was written, and nothing was said."""
    result = CliRunner().invoke(main, list(asked))
    assert result.exit_code == 2
    assert f"{option} is given 2 times and takes one value: leave one" in result.stderr


def test_what_is_given_twice_is_told_beside_other_faults() -> None:
    told = CliRunner().invoke(main, ["run", BASE, "--months", "1", "--months", "2", "--jobs", "none"]).stderr
    assert "--months is given 2 times" in told
    assert "--jobs" in told
