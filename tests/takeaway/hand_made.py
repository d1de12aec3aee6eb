"""Answers with results and monthly paths made by hand, ready to be taken away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.charts.printed import Paths
from sim.runs.answer import Answer, Case
from sim.takeaway.monthly import SERIES, collector
from sim.words.provenance import Stamp, command_line, stamp
from tests.answers import FEES, RUNS, answer, case, loaded, raised

GRANT = {"kind": "grant", "amount_usd_per_year": 3_600_000.0, "start": "2027-07", "posts_paid": 40}
LEVELS = {"headcount": 36.0, "cash_usd": 3e5, "chance_of_negative_cash": 0.0, "burnout_prevalence": 0.4}
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>#let x = 1 \x07\u202e$&*_`" 🎉日'
MADE = "2027-01-02T03:04:05+00:00"


def stamped(told: Answer, sets: tuple[str, ...] = ()) -> Stamp:
    made = stamp(told, command_line([case.loaded for case in told.cases], told.settings, sets))
    return replace(made, version="1.2.3", made=MADE)


def paths(told: Answer) -> Paths:
    """Return level paths, a little apart from run to run and case to case."""
    kept = collector(tuple(case.name for case in told.cases))
    months = told.base.loaded.scenario.horizon.months
    for number, one in enumerate(told.cases):
        for series in SERIES:
            level = LEVELS.get(series.key, 3.0)
            runs = level + 0.01 * (number + 1) * (level or 1.0) * np.arange(RUNS)[:, None]
            kept.parts[one.name, series.key] = [np.repeat(runs, months, axis=1)]
    return kept


def better() -> Case:
    return raised(retention_12_months=0.66, cash_end_usd=120_000.0, vacancy_rate=0.05)


def granted() -> Case:
    scenario = loaded(title="A grant", question="What does a grant do?", funding={"grant": GRANT})
    return case("grant", scenario, hours_delivered_per_year=40_000.0)


def hostile() -> Case:
    place = {"living_wage_usd_per_hour": 20.0, "living_wage_source": HOSTILE}
    scenario = loaded(title=HOSTILE, question=HOSTILE, notes=HOSTILE, place=place, pay={"wage_usd_per_hour": 26.0})
    return case("hostile", scenario, retention_12_months=0.66, vacancy_rate=0.05)


def with_roster() -> Case:
    people = [{"hired": "2026-01"}, {"hired": "2024-03"}]
    return case("listed", loaded(title="With people", posts={"number": 40, "roster": people}))


__all__ = ["FEES", "HOSTILE", "answer", "better", "case", "granted", "hostile", "loaded", "paths", "raised", "stamped"]
