"""`peerstay fiscal`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main

ROOT = Path(__file__).parents[2]
BASE, RISE = (str(ROOT / f"scenarios/{name}.toml") for name in ("pa_fee_for_service", "pa_rate_rise"))
FEW = ("--replications", "3", "--months", "18", "--jobs", "1")


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, ["fiscal", *args], prog_name="peerstay")


def test_json_and_text_tell_the_same_years_and_payers() -> None:
    plain = json.loads(peerstay(BASE, RISE, *FEW, "--members", "3000", "--json").stdout)
    text = peerstay(BASE, RISE, *FEW, "--members", "3000").stdout
    assert [year["name"] for year in plain["fiscal_years"]] == ["FY 2028", "FY 2029"]
    assert "FY 2029 (6 mo)" in text
    base, rise = plain["scenarios"]
    assert "difference" not in base["cash"]
    assert set(rise["cash"]["difference"]) == {"federal", "state", "county", "total"}
    spent = base["cash"]["spending"]
    for year, by_member in enumerate(base["cash"]["per_member_per_month"]):
        whole = sum(spent[payer][year]["mean"] for payer in ("federal", "state", "county"))
        assert spent["total"][year]["mean"] == pytest.approx(whole)
        assert by_member == pytest.approx(whole / 3000 / (12, 6)[year])
        assert f"${by_member:,.2f}" in text


def test_the_command_that_makes_it_again_keeps_what_was_asked() -> None:
    text = " ".join(
        peerstay(BASE, *FEW, "--year-starts", "10", "--dollars-of", "2028", "--deflator", "0.02").stdout.split()
    )
    again = text.partition("HOW TO MAKE IT AGAIN")[2]
    assert "prices rise 2.00% a year, as typed" in text
    for said in ("--year-starts 10", "--dollars-of 2028", "--deflator 0.02", "--replications 3", "--months 18"):
        assert said in again.replace("\\ ", "")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--deflator", "0.02"), "--dollars-of"),
        (("--year-starts", "13"), "1<=x<=12"),
        (("--members", "0"), "x>=1"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: tuple[str, ...], told: str) -> None:
    result = peerstay(BASE, *FEW, *given)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_note_is_written_as_word_and_as_a_workbook(tmp_path: Path) -> None:
    for name, begins in (("note.docx", b"PK"), ("note.xlsx", b"PK")):
        result = peerstay(BASE, *FEW, "--to", str(tmp_path / name))
        assert f"wrote {tmp_path / name}" in result.stdout
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_several_files_are_all_written(tmp_path: Path) -> None:
    """A fault seen: of two files only the last was written, and nothing was said of the other."""
    files = [tmp_path / "note.docx", tmp_path / "note.xlsx"]
    result = peerstay(BASE, *FEW, *(word for file in files for word in ("--to", str(file))))
    assert all(file.read_bytes().startswith(b"PK") and f"wrote {file}" in result.stdout for file in files)
    twice = peerstay(BASE, *FEW, "--to", str(files[0]), "--to", str(files[0]))
    assert twice.exit_code == 2
    assert "is named twice" in twice.stderr


@pytest.mark.parametrize(("name", "told"), [("note.pdf", ".docx or .xlsx"), ("nowhere/note.docx", "no folder")])
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_run(name: str, told: str, tmp_path: Path) -> None:
    result = peerstay(BASE, *FEW, "--to", str(tmp_path / name))
    assert result.exit_code == 2
    assert told in result.stderr
