"""`peerstay fit`, as a user meets it."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from sim.cli import main
from sim.scenario.files import load
from sim.scenario.read.roster_csv import roster_of

ROOT = Path(__file__).parents[2]
HISTORY = str(ROOT / "scenarios/made_up_history.csv")
PAYROLL = (
    "Hire Date;Job Title;FTE;Hourly Rate;Term Date\n4/15/2021;Peer Specialist;1,0;21,50;\n"
    "11/03/2023;Peer Specialist;0,5;20,75;2/28/2026\n\"April 5, 2024\";Lead Peer;1,0;24,00;\n"
    "2025-01-06 00:00:00;Peer Specialist;0,8;21,00;\n"
)  # fmt: skip


def fit(*args: str) -> Result:
    return CliRunner().invoke(main, ["fit", *args], prog_name="peerstay")


@pytest.fixture
def payroll(tmp_path: Path) -> Path:
    path = tmp_path / "payroll.csv"
    path.write_text(PAYROLL)
    return path


def test_a_payroll_is_read_and_so_few_people_are_not_shown(payroll: Path) -> None:
    told = fit(str(payroll))
    assert told.exit_code == 0, told.stderr
    assert "date of leaving: Term Date (column E)" in told.stdout
    assert "dates written as numbers have the month first" in told.stdout
    assert "Seen: fewer than 11 people: not shown." in told.stdout
    shape = json.loads(fit(str(payroll), "--json").stdout)
    assert [shape[name] for name in ("people", "left", "filled_years", "years")] == [None, None, None, []]
    assert (shape["since"], shape["until"], shape["years_hidden"]) == ("2026-01", "2026-02", 1)


def test_nothing_fitted_to_so_few_people_is_told_or_written(payroll: Path, tmp_path: Path) -> None:
    """Nine people, whether one or four of them left: text and JSON are the same but for how the file was read."""
    nine = "hired,left\n" + "".join(f"20{year}-03,{{}}\n" for year in range(12, 21))
    told = []
    for leavers in (["2024-05"], ["2024-05", "2022-01", "2022-09", "2023-03"]):
        payroll.write_text(nine.format(*leavers, *[""] * (9 - len(leavers))))
        asked = [str(payroll), "--since", "2022-01", "--until", "2024-12"]
        text = fit(*asked)
        assert text.exit_code == 0, text.stderr
        assert "Fitted" not in text.stdout
        assert "as many count after your history" not in text.stdout
        assert "Studies alone" in text.stdout
        shape = json.loads(fit(*asked, "--json").stdout)
        assert [shape[name] for name in ("fitted", "effective_draws", "few_draws", "stated")] == [None] * 4
        told.append((text.stdout, shape))
        base = ("--to", str(tmp_path / "ours.toml"), "--extends", "pa_fee_for_service")
        refused = fit(*asked, *base)
        assert refused.exit_code == 2
        assert "No scenario is written that states what is fitted to fewer than 11 people" in refused.stderr
        assert not (tmp_path / "ours.toml").exists()
    assert told[0] == told[1]


def test_of_few_people_it_is_not_told_whether_anybody_was_laid_off(tmp_path: Path) -> None:
    file, told = tmp_path / "people.csv", []
    for reason in ("layoff", "resigned"):
        file.write_text(f"hired,left,reason\n2018-03,2023-05,{reason}\n" + "2019-03,,\n" * 8)
        told.append(fit(str(file), "--since", "2021-01", "--until", "2024-12").stdout)
    assert told[0] == told[1]
    assert "Seen: fewer than 11 people" in told[0]


def test_a_year_of_few_people_is_not_found_by_subtraction(tmp_path: Path) -> None:
    """Ten people in the first year, more in those after it: what left in all less what is shown would tell of them."""
    file = tmp_path / "counts.csv"
    file.write_text("year,in_post,left\n2020,9,3\n2021,14,4\n2022,20,6\n2023,25,7\n")
    shape = json.loads(fit(str(file), "--json").stdout)
    assert shape["left"] == 20
    assert [one["year"] for one in shape["years"]] == ["2022", "2023"]
    assert shape["years_hidden"] == 2
    told = fit(str(file)).stdout
    assert "fewer than 11 people: not shown" in told
    assert "would tell of a year of so few: not shown" in told


def test_the_same_few_people_in_two_years_are_not_found_by_subtraction(tmp_path: Path) -> None:
    """Eight people through two years are eight, not sixteen: the years after, in which others came, hide them."""
    file = tmp_path / "people.csv"
    eight = "".join(f"2018-03,{left}\n" for left in ("2022-05", "2022-07", "2023-06", *[""] * 5))
    file.write_text("hired,left\n" + eight + "2023-01,\n" * 6 + "2023-02,2023-12\n" + "2024-01,\n" * 8)
    shape = json.loads(fit(str(file), "--since", "2021-01", "--until", "2024-12", "--json").stdout)
    assert (shape["left"], shape["years_hidden"]) == (4, 3)
    assert [one["year"] for one in shape["years"]] == ["2024"]


@pytest.mark.parametrize(
    ("encoding", "called"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
def test_a_list_is_read_in_the_encoding_that_a_spreadsheet_saves_it_in(
    encoding: str, called: str, payroll: Path
) -> None:
    text = PAYROLL.replace("Lead Peer", "Pair aidant expérimenté")
    payroll.write_bytes(text.encode(encoding))
    asked = [str(payroll), "--rung", "Pair aidant expérimenté=lead", "--people", str(payroll.with_name("people.csv"))]
    told = fit(*asked)
    assert told.exit_code == 0, told.stderr
    assert (f"text in {called}, not in UTF-8" in told.stdout) == (called != "UTF-8")
    assert "2024-04,lead" in payroll.with_name("people.csv").read_text()
    assert json.loads(fit(str(payroll), "--json").stdout)["encoding"] == called


def test_what_is_no_text_is_refused(payroll: Path) -> None:
    for content in (PAYROLL.encode("utf-16-le"), b"\x89PNG\r\n\x1a\n\x00\x00", b"hired,left\n\x81,\n"):
        payroll.write_bytes(content)
        told = fit(str(payroll))
        assert told.exit_code == 2
        assert "is no text in UTF-8, UTF-16 or Windows-1252; save it from the spreadsheet as" in told.stderr


def test_a_leaver_counts_as_history(payroll: Path) -> None:
    """The same list without its leaver, seen as long, makes fewer leave."""
    others = "2/1/2024;Peer Specialist;1,0;20,00;\n" * 7  # eleven people, of whom something is told

    def level(text: str) -> float:
        payroll.write_text(text + others)
        shape = json.loads(fit(str(payroll), "--since", "2025-01", "--until", "2026-02", "--json").stdout)
        return float(shape["fitted"]["separations_per_100_posts_year"]["middle"])

    assert level(PAYROLL.replace("2/28/2026", "")) < 0.8 * level(PAYROLL)


def test_people_still_in_post_become_the_list_that_a_scenario_takes(payroll: Path, tmp_path: Path) -> None:
    to = tmp_path / "people.csv"
    told = fit(str(payroll), "--people", str(to), "--rung", "Lead Peer=lead")
    assert told.exit_code == 0, told.stderr
    assert 'job titles taken as rung entry: "Peer Specialist";' in told.stderr
    assert "no column says who is certified" in told.stderr
    assert roster_of(to.read_bytes(), "people.csv") == [
        {"hired": "2021-04", "rung": "entry", "fte": 1.0, "wage_usd_per_hour": 21.5},
        {"hired": "2024-04", "rung": "lead", "fte": 1.0, "wage_usd_per_hour": 24.0},
        {"hired": "2025-01", "rung": "entry", "fte": 0.8, "wage_usd_per_hour": 21.0},
    ]


@pytest.mark.parametrize("base", ["pa_fee_for_service", "mine.toml"])
def test_what_is_fitted_becomes_a_scenario(base: str, tmp_path: Path) -> None:
    if base != "pa_fee_for_service":
        base = str(tmp_path / base)
        Path(base).write_text(
            'extends = "library:pa_fee_for_service"\nturnover.level = { kind = "hazards", voluntary_per_year = 0.2 }\n'
        )
    to = tmp_path / "ours.toml"
    told = fit(HISTORY, "--since", "2021-01", "--to", str(to), "--extends", base)
    assert told.exit_code == 0, told.stderr
    shape = json.loads(fit(HISTORY, "--since", "2021-01", "--json").stdout)["fitted"]
    turnover = load(to).scenario.turnover
    level = shape["separations_per_100_posts_year"]
    assert turnover.level.separations_per_100_posts_year == pytest.approx(level["middle"], abs=0.06)
    assert turnover.tenure_shape == pytest.approx(shape["inputs"]["turnover.tenure_shape"]["middle"], abs=0.001)
    assert turnover.employer_spread_sd < 0.5 * shape["inputs"]["turnover.employer_spread_sd"]["middle"]
    assert set(load(to).scenario.ranges) == {
        f"turnover.{name}" for name in ("tenure_shape", "early_peak", "worker_spread_sd")
    }
    assert "2004" not in to.read_text()  # nobody's date
    again = fit(HISTORY, "--to", str(to), "--extends", base)
    assert again.exit_code == 2
    assert "nothing is written over it" in again.stderr


def test_yearly_counts_are_enough(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("year,in_post,left\n2021,20,6\n2022,19.5,7\n2023,21,6\n2024,20,5\n")
    told = fit(str(counts))
    assert told.exit_code == 0, told.stderr
    assert "24 left: 30 separations" in told.stdout
    shape = json.loads(fit(str(counts), "--json").stdout)
    level = shape["fitted"]["separations_per_100_posts_year"]
    assert level["low"] < 29.8 < level["high"]
    assert shape["kind"] == "counts"
    assert shape["seen"][0]["still_there"] is None
    assert len(shape["years"]) == 4


def test_the_published_survey_of_direct_support_made_anew(tmp_path: Path) -> None:
    """Agencies of 2014 to 2016 (data/studies/nci_2014.toml): 45 separations of 100 posts, 59 % of leavers under a year.

    Made anew as six years of an agency with 100 posts, the fit holds the 37 % who leave within six months, which is not
    among what it is told.
    """
    table = tmp_path / "agency.csv"
    table.write_text(
        "Calendar year,Headcount,Leavers,Left in first year\n"
        + "".join(f"{year},100,45,{26 + year % 2}\n" for year in range(2011, 2017))
    )
    fitted = json.loads(fit(str(table), "--json").stdout)["fitted"]
    kept = {one["months"]: one for one in fitted["newcomers_kept"]}
    assert kept[6]["low"] < 1 - 0.37 < kept[6]["high"]
    assert kept[12]["low"] < 1 - 0.59 < kept[12]["high"]
    level = fitted["separations_per_100_posts_year"]
    assert level["low"] < 45.0 < level["high"] < 55.0


@pytest.mark.parametrize(
    ("text", "args", "told"),
    [
        ("hired,left\n2020-01,\n", (), "nobody on the list has a date of leaving"),
        ("hired,gone\n2020-01,2022-03\n", (), "no column was taken for the date of leaving; the headings are"),
        ("hired,left\n2020-01,2022-03\n", ("--since", "2023-01"), "is observed from 2023-01 until 2022-04"),
        ("hired,left\n2020-01,2022-03\n", ("--since", "2022-13"), "is not a month"),
        ("hired,left\n2020-01,2022-03\n", ("--column", "hired"), "must be NAME=VALUE"),
        ("hired,left\n2020-01,2022-03\n", ("--to", "x.toml"), "--to and --extends go together"),
        ("hired,left\n2020-01,2022-03\n", ("--people", "x.toml"), "its name must end in .csv"),
        ("year,in_post,left\n2020,20,3\n2020,20,4\n", (), "has the year 2020 twice"),
        ("year,in_post,left\n2020,20,3\n", ("--people", "x.csv"), "this file has yearly counts"),
        ("year,in_post,left\n2020,20,3\n", ("--since", "2020-01"), "leave out --since and --until"),
        ("", (), "is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_fitted_is_told_in_one_line(text: str, args: tuple[str, ...], told: str, tmp_path: Path) -> None:
    file = tmp_path / "h.csv"
    file.write_text(text)
    result = fit(str(file), *args)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_table_given_as_a_scenario_is_pointed_to_what_reads_it(payroll: Path) -> None:
    told = CliRunner().invoke(main, ["run", str(payroll)], prog_name="peerstay")
    assert told.exit_code == 2
    assert "peerstay fit reads a table of people" in told.stderr


def _wide(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "hired")
        sheet.write_string(1_048_575, 16_383, "x")  # 17 billion cells in 5 kB


def _long(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["hired", "2024-01-01"])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    texts = parts["xl/sharedStrings.xml"].replace(b"<si>", b"<si><t>" + b"A" * 900_000_000 + b"</t></si><si>", 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, texts if name == "xl/sharedStrings.xml" else part)


@pytest.mark.skipif(os.name != "posix", reason="limits that a machine enforces")
@pytest.mark.parametrize("make", [_wide, _long])
def test_a_workbook_that_unpacks_to_more_than_memory_holds_is_refused_in_words(
    make: Callable[[Path], None], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "small.xlsx")
    assert (tmp_path / "small.xlsx").stat().st_size < 1_000_000
    told = fit(str(tmp_path / "small.xlsx"), "--yes")
    assert told.exit_code == 2
    assert "small.xlsx: takes too long or too much memory to read, so it was given up" in told.stderr
    assert capfd.readouterr().err == ""
