"""`peerstay compare`, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from sim.cli import main

BASE = """
title = "Today"
horizon = { months = 12, warm_up_months = 3 }
experiment = { replications = 5, seed = 7 }
posts.number = 5
rules.enforce = false
pay.wage_usd_per_hour = 20.0
"""
NUMBERS = {name: {"type": ["number", "null"]} for name in ("mean", "low", "high")} | {"n": {"type": "integer"}}
DIFFERENCE = {"type": "object", "required": list(NUMBERS), "additionalProperties": False, "properties": NUMBERS}
SIGNS = {name: {"type": "number", "minimum": 0, "maximum": 1} for name in ("lower_share", "higher_share")}
ENDS = {name: {"type": ["number", "null"]} for name in ("low_90", "high_90")}
FUTURES = {"type": "object", "required": [*ENDS], "additionalProperties": False, "properties": ENDS | SIGNS}
SIDE = {
    "type": "object",
    "required": ["unit", *NUMBERS],
    "additionalProperties": False,
    "properties": {"unit": {"type": "string"}, **NUMBERS, "futures": FUTURES},
}
COMPARED = {
    "type": "object",
    "required": ["base", "alternative", "difference", "p_better", "verdict"],
    "additionalProperties": False,
    "properties": {
        "base": SIDE,
        "alternative": SIDE,
        "difference": DIFFERENCE,
        "p_better": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "futures": FUTURES,
        "verdict": {"enum": ["better", "worse", "higher", "lower", "too close to call", "no change", None]},
    },
}
CHANGE = {"type": "object", "required": ["path", "from", "to", "at"], "additionalProperties": False}
CHANGE["properties"] = {"path": {"type": "string"}, "from": {}, "to": {}, "at": {"type": ["string", "null"]}}
KEPT = ("household", "net", "kept", "net_with_health", "kept_with_health", "parts")
RAISED = ("kind", "state", "month", "from", "to", "gross", "why_not", "households")
REACHED = {
    "type": "object",
    "required": list(RAISED),
    "additionalProperties": False,
    "properties": {key: {} for key in RAISED}
    | {
        "households": {
            "type": "array",
            "items": {
                "type": "object",
                "required": list(KEPT),
                "additionalProperties": False,
                "properties": {key: {} for key in KEPT} | {"parts": {"type": "object"}},
            },
        }
    },
}
OF_KIND = {
    "type": "object",
    "required": ["headcount", "separations_standardized_per_100_posts_year", "vacancy_rate"],
    "additionalProperties": COMPARED,
}
ALTERNATIVE = {
    "type": "object",
    "required": ["name", "changes", "household", "measures"],
    "properties": {
        "name": {"type": "string"},
        "changes": {"type": "array", "items": CHANGE},
        "household": {"type": "array", "items": REACHED},
        "measures": {"type": "object", "minProperties": 40, "additionalProperties": COMPARED},
        "kinds": {"type": "object", "minProperties": 2, "additionalProperties": OF_KIND},
    },
}
WEAK = {
    "type": "object",
    "required": ["key", "grade", "low", "high"],
    "additionalProperties": False,
    "properties": {"key": {"type": "string"}, "grade": {"enum": ["C", "D"]}, "low": {}, "high": {}},
}
BUDGET = {
    "type": "object",
    "required": ["scenario", "fiscal_years", "lines", "lowest_cash", "not_making_payroll", "closing"],
    "additionalProperties": False,
    "properties": {
        "scenario": {"type": "string"},
        "fiscal_years": {"type": "array", "items": {"required": ["name", "from", "to", "months", "whole"]}},
        "lines": {"type": "array", "items": {"required": ["part", "name", "unit", "mean", "p5", "p95"]}},
        "lowest_cash": {"required": ["mean", "p5", "p95", "typical_month"]},
        "not_making_payroll": {"required": ["chance", "typical_month"]},
        "closing": {"required": ["chance", "typical_month"]},
    },
}
MADE_BY = {
    "type": "object",
    "required": ["version", "model", "data", "numpy"],
    "additionalProperties": False,
    "properties": {
        "version": {"type": "string"},
        "numpy": {"type": "string"},
        "model": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "data": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    },
}
END = {name: {"type": "number"} for name in ("value", "difference", "low", "high")}
ENDS_OF = {"type": "object", "required": [*END], "additionalProperties": False, "properties": END}
MOVER = {
    "type": "object",
    "required": ["path", "grade", "measure", "share_explained", "ends", "decides_the_sign", "evppi", "futures"],
    "additionalProperties": False,
    "properties": {
        "path": {"type": "string"},
        "grade": {"enum": list("ABCD")},
        "measure": {"type": "string"},
        "share_explained": {"type": "number", "minimum": 0, "maximum": 1},
        "ends": {"type": "array", "minItems": 2, "maxItems": 2, "items": ENDS_OF},
        "decides_the_sign": {"type": "boolean"},
        "evppi": {"type": ["number", "null"], "minimum": 0},
        "futures": {"type": "integer"},
    },
}
SHAPE = {
    "type": "object",
    "required": ["base", "alternatives", "intervals", "leaks", "weak_evidence", "budgets", "made_by"],
    "additionalProperties": False,
    "properties": {
        "base": {"type": "object"},
        "alternatives": {"type": "array", "items": ALTERNATIVE},
        "intervals": {"type": "object", "required": ["together", "each", "correction"]},
        "leaks": {"type": "array", "maxItems": 0},
        "weak_evidence": {"type": "array", "items": WEAK},
        "budgets": {"type": "array", "items": BUDGET},
        "made_by": MADE_BY,
        "drawn": {"type": "array", "minItems": 100, "items": {"type": "string"}},
        "share_of_spread_from_assumptions": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
            },
        },
        "find_out_first": {"type": "object", "additionalProperties": {"type": "array", "items": MOVER}},
    },
}


def peerstay(*args: str) -> Result:
    return CliRunner().invoke(main, args, prog_name="peerstay")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "today.toml").write_text(BASE)
    (tmp_path / "raise.toml").write_text('extends = "today.toml"\ntitle = "A raise"\npay.wage_usd_per_hour = 26.0\n')
    (tmp_path / "same.toml").write_text('extends = "today.toml"\ntitle = "The same"\n')
    (tmp_path / "longer.toml").write_text('extends = "today.toml"\nhorizon.months = 24\n')
    return [str(tmp_path / f"{name}.toml") for name in ("today", "raise", "same", "longer")]


def told(*args: str) -> dict[str, list[dict[str, dict[str, dict[str, object]]]]]:
    result = peerstay("compare", *args, "--json")
    assert result.exit_code == 0, result.stderr
    shape: dict[str, list[dict[str, dict[str, dict[str, object]]]]] = json.loads(
        result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is not JSON")
    )
    jsonschema.validate(shape, SHAPE)
    return shape


def test_json_has_the_promised_shape(files: list[str]) -> None:
    shape = told(*files[:3])
    first, second = shape["alternatives"]
    assert (first["name"], second["name"]) == ("raise", "same")
    assert first["changes"] == [{"path": "pay.wage_usd_per_hour", "from": 20.0, "to": 26.0, "at": None}]
    assert first["measures"]["mean_wage_usd_per_hour"]["verdict"] == "higher"
    assert second["changes"] == second["household"] == []
    assert [one["why_not"] is not None for one in first["household"]] == [True]  # no state is named
    assert [one["scenario"] for one in shape["budgets"]] == ["today", "raise", "same"]
    same = [{key: one[key] for key in ("lines", "lowest_cash")} for one in shape["budgets"]]
    assert same[0] == same[2] != same[1]
    assert {one["verdict"] for one in second["measures"].values()} <= {"no change", None}


def test_text_says_what_changes_and_what_differs(files: list[str]) -> None:
    result = peerstay("compare", *files[:2])
    assert result.exit_code == 0
    assert result.stderr == ""
    assert '"A raise"' in result.stdout
    assert 'against "Today" (no new decisions)' in " ".join(result.stdout.split())
    assert "pay.wage_usd_per_hour: 20.0 → 26.0" in result.stdout


def test_settings_hold_for_the_base_and_every_alternative_alike(files: list[str]) -> None:
    shape = told(*files[:2], "--set", "posts.number=7")
    assert [change["path"] for change in shape["alternatives"][0]["changes"]] == ["pay.wage_usd_per_hour"]
    headcount = shape["alternatives"][0]["measures"]["headcount"]
    assert 5 < headcount["base"]["mean"] <= 7  # type: ignore[index,operator]


def test_seed_and_replications_are_the_bases(files: list[str]) -> None:
    Path(files[2]).write_text('extends = "today.toml"\nexperiment = { replications = 9, seed = 8 }\n')
    shape = told(files[0], files[2])
    assert shape["alternatives"][0]["measures"]["headcount"]["difference"]["n"] == 5
    assert shape["alternatives"][0]["measures"]["headcount"]["verdict"] == "no change"


def test_what_cannot_be_compared_is_named_and_exits_with_2(files: list[str]) -> None:
    result = peerstay("compare", files[0], files[3])
    assert result.exit_code == 2
    assert "longer.toml: horizon.months = 24: must be as in the base (12)" in result.stderr
    assert peerstay("compare", files[0], files[3], "--months", "6", "--replications", "1").exit_code == 0


def test_a_comparison_needs_an_alternative(files: list[str]) -> None:
    result = peerstay("compare", files[0])
    assert result.exit_code == 2
    assert "--with pay.wage_usd_per_hour=25" in result.stderr


def test_every_scenario_is_kept(files: list[str], tmp_path: Path) -> None:
    result = peerstay("compare", *files[:2], "--out", str(tmp_path / "kept"))
    assert result.exit_code == 0
    kept = sorted(path.name for path in (tmp_path / "kept" / "scenarios").iterdir())
    assert kept == ["raise.resolved.json", "raise.toml", "today.resolved.json", "today.toml"]


def test_a_figure_and_files_hold_what_was_asked_for_when_loops_are_off_too(files: list[str], tmp_path: Path) -> None:
    """The runs without loops go beside those that were asked for, and into no file."""
    figure, out = tmp_path / "paths.svg", tmp_path / "out"
    result = peerstay("compare", *files[:2], "--loop-off", "--figure", str(figure), "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert "the loops add" in result.stdout
    assert figure.stat().st_size > 0
    assert {file.stem for file in (out / "scenarios").glob("*.toml")} == {Path(file).stem for file in files[:2]}


RANGED = BASE + '\n[ranges]\n"pay.wage_usd_per_hour" = [15.0, 30.0]\n'


def test_a_range_widens_what_is_told_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(BASE)
    (tmp_path / "unsure.toml").write_text(RANGED)
    asked = ("--with", "posts.number=6", "--replications", "20")
    sure, unsure = (told(str(tmp_path / name), *asked) for name in ("base.toml", "unsure.toml"))
    assert {str(path) for path in unsure["drawn"]} - {str(path) for path in sure["drawn"]} == {"pay.wage_usd_per_hour"}
    narrow, wide = (_width(one["base"]) for one in (sure, unsure))
    assert narrow < 0.5
    assert 5.0 < wide < 15.0
    text = " ".join(peerstay("compare", str(tmp_path / "unsure.toml"), *asked).stdout.split())
    assert "taken as known, except with a range: pay.wage_usd_per_hour" in text


def test_a_range_counts_for_nothing_where_assumptions_are_taken_as_known(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(BASE)
    (tmp_path / "unsure.toml").write_text(RANGED)
    asked = ("--with", "posts.number=6", "--luck-only")
    sure, unsure = (told(str(tmp_path / name), *asked) for name in ("base.toml", "unsure.toml"))
    assert sure["alternatives"][0]["measures"] == unsure["alternatives"][0]["measures"]


def _width(base: object) -> float:
    assert isinstance(base, dict)
    ends = base["measures"]["mean_wage_usd_per_hour"]["futures"]
    return float(ends["high_90"] - ends["low_90"])
