"""A scenario of the library has a name; what has a slash or ends in .toml is a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.evidence.paths import SCENARIOS
from sim.scenario.files import load
from sim.scenario.problems import ScenarioError
from sim.scenario.read.library import library

RAISE = "[pay]\nwage_usd_per_hour = 26.0\n"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fault_of(said: str) -> str:
    with pytest.raises(ScenarioError) as fault:
        load(said)
    return str(fault.value)


def write(file: str, text: str) -> Path:
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", library())
def test_every_scenario_of_the_library_is_found_by_its_name(name: str) -> None:
    by_name = load(name)
    assert by_name.fingerprint == load(SCENARIOS / f"{name}.toml").fingerprint
    assert (str(by_name.path), by_name.label) == (name, name)


def test_a_folder_of_the_library_needs_the_word_library() -> None:
    assert load("library:closed_form/vacancy").path.stem == "vacancy"
    assert "no such file" in fault_of("closed_form/vacancy")


def test_a_path_wins_over_a_name(here: Path) -> None:
    write("pa_braided.toml", 'extends = "library:pa_braided"\n' + RAISE)
    assert load("pa_braided.toml").scenario.pay.wage_usd_per_hour == 26.0
    assert load("./pa_braided.toml").scenario.pay.wage_usd_per_hour == 26.0
    assert load("pa_braided").scenario.pay.wage_usd_per_hour == 24.0


def test_a_file_with_the_name_of_a_library_scenario_is_spoken_of(here: Path) -> None:
    write("pa_braided.toml", 'extends = "library:pa_braided"\n' + RAISE)
    words = ["--months", "12", "--replications", "2", "--no-store"]
    told = CliRunner().invoke(main, ["run", "pa_braided", *words])
    assert "note: pa_braided is the scenario of the library; the file here is pa_braided.toml" in told.stderr
    assert "note: pa_braided" not in CliRunner().invoke(main, ["run", "pa_braided.toml", *words]).stderr


def test_an_unknown_name_is_told_the_nearest_one_or_the_file_here(here: Path) -> None:
    assert fault_of("pa_wage_52") == "pa_wage_52: is no scenario of the library; did you mean pa_wage_25?"
    write("mine.toml", 'extends = "library:pa_braided"\n')
    assert fault_of("mine") == "mine: is no scenario of the library; the file here is mine.toml"
    assert "`peerstay scenarios` lists them" in fault_of("zzzzzzzz")


@pytest.mark.parametrize("name", ["../data/sources", "/etc/hostname", "", "validation", "a b", "closed_form//vacancy"])
def test_a_name_never_leads_out_of_the_library(name: str, here: Path) -> None:
    assert "is no scenario of the library" in fault_of(f"library:{name}")
    file = write("mine.toml", f'extends = "library:{name}"\n')
    assert "is no scenario of the library" in fault_of(str(file))


def test_a_file_extends_the_library_and_its_faults_are_told_by_name(here: Path) -> None:
    write("mine.toml", 'extends = "library:pa_wage_25"\n[posts]\nnumber = 12\n')
    mine = load("mine.toml").scenario
    assert (mine.pay.wage_usd_per_hour, mine.posts.number) == (25.0, 12)
    write("mine.toml", 'extends = "library:pa_fee_for_service"\n[time_use]\nindividual = 0.9\ngroup = 0.2\n')
    assert "mine.toml" in fault_of("mine.toml")
    write("mine.toml", 'extends = "library:pa_fee_for_service"\n[horizon]\nmonths = 12\n')
    assert {str(one).split(":")[0] for one in load("mine.toml").warnings} == {"library"}


def test_a_file_of_ones_own_may_be_named_from_the_root(here: Path) -> None:
    base = write("one/base.toml", 'extends = "beside.toml"\n' + RAISE)
    write("one/beside.toml", 'extends = "library:pa_braided"\n')
    write("two/mine.toml", f'extends = "{base.resolve().as_posix()}"\n')
    assert load("two/mine.toml").scenario.pay.wage_usd_per_hour == 26.0


def test_what_a_file_named_from_the_root_extends_lies_in_its_own_folder(here: Path) -> None:
    write("outside.toml", 'extends = "library:pa_braided"\n')
    base = write("one/base.toml", 'extends = "../outside.toml"\n' + RAISE)
    write("two/mine.toml", f'extends = "{base.resolve().as_posix()}"\n')
    assert "must lie in one/ or below, or be named from the root" in fault_of("two/mine.toml")


def test_a_command_that_is_printed_names_the_library() -> None:
    words = ["compare", "pa_fee_for_service", "pa_wage_25", "--months", "12", "--replications", "2", "--no-store"]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0
    assert "peerstay compare pa_fee_for_service pa_wage_25 --months 12" in told.stdout


def test_a_file_of_the_library_names_files_of_the_library_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("scenarios/base.toml", RAISE)
    outside = write("outside.toml", RAISE).resolve().as_posix()
    write("scenarios/one.toml", f'extends = "{outside}"\n')
    monkeypatch.setattr("sim.scenario.read.library.SCENARIOS", here.resolve() / "scenarios")
    assert "a file of the library names files of the library alone" in fault_of("one")
    assert load("base").scenario.pay.wage_usd_per_hour == 26.0
