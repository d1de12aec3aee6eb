"""What goes out as JSON: the promised shapes, strict, nothing undefined but null."""

from __future__ import annotations

import json

import numpy as np

from sim import __version__
from sim.questions.compare.assumptions import leaning
from sim.questions.compare.shapes import compare_shape, run_shape
from sim.results.measures.table import MEASURES
from sim.words.as_json import as_json, measures_shape
from sim.words.provenance import command_line, stamp
from tests.answers import answer, raised


def test_a_run_has_the_promised_shape() -> None:
    told = answer()
    shape = run_shape(told)
    assert set(shape) - {"warnings", "made_by"} == {
        "scenario",
        "fingerprint",
        "version",
        "seed",
        "replications",
        "measures",
    }
    assert (shape["scenario"], shape["version"], shape["seed"], shape["replications"]) == ("today", __version__, 1, 5)
    assert shape["fingerprint"] == told.base.loaded.fingerprint
    assert set(shape["measures"]) == set(MEASURES)
    assert set(shape["measures"]["headcount"]) == {"unit", "mean", "low", "high", "n"}


def test_a_comparison_has_the_promised_shape() -> None:
    shape = compare_shape(answer(raised(vacancy_rate=0.05)))
    (one,) = shape["alternatives"]
    assert shape["base"]["scenario"] == "today"
    assert set(one) >= {"name", "changes", "measures"}
    assert one["changes"] == [{"path": "pay.wage_usd_per_hour", "from": 24.0, "to": 26.0, "at": None}]
    vacancy = one["measures"]["vacancy_rate"]
    assert set(vacancy) == {"base", "alternative", "difference", "p_better", "verdict"}
    assert set(vacancy["difference"]) == {"mean", "low", "high", "n"}
    assert (vacancy["p_better"], vacancy["verdict"]) == (1.0, "better")


def test_what_is_undefined_is_null_and_never_nan() -> None:
    told = answer(raised())
    told.base.values["months_waited_for_promotion"] = np.full(5, np.nan)
    text = as_json(run_shape(told))
    assert "NaN" not in text
    read = json.loads(text)
    assert read["measures"]["months_waited_for_promotion"] == {
        "unit": "months",
        "mean": None,
        "low": None,
        "high": None,
        "n": 0,
    }


def test_every_measure_is_listed_with_its_definition() -> None:
    shapes = measures_shape()
    assert [shape["key"] for shape in shapes] == list(MEASURES)
    by_key = {shape["key"]: shape for shape in shapes}
    assert by_key["exits_per_year"]["parts"] == "cause"
    assert by_key["vacancy_rate"]["parts"] is None
    assert by_key["vacancy_rate"]["direction"] == "lower"


def test_the_stamp_says_what_made_the_result() -> None:
    told = answer(raised())
    made = stamp(told, command_line([case.loaded for case in told.cases], told.settings, ("pay.wage_usd_per_hour=26",)))
    assert made.command == (
        "peerstay compare scenario scenario --set pay.wage_usd_per_hour=26 --months 60 --replications 5 --seed 1"
    )
    manifest = made.manifest()
    assert manifest["scenarios"] == {case.name: case.loaded.fingerprint for case in told.cases}
    assert (manifest["seed"], manifest["replications"], manifest["months"]) == (1, 5, 60)
    json.dumps(manifest)


def test_all_weak_evidence_of_a_comparison_is_listed_in_the_order_it_is_told() -> None:
    told = answer(raised(retention_12_months=0.66))
    found = leaning(told)
    listed = compare_shape(told)["weak_evidence"]
    assert isinstance(listed, list)
    assert [one["key"] for one in listed] == [one.key for one in (*found.effects, *found.cards)]
    assert {one["grade"] for one in listed} <= {"C", "D"}
    assert len(listed) > 10
