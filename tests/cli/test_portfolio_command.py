"""`peerstay portfolio`, as a user meets it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.cli import main
from sim.results.on_paper.first_year import first_year
from sim.scenario.differences import differences
from sim.scenario.files import load
from sim.scenario.timeline import plans

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "scenarios/pa_counties.csv"


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, ["portfolio", *args], prog_name="peerstay")


def test_the_scenario_of_the_library_is_what_its_table_makes(tmp_path: Path) -> None:
    to = tmp_path / "again.toml"
    title = "Pennsylvania: seven employers from a table"
    told = peerstay(str(TABLE), "--state", "pa", "--start", "2027-07", "--title", title, "--to", str(to))
    assert told.exit_code == 0, told.stderr
    assert to.read_text() == (ROOT / "scenarios/pa_counties.toml").read_text()
    assert "7 employers with 61 posts in Pennsylvania" in told.stdout


def test_every_row_is_in_the_scenario_with_its_numbers(tmp_path: Path) -> None:
    """Of three employers of a row one is rural; what billing and the award leave open of cost is the computed award."""
    table = tmp_path / "mine.csv"
    table.write_text(
        "county,employer,employers,posts,wage_usd_per_hour,rate_usd_per_unit,rural_share,living_wage_usd_per_hour,source\n"
        'Elk,"St. Mary\'s clinic",3,6,19.5,12,0.33,21,"our ""survey"""\nErie,county,1,4,19.5,,no,,\n'
    )
    told = json.loads(peerstay(str(table), "--state", "PA", "--json").stdout)
    loaded = load(table.with_suffix(".toml"), months=12)
    assert loaded.warnings == ()
    found = {plan.name: plan for plan in plans(loaded.scenario)}
    assert {name: plan.count for name, plan in found.items()} == {
        "elk_st_mary_s_clinic_rural": 1, "elk_st_mary_s_clinic_urban": 2, "erie_county": 1,
    }  # fmt: skip
    rural, urban, county = (plan.epochs[0][1] for plan in found.values())
    assert (rural.place.rural, urban.place.rural, county.place.rural) == (True, False, False)
    assert {one.pay.wage_usd_per_hour for one in (rural, urban, county)} == {19.5}
    assert (rural.posts.number, county.posts.number) == (6, 4)
    assert rural.place.living_wage_usd_per_hour == 21.0
    assert rural.place.living_wage_source == 'our "survey"'
    assert set(rural.funding) == {"award", "medicaid"}
    assert set(county.funding) == {"award"}
    assert told["employers"] == 4
    assert [kind["posts_each"] for kind in told["kinds"]] == [6, 6, 4]
    assert all(kind["award_computed"] for kind in told["kinds"])
    year = first_year(loaded.scenario)
    assert 1.0 <= year.covered < 1.01  # awards are rounded up to a thousand


def test_employers_meet_where_that_is_asked_for(tmp_path: Path) -> None:
    plain, to = tmp_path / "plain.toml", tmp_path / "market.toml"
    assert peerstay(str(TABLE), "--state", "PA", "--start", "2027-07", "--to", str(plain)).exit_code == 0
    told = peerstay(str(TABLE), "--state", "PA", "--start", "2027-07", "--to", str(to), "--market", "--json")
    assert json.loads(told.stdout)["employers_meet"] is True
    alone, met = load(plain), load(to)
    assert met.warnings == ()
    assert [plan.epochs[0][1].market.employers_meet for plan in plans(met.scenario)] == [True] * 5
    assert [plan.epochs[0][1].place.area for plan in plans(met.scenario)][:2] == ["Philadelphia", "Allegheny"]
    assert [one.path for one in differences(alone.scenario, met.scenario)] == ["market.employers_meet"]
    assert "employers do not act on one another" not in to.read_text()


def test_it_runs_as_it_stands(tmp_path: Path) -> None:
    to = tmp_path / "again.toml"
    peerstay(str(TABLE), "--state", "PA", "--to", str(to))
    few = ["--replications", "2", "--months", "6", "--jobs", "1", "--no-store"]
    assert CliRunner().invoke(main, ["run", str(to), *few]).exit_code == 0


def test_names_too_long_or_alike_stay_apart(tmp_path: Path) -> None:
    table, county = tmp_path / "long.csv", "Northumberland and neighbors"
    rows = [f"{county},recovery community center number {n},5,20" for n in ("one", "two", "three")]
    table.write_text("county,employer,posts,wage_usd_per_hour\n" + "\n".join(rows) + "\n")
    assert peerstay(str(table), "--state", "PA").exit_code == 0
    names = [one["name"] for one in tomllib.loads(table.with_suffix(".toml").read_text())["employer"]]
    assert len(set(names)) == 3
    assert max(map(len, names)) <= 40


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--state", "ZZ"), "ZZ"),
        (("--state", "PA", "--to", "here.csv"), "ends in .toml"),
        (("--state", "PA", "--start", "July"), "horizon.start"),
        ((), "--state"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: tuple[str, ...], told: str, tmp_path: Path) -> None:
    to = () if "--to" in given else ("--to", str(tmp_path / "x.toml"))
    result = peerstay(str(TABLE), *given, *to)
    assert result.exit_code == 2
    assert told in result.stderr


def test_nothing_is_written_over_and_faults_end_with_2(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("county,employer,posts,wage_usd_per_hour\nElk,clinic,none,\n")
    result = peerstay(str(table), "--state", "PA")
    assert result.exit_code == 2
    assert "column C (posts)" in result.stderr
    assert "column D (wage_usd_per_hour)" in result.stderr
    table.write_text("county,employer,posts,colour\nElk,clinic,none,red\n")
    told = peerstay(str(table), "--state", "PA").stderr
    assert all(one in told for one in ('"colour" is not a column', "wage_usd_per_hour is missing", "column C (posts)"))
    assert not table.with_suffix(".toml").exists()
    table.with_suffix(".toml").write_text("kept")
    table.write_text("county,employer,posts,wage_usd_per_hour\nElk,clinic,4,20\n")
    assert "nothing is written over it" in peerstay(str(table), "--state", "PA").stderr
    assert table.with_suffix(".toml").read_text() == "kept"
    to = tmp_path / "one.toml"
    assert peerstay(str(table), "--state", "PA", "--to", str(to)).exit_code == 0
    assert load(to).scenario.title == "Pennsylvania: 1 employer of peers"
