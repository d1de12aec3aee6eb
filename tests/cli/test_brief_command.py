"""`peerstay brief` and `peerstay reproduce`, as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.cli.commands import brief as brief_command
from sim.takeaway.plain import archive
from tests.takeaway.test_signing import written as key_files

BASE = """
title = "Today"
question = "What if nothing changes?"
horizon = { months = 6, warm_up_months = 0 }
experiment = { replications = 4, seed = 7 }
posts.number = 5
pay.wage_usd_per_hour = 20.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.5 }
funding.medicaid = { kind = "fee_for_service", rate_usd_per_unit = 14.0 }
"""


def peerstay(*words: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    (tmp_path / "today.toml").write_text(BASE)
    (tmp_path / "raise.toml").write_text('extends = "today.toml"\ntitle = "A raise"\npay.wage_usd_per_hour = 25.0\n')
    return [tmp_path / "today.toml", tmp_path / "raise.toml"]


def test_one_question_is_written_in_every_way(pair: list[Path], tmp_path: Path) -> None:
    files = [tmp_path / f"answer{ending}" for ending in (".docx", ".pdf", ".html", ".xlsx", ".csv", ".zip")]
    result = peerstay("brief", *pair, *(word for file in files for word in ("--to", file)))
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [f"wrote {file}" for file in files]
    assert all(file.stat().st_size > 1_000 for file in files)
    assert not list(tmp_path.glob(".*"))


def test_its_numbers_are_those_of_compare(pair: list[Path], tmp_path: Path) -> None:
    peerstay("brief", *pair, "--to", tmp_path / "answer.csv")
    shape = json.loads(peerstay("compare", *pair, "--json").stdout)["alternatives"][0]["measures"]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "answer.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == len(shape)
    for row in rows:
        mean = shape[row["key"]]["difference"]["mean"]
        assert row["difference"] == ("" if mean is None else repr(mean)), row["key"]


def test_a_scenario_alone_is_written_too(pair: list[Path], tmp_path: Path) -> None:
    peerstay("brief", pair[0], "--to", tmp_path / "alone.html", "--to", tmp_path / "alone.zip")
    assert "What if nothing changes?" in (tmp_path / "alone.html").read_text()
    assert "Yes: every one of" in peerstay("reproduce", tmp_path / "alone.zip", "--jobs", "1").stdout


def test_what_is_kept_is_found_by_compare_and_brief_alike(pair: list[Path], tmp_path: Path) -> None:
    peerstay("compare", *pair)
    assert "4 of 4 runs are kept" in peerstay("brief", *pair, "--to", tmp_path / "a.csv").stderr
    assert "runs are kept" not in peerstay("brief", *pair, "--no-store", "--to", tmp_path / "a.csv").stderr


def test_it_runs_as_often_as_a_precision_takes_and_says_so(pair: list[Path], tmp_path: Path) -> None:
    wished = ("--precision", "cash_end_usd=20000", "--most", "60")
    shape = json.loads(peerstay("brief", *pair, *wished, "--to", tmp_path / "a.html", "--json").stdout)
    compared = json.loads(peerstay("compare", *pair, *wished, "--json").stdout)
    written = shape.pop("files")
    assert shape == compared
    assert [one["file"] for one in written] == [str(tmp_path / "a.html")]
    assert written[0]["bytes"] == (tmp_path / "a.html").stat().st_size
    told = (tmp_path / "a.html").read_text()
    assert f"narrow enough at n = {shape['precision']['replications']}" in told
    assert f"--replications {shape['precision']['replications']}" in told
    refused = peerstay("brief", *pair, "--precision", "cash_end_usd=1", "--replications", "5", "--to", "a.csv", code=2)
    assert "--precision finds the number of replications" in refused.stderr


def test_what_the_loops_add_is_told_and_made_again(pair: list[Path], tmp_path: Path) -> None:
    files = [tmp_path / "a.html", tmp_path / "a.zip", tmp_path / "a.xlsx"]
    peerstay("brief", *pair, "--loop-off", *(word for file in files for word in ("--to", file)))
    told = files[0].read_text()
    assert "How much comes from the loops" in told
    assert "the loops make " in told
    assert "--loop-off" in told
    shape = json.loads(peerstay("reproduce", files[1], "--json").stdout)
    assert shape["same"] is True
    assert "loops" in shape["answer"]["alternatives"][0]
    peerstay("brief", *pair, "--to", files[0])
    assert "comes from the loops" not in files[0].read_text()


def test_without_an_alternative_loops_add_to_nothing(pair: list[Path], tmp_path: Path) -> None:
    refused = peerstay("brief", pair[0], "--loop-off", "--to", tmp_path / "a.csv", code=2)
    assert "name an alternative, or leave it out" in refused.stderr


def test_worth_and_groups_are_told_where_they_are_asked_in_the_same_runs(pair: list[Path], tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    peerstay("brief", *pair, "--to", page)
    assert "What a served client must avoid" not in page.read_text()
    assert "Whom it reaches" not in page.read_text()
    typed = ("--averted", "4000", "--source", "our claims", "--payer", "state")
    peerstay("brief", *pair, "--worth", *typed, "--fair", "--to", page, "--to", tmp_path / "a.zip")
    told = page.read_text()
    assert "a served client avoids $4,000 a year. Source: our claims." in told
    assert "Nothing is told of fewer than 11 people, and there are 5 posts: state more posts" in told
    worth = " ".join(peerstay("worth", *pair, *typed).stdout.split()).replace("- today ", "- Base ")
    (base,) = re.findall(r"<li>(Base .*? the state general fund .*?)</li>", told)
    assert base in worth
    assert "Yes: every one of" in peerstay("reproduce", tmp_path / "a.zip", "--jobs", "1").stdout


def test_rate_and_fiscal_note_are_told_with_the_figures_of_their_commands(pair: list[Path], tmp_path: Path) -> None:
    page, asked = tmp_path / "a.html", ("--members", "900", "--year-starts", "10")
    peerstay("brief", *pair, "--rate", "--fiscal", *asked, "--to", page)
    told = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.read_text())).replace("\u2060", "").split())
    rate = json.loads(peerstay("rate", *pair, "--json").stdout)
    for name, one in zip(("Base", "Alternative A"), rate["scenarios"], strict=True):
        wage = {"Base": "$20.00", "Alternative A": "$25.00"}[name]
        assert re.search(rf"{name}: a wage of \{wage} needs (a rate of )?\${one['rate']['mean']:.2f}", told)
    accrual = peerstay("fiscal", *pair, *asked).stdout.partition("ACCRUAL")[2]
    member = next(line for line in accrual.splitlines() if "Per member per month" in line)
    assert f"Base: per member per month {' '.join(member.split()[4:])}" in told
    assert "State fiscal years begin in October" in told


def test_a_rate_of_a_portfolio_is_refused_before_anything_is_run(tmp_path: Path) -> None:
    refused = peerstay("brief", "pa_market", "--rate", "--to", tmp_path / "a.html", code=2)
    assert "a rate is built for one organization" in refused.output


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--worth", "--to", "a.csv"), "--worth and --fair go into a brief or a workbook"),
        (("--fair", "--to", "a.zip"), "--worth and --fair go into a brief or a workbook"),
        (("--rate", "--to", "a.zip"), "--rate, --fiscal, --worth and --fair go into a brief or a workbook"),
        (("--members", "9", "--to", "a.html"), "are about what --fiscal tells: add --fiscal"),
        (("--payer", "state", "--to", "a.html"), "are about what --worth tells: add --worth"),
        (("--worth", "--averted", "4000", "--to", "a.html"), "--averted and --source go together"),
    ],
)
def test_what_else_is_asked_and_cannot_be_told_is_refused(pair: list[Path], given: tuple[str, ...], told: str) -> None:
    assert told in " ".join(peerstay("brief", *pair, *given, code=2).stderr.split())


def test_a_brief_is_noted_as_an_experiment_whose_run_is_found_again(pair: list[Path], tmp_path: Path) -> None:
    book, page = tmp_path / "notebook.toml", tmp_path / "a.html"
    noted = ("--notebook", book, "--expected", "one fewer leaves", "--decided", "ask the county")
    assert f"noted as experiment 1 in {book}" in peerstay("brief", *pair, "--to", page, *noted).stdout
    shown = json.loads(peerstay("notebook", "show", "1", "--file", book, "--json").stdout)
    (result,) = shown["results"]
    assert (shown["question"], shown["expected"], shown["state"]) == (
        'What does "A raise" change against "Today" (no new decisions)?', "one fewer leaves", "decided",
    )  # fmt: skip
    assert (result["standing"], result["replications"], len(result["scenarios"])) == ("same", 4, 2)
    assert result["command"].startswith("peerstay compare ")
    assert result["found"].startswith("Projected over 6 months from January 2027, ")  # as the answer begins
    before = book.read_bytes()
    peerstay("notebook", "add", "And five dollars?", "--expected", "two fewer", "--file", book)
    peerstay("brief", *pair, "--no-store", "--loop-off", "--to", page, "--notebook", book, "--experiment", "2")
    assert book.read_bytes().startswith(before)
    second = json.loads(peerstay("notebook", "show", "2", "--file", book, "--json").stdout)
    assert (second["state"], second["results"][0]["standing"]) == ("run", "gone")  # it was kept nowhere
    asked = json.loads(peerstay("compare", *pair, "--loop-off", "--json").stdout)
    assert asked["alternatives"]
    assert "same" in peerstay("notebook", "show", "2", "--file", book, "--json").stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--expected", "e"), "go into a notebook: add --notebook FILE"),
        (("--notebook", "{}/n.toml"), "say what you expect with --expected"),
        (("--notebook", "{}/n.toml", "--expected", "e", "--experiment", "1"), "say what you expect with --expected"),
        (("--notebook", "{}/n.toml", "--question", "q", "--experiment", "1"), "--question is of a new experiment"),
        (("--notebook", "{}/n.toml", "--experiment", "3"), "has no experiment 3; there is none yet"),
        (("--notebook", "{}/n.toml", "--expected", " "), "expected: "),
        (("--notebook", "{}/no/n.toml", "--expected", "e"), "make it first"),
        (("--notebook", "{}/broken.toml", "--expected", "e"), "is not TOML"),
    ],
)
def test_what_cannot_be_noted_is_refused_before_anything_is_run(
    pair: list[Path], tmp_path: Path, given: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.toml").write_text("[[experiment]\n")
    monkeypatch.setattr(brief_command, "ask", None)
    words = [word.format(tmp_path) for word in given]
    assert told in " ".join(peerstay("brief", *pair, "--to", tmp_path / "a.csv", *words, code=2).stderr.split())
    assert not (tmp_path / "n.toml").exists()


def test_people_are_in_no_notebook(pair: list[Path], tmp_path: Path) -> None:
    roster = 'posts.roster=[{hired = "2024-01"}, {hired = "2025-02"}]'
    noted = ("--notebook", tmp_path / "n.toml", "--expected", "e")
    peerstay("brief", *pair, "--set", roster, "--to", tmp_path / "a.csv", *noted)
    assert "2025-02" not in (tmp_path / "n.toml").read_text()


def test_reproduce_prints_the_answer_and_says_that_it_is_the_same(pair: list[Path], tmp_path: Path) -> None:
    peerstay("brief", *pair, "--set", "posts.number=6", "--seed", "11", "--to", tmp_path / "a.zip")
    told = peerstay("reproduce", tmp_path / "a.zip").stdout
    assert '"A raise"' in told
    assert "--set posts.number=6 --months 6 --replications 4 --seed 11" in " ".join(told.replace("\\\n", "").split())
    assert "Is it the same?\n  Yes: every one of" in told
    shape = json.loads(peerstay("reproduce", tmp_path / "a.zip", "--json").stdout)
    assert shape["same"] is True
    assert shape["answer"]["base"]["seed"] == 11


def test_numbers_that_differ_exit_with_1(pair: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("sim.takeaway.bundle.as_json", _one_more)
        peerstay("brief", *pair, "--to", tmp_path / "a.zip")
    told = peerstay("reproduce", tmp_path / "a.zip", code=1).stdout
    assert "NO: " in told
    assert "base.measures.headcount.n: was 5, is 4" in told


def test_a_signed_bundle_tells_a_hearing_who_made_it(pair: list[Path], tmp_path: Path) -> None:
    (private, public), (_, another) = key_files(tmp_path, "ann"), key_files(tmp_path, "bob")
    peerstay("brief", *pair, "--to", tmp_path / "a.zip", "--sign", private)
    peerstay("brief", *pair, "--to", tmp_path / "b.zip")
    assert "the signature holds" in peerstay("reproduce", tmp_path / "a.zip", "--signed-by", public).stdout
    told = peerstay("reproduce", tmp_path / "a.zip", "--signed-by", another, code=1).stdout
    assert "NOT with the key" in " ".join(told.split())
    assert "NOT signed" in peerstay("reproduce", tmp_path / "b.zip", "--signed-by", public, code=1).stdout
    assert "--sign signs a bundle" in peerstay("brief", *pair, "--to", "a.csv", "--sign", private, code=2).stderr
    assert "is no private Ed25519 key" in peerstay("brief", *pair, "--to", "a.zip", "--sign", public, code=2).stderr


def test_a_forged_bundle_exits_with_1_and_names_what_was_forged(pair: list[Path], tmp_path: Path) -> None:
    peerstay("brief", *pair, "--to", tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["README.txt"] = parts["README.txt"].replace(b"peerstay bundle: ", b"Approved by the county: ")
    (tmp_path / "b.zip").write_bytes(archive(parts))
    told = " ".join(peerstay("reproduce", tmp_path / "b.zip", code=1).stdout.split())
    assert "NOT ALL: every one of" in told
    assert "README.txt, line 1: was Approved by the county" in told


def _one_more(shape: dict[str, dict[str, dict[str, dict[str, int]]]]) -> str:
    if "base" in shape:
        shape["base"]["measures"]["headcount"]["n"] += 1
    return json.dumps(shape)


def test_what_is_no_bundle_exits_with_2(pair: list[Path], tmp_path: Path) -> None:
    assert "is not a zip file" in peerstay("reproduce", pair[0], code=2).stderr
    assert "no such file" in peerstay("reproduce", tmp_path / "x.zip", code=2).stderr


def test_every_name_that_cannot_be_one_is_refused_at_once(pair: list[Path], tmp_path: Path) -> None:
    words = [tmp_path / "a.txt", tmp_path / "no" / "a.pdf", tmp_path / "b.csv", tmp_path / "b.csv"]
    told = peerstay("brief", *pair, *(word for file in words for word in ("--to", file)), code=2).stderr
    assert "a name ends in" in told or "a file's name ends in .docx, .pdf, .html, .xlsx, .csv, .zip, not .txt" in told
    assert "there is no folder" in told
    assert "is named twice" in told
    assert not (tmp_path / "b.csv").exists()
    assert "Missing option '--to'" in peerstay("brief", *pair, code=2).stderr


def test_people_are_not_put_into_a_bundle(pair: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = 'posts.roster=[{hired = "2024-01"}, {hired = "2025-02"}]'
    with monkeypatch.context() as before_a_run:
        before_a_run.setattr(brief_command, "ask", None)
        told = peerstay("brief", *pair, "--set", roster, "--to", tmp_path / "a.zip", code=2).stderr
    assert "lists people" in told
    peerstay("brief", *pair, "--set", roster, "--to", tmp_path / "a.html")
    assert "2025-02" not in (tmp_path / "a.html").read_text()


def test_a_fault_in_one_file_leaves_none(pair: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(ending: str, *_: object) -> bytes:
        if ending == ".pdf":
            raise brief_command.WorthlessError("broken")
        return b"whole"

    monkeypatch.setattr(brief_command, "made", broken)
    assert "broken" in peerstay("brief", *pair, "--to", tmp_path / "a.csv", "--to", tmp_path / "a.pdf", code=2).stderr
    assert not (tmp_path / "a.csv").exists()
