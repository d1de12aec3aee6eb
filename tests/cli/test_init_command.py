"""`peerstay init` writes a file that runs as it stands, and never writes over another."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.evidence.places import load_places, place
from sim.evidence.sources import load_sources
from sim.results.on_paper.first_year import first_year
from sim.scenario.files import Loaded, load
from sim.words.starter import KINDS, medicaid_source
from sim.words.starter import starter as written

TODAY = date(2026, 11, 29)
STATES = sorted(load_places())
LOADED: dict[str, Loaded] = {}
starter = cache(written)  # several tests look at the same files of all states


def loaded(text: str, folder: Path) -> Loaded:
    if text not in LOADED:
        LOADED[text] = _loaded(text, folder)
    return LOADED[text]


def _loaded(text: str, folder: Path) -> Loaded:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def init(*words: str) -> Result:
    return CliRunner().invoke(main, ["init", *words])


@pytest.mark.parametrize("kind", KINDS)
def test_it_checks_without_faults_and_warnings_in_every_state(kind: str, tmp_path: Path) -> None:
    warned = {state: loaded(starter(state, kind, TODAY), tmp_path).warnings for state in STATES}
    assert {state: warnings for state, warnings in warned.items() if warnings} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_its_further_inputs_hold_once_their_mark_is_gone(kind: str, tmp_path: Path) -> None:
    text = starter("OH", kind, TODAY)
    more, count = re.subn(r"^#: ", "", text, flags=re.MULTILINE)
    assert count >= 5
    assert loaded(more, tmp_path).fingerprint != loaded(text, tmp_path).fingerprint


@pytest.mark.parametrize("kind", ["grant", "both", "ccbhc"])
def test_an_award_or_a_rate_at_cost_covers_the_first_year(kind: str, tmp_path: Path) -> None:
    covered = {state: first_year(loaded(starter(state, kind, TODAY), tmp_path).scenario).covered for state in STATES}
    assert all(0.99 < share < 1.03 for share in covered.values()), covered


def test_it_takes_the_rate_of_the_state_where_one_is_known(tmp_path: Path) -> None:
    known = loaded(starter("ID", "medicaid", TODAY), tmp_path).scenario.funding["medicaid"]
    assert (known.rate_usd_per_unit, known.group_rate_usd_per_unit) == (14.15, 7.08)
    other = starter("AK", "medicaid", TODAY)
    assert "known rates of other states, 11.97 to 26.49" in other
    assert loaded(other, tmp_path).scenario.funding["medicaid"].billable == ("individual",)


@pytest.mark.parametrize("kind", KINDS)
def test_every_source_that_it_names_is_known(kind: str) -> None:
    named = {key for state in STATES for key in re.findall(r"\[([a-z_]+_\d{4})\b", starter(state, kind, TODAY))}
    assert named
    assert named <= load_sources().keys()


@pytest.mark.parametrize(("today", "start"), [(date(2027, 6, 30), "2027-07"), (date(2027, 7, 1), "2028-07")])
def test_it_begins_with_the_next_july(today: date, start: str, tmp_path: Path) -> None:
    assert loaded(starter("PA", "both", today), tmp_path).scenario.horizon.start == start


def test_it_is_written_with_the_schema_that_its_first_line_names(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    assert init("--state", "oh", "--kind", "grant", str(file)).exit_code == 0
    first = file.read_text(encoding="utf-8").splitlines()[0]
    schema = json.loads((tmp_path / first.removeprefix("#:schema ")).read_text(encoding="utf-8"))
    assert schema["properties"].keys() >= {"extends", "pay", "funding"}


def test_it_never_writes_over_a_file(tmp_path: Path) -> None:
    file, schema = tmp_path / "mine.toml", tmp_path / "peerstay.schema.json"
    file.write_text("mine", encoding="utf-8")
    told = init(str(file))
    assert told.exit_code == 2
    assert "is there already" in told.output
    assert [one.name for one in tmp_path.iterdir()] == ["mine.toml"]
    assert file.read_text(encoding="utf-8") == "mine"
    schema.write_text("mine too", encoding="utf-8")
    assert init(str(tmp_path / "other.toml")).exit_code == 0
    assert schema.read_text(encoding="utf-8") == "mine too"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.txt"], "ends in .toml"),
        (["nowhere/a.toml"], "make it first"),
        (["--state", "XX", "a.toml"], "no place 'XX'"),
    ],
)
def test_what_cannot_be_written_is_refused(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    told = init(*words)
    assert told.exit_code == 2
    assert said in told.output
    assert list(tmp_path.iterdir()) == []


def test_medicaid_opens_at_the_states_own_match_and_rates_where_they_are_known() -> None:
    """North Carolina pays for groups, 2.88 each, at a match of 64.62 %; of Ohio no group rate is known."""
    carolina, ohio = (medicaid_source(place(state)) for state in ("NC", "OH"))
    assert (carolina["federal_share"], carolina["rate_usd_per_unit"]) == (0.6462, 11.97)
    assert (carolina["group_rate_usd_per_unit"], "billable" in carolina) == (2.88, False)
    assert (ohio["federal_share"], ohio["rate_usd_per_unit"], ohio["billable"]) == (0.6485, 15.51, ["individual"])
