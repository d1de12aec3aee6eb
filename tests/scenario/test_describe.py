"""Every input says what it is; the schema for other programs agrees with the check."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sim.evidence.cards import load_cards
from sim.runs.futures.unknown_inputs import unknowns_of
from sim.scenario.describe import Input, default_shown, inputs
from sim.scenario.files import load
from sim.scenario.json_schema import json_schema
from sim.scenario.patch import leaves
from sim.scenario.shape import ROOT, shape_at
from sim.scenario.timeline import growing
from tests.scenario.texts import BASE, RICH, errors

BY_PATH: dict[str, list[Input]] = {}
for one in inputs():
    BY_PATH.setdefault(one.path, []).append(one)
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
SAYS_ITSELF = {"employer.<name>.name", "funding.<name>.kind"}


@pytest.mark.parametrize("given", inputs(), ids=lambda given: f"{given.path} {given.kind}".strip())
def test_an_input_says_what_it_is_in_which_unit(given: Input) -> None:
    assert given.about or given.path in SAYS_ITSELF
    assert given.unit or given.path in SAYS_ITSELF
    assert given.evidence or given.path in SAYS_ITSELF


def test_every_number_has_a_range() -> None:
    numbers = [one for one in inputs() if one.type in ("number", "whole number")]
    without = [one.path for one in numbers if not one.limits.words() and "months_to_adjust" not in one.path]
    assert len(numbers) > 120
    assert without == []


def test_every_evidence_key_has_a_card() -> None:
    missing = {one.evidence for one in inputs() if one.evidence and one.evidence not in load_cards()}
    assert missing <= {"effects"}, missing


@pytest.mark.parametrize(
    ("path", "type_", "limits", "unit", "default"),
    [
        ("pay.wage_usd_per_hour", "number", "from 1 to 500", "USD/hour", ""),
        ("posts.number", "whole number", "from 1 to 100,000", "posts", "20"),
        ("place.rural", "yes/no", "", "yes/no", "false"),
        ("horizon.start", "month", "", "month", '"2027-01"'),
        ("posts.roster[].in_rung_since", "month", "", "month", ""),
        ("rules.layoff_order", "choice", "", "order", '"last_hired"'),
        ("rules.freeze_below_months", "number", "from 0 to 60", "months of payroll", "0.5"),
        ("rules.braiding", "list", "", "list of sources", "[]"),
        ("funding.<name>.billable", "list", "", "list", '["individual", "group"]'),
        ("time_use.notes", "number", "from 0 to 1", "share of hours worked", None),
        ("ladder.<name>.slots.kind", "choice", "", "kind", '"open"'),
        ("effects.<cause>.<outcome>", "number", "from -5 to 5", "SD per SD; to an exit, log hazard per SD", ""),
        ("employer.<name>.count", "whole number", "from 1 to 100,000", "employers", "1"),
        ("experiment.seed", "whole number", "at least 0, below 9.22337203685e+18", "seed", "1"),
    ],
)
def test_an_input_is_described(path: str, type_: str, limits: str, unit: str, default: str | None) -> None:
    (given,) = BY_PATH[path]
    assert (given.type, given.limits.words(), given.unit) == (type_, limits, unit)
    assert default is None or default_shown(given) == default


def test_inputs_of_alternatives_name_their_kind() -> None:
    assert {one.kind for one in BY_PATH["funding.<name>.payer"]} == {
        "fee_for_service", "prospective", "grant", "scheduled",
    }  # fmt: skip
    (kind,) = BY_PATH["turnover.level.kind"]
    assert (kind.choices, kind.default) == (("observed", "hazards"), "observed")


def test_needed_inputs_have_no_default() -> None:
    assert BY_PATH["funding.<name>.kind"][0].needed
    assert all(one.default is None for one in inputs() if one.needed)


@pytest.mark.parametrize("text", [BASE, RICH], ids=["base", "rich"])
def test_every_input_of_a_file_is_described(text: str) -> None:
    data = tomllib.loads(text)
    for path, _ in leaves({key: value for key, value in data.items() if key not in ("change", "employer")}):
        assert shape_at(path, data) is not None, path


def test_the_address_of_every_input_leads_to_it() -> None:
    plain = [one for one in inputs() if "<" not in one.path and "[" not in one.path and not one.kind]
    assert len(plain) > 90
    for one in plain:
        assert shape_at(tuple(one.path.removesuffix(".kind").split("."))) is not None, one.path
    assert shape_at(("posts", "xyz"), {}, ROOT) is None


def test_the_schema_is_one_of_draft_2020_12() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


ACCEPTED = [
    BASE,
    RICH,
    'extends = "base.toml"\nfunding.medicaid = "off"',
    'extends = "base.toml"\n[employer.rural.pay]\nwage_usd_per_hour = 20',
    BASE + 'max_units_per_worker_day = "off"\n[rules]\nfreeze_below_months = "off"',
    'place.living_wage_usd_per_hour = "off"\n' + BASE,
]
REFUSED = [
    "posts.number = 3",
    "zzz = 1\n" + BASE,
    BASE.replace("20.0", "'20'"),
    BASE.replace("13.5", "900"),
    BASE.replace("fee_for_service", "fee"),
    BASE + "denial_shar = 0.1",
    'place.state = "pa"\n' + BASE,
    "rules.freeze_below_months = 61\n" + BASE,
    'rules.freeze_below_months = "none"\n' + BASE,
    "ladder.Senior.step = 1\n" + BASE,
    "pay = { wage_usd_per_hour = 20, floor = { kind = 'minimum_wage', ratio = 1.0 } }",
    BASE + '[[employer]]\nname = "a"\nxyz = 3',
    BASE + '[[change]]\nat = "2028-13"\nset = {}',
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_the_schema_accepts_what_the_check_accepts(text: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(tomllib.loads(text))] == []
    assert errors(text, files={"base.toml": RICH if "employer" in text else BASE}) == []


@pytest.mark.parametrize("text", REFUSED)
def test_the_schema_refuses_what_the_check_refuses(text: str) -> None:
    assert not VALIDATOR.is_valid(tomllib.loads(text))
    assert errors(text)


def test_the_schema_carries_unit_and_evidence_of_every_input() -> None:
    def found(schema: Any) -> int:
        if isinstance(schema, dict):
            own = "unit" in schema and "evidence" in schema
            return own + sum(map(found, schema.values()))
        return sum(map(found, schema)) if isinstance(schema, list) else 0

    assert found(json_schema()) > 150


def test_what_grows_is_an_hourly_amount_and_what_is_decided_is_never_drawn() -> None:
    everyone = [load(SCENARIOS / f"{name}.toml") for name in ("pa_ladder", "pa_award_cut_short")]
    names = re.compile(r"^(funding|ladder|place\.households)\.[^.]+")
    drawn = {names.sub(r"\1.<name>", one.path) for one in unknowns_of(everyone)}
    decided = {one.path for one in inputs() if "decided" in one.marks}
    assert len(decided) == 15
    assert len(drawn) > 50
    assert drawn.isdisjoint(decided)
    assert {one.unit for one in inputs() if "grows" in one.marks} == {"USD/hour"}
    assert "positions.*.wage_usd_per_hour" in growing()
