"""How many paid hours must be billed, also where nothing is billed at the start."""

from __future__ import annotations

from sim.questions.compare.text import run_text
from sim.runs.answer import ask
from sim.runs.replicate import Settings
from sim.scenario.files import load_table
from sim.words.provenance import command_line, stamp

LATER = {
    "title": "Claims begin in January 2028",
    "horizon": {"start": "2027-07", "months": 24},
    "place": {"state": "PA"},
    "pay": {"wage_usd_per_hour": 20.0},
    "posts": {"number": 4},
    "funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 0.0}},
    "change": [{"at": "2028-01", "set": {"funding.medicaid.rate_usd_per_unit": 20.0}}],
}
DENIED = LATER | {"funding": {"medicaid": {"kind": "fee_for_service", "rate_usd_per_unit": 20.0, "denial_share": 1.0}}}


def told(table: dict[str, object], *, unknowns: bool) -> str:
    answer = ask(load_table(table), [], Settings(4, 1, 1, unknowns=unknowns))
    text = run_text(answer, stamp(answer, command_line([answer.base.loaded], answer.settings, ())))
    _, found, after = text.partition("\n\nBreak-even\n")
    return " ".join(after.split("\n\nWages used")[0].split()) if found else ""


def test_claims_that_begin_later_are_told_over_the_projection() -> None:
    text = told(LATER, unknowns=False)
    assert text.startswith("No billed hour brings anything at the start. Over the projection, payments by the unit")
    assert text.endswith("%")


def test_a_payer_that_denies_everything_breaks_nothing() -> None:
    """What is denied at first is in part paid after all where that share is drawn."""
    assert told(DENIED, unknowns=False) == ""
    assert told(DENIED, unknowns=True).startswith("No billed hour brings anything at the start.")
