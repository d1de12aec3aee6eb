"""A fiscal note, worked by hand, and held to the ledger."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.engine.run import simulate
from sim.model.world import log
from sim.questions.fiscal.note import Note, Wanted, fiscal_note
from sim.questions.fiscal.text import fiscal_shape, fiscal_text, per_member_month
from sim.results.budget import TOTAL
from sim.results.measures.measure import PAYERS
from sim.runs.answer import ask, settings_of
from sim.runs.replicate import Settings
from sim.scenario.files import load, load_table

ROOT = Path(__file__).parents[2]
SURE = """
title = "Ten posts that nobody leaves"
horizon = { start = "2027-05", months = 4, warm_up_months = 0 }
experiment = { feedback = false, replications = 2, seed = 1 }
place = { living_wage_usd_per_hour = 20.0, outside_wage_usd_per_hour = 20.0 }
posts = { number = 10, paid_hours_per_year = 2080.0 }
pay.wage_usd_per_hour = 20.0
rules = { enforce = false, braiding = ["medicaid", "county"] }
effects.scale = 0.0
recruitment = { certified_share = 1.0, ramp_up_months = 0.0 }

[time_use]
individual = 0.5
group = 0.0
leave_share = 0.0
absence_share = 0.0

[turnover]
level = { kind = "hazards", voluntary_per_year = 0.0, dismissal_per_year = 0.0, other_per_year = 0.0 }
return_to_use_per_year = 0.0
worker_spread_sd = 0.0
employer_spread_sd = 0.0

[funding.medicaid]
kind = "fee_for_service"
payer = "state"
federal_share = 0.6
rate_usd_per_unit = 10.0
denial_share = 0.1
rework_recovered_share = 0.5
payment_lag_days = 30.4375
payment_lag_spread = 0.0
rework_lag_days = 0.0

[funding.county]
kind = "scheduled"
payer = "county"
payments = [{ at = "2027-07", usd = 1_000 }]

[[change]]
at = "2027-07"
set = { "funding.medicaid.federal_share" = 0.7, "funding.medicaid.rate_usd_per_unit" = 20.0 }
"""
A_MONTH = 866 * 4 * 10.00 * 0.95  # ⌊10 posts · 173⅓ hours · half⌋ visits of 4 units; half of a tenth denied comes back


def note_of(tmp_path: Path, wanted: Wanted | None = None, text: str = SURE) -> Note:
    file = tmp_path / "sure.toml"
    file.write_text(text, encoding="utf-8")
    loaded = load(file)
    return fiscal_note([loaded], settings_of(loaded, 1), wanted or Wanted())


def means(note: Note, basis: str, payer: str) -> list[float | None]:
    return [None if cell.mean is None else round(cell.mean, 2) for cell in note.amounts(basis, payer, 0)]


def test_what_is_owed_is_the_service_of_the_year_at_the_match_of_its_months(tmp_path: Path) -> None:
    """May and June are in one state fiscal year; July and August in the next, at twice the rate, matched at 70 %."""
    note = note_of(tmp_path)
    assert [(year.ends, year.months) for year in note.years] == [(2027, 2), (2028, 2)]
    assert means(note, "accrual", "federal") == [round(2 * A_MONTH * 0.6, 2), round(4 * A_MONTH * 0.7, 2)]
    assert means(note, "accrual", "state") == [round(2 * A_MONTH * 0.4, 2), round(4 * A_MONTH * 0.3, 2)]


def test_what_is_paid_comes_a_lag_later_at_the_match_of_the_day_it_is_paid(tmp_path: Path) -> None:
    """A month's claims are paid a month after its close: those of April (owed at the start) and May in the first year,
    of June at the old rate and July at the new one in the second, both at its match.
    """
    note = note_of(tmp_path)
    assert means(note, "cash", "federal") == [round(2 * A_MONTH * 0.6, 2), round(3 * A_MONTH * 0.7, 2)]
    assert means(note, "cash", "state") == [round(2 * A_MONTH * 0.4, 2), round(3 * A_MONTH * 0.3, 2)]


def test_a_dated_payment_counts_when_it_is_paid_in_cash_and_accrual_alike(tmp_path: Path) -> None:
    """A payment of July counts in the fiscal year that begins in July, as in the budget by fiscal year."""
    note = note_of(tmp_path)
    assert means(note, "cash", "county") == means(note, "accrual", "county") == [0.0, 1_000.0]


def test_dollars_of_one_year_and_of_a_member_are_plain_arithmetic(tmp_path: Path) -> None:
    note = note_of(tmp_path, Wanted(members=100, dollars_of=2027, growth=0.25))
    plain = note_of(tmp_path)
    first, second = means(plain, "cash", TOTAL)
    assert first is not None
    assert second is not None
    assert means(note, "cash", TOTAL) == [first, round(second / 1.25, 2)]
    assert per_member_month(note, "cash", 0) == pytest.approx([first / 200, second / 1.25 / 200])


def test_another_start_of_the_fiscal_year_moves_months_between_years(tmp_path: Path) -> None:
    note = note_of(tmp_path, Wanted(opens=6))
    assert [year.months for year in note.years] == [1, 3]
    assert means(note, "accrual", "state") == [
        round(A_MONTH * 0.4, 2),
        round(A_MONTH * 0.4 + 4 * A_MONTH * 0.3, 2),
    ]


@pytest.mark.parametrize(("name", "months"), [("pa_braided", 30), ("pa_ccbhc", 30), ("statewide_portfolio", 8)])
def test_payers_and_years_sum_to_the_ledger_to_the_cent(name: str, months: int) -> None:
    loaded = load(ROOT / f"scenarios/{name}.toml", months=months)
    cash = fiscal_note([loaded], Settings(2, 3, 1), Wanted(opens=10)).spending[0].cash
    told = np.sum([cash[payer].sum(axis=1) for payer in PAYERS], axis=0)
    ledger = np.zeros(2)
    for block in simulate(loaded.scenario, [], range(2), 3)[0]:
        came_in = block.lines["kind"] >= log.FIRST_RECEIPT
        own = block.replications[block.lines["employer"][came_in].astype(int)]
        ledger += np.bincount(own, weights=block.lines["cents"][came_in], minlength=2)
    assert np.round(100 * told).tolist() == ledger.tolist()
    assert np.all(ledger > 0)


def test_over_futures_payers_and_years_sum_to_what_compare_tells_to_the_cent() -> None:
    """Each future by the terms that were drawn for it, in order, however its rows were lived."""
    everyone = [load(ROOT / f"scenarios/{name}.toml", months=8) for name in ("pa_braided", "pa_fee_for_service")]
    everyone[1] = load_table(everyone[0].raw | {"pay": everyone[0].raw["pay"] | {"wage_usd_per_hour": 26.0}})
    settings = Settings(20, 3, 1, unknowns=True)
    note = fiscal_note(everyone, settings, Wanted(opens=10))
    compared = ask(everyone[0], everyone[1:], settings)
    for case, spending in zip(compared.cases, note.spending, strict=True):
        for payer in PAYERS:
            a_year = case.values[f"spending_{payer}_usd_per_year"]
            assert np.round(100 * spending.cash[payer].sum(axis=1)) == pytest.approx(np.round(100 * a_year * 8 / 12))
    differences = note.differences("cash", "state", 1)
    told = compared.alternatives[0].measures["spending_state_usd_per_year"]
    assert sum(one.mean or 0.0 for one in differences) == pytest.approx((told.difference.mean or 0.0) * 8 / 12)
    shape = fiscal_shape(note)
    drawn = compared.settings.futures
    assert drawn is not None
    assert shape["drawn"] == [one.path for one in drawn.unknowns]
    bands = shape["scenarios"][1]["cash"]["futures"]["state"]
    assert all(one["low_90"] <= one["high_90"] for one in bands)
    text = " ".join(fiscal_text(note, "peerstay fiscal").split())
    assert "of 100 futures" in text
    assert "random variation only" not in text


def test_an_award_that_ends_is_told_with_its_posts() -> None:
    everyone = [load(ROOT / f"scenarios/{name}.toml") for name in ("pa_fee_for_service", "pa_block_grant")]
    note = fiscal_note(everyone, Settings(6, 1, 1), Wanted())
    (award,) = note.spending[1].awards
    assert note.spending[0].awards == ()
    assert award.last == "2030-06"
    assert sum(award.fates.values()) == pytest.approx(1.0)
    grant = everyone[1].scenario.funding["block_grant"]
    told = fiscal_text(note, "peerstay fiscal")
    assert award.usd_per_year == getattr(grant, "amount_usd_per_year")  # noqa: B009  # a source of any kind
    assert "runs through June 2030" in " ".join(told.split())
    assert max(map(len, told.splitlines())) <= 110


def test_differences_are_those_of_the_amounts() -> None:
    everyone = [load(ROOT / f"scenarios/{name}.toml") for name in ("pa_fee_for_service", "pa_rate_rise")]
    note = fiscal_note(everyone, Settings(4, 1, 1), Wanted())
    for basis in ("cash", "accrual"):
        for payer in note.payers(basis):
            base, own = (note.amounts(basis, payer, case) for case in (0, 1))
            told = [cell.mean for cell in note.differences(basis, payer, 1)]
            assert told == pytest.approx([after.mean - before.mean for before, after in zip(base, own, strict=True)])  # type: ignore[operator]
    assert len(fiscal_text(note, "peerstay fiscal").splitlines()) <= 110


def test_where_only_the_match_moves_all_payers_together_spend_the_same_to_the_cent(tmp_path: Path) -> None:
    file = tmp_path / "ends.toml"
    ends = '[[change]]\nat = "2029-10"\nset = { "funding.expansion.federal_share" = 0.5606 }\n'
    file.write_text(f'extends = "library:pa_match_mix"\n{ends}', encoding="utf-8")
    base, other = load(ROOT / "scenarios" / "pa_match_mix.toml"), load(file)
    note = fiscal_note([base, other], Settings(20, 1, unknowns=True), Wanted())
    for basis in ("cash", "accrual"):
        assert [one and (one.below, one.above) for one in note.spreads(basis, TOTAL, 1)] == [(0.0, 0.0)] * 5
        assert [cell.mean for cell in note.differences(basis, TOTAL, 1)] == [0.0] * 5
    # half of the clients at 56.06 % and half at 90 %: 73.03 % of what Medicaid owes; from October 2029 all at 56.06 %
    owed = [spending.accrual for spending in note.spending]
    shares = [(one["federal"] / (one["federal"] + one["state"]))[:, [0, 4]] for one in owed]
    assert shares[0].mean() == pytest.approx(0.7303, abs=0.01)  # what is recovered of denials is drawn for each source
    assert shares[1][:, 1] == pytest.approx(0.5606, abs=1e-6)


def test_what_ends_with_an_award_is_what_is_in_force_at_its_end(tmp_path: Path) -> None:
    """A fault seen: an award of 240,000 dollars a year, 120,000 from April on, ended in December as 240,000."""
    award = """
[funding.award]
kind = "grant"
payer = "county"
amount_usd_per_year = 240_000
posts_paid = 4
start = "2027-05"
ends = "2027-07"
renewal_chance = 0.0

[[change]]
at = "2027-06"
set = { "funding.award.amount_usd_per_year" = 120_000, "funding.award.posts_paid" = 2 }

[[change]]
at = "2027-08"
set = { "funding.award.amount_usd_per_year" = 60_000 }
"""
    text = SURE.replace('braiding = ["medicaid", "county"]', 'braiding = ["award", "medicaid", "county"]') + award
    (told,) = note_of(tmp_path, text=text).spending[0].awards
    assert (told.last, told.usd_per_year, told.posts) == ("2027-07", 120_000.0, 2)
    said = " ".join(fiscal_text(note_of(tmp_path, text=text), "peerstay fiscal").split())
    assert "award, $120k a year at its end, runs through July 2027" in said
