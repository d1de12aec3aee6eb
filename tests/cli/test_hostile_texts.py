"""A file whose texts would command the terminal commands nothing, whichever command reads it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.scenario.read.clean_text import clean, visible

TITLE = r"\u001b[2J\u001b]0;owned\u0007one\u000btwo \u202ereversed"
SMALL = """
horizon = { months = 3, warm_up_months = 0 }
experiment = { replications = 2 }
posts.number = 3
pay.wage_usd_per_hour = 20.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.5 }
"""


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    file = tmp_path / "hostile.toml"
    file.write_text(f'title = "{TITLE}"\nquestion = "{TITLE}"\n{SMALL}', encoding="utf-8")
    return str(file)


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["run", "--json"],
        ["check"],
        ["check", "--json"],
        ["compare", "--with", "raise: pay.wage_usd_per_hour=24"],
        ["story"],
    ],
    ids=" ".join,
)
def test_a_command_sends_no_commands_to_the_terminal(hostile: str, words: list[str]) -> None:
    result = peerstay(words[0], hostile, *words[1:])
    assert result.exit_code == 0, result.stderr
    assert clean(result.stdout) == result.stdout
    assert clean(result.stderr) == result.stderr
    if words[0] != "story":
        assert f"{hostile}:1: title = " in result.stderr + result.stdout
        assert "are left out" in result.stderr + result.stdout


def test_what_is_kept_is_listed_and_shown_clean(hostile: str, tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "kept")]
    assert peerstay("run", hostile, *store).exit_code == 0
    for words in (["runs", *store], ["show", "", *store], ["scenarios", str(tmp_path)]):
        result = peerstay(*words)
        assert clean(result.output) == result.output
    assert "one two reversed" in peerstay("scenarios", str(tmp_path)).stdout


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".html", ".xlsx", ".csv", ".zip"])
def test_a_brief_is_written_in_every_way(hostile: str, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"brief{ending}"
    result = peerstay("brief", hostile, "--to", str(file))
    assert result.exit_code == 0, result.stderr
    if ending == ".docx":
        (title,) = [one.text for one in docx.Document(io.BytesIO(file.read_bytes())).paragraphs[:1]]
        assert title == "one two reversed"


@pytest.mark.parametrize(
    "setting", ["title=\x1b[2Jtyped", "place.area=half\udcff", "\x1b[2J=3", "pay.\u202ex=1", "title"]
)
@pytest.mark.parametrize("command", ["run", "check"])
def test_a_setting_is_told_clean_whether_it_is_taken_or_refused(hostile: str, command: str, setting: str) -> None:
    result = peerstay(command, hostile, "--set", setting)
    assert result.exit_code in (0, 2)
    assert clean(result.output) == result.output


@pytest.mark.parametrize(
    "words",
    [
        ["runs", "--store", "{}"],
        ["runs", "--delete", "{}"],
        ["show", "{}"],
        ["merge", "{}"],
        ["scenarios", "{}"],
        ["reproduce", "{}"],
        ["measures", "{}"],
        ["{}"],
        ["init", "{}"],
        ["compare", "{}"],
        ["check", "{}", "--json"],
        ["compare", "FILE", "--with", "pay.wage_usd_per_hour=24", "--against", "{}"],
        ["worth", "FILE", "--averted", "5000", "--source", "{}"],
        ["worth", "FILE", "--averted", "5000", "--source", "{}", "--json"],
        ["run", "FILE", "--figure", "{}"],
        ["run", "FILE", "--store", "{}"],
        ["brief", "FILE", "--to", "{}.csv"],
        ["app", "--address", "{}"],
    ],
    ids=" ".join,
)
def test_what_was_typed_is_never_obeyed_by_the_terminal_it_is_told_on(
    hostile: str, tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "a\x1b]0;owned\x07 \x9b31m\r\u202eb\u2028\U000e0041"
    result = peerstay(*(word.replace("FILE", hostile).format(name) for word in words))
    assert result.exit_code in (0, 2)
    for told in (result.stdout, result.stderr):
        assert clean(told) == told
        assert "\r" not in told
    if "--json" in words:
        json.loads(result.stdout)


def test_a_terminal_is_shown_what_it_would_obey_and_json_stays_the_same() -> None:
    assert visible("a\x1b[2J\u202eb\r\n\tc \u200d🔬") == "a\\u001b[2J\\u202eb\\r\n\tc \u200d🔬"
    text = "".join(map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x110000)]))
    assert json.loads(visible(json.dumps(text, ensure_ascii=False))) == text
