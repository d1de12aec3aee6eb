"""What each column of a run's tables means: panel, facts, ledger, funding, measures.

Export writes these words into the files, the library shows them, and `make docs-tables` makes a page of them. Columns
of a source of money, a rung or a household type have its name behind a full stop; here it stands as `<source>` and so
on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sim.model.world.log import BUDGET, COST_KINDS, FIRST_RECEIPT, FUNDING_KINDS, LINE_KINDS


@dataclass(frozen=True)
class Column:
    """One column: its name, its unit, and what it holds."""

    name: str
    unit: str
    about: str


_DECISIONS: Final = ", ".join(FUNDING_KINDS[BUDGET:])
_PSEUDO: Final = "A rate or share found over all runs together has its jackknife value, which may lie beyond 0 or 1"


def _columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


WHOSE: Final = _columns(
    ("scenario", "name", "scenario; the base and its alternatives"),
    ("employer_kind", "name", "kind of employer; `employer` where the scenario names none"),
    (
        "replication",
        "number",
        "projected future, from 0; the same number has the same random numbers in every scenario",
    ),
    ("employer", "number", "employer among all of the scenario, from 0"),
)
TIME: Final = Column("time_months", "months", "when, in months since the start; 1.0 is the close of the first month")
PANEL: Final = _columns(
    ("month", "number", "month of the projection, from 0"),
    ("date", "month", "the same month in the calendar, YYYY-MM"),
    ("in_post", "post-months", "time in which posts were filled by somebody at work"),
    ("leave_time", "post-months", "time in which posts were held by somebody on leave"),
    ("paid_hours", "hours", "hours paid to peers at work"),
    ("worked_hours", "hours", "of them, neither paid time off nor absence"),
    ("ramp_up_hours", "hours", "of these, what newcomers cannot give yet"),
    ("productive_hours", "hours", "hours worked, less ramp-up and time spent supervising other peers"),
    ("wage_time", "USD/hour × months", "wages added up over the time they were paid for"),
    ("hires", "people", "hired in the month"),
    ("exits", "people", "left in the month, by layoff or closing at its close too (see `events`)"),
    ("broken", "relationships", "clients who lost their peer"),
    ("clients", "clients", "clients in care"),
    ("capacity", "client-hours", "what the peers at work can deliver"),
    ("asked", "client-hours", "what clients want, those included who have left care"),
    ("demand", "client-hours", "what clients in care want in the month"),
    ("wanted", "client-hours", "demand and backlog together"),
    ("delivered", "client-hours", "delivered in the month"),
    ("dropped", "client-hours", "wanted, not delivered, and given up"),
    ("backlog", "client-hours", "wanted and still waited for at the close"),
    ("lost", "client-hours a month", "demand missing because clients left care"),
    ("cost_cents", "cents", "all cost of the month"),
    ("payroll_cents", "cents", "wages and fringe of peers"),
    ("turnover_cost_cents", "cents", "recruiting: separation, hiring and cover together"),
    ("separation_cost_cents", "cents", "cost of exits"),
    ("hiring_cost_cents", "cents", "cost of hires"),
    ("cover_cost_cents", "cents", "cost of covering vacant posts"),
    ("bonuses_cents", "cents", "sign-on and stay bonuses, part of wages"),
    ("ramp_up_usd", "USD", "wages for hours that newcomers cannot give yet, not rounded to cents"),
    ("uncertified_hours", "hours", "productive hours of peers who are not certified"),
    ("posts", "posts", "posts that the scenario states"),
    ("living_wage", "USD/hour", "living wage of one adult"),
    ("billable_hours_share", "share", "part of paid hours that is worked at average burnout"),
    ("moved_in", "people", "of those hired, from other employers; only where people move (market.people_move)"),
    ("moved_out", "people", "left for another peer job and hired there in the month; only where people move"),
    ("pool", "people", "could take a peer job in the area and have none, the month's vacancies filled; only so too"),
    ("units.<source>", "units", "units, visit-days or member-months billed"),
    ("billed_cents.<source>", "cents", "billed in the month"),
    ("denied_cents.<source>", "cents", "of it, denied at first"),
    ("charged_cents.<source>", "cents", "charged to the source"),
    ("awarded_cents.<source>", "cents", "what an award adds to what may be drawn"),
    ("peers", "people", "at work at the close; the sums beneath are over them"),
    ("burned_out", "people", "above the burnout that 40 % of the reference workforce exceeds"),
    ("wage_sum", "USD/hour", "wages added up"),
    ("median_wage", "USD/hour", "wage in the middle; nothing where nobody is at work"),
    ("wage_ratio_sum", "ratio", "wage over the living wage of one adult, added up"),
    ("below_living_wage", "people", "paid less than the living wage of their own household"),
    ("living_wage_gap", "USD a month", "what is missing to it, added up"),
    ("certified", "people", "certified"),
    ("supervisor_fte", "FTE", "time that peers of the ladder give to supervision"),
    ("white", "people", "white peers"),
    ("white_wage_sum", "USD/hour", "their wages added up"),
    ("black", "people", "Black peers"),
    ("black_wage_sum", "USD/hour", "their wages added up"),
    ("full_time", "people", "who work 0.875 FTE or more"),
    ("full_time_wage_sum", "USD/hour", "their wages added up"),
    ("burnout_sum", "SD", "burnout added up"),
    ("satisfaction_sum", "SD", "satisfaction added up"),
    ("role_clarity_sum", "SD", "role clarity added up"),
    ("recovery_sum", "SD", "recovery added up"),
    ("rung.<rung>", "people", "on this rung"),
    ("household.<household>", "people", "who live in such a household"),
    ("below.<household>", "people", "of them, paid less than its living wage"),
    ("workload", "SD", "workload at the close"),
    ("supervision_penalty", "SD", "support lost because supervisors serve too many"),
    ("funding_certainty", "SD", "how sure funding looks"),
    ("filled", "people", "in post at the close, on leave included"),
    ("on_leave", "people", "on leave at the close"),
    ("funded", "posts", "posts that the budget pays for"),
    ("frozen", "yes/no", "hiring is stopped"),
    ("closed", "yes/no", "the employer has closed"),
    ("cash_cents", "cents", "cash at the close"),
    ("receivable_cents", "cents", "owed by payers at the close"),
    ("liquidity_cents", "cents", "cash, what is due soon and the credit limit; below 0 payroll cannot be made"),
    ("due_cents", "cents", "what payers owe within rules.receivable_days"),
    ("available_cents.<source>", "cents", "left to draw of an award"),
)  # fmt: skip
FACTS: Final = _columns(
    ("post", "number", "post within the employer, from 0"),
    ("ordinal", "number", "which occupant of the post since the beginning, from 0: post and ordinal name a person"),
    ("time_months", TIME.unit, TIME.about),
    ("fact", "word", "opening (there at the start; when hired), hired, certified, promoted, leave, returned, left"),
    ("cause", "word", "why somebody left; nothing at other facts"),
    ("destination", "word", "where somebody who quit went; nothing at other facts"),
    ("rung", "name", "rung of the ladder, after the fact"),
    ("wage_usd_per_hour", "USD/hour", "wage, after the fact"),
    ("hired_months", "months", "when the person was hired, in months since the start; negative before it"),
    ("group", "word", "racial group of the person: black, other_non_white, white"),
)  # fmt: skip
LEDGER: Final = _columns(
    ("time_months", TIME.unit, TIME.about),
    ("line", "word", f"kind of cost ({', '.join(COST_KINDS)}) or of receipt ({', '.join(LINE_KINDS[FIRST_RECEIPT:])})"),
    ("source", "name", "source of a receipt; nothing for a cost"),
    ("cents", "cents", "received, or spent as a negative amount; all lines add up to the change of cash"),
)  # fmt: skip
FUNDING: Final = _columns(
    ("time_months", TIME.unit, TIME.about),
    ("fact", "word", f"of an award or an employer: {', '.join(FUNDING_KINDS[:BUDGET])}; a decision: {_DECISIONS}"),
    ("source", "name", "the award; nothing for a decision"),
    ("cents", "cents", "awarded, or lapsed; nothing for a decision"),
    ("number", "posts or people", "how many a decision takes or carries; nothing for an award"),
)  # fmt: skip
MEASURES: Final = _columns(
    ("scenario", WHOSE[0].unit, WHOSE[0].about),
    ("replication", WHOSE[2].unit, WHOSE[2].about),
    ("measure", "key", "measure; `peerstay measures` says what each is, and in what unit"),
    ("value", "the measure's", f"value in this projected future; nothing where it is undefined. {_PSEUDO}"),
)  # fmt: skip
TABLES: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "facts": (*WHOSE, *FACTS),
        "funding": (*WHOSE, *FUNDING),
        "ledger": (*WHOSE, *LEDGER),
        "panel": (*WHOSE, *PANEL),
        "measures": MEASURES,
    }
)
ABOUT: Final = MappingProxyType(
    {
        "facts": "What happened to each person, one row a fact.",
        "funding": "What happened to awards, and what employers decided, one row a fact.",
        "ledger": "Every amount received or spent, one row a line, in whole cents.",
        "panel": "Every employer at every month's close, one row each.",
        "measures": "Every measure in every projected future, one row each.",
    }
)


def column_of(table: str, name: str) -> Column:
    """Return what a column of a table holds; one with a name behind a full stop is found by what stands before it.

    Raises:
        KeyError: when the dictionary does not have it.
    """
    first, stop, _ = name.partition(".")
    for one in TABLES[table]:
        if one.name == name or (stop and one.name.startswith(f"{first}.<")):
            return Column(name, one.unit, one.about)
    raise KeyError(f"{table}.{name}")
