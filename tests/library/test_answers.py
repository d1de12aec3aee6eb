"""What a comparison returns: tables in dollars and dates that agree with one another and with the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from click.testing import CliRunner

import peerstay
from peerstay.frames import documented
from peerstay.reference import TABLES
from sim.cli import main
from sim.runs.exports.dictionary import column_of


def test_the_numbers_are_those_of_the_command_line(answer: peerstay.Comparison, tmp_path: Path) -> None:
    file = answer.scenarios[0].save(tmp_path / "small.toml")
    words = ["--with", "raised: pay.wage_usd_per_hour=18.0", "--with", "later: pay.wage_usd_per_hour=18.0@2028-07"]
    told = CliRunner().invoke(main, ["compare", str(file), *words, "--replications", "8", "--no-store", "--json"])
    printed = json.loads(told.stdout)
    assert [one["name"] for one in printed["alternatives"]] == ["raised", "later"]
    for one in printed["alternatives"]:
        ours = answer.measures.loc[one["name"]]
        assert list(ours.index) == list(one["measures"])
        theirs = [value["difference"]["mean"] for value in one["measures"].values()]
        np.testing.assert_array_equal(ours["difference"].to_numpy(dtype=float), np.array(theirs, dtype=float))


def test_all_lines_of_the_ledger_are_what_changed_the_cash(answer: peerstay.Comparison) -> None:
    panel, whose = answer.panel, ["scenario", "replication", "employer"]
    last = panel[panel["month"] == panel["month"].max()].set_index(whose)["cash_usd"]
    moved = answer.ledger.groupby(whose, observed=True)["usd"].sum()
    opening = answer.scenarios[0]["rules.opening_cash_usd"]
    assert len(last) == 3 * 8
    pd.testing.assert_series_equal(last.sort_index(), (moved + opening).sort_index(), check_names=False, atol=0.001)


def test_every_exit_of_the_panel_is_an_event(answer: peerstay.Comparison) -> None:
    events, panel = answer.events, answer.panel
    left = events[events["fact"] == "left"].groupby("scenario", observed=True).size()
    assert left.sum() > 0
    assert left.to_dict() == panel.groupby("scenario", observed=True)["exits"].sum().to_dict()


def test_dates_lie_in_the_projection(answer: peerstay.Comparison) -> None:
    assert answer.panel["date"].min() == pd.Timestamp("2027-07-01")
    assert answer.panel["date"].max() == pd.Timestamp("2029-06-01")
    ledger = answer.ledger
    assert ledger["date"].between(pd.Timestamp("2027-07-01"), pd.Timestamp("2029-07-01")).all()
    closes = ledger[ledger["line"] == "wages"]["date"].drop_duplicates()
    assert list(closes.dt.day.unique()) == [1]
    assert len(closes) == 24


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_documented(name: str, answer: peerstay.Comparison) -> None:
    columns, told = list(getattr(answer, name).columns), peerstay.columns(name)
    known = {one.name.partition(".<")[0] for one in documented(TABLES[name])}
    assert {column.partition(".")[0] for column in columns} <= known
    assert not [column for column in columns if "cents" in column]
    assert told["about"].all()


def test_every_column_that_is_kept_is_in_the_dictionary(answer: peerstay.Comparison) -> None:
    rows = answer.gathered._rows
    names = {(table, name) for table, parts in rows.items() for part in parts for name in part}
    assert len(names) > 80
    assert all(column_of(table, name).about for table, name in names)


def test_a_budget_adds_up(answer: peerstay.Comparison) -> None:
    told = answer.budget().set_index(["scenario", "fiscal_year", "part", "line"])["mean_usd"]
    wide = told.unstack(["part", "line"])
    margin = wide["source", "total"] - wide["spent", "total"]
    assert len(margin) == 3 * 3
    np.testing.assert_allclose(margin, wide["result", "margin"], atol=0.01)
    assert answer.budget()["starts"].min() == pd.Timestamp("2027-07-01")


def test_retention_begins_with_all_and_never_rises(answer: peerstay.Comparison) -> None:
    for _, own in answer.retention().groupby("scenario"):
        share = own["share"].dropna()
        assert share.iloc[0] == 1.0
        assert (share.diff().dropna() <= 0).all()
        assert (own["low"].dropna() <= own["share"][own["low"].notna()]).all()
    with pytest.raises(KeyError, match="one rung only"):
        answer.retention("senior")


def test_a_value_for_each_projected_future_gives_the_mean(answer: peerstay.Comparison) -> None:
    values = answer.values.loc["small", "hours_delivered_per_year"]
    assert len(values) == 8
    assert values.mean() == pytest.approx(answer.measures.loc[("raised", "hours_delivered_per_year"), "base"])


@pytest.mark.parametrize("what", ["", "retention", "cash", "budget", "costs", "leaving", "vacancies"])
def test_figures_are_drawn_with_a_sentence(what: str, answer: peerstay.Comparison) -> None:
    figure = answer.plot(what)
    assert isinstance(figure, go.Figure)
    assert len(figure.data) >= 1
    assert answer.reading(what).endswith(".")


def test_what_is_not_drawn_is_said(answer: peerstay.Comparison) -> None:
    with pytest.raises(ValueError, match="did you mean retention"):
        answer.plot("retension")
    with pytest.raises(ValueError, match="Nobody pays by the unit"):
        answer.plot("units")


def test_it_shows_itself_in_short_and_in_a_notebook(answer: peerstay.Comparison) -> None:
    assert repr(answer) == "<peerstay.Comparison of small with raised, later: 8 replications, seed 1>"
    shown = answer._repr_html_()
    assert "<pre>" in shown
    assert "raised" in shown
    assert answer.versions.keys() == {"version", "model", "data", "numpy"}
    assert answer.finding.count("\n") >= 1
    assert "&quot;" in shown  # texts are escaped


def test_one_scenario_alone_is_run(base: peerstay.Scenario, answer: peerstay.Comparison) -> None:
    told = peerstay.run(base, replications=8, detail=False)
    assert told.measures.loc["headcount", "mean"] == answer.measures.loc[("raised", "headcount"), "base"]
    assert "<pre>" in told._repr_html_()
    assert "Projected" in told.finding
    with pytest.raises(ValueError, match="detail=True"):
        _ = told.panel
    with pytest.raises(ValueError, match="differences"):
        told.plot("differences")


def test_a_comparison_needs_an_alternative(base: peerstay.Scenario) -> None:
    with pytest.raises(TypeError, match="at least one alternative"):
        peerstay.compare(base)


def test_alternatives_of_another_length_are_refused(base: peerstay.Scenario) -> None:
    with pytest.raises(peerstay.ScenarioError, match=r"horizon\.months"):
        peerstay.compare(base, "md_short_award")
