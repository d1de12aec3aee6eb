"""Scenario texts for the tests, and what the check says of them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.scenario.files import Loaded, load
from sim.scenario.problems import Problem, ScenarioError

FOLDER = re.compile(r"[^ ]*/scenarios/")
BASE = """[pay]
wage_usd_per_hour = 20.0
[funding.medicaid]
kind = "fee_for_service"
federal_share = 0.5
group_rate_usd_per_unit = 3.0
rate_usd_per_unit = 13.5
"""
NO_GROUPS = BASE.replace("group_rate_usd_per_unit = 3.0", 'billable = ["individual"]')

RICH = """
title = "Everything"
question = "Does every input have a meaning?"

[horizon]
start = "2027-01"
months = 60

[place]
state = "PA"
area = "Erie"
living_wage_usd_per_hour = 21.5
living_wage_source = "MIT 2026"
[place.households]
one_adult = { share = 0.6, living_wage_ratio = 1.0 }
adult_and_child = { share = 0.4, living_wage_ratio = 1.7 }

[posts]
number = 30
roster = [
    { hired = "2024-03", rung = "senior", in_rung_since = "2025-04" },
    { hired = "2026-11", certified = false },
]

[ladder.senior]
step = 1
slots = { kind = "share", share = 0.3 }
[ladder.lead]
step = 2
title = "Lead"
pay = { kind = "amount", usd_per_hour = 27.0 }
slots = { kind = "number", number = 3 }
supervising_share = 0.2
[ladder.chief]
step = 3
slots = { kind = "per_peers", peers = 12 }

[pay]
wage_usd_per_hour = 20.0
annual_step_share = 0.02
pass_through_share = 0.5
floor = { kind = "living_wage", ratio = 0.95 }

[funding.medicaid]
kind = "fee_for_service"
rate_usd_per_unit = 13.5
group_rate_usd_per_unit = 3.0
federal_share = 0.5
clients_covered_share = 0.5
rework_recovered_share = 0.4
audit_chance_per_year = 0.1
billable = ["individual", "group", "travel"]
[funding.ccbhc]
kind = "prospective"
rate_usd = 210.0
federal_share = 0.5
clients_covered_share = 0.3
[funding.block]
kind = "grant"
amount_usd_per_year = 400_000
start = "2026-07"
posts_paid = 4
[funding.settlement]
kind = "scheduled"
payments = [{ at = "2027-07", usd = 50_000 }, { at = "2028-07", usd = 40_000 }]
[rules]
braiding = ["block", "settlement", "ccbhc", "medicaid"]
bridge_months = 3

[effects]
burnout.exit_voluntary = 0.2

[[change]]
at = "2028-07"
[change.set]
funding.medicaid.rate_usd_per_unit = 15.0
"employer.rural.pay.wage_usd_per_hour" = 19.0

[[employer]]
name = "urban"
count = 3
[employer.posts]
number = 45

[[employer]]
name = "rural"
count = 2
[employer.place]
rural = true
"""


def loaded(text: str, sets: Iterable[str] = (), files: Mapping[str, str] | None = None) -> Loaded:
    """Load a text as scenarios/case.toml, with other files beside it."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "scenarios"
        for name, content in {"case.toml": text, **(files or {})}.items():
            path = library / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return load(library / "case.toml", sets)


def problems(text: str, sets: Iterable[str] = (), files: Mapping[str, str] | None = None) -> tuple[Problem, ...]:
    """Return everything that is said of a text."""
    try:
        return loaded(text, sets, files).warnings
    except ScenarioError as error:
        return error.problems


def said(text: str, sets: Iterable[str] = (), files: Mapping[str, str] | None = None) -> list[str]:
    """Return everything that is said of a text, the folder left out."""
    return [f"{one.severity}: {FOLDER.sub('', str(one))}" for one in problems(text, sets, files)]


def errors(text: str, sets: Iterable[str] = (), files: Mapping[str, str] | None = None) -> list[str]:
    """Return the errors in a text."""
    return [line.removeprefix("error: ") for line in said(text, sets, files) if line.startswith("error")]


def warned(text: str, sets: Iterable[str] = (), files: Mapping[str, str] | None = None) -> list[str]:
    """Return the warnings on a text without errors."""
    assert not errors(text, sets, files)
    return [line.removeprefix("warning: ") for line in said(text, sets, files)]
