"""Wages used: an alternative's are told beside the base's, each against the same wage of the same kind."""

from __future__ import annotations

from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.words.earnings.wages import wages_text

TWO_KINDS = {
    "horizon": {"months": 6, "warm_up_months": 3},
    "rules": {"enforce": False},
    "pay": {"wage_usd_per_hour": 20.0},
    "posts": {"number": 4},
    "employer": [{"name": "first"}, {"name": "hospitals", "pay": {"wage_usd_per_hour": 24.0}}],
}


def test_a_wage_that_becomes_what_another_kind_pays_is_told() -> None:
    """A fault seen: 20.94 raised to 24.00 vanished from the table, because hospitals pay 24.00 too."""
    base = load_table(TWO_KINDS)
    first = {"name": "first", "pay": {"wage_usd_per_hour": 24.0}}
    other = load_table(TWO_KINDS | {"employer": [first, TWO_KINDS["employer"][1]]})  # type: ignore[index]
    told = wages_text(ask(base, [other], Settings(2, 1, jobs=1)))
    entry = [line.split() for line in told.splitlines() if line.startswith("entry wage")]
    assert [line[-1] for line in entry] == ["20.00", "24.00", "24.00"]
    assert "first" in " ".join(entry[-1])
