"""What --out keeps: names instead of codes, files that run again, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.runs.answer import Answer, ask, settings_of
from sim.runs.exports import export as module
from sim.runs.exports.export import Export
from sim.runs.toml import written
from sim.scenario.files import Loaded, load

BASE = """
title = "Two kinds \\"and\\" a grant"
horizon = { months = 14, warm_up_months = 4 }
experiment = { replications = 4, seed = 5 }
posts.number = 6
pay.wage_usd_per_hour = 20.0
ladder.senior = { step = 1, months_in_rung_below = 3.0 }
rules.braiding = ["medicaid", "award"]
turnover.level = { kind = "observed", separations_per_100_posts_year = 80.0 }
place.households.alone = { share = 0.6, living_wage_ratio = 1.0 }
place.households.child = { share = 0.4, living_wage_ratio = 1.6 }
funding.medicaid = { kind = "fee_for_service", rate_usd_per_unit = 14.0, federal_share = 0.6 }
funding.award = { kind = "grant", amount_usd_per_year = 300000.0, start = "2027-01", term_months = 12 }
[[employer]]
name = "city"
count = 2
[[employer]]
name = "rural"
place.rural = true
funding.award = "off"
[[change]]
at = "2027-06"
set."funding.medicaid.rate_usd_per_unit" = 15.5
"""


@pytest.fixture
def base(tmp_path: Path) -> Loaded:
    (tmp_path / "base.toml").write_text(BASE)
    return load(tmp_path / "base.toml")


def stored(base: Loaded, folder: Path) -> Answer:
    with Export(folder, ["base"], [base]) as store:
        answer = ask(base, [], settings_of(base), store.keep)
        store.finish([case.values for case in answer.cases], {"seed": 5})
    return answer


def test_everything_is_there_and_nothing_else(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    found = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file())
    names = ["facts", "funding", "ledger", "manifest", "measures", "panel"]
    files = [f"out/{name}.{'json' if name == 'manifest' else 'parquet'}" for name in names]
    assert found == ["out/datapackage.json", *files, "out/scenarios/base.resolved.json", "out/scenarios/base.toml"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.toml", "out"]


def test_facts_and_ledger_have_names_and_numbers_of_the_portfolio(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    facts = pq.read_table(tmp_path / "out" / "facts.parquet").to_pylist()
    assert {row["fact"] for row in facts} >= {"opening", "hired", "left", "promoted"}
    assert {row["employer_kind"] for row in facts} == {"city", "rural"}
    assert {(row["employer_kind"], row["employer"]) for row in facts} == {("city", 0), ("city", 1), ("rural", 2)}
    assert all((row["cause"] is not None) == (row["fact"] == "left") for row in facts)
    assert {row["post"] for row in facts} <= set(range(6))
    ledger = pq.read_table(tmp_path / "out" / "ledger.parquet").to_pylist()
    assert {row["source"] for row in ledger if row["line"] == "wages"} == {None}
    assert {row["source"] for row in ledger if row["line"] == "reimbursement"} == {"award"}
    awards = pq.read_table(tmp_path / "out" / "funding.parquet").to_pylist()
    assert {row["fact"] for row in awards} >= {"awarded", "lapsed"}


def test_the_stored_ledger_is_what_the_measures_say(base: Loaded, tmp_path: Path) -> None:
    answer = stored(base, tmp_path / "out")
    ledger = pq.read_table(tmp_path / "out" / "ledger.parquet").to_pylist()
    total = sum(row["cents"] for row in ledger if row["replication"] == 2) / 100
    values = answer.base.values
    assert values["months_open"][2] < 14  # some close before month 14: a year is one of the projection all the same
    assert total == pytest.approx(values["margin_usd_per_year"][2] * 14 / 12, abs=0.01)


def test_the_panel_has_every_month_and_nulls_where_a_kind_lacks_a_source(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    panel = pq.read_table(tmp_path / "out" / "panel.parquet")
    assert panel.num_rows == 14 * 3 * 4
    rows = panel.to_pylist()
    assert {row["charged_cents.award"] is None for row in rows if row["employer_kind"] == "rural"} == {True}
    assert {row["charged_cents.award"] is None for row in rows if row["employer_kind"] == "city"} == {False}
    assert [row["date"] for row in rows if row["replication"] == 0 and row["employer"] == 2][:2] == [
        "2027-01",
        "2027-02",
    ]


def test_measures_are_one_row_a_replication_and_undefined_ones_are_null(base: Loaded, tmp_path: Path) -> None:
    answer = stored(base, tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "measures.parquet").to_pylist()
    told = {(row["measure"], row["replication"]): row["value"] for row in rows if row["scenario"] == "base"}
    assert len(told) == 4 * len(answer.base.values)
    assert told["headcount", 3] == answer.base.values["headcount"][3]
    assert told["retention_60_months", 0] is None


def test_the_stored_scenario_runs_again_and_means_the_same(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    again = load(tmp_path / "out" / "scenarios" / "base.toml")
    assert again.fingerprint == base.fingerprint
    assert again.scenario == base.scenario
    resolved = json.loads((tmp_path / "out" / "scenarios" / "base.resolved.json").read_text())
    assert resolved["place"]["living_wage_usd_per_hour"] == base.scenario.place.living_wage_usd_per_hour


def test_text_in_a_stored_scenario_survives(base: Loaded) -> None:
    assert written({"a": {"b c": 'x"\n\\ü\x7f', "d": []}, "e": True, "f": [{"g": 1.5, "h": {}}]}) == (
        'a."b c" = "x\\"\\n\\\\ü\\u007f"\na.d = []\ne = true\nf = [{ g = 1.5, h = {} }]\n'
    )


# nothing half-written, nothing lost


def test_a_run_that_is_broken_off_leaves_nothing(base: Loaded, tmp_path: Path) -> None:
    def broken_off() -> None:
        with Export(tmp_path / "out", ["base"], [base]) as store:
            ask(base, [], settings_of(base), store.keep)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.toml"]


def test_a_full_disk_leaves_the_earlier_run_as_it_was(
    base: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(base, tmp_path / "out")
    before = (tmp_path / "out" / "manifest.json").read_text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_write_scenarios", full)
    with pytest.raises(OSError, match="No space left"):
        stored(base, tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.toml", "out"]


def test_a_folder_that_cannot_be_moved_in_brings_the_earlier_run_back(
    base: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(base, tmp_path / "out")
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if path.name.endswith(".partial"):
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="Permission denied"):
        stored(base, tmp_path / "out")
    assert (tmp_path / "out" / "facts.parquet").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.toml", "out"]


def test_an_earlier_run_is_replaced_and_an_empty_folder_is_used(base: Loaded, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    stored(base, tmp_path / "out")
    stored(base, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.toml", "out"]


@pytest.mark.parametrize("content", ["notes.txt", "manifest.json"])
def test_a_folder_that_holds_anything_else_is_left_alone(base: Loaded, tmp_path: Path, content: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / content).write_text("{}")
    with pytest.raises(FileExistsError, match="holds something else than an earlier run"):
        Export(tmp_path / "out", ["base"], [base])
    assert (tmp_path / "out" / content).read_text() == "{}"


def test_notes_added_to_an_earlier_run_are_not_lost(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="something else"):
        stored(base, tmp_path / "out")


def test_a_manifest_of_something_else_is_not_ours(base: Loaded, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text("no json")
    with pytest.raises(FileExistsError, match="something else"):
        Export(tmp_path / "out", ["base"], [base])


def test_a_file_is_no_folder(base: Loaded, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="is not a folder"):
        Export(tmp_path / "base.toml", ["base"], [base])


def test_every_column_says_what_it_holds_in_the_file_and_in_the_data_package(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in package["resources"]] == ["facts", "funding", "ledger", "panel", "measures"]
    for resource in package["resources"]:
        schema = pq.read_schema(tmp_path / "out" / resource["path"])
        told = {one["name"]: one["description"] for one in resource["schema"]["fields"]}
        assert list(told) == schema.names
        in_file = {field.name: field.metadata[b"about"].decode() for field in schema}
        assert in_file == told
        assert all(told.values())


def test_amounts_are_whole_cents_and_named_so(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    for table in ("ledger", "funding", "panel"):
        schema = pq.read_schema(tmp_path / "out" / f"{table}.parquet")
        cents = [field for field in schema if field.metadata[b"unit"] == b"cents"]
        assert cents
        assert {str(field.type) for field in cents} == {"int64"}
        assert all("cents" in field.name for field in cents)


def test_a_decision_has_a_number_and_no_amount(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "funding.parquet").to_pylist()
    decisions = {"budget", "layoff", "award_cut", "bridged"}
    assert {row["fact"] for row in rows} & decisions
    assert all((row["cents"] is None) == (row["fact"] in decisions) for row in rows)
    assert all((row["number"] is None) == (row["fact"] not in decisions) for row in rows)


def test_the_manifest_says_which_model_and_data_made_it(base: Loaded, tmp_path: Path) -> None:
    stored(base, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert {"model", "data", "numpy", "version"} <= manifest.keys()
    assert len(manifest["model"]) == 16
