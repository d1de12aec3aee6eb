"""Write a state's portfolio scenario from a table of employers; every number says which row it is from."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.evidence.places import LEAST_FEDERAL_SHARE, NATION, Place, place
from sim.results.on_paper.first_year import first_year
from sim.scenario.files import load_table
from sim.scenario.problems import printable
from sim.scenario.read.portfolio_csv import Line
from sim.units import MONTHS_PER_YEAR
from sim.words.layout import counted

AWARD: Final = "award"
MEDICAID: Final = "medicaid"
LONGEST_NAME: Final = 40
MONTHS_OF_CASH: Final = 2
TERM_MONTHS: Final = 60
STEP_USD: Final = 1000
MARKET: Final = (
    "[market]",
    "employers_meet = true # the outside wage below is then that of other fields",
    "# reach_share = 0.27 # assumption: of quitters who take another peer job, those who look beyond their own area [census_commuting_2013]",
    "",
)


@dataclass(frozen=True)
class Kind:
    """One kind of employer: its row, how many there are, and the money that the table leaves open, computed."""

    name: str
    line: Line
    count: int
    rural: bool
    award: float | None  # USD a year; None where there is none
    cash: float  # USD at the start
    covered: float  # share of the first year's cost that its money brings


@dataclass(frozen=True)
class Portfolio:
    """A table's employers in a state, and the first month of the projection."""

    where: Place
    first_month: str
    table: str  # file the rows are from
    kinds: tuple[Kind, ...]
    meet: bool = False  # whether what the others pay is part of each one's outside wage

    @property
    def employers(self) -> int:
        """Return the number of employers."""
        return sum(kind.count for kind in self.kinds)

    @property
    def usual_wage(self) -> float:
        """Return the wage that most rows state; of several the lowest."""
        rows = {kind.line.row: kind.line.wage_usd_per_hour for kind in self.kinds}
        counts = Counter(rows.values())
        return min(counts, key=lambda wage: (-counts[wage], wage))

    @property
    def posts(self) -> int:
        """Return the posts of all employers."""
        return sum(kind.count * kind.line.posts for kind in self.kinds)


def portfolio_of(lines: Sequence[Line], state: str, first_month: str, table: str, *, meet: bool = False) -> Portfolio:
    """Return the portfolio that a table makes.

    Raises:
        EvidenceError: when the state is unknown.
    """
    where, kinds, used = place(state), list[Kind](), set[str]()
    for line in lines:
        parts = {True: line.rural, False: line.employers - line.rural}
        for rural, count in parts.items():
            if count:
                whole = count == line.employers
                name = _named(line, used, "" if whole else "rural" if rural else "urban")
                bare = Kind(name, line, count, rural, line.award_usd_per_year, 0.0, 0.0)
                kinds.append(_kind(bare, state, first_month))
    return Portfolio(where, first_month, table, tuple(kinds), meet)


def _named(line: Line, used: set[str], part: str) -> str:
    """Return a kind's name as a scenario may have it, not used yet."""
    words = re.sub("[^a-z0-9]+", "_", f"{line.county} {line.employer}".lower()).strip("_")
    words = words if words[0].isalpha() else f"e_{words}"
    name, again = _cut(words, part), 1
    while name in used:
        again += 1
        name = _cut(words, f"{part}_{again}".lstrip("_"))
    used.add(name)
    return name


def _cut(words: str, ending: str) -> str:
    """Return words and an ending as one name that is not too long."""
    behind = f"_{ending}" if ending else ""
    return words[: LONGEST_NAME - len(behind)].rstrip("_") + behind


def _kind(kind: Kind, state: str, first_month: str) -> Kind:
    """Return a kind with the money that its row leaves open: an award for what billing does not bring, and cash."""
    alone = kind if kind.award is not None else replace(kind, award=0.0)
    year = first_year(load_table(_table(alone, state, first_month)).scenario)
    cost, open_ = sum(year.cost), sum(year.cost) - sum(year.brings)
    award = kind.award if kind.award is not None else _up(max(0.0, open_))
    full = replace(kind, award=award or None, cash=_up(cost * MONTHS_OF_CASH / MONTHS_PER_YEAR))
    if full.award is None and kind.line.rate_usd_per_unit is None:
        return full
    return replace(full, covered=first_year(load_table(_table(full, state, first_month)).scenario).covered)


def _up(usd: float) -> float:
    return float(math.ceil(usd / STEP_USD) * STEP_USD)


def _table(kind: Kind, state: str, first_month: str) -> dict[str, Any]:
    """Return one kind of employer as a scenario of its own."""
    line = kind.line
    typed = line.living_wage_usd_per_hour
    living = {} if typed is None else {"living_wage_usd_per_hour": typed}
    return {
        "horizon": {"start": first_month},
        "place": {"state": state, "rural": kind.rural} | living,
        "posts": {"number": line.posts},
        "pay": {"wage_usd_per_hour": line.wage_usd_per_hour},
        "funding": dict(_funding(kind, first_month)),
        "rules": {"braiding": [name for name, _ in _funding(kind, first_month)]},
    }


def _funding(kind: Kind, first_month: str) -> Iterator[tuple[str, dict[str, Any]]]:
    line = kind.line
    if kind.award is not None:
        term = {"start": first_month, "term_months": TERM_MONTHS}
        yield AWARD, {"kind": "grant", "payer": "state", "amount_usd_per_year": kind.award} | term
    if line.rate_usd_per_unit is not None:
        paid = {"federal_share": LEAST_FEDERAL_SHARE, "rate_usd_per_unit": line.rate_usd_per_unit}
        group = line.group_rate_usd_per_unit
        more = {"billable": ["individual"]} if group is None else {"group_rate_usd_per_unit": group}
        yield MEDICAID, {"kind": "fee_for_service", "payer": "state"} | paid | more


# the file ---------------------------------------------------------------------------------------------------------


def portfolio_text(made: Portfolio, title: str = "") -> str:
    """Return the text of a scenario file."""
    return "\n".join(_lines(made, title or f"{made.where.name}: {counted(made.employers, 'employer')} of peers")) + "\n"


def _lines(made: Portfolio, title: str) -> Iterator[str]:
    where = made.where
    yield f"# Written by: peerstay portfolio {printable(made.table)} --state {where.state}"
    yield "# A number with a row behind it is the table's; the others are stand-ins until you type your own. What is left out takes the default that"
    acting = (
        "what the others pay is part of each one's outside wage" if made.meet else "employers do not act on one another"
    )
    yield f"# `peerstay schema --markdown` lists. Employers of one kind are alike, and {acting}."
    yield f"title = {_quoted(title)}"
    yield 'question = "What becomes of the peers and the money of these employers if nothing new is decided?"'
    yield 'notes = """'
    yield "Employers, posts, wages and rates are the table's, each with its row and what the table says of its source. Outside wage: social service"
    yield "assistants and community health workers, May 2023 [bls_oews_2023, P]; federal share of Medicaid where the table names none [fmap_2026, P]."
    yield ""
    yield "ASSUMPTIONS: whatever is marked so, what billing leaves open is paid by an award of five years, cash of two months of cost, and every default."
    yield '"""'
    yield ""
    yield "[horizon]"
    yield f'start = "{made.first_month}"'
    yield "months = 60"
    yield ""
    if made.meet:
        yield from MARKET
    yield "[place]"
    yield f'state = "{where.state}"'
    yield (
        f"outside_wage_usd_per_hour = {where.neighboring_wage_usd_per_hour:.2f} # social service assistants and community "
        "health workers, May 2023 [bls_oews_2023]"
    )
    yield ""
    yield "[pay]"
    yield f"wage_usd_per_hour = {made.usual_wage:.2f} # computed: the commonest of the table's rows"
    for kind in made.kinds:
        yield ""
        yield from _employer(kind, made)


def _employer(kind: Kind, made: Portfolio) -> Iterator[str]:
    line = kind.line
    said = f"# row {line.row}" + (f": {line.source}" if line.source else "")
    yield "[[employer]]"
    yield f'name = "{kind.name}"'
    yield f"count = {kind.count} {said}"
    yield "[employer.place]"
    yield f"area = {_quoted(line.county)}"
    yield f"rural = {'true' if kind.rural else 'false'} {said}"
    if line.living_wage_usd_per_hour is not None:
        yield f"living_wage_usd_per_hour = {line.living_wage_usd_per_hour:.2f} {said}"
        yield f"living_wage_source = {_quoted(line.source or f'row {line.row} of the table')}"
    yield "[employer.posts]"
    yield f"number = {line.posts} {said}"
    if line.wage_usd_per_hour == made.usual_wage:
        yield f"# wage: the {made.usual_wage:.2f} above, row {line.row}"
    else:
        yield "[employer.pay]"
        yield f"wage_usd_per_hour = {line.wage_usd_per_hour:.2f} {said}"
    yield from _money(kind, made, said)
    yield "[employer.rules]"
    yield f"opening_cash_usd = {kind.cash:.0f} # computed: {MONTHS_OF_CASH} months of cost"
    if kind.award is not None and line.rate_usd_per_unit is not None:
        yield f'braiding = ["{AWARD}", "{MEDICAID}"]'
    yield f"# its money covers {100 * kind.covered:.0f} % of the first year's cost (all posts filled, all certified)"


def _money(kind: Kind, made: Portfolio, said: str) -> Iterator[str]:
    line, first_month = kind.line, made.first_month
    if kind.award is not None:
        yield f"[employer.funding.{AWARD}]"
        yield 'kind = "grant"'
        yield 'payer = "state"'
        open_ = (
            "# computed: what billing leaves open of the first year's cost" if line.award_usd_per_year is None else said
        )
        yield f"amount_usd_per_year = {kind.award:.2f} {open_}"
        yield f'start = "{first_month}"'
        yield f"term_months = {TERM_MONTHS} # assumption"
    if line.rate_usd_per_unit is not None:
        yield f"[employer.funding.{MEDICAID}]"
        yield 'kind = "fee_for_service"'
        yield 'payer = "state"'
        whose = "the least any state gets" if made.where.state == NATION else "the state's regular share"
        share = f"{made.where.medicaid_federal_share:.4g}"
        yield f"federal_share = {share} # {whose}, fiscal year 2026; adults of the expansion 0.90 [fmap_2026]"
        yield f"rate_usd_per_unit = {line.rate_usd_per_unit:.2f} {said}"
        if line.group_rate_usd_per_unit is None:
            yield 'billable = ["individual"] # the table has no rate for groups'
        else:
            yield f"group_rate_usd_per_unit = {line.group_rate_usd_per_unit:.2f} {said}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
