"""Write a scenario file to begin with: valid as it stands, every number with what it is and where it comes from.

Wages, rents and rates are those of the state, from the data tables; the award or the rate by the visit-day is what the
first year costs here. Lines that begin with `#: ` are inputs that may be of use: without these three characters they hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Final

from sim.evidence.facts import Rate, load_rates
from sim.evidence.places import NATION, Place, place
from sim.results.on_paper.first_year import first_year
from sim.scenario.files import load_table
from sim.units import MONTHS_PER_YEAR

KINDS: Final = ("medicaid", "grant", "both", "ccbhc")
SCHEMA: Final = "peerstay.schema.json"
POSTS: Final = 10
CODE: Final = "H0038"  # Medicaid's code for peer support
UNIT: Final = "15 minutes"
MONTHS_OF_CASH: Final = 2
JULY: Final = 7
SOURCES: Final = {"medicaid": ("medicaid",), "grant": ("award",), "both": ("award", "medicaid"), "ccbhc": ("clinic",)}
FUNDED_BY: Final = {
    "medicaid": "Medicaid by the unit",
    "grant": "an award",
    "both": "Medicaid and an award",
    "ccbhc": "a rate by the visit-day",
}
TRIED: Final = 100.0  # USD a visit-day, to see what one dollar brings


@dataclass(frozen=True)
class Start:
    """What the file is made for, and the numbers that follow from it."""

    where: Place
    kind: str
    first_month: str
    billing: tuple[float, float | None, str]  # rate, group rate, where they come from
    table: dict[str, Any]
    cost_usd: float  # of the first year
    covered: float  # share of it that the money brings


def starter(state: str, kind: str, today: date) -> str:
    """Return the text of a scenario file.

    Args:
        state: two letters, or US.
        kind: one of KINDS.
        today: the projection begins with the next July.

    Raises:
        EvidenceError: when the state is unknown.
    """
    return "\n".join(_lines(_start(place(state), kind, today))) + "\n"


def _start(where: Place, kind: str, today: date) -> Start:
    first_month = f"{today.year + (today.month >= JULY)}-{JULY:02d}"
    billing = billing_of(where.state)
    table: dict[str, Any] = {
        "title": _title(where),
        "horizon": {"start": first_month},
        "place": {"state": where.state},
        "posts": {"number": POSTS},
        "pay": {"wage_usd_per_hour": _wage(where)},
        "funding": {name: _source(name, where, first_month) for name in SOURCES[kind]},
        "rules": {"braiding": list(SOURCES[kind])},
    }
    year = first_year(load_table(table).scenario)
    cost, brings = sum(year.cost), sum(year.brings)
    if "award" in SOURCES[kind]:
        table["funding"]["award"]["amount_usd_per_year"] = _up(cost - brings, 1000)
    if "clinic" in SOURCES[kind]:
        table["funding"]["clinic"]["rate_usd"] = _up(TRIED * cost / brings, 1)
    table["rules"]["opening_cash_usd"] = _up(cost * MONTHS_OF_CASH / MONTHS_PER_YEAR, 1000)
    return Start(where, kind, first_month, billing, table, cost, first_year(load_table(table).scenario).covered)


def medicaid_source(where: Place) -> dict[str, Any]:
    """Return Medicaid by the unit as a state pays it, as far as that is known: rates, match, groups if they are paid."""
    rate, group, _ = billing_of(where.state)
    unit = {"kind": "fee_for_service", "payer": "state", "federal_share": where.medicaid_federal_share}
    groups = {"billable": ["individual"]} if group is None else {"group_rate_usd_per_unit": group}
    return unit | {"rate_usd_per_unit": rate} | groups


def _source(name: str, where: Place, first_month: str) -> dict[str, Any]:
    """Return a source of money; the amount of an award, and the rate of a clinic, are not known yet."""
    if name == "award":
        return {"kind": "grant", "amount_usd_per_year": 0.0, "start": first_month, "federal_share": 1.0}
    if name == "clinic":
        paid = {"payer": "state", "federal_share": where.medicaid_federal_share}
        return paid | {"kind": "prospective", "rate_usd": TRIED}
    return medicaid_source(where)


def billing_of(state: str) -> tuple[float, float | None, str]:
    """Return what Medicaid pays a unit, one-to-one and in a group, and where that comes from."""
    known = [one for one in load_rates() if one.code == CODE and one.unit == UNIT and one.individual_usd_per_unit]
    for one in known:
        if one.state == state and one.individual_usd_per_unit:
            return one.individual_usd_per_unit, one.group_usd_per_unit, _told(one)
    rates = [one.individual_usd_per_unit for one in known if one.individual_usd_per_unit]
    span = f"{min(rates):.2f} to {max(rates):.2f}"
    return median(rates), None, f"the middle of {len(rates)} known rates of other states, {span}"


def _told(rate: Rate) -> str:
    return f"{rate.payer}, {rate.year or 'year not known'} [{rate.source}, {rate.quality}]"


def _wage(where: Place) -> float:
    return round(where.wages_usd_per_hour["21_1093"], 2)


def _up(number: float, step: float) -> float:
    return math.ceil(number / step) * step


def _title(where: Place) -> str:
    return f"Our organization in {where.name}" if where.state != "US" else "Our organization"


# the file ---------------------------------------------------------------------------------------------------------


def _lines(start: Start) -> Iterator[str]:
    yield from _head(start)
    yield from _people(start)
    for name in SOURCES[start.kind]:
        yield ""
        yield from WRITERS[name](start)
    yield from _rules(start)


def _head(start: Start) -> Iterator[str]:
    where = start.where
    yield f"#:schema {SCHEMA}"
    yield f"# Written by: peerstay init --state {where.state} --kind {start.kind}"
    yield "# Every number below is a stand-in until you type your own; behind it stands where it comes from. What is left out takes the"
    yield "# default that `peerstay schema --markdown` lists. `peerstay evidence ADDRESS` (pay.wage_usd_per_hour) shows what is known of an input."
    yield "# A line that begins with #: holds once these characters are gone. `peerstay check FILE` names every fault with its line."
    yield ""
    yield f'title = "{_title(where)}"'
    yield 'question = "What becomes of our peers and our money if nothing new is decided?"'
    yield ""
    yield "[horizon]"
    yield f'start = "{start.first_month}" # first month of the projection'
    yield "months = 60"
    yield ""
    yield "[place]"
    yield f'state = "{where.state}"'
    yield f"outside_wage_usd_per_hour = {where.neighboring_wage_usd_per_hour:.2f} # where peers could go: social service assistants and community health workers, May 2023 [bls_oews_2023]"
    yield f"#: living_wage_usd_per_hour = {where.housing_wage_usd_per_hour:.2f} # for one adult; left out, the state's rent for one bedroom stands in [hud_fmr_2026]"
    yield '#: living_wage_source = "say here whose figure it is"'


def _people(start: Start) -> Iterator[str]:
    yield ""
    yield "[posts]"
    yield f"number = {POSTS} # budgeted peer posts"
    yield "#: fte = 0.5 # of a post, where posts are part-time"
    yield ""
    yield "[pay]"
    yield f"wage_usd_per_hour = {_wage(start.where):.2f} # of a new peer; here the mean of social service assistants in the state [bls_oews_2023]"
    yield "#: cost_of_living_share = 0.03 # raise of all wages each fiscal year; left out, 0.02"
    yield "#: certification_premium_share = 0.072 # extra pay once certified; here one employer's [anne_arundel_2022]"
    yield ""
    yield "[benefits]"
    yield "fringe_share = 0.336 # taxes, insurance and benefits over wages [bls_ecec_2024]"
    yield ""
    yield "[turnover.level]"
    yield 'kind = "observed"'
    yield "separations_per_100_posts_year = 30.0 # how many of 100 leave in a year: yours, counted; nobody has published it for peers"
    yield ""
    yield "[recruitment]"
    yield "days_to_fill = 70.0 # from a vacancy to a new peer's first day"


def _medicaid(start: Start) -> Iterator[str]:
    rate, group, source = start.billing
    yield "[funding.medicaid]"
    yield 'kind = "fee_for_service"'
    yield 'payer = "state"'
    yield _federal_share(start.where)
    yield f"rate_usd_per_unit = {rate:.2f} # of 15 minutes: {source}"
    if group is None:
        yield 'billable = ["individual"] # groups too, once you type what the payer pays for each client in one:'
        yield '# billable = ["individual", "group"] and group_rate_usd_per_unit'
    else:
        yield f"group_rate_usd_per_unit = {group:.2f} # for each client in a group, the same source"
    yield "denial_share = 0.05 # denied at first: an assumption"
    yield "payment_lag_days = 40.0 # from the end of the month to the money: an assumption"
    yield "#: max_units_per_worker_day = 20.0"


def _federal_share(where: Place) -> str:
    """Return the line of the federal share: a state's own, or the least that any gets."""
    whose = f"the regular share of {where.name}" if where.state != NATION else "the least any state gets"
    return (
        f"federal_share = {where.medicaid_federal_share:.4g} # {whose}, fiscal year 2026; adults of the expansion 0.90: mix "
        "them by whom you serve [fmap_2026]"
    )


def _award(start: Start) -> Iterator[str]:
    amount = start.table["funding"]["award"]["amount_usd_per_year"]
    alone = len(SOURCES[start.kind]) == 1
    rest = "all of it" if alone else "what billing leaves open of it"
    yield "[funding.award]"
    yield 'kind = "grant"'
    yield (
        f"amount_usd_per_year = {amount:,.0f}".replace(",", "_")
        + f" # the first year costs {_usd(start.cost_usd)}; here {rest}"
    )
    yield "federal_share = 1.0 # of a block grant"
    yield f'start = "{start.first_month}"'
    yield "term_months = 36"
    yield "renewal_chance = 0.5 # at its end: an assumption, even odds"
    yield "reimbursement_lag_days = 30.0 # from the end of the month; 0 is an advance"
    yield "#: indirect_cap_share = 0.10 # overhead that it may pay"
    if alone:
        yield f"posts_paid = {POSTS} # posts that end with the award"
    else:
        yield "#: posts_paid = 4 # posts that end with the award"


def _clinic(start: Start) -> Iterator[str]:
    rate = start.table["funding"]["clinic"]["rate_usd"]
    yield "[funding.clinic] # a certified community behavioral health clinic, paid at cost"
    yield 'kind = "prospective"'
    yield 'payer = "state"'
    yield _federal_share(start.where)
    yield 'per = "visit_day" # or "member_month"'
    yield f"rate_usd = {rate:.2f} # the first year's cost, {_usd(start.cost_usd)}, over its visit-days of one hour: computed here"
    yield "hours_per_visit_day = 1.0"
    yield "payment_lag_days = 40.0 # an assumption"


WRITERS: Final = {"medicaid": _medicaid, "award": _award, "clinic": _clinic}


def _rules(start: Start) -> Iterator[str]:
    cash = f"{start.table['rules']['opening_cash_usd']:,.0f}".replace(",", "_")
    yield ""
    yield "[rules]"
    yield f"opening_cash_usd = {cash} # {MONTHS_OF_CASH} months of cost"
    if len(SOURCES[start.kind]) > 1:
        order = ", ".join(f'"{name}"' for name in SOURCES[start.kind])
        yield f"braiding = [{order}] # which is charged first: the award, whose rest would lapse"
    yield f"fiscal_year_start_month = {JULY}"
    yield ""
    yield f"# As it stands, the first year's cost is on paper covered to {100 * start.covered:.0f} % by {FUNDED_BY[start.kind]} (all posts filled, all certified: no forecast)."
    yield "# What a raise would do:  peerstay compare FILE --with pay.wage_usd_per_hour=…"


def _usd(amount: float) -> str:
    return f"${amount:,.0f}"
