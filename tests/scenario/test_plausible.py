"""Inputs that are allowed but hard to believe draw a warning, and what is usual draws none."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.evidence.paths import ROOT
from sim.scenario.check.plausible import CHECKS
from sim.scenario.files import load
from sim.scenario.read.library import scenario_files
from tests.scenario.texts import BASE, loaded, said, warned

CASES = Path(__file__).parent / "cases"
LIBRARY = scenario_files(ROOT / "scenarios", "**/*.toml")
GRANT = 'kind = "grant"\namount_usd_per_year = 4e5\n'
ALONE = f"pay.wage_usd_per_hour = 20.0\n[funding.block]\n{GRANT}"
FLOOR = (
    'pay.floor.kind="living_wage"',
    "place.living_wage_usd_per_hour=21.0",
    "place.living_wage_source=a county table, 2026",
)
LADDER = '[ladder.lead]\nstep = 1\npay = { kind = "raise", share = 0.12 }\nslots = { kind = "number", number = 2 }\n'
CREDIT = ("rules.credit_limit_usd=50000", "rules.closure_after_months=off", "rules.freeze_below_months=off")

# name, text, what draws the warning, its address and words, and what does not draw it
CHECKED = [
    (
        "turnover as a share",
        BASE,
        ["turnover.level.separations_per_100_posts_year=0.4"],
        "turnover.level.separations_per_100_posts_year",
        "looks like a share",
        ["turnover.level.separations_per_100_posts_year=40"],
    ),
    (
        "unlawful pay",
        BASE,
        ["place.minimum_wage_usd_per_hour=10.7", "pay.wage_usd_per_hour=9"],
        "pay.wage_usd_per_hour",
        "is below the legal minimum of $10.70, which is paid in its place",
        ["place.minimum_wage_usd_per_hour=10.7", "pay.wage_usd_per_hour=10.7"],
    ),
    (
        "slots",
        BASE + LADDER,
        ["ladder.lead.slots.number=1000"],
        "ladder.lead.slots.number",
        "slots are more than all",
        ["ladder.lead.slots.number=1"],
    ),
    (
        "fringe",
        BASE,
        ["benefits.fringe_share=3.0"],
        "benefits.fringe_share",
        "far outside",
        ["benefits.fringe_share=0.4"],
    ),
    (
        "overhead",
        BASE,
        ["posts.overhead_share=2.0"],
        "posts.overhead_share",
        "far outside",
        ["posts.overhead_share=0.3"],
    ),
    (
        "rate an hour",
        BASE,
        ["funding.medicaid.rate_usd_per_unit=54"],
        "funding.medicaid.rate_usd_per_unit",
        "looks like a rate an hour",
        ["funding.medicaid.rate_usd_per_unit=26"],
    ),
    (
        "cap in hours",
        BASE,
        ["funding.medicaid.max_units_per_worker_day=6"],
        "funding.medicaid.max_units_per_worker_day",
        "looks like hours",
        ["funding.medicaid.max_units_per_worker_day=16"],
    ),
    (
        "groups for nothing",
        BASE,
        ["funding.medicaid.group_rate_usd_per_unit=0"],
        "funding.medicaid.group_rate_usd_per_unit",
        "their rate is zero",
        ["funding.medicaid.group_rate_usd_per_unit=2.5"],
    ),
    (
        "no federal match",
        BASE,
        ["funding.medicaid.federal_share=0"],
        "funding.medicaid.federal_share",
        "the federal government matches Medicaid",
        ["funding.medicaid.federal_share=0", "funding.medicaid.payer=county"],
    ),
    (
        "nobody supervises",
        BASE,
        ["practices.other_supervisors_fte=0", "funding.medicaid.supervision_required=true"],
        "funding.medicaid.supervision_required",
        "nobody supervises",
        ["practices.other_supervisors_fte=0", "funding.medicaid.supervision_required=false"],
    ),
    (
        "narrow span",
        BASE,
        ["practices.other_supervisors_fte=10"],
        "practices.other_supervisors_fte",
        "peers per supervisor",
        ["practices.other_supervisors_fte=2.5"],
    ),
    (
        "nothing to charge",
        ALONE + 'start = "2026-07"\n',
        ["funding.block.pays_for=['training']", "practices.training_usd_per_peer_month=0"],
        "funding.block.pays_for",
        "nothing can be charged",
        ["funding.block.pays_for=['wages']", "practices.training_usd_per_peer_month=0"],
    ),
    (
        "floor below the wage",
        BASE,
        [*FLOOR, "pay.floor.ratio=0.9"],
        "pay.floor.ratio",
        "never binds at the start: the wage of $20.00 is above the floor of $18.90",
        [*FLOOR, "pay.floor.ratio=1.0"],
    ),
    (
        "cap above a day",
        BASE,
        ["funding.medicaid.max_units_per_worker_day=90"],
        "funding.medicaid.max_units_per_worker_day",
        "never binds: a working day has",
        ["funding.medicaid.max_units_per_worker_day=16"],
    ),
    (
        "credit without use",
        BASE,
        [*CREDIT, "rules.layoff_below_months=off"],
        "rules.credit_limit_usd",
        "changes nothing",
        [*CREDIT, "rules.layoff_below_months=0.1"],
    ),
    (
        "gap at the start",
        ALONE,
        ["funding.block.start=2027-07"],
        "funding.block.start",
        "begins 6 months after the projection, and no money comes in before it",
        ["funding.block.start=2027-01"],
    ),
    (
        "paid late",
        ALONE + 'start = "2026-07"\n',
        ["funding.block.reimbursement_lag_days=90", "rules.opening_cash_usd=0"],
        "funding.block.reimbursement_lag_days",
        "is paid 90 days after the month",
        ["funding.block.reimbursement_lag_days=30", "rules.opening_cash_usd=0"],
    ),
    (
        "a contract for many more posts",  # three of about $75,000 a year
        ALONE + 'start = "2026-07"\n',
        ["funding.block.amount_usd_per_year=1800000", "posts.number=3"],
        "funding.block",
        "times what all posts cost",
        ["funding.block.amount_usd_per_year=300000", "posts.number=3"],
    ),
    (
        "a contract for many more hours than positions have",  # ten tenths of a post, of about $75,000 together
        ALONE + 'start = "2026-07"\nposts_paid = 1\n[positions.tenth]\nnumber = 10\nfte = 0.1\n',
        ["posts.number=10", "funding.block.amount_usd_per_year=200000"],
        "funding.block",
        "times what all posts cost",
        ["posts.number=10", "funding.block.amount_usd_per_year=200000", "positions.tenth.fte=0.5"],
    ),
    (
        "many more posts than money",
        ALONE + 'start = "2026-07"\n',
        ["posts.number=60"],
        "posts.number",
        "cash and credit are $",
        ["posts.number=8"],
    ),
]


@pytest.mark.parametrize(
    ("text", "odd", "path", "words", "usual"), [one[1:] for one in CHECKED], ids=[one[0] for one in CHECKED]
)
def test_what_is_hard_to_believe_is_named_and_what_is_usual_is_not(
    text: str, odd: list[str], path: str, words: str, usual: list[str]
) -> None:
    assert [one for one in loaded(text, odd).warnings if one.path == path and words in one.rule]
    assert [str(one) for one in loaded(text, usual).warnings if one.path == path and words in one.rule] == []


def test_every_check_has_a_case() -> None:
    assert len(CHECKED) >= len(CHECKS) + 3  # those of the evidence, and two of each check that looks at two things


def test_a_list_of_numbers_nobody_believes_is_answered_with_every_one_of_them() -> None:
    found = {one.path for one in load(CASES / "implausible.toml").warnings}
    assert found >= {
        "benefits.fringe_share",
        "posts.overhead_share",
        "ladder.senior.pay.share",
        "funding.medicaid.rate_usd_per_unit",
        "funding.medicaid.denial_share",
        "funding.medicaid.group_rate_usd_per_unit",
        "funding.medicaid.federal_share",
    }


def test_a_living_wage_floor_on_a_rent_says_what_it_rests_on_and_that_it_never_binds() -> None:
    """Ohio: one bedroom at $1,009 a month is $19.40 an hour in April 2026, $19.84 in January 2027."""
    case = CASES / "living_wage_floor_ohio.toml"
    told = "\n".join(map(str, load(case).warnings))
    assert "rests on a housing wage (stand-in) of $19.84" in told
    assert "never binds" not in told  # the wage is $18.50
    told = "\n".join(map(str, load(case, ["pay.wage_usd_per_hour=20"]).warnings))
    assert "never binds at the start: the wage of $20.00 is above the floor of $19.84, a housing wage" in told


@pytest.mark.parametrize("name", ["closed_but_paid", "award_already_running", "cut_while_money_is_due", "dated_wage"])
def test_usual_inputs_draw_no_warning(name: str) -> None:
    assert load(CASES / f"{name}.toml").warnings == ()


@pytest.mark.parametrize("file", LIBRARY, ids=lambda file: file.stem)
def test_the_library_draws_no_warning_of_plausibility(file: Path) -> None:
    odd = [str(one) for one in load(file).warnings if not one.rule.startswith("has no effect")]
    assert odd == []


def test_a_dated_change_is_named_at_its_own_line() -> None:
    change = '[[change]]\nat = "2028-01"\nset = { funding.medicaid.rate_usd_per_unit = 54 }\n'
    told = warned(BASE + change)
    assert told
    assert all(line.startswith("case.toml:10: change[0].set.funding.medicaid.rate_usd_per_unit = 54") for line in told)


def test_a_kind_of_employer_is_named_at_its_own_line() -> None:
    kinds = '[[employer]]\nname = "a"\n[[employer]]\nname = "b"\n[employer.benefits]\nfringe_share = 3.0\n'
    (told,) = warned(f"{BASE}{kinds}[employer.rules]\nenforce = false\n")
    assert told.startswith("case.toml:13: employer.b.benefits.fringe_share = 3.0: is far outside")


def test_faults_come_first() -> None:
    """Where something is refused, another value stands for it: what that looks like is not the user's doing."""
    told = said(BASE, ["funding.medicaid.federal_share=0", "posts.number=0"])
    assert [line for line in told if line.startswith("warning")] == []


@pytest.mark.parametrize(("wage", "rate", "odd"), [(20, 31.58, False), (24.18, 31.58, False), (50, 60, False),
                                                   (20, 54, True), (24.18, 54, True), (12, 31, True)])  # fmt: skip
def test_a_rate_that_follows_from_the_own_wage_is_not_called_one_an_hour(wage: float, rate: float, odd: bool) -> None:
    given = [f"pay.wage_usd_per_hour={wage}", f"funding.medicaid.rate_usd_per_unit={rate}"]
    assert any("looks like a rate an hour" in one.rule for one in loaded(BASE, given).warnings) == odd
