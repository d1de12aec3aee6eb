"""Which of the money rules a run reached: an input alone reaches nothing, it must have changed something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from sim.scenario.schema import Organization, Scenario
from sim.scenario.tables.funding import Source
from sim.scenario.tables.funding.claims import FeeForService
from sim.scenario.tables.funding.grant import Grant
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.scenario.tables.positions import Position
from sim.scenario.timeline import EmployerPlan, growing, plans
from sim.units import month_number
from tests.reference.facts import Outcome

FIRST_ON_PAPER = -48
UNIT_MINUTES = 15
Kind = TypeVar("Kind", FeeForService, Grant, ScheduledFund)


@dataclass(frozen=True)
class Story:
    """One kind of employer in one run: how it began and what was written down."""

    scenario: Scenario
    plan: EmployerPlan
    outcome: Outcome

    @property
    def org(self) -> Organization:
        """The tables of month 0."""
        return self.plan.epochs[0][1]

    @property
    def months(self) -> list[dict[str, Any]]:
        return [row for row in self.outcome.months if self._ours(row["employer"])]

    def facts(self, *kinds: str, source: str = "") -> list[float]:
        """Times of money facts of these kinds."""
        facts = (fact for fact in self.outcome.funding_facts if self._ours(fact.employer) and fact.kind in kinds)
        return [fact.time for fact in facts if source in {"", fact.source}]

    def lines(self, *kinds: str) -> list[float]:
        """Times of ledger lines of these kinds."""
        return [line.time for line in self.outcome.ledger if self._ours(line.employer) and line.kind in kinds]

    def any_month(self, found: Callable[[dict[str, Any]], bool]) -> bool:
        return any(found(row) for row in self.months)

    def of_kind(self, kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
        for name, source in self.org.funding.items():
            if isinstance(source, kind):
                yield name, source

    def _ours(self, employer: int) -> bool:
        return self.plan.first <= employer < self.plan.first + self.plan.count


def rules_reached(scenario: Scenario, outcome: Outcome) -> set[str]:
    """Return the names of the rules that a run reached."""
    stories = [Story(scenario, plan, outcome) for plan in plans(scenario)]
    return {name for name, rule in RULES.items() if any(rule(story) for story in stories)}


# --- the opening ------------------------------------------------------------------------------------


def _owed_from_paper(story: Story) -> bool:
    short = bool(story.org.posts.roster) or story.scenario.horizon.warm_up_months < -FIRST_ON_PAPER
    return short and any(time <= 1 for time in story.lines("claims", "prospective", "reimbursement"))


def _award_in_hand(story: Story) -> Iterator[tuple[Grant, bool]]:
    """Yield the grants charged in month 0 whose award began before it, with whether what was drawn is stated."""
    for name, grant in story.of_kind(Grant):
        begun = grant.start is None or month_number(grant.start) < month_number(story.scenario.horizon.start)
        if begun and story.months[0]["charged"].get(name):
            yield grant, grant.drawn_usd is not None


def _fund_in_hand(story: Story, *, stated: bool) -> bool:
    start = month_number(story.scenario.horizon.start)
    return any(
        (fund.unspent_usd is not None) == stated
        and (stated or any(month_number(one.at) < start for one in fund.payments))
        and story.months[0]["charged"].get(name, 0) > 0
        for name, fund in story.of_kind(ScheduledFund)
    )


# --- pay and cost -----------------------------------------------------------------------------------


def _dated(pattern: str) -> Callable[[Story], bool]:
    def rule(story: Story) -> bool:
        dates = [dates for _, dates in zip(story.plan.epochs, story.plan.dates, strict=True)]
        return any(month > 0 and fnmatchcase(address, pattern) for one in dates for address, month in one.items())

    return rule


def _gap_kept(story: Story) -> bool:
    practices = story.org.practices
    least = (1.0 + practices.supervisor_gap_share) * story.org.pay.wage_usd_per_hour
    return practices.other_supervisors_fte != 0 and least > practices.supervisor_wage_usd_per_hour


def _flat_on_leave(story: Story) -> bool:
    unpaid = story.org.practices.leave_paid_share < 1 and story.org.benefits.flat_per_fte > 0
    return unpaid and story.any_month(lambda row: row["on_leave"] > 0)


def _direct_charged(story: Story) -> bool:
    charged = any(
        "direct" in grant.pays_for and any(row["charged"].get(name) for row in story.months)
        for name, grant in story.of_kind(Grant)
    )
    return charged and bool(story.lines("direct"))


# --- positions and bonuses --------------------------------------------------------------------------


def _positions(story: Story, found: Callable[[Position], bool]) -> bool:
    return any(position.number > 0 and found(position) for position in story.org.positions.values())


def _cut_posts_of_a_position(story: Story) -> bool:
    return _positions(story, lambda one: bool(one.award and story.facts("award_cut", source=one.award)))


def _bonus_paid(story: Story, *, stay: bool) -> bool:
    """Whether a bonus was paid where the other one never was to be had."""
    pays = [terms.pay for _, terms in story.plan.epochs]
    other = all((pay.sign_on_bonus_usd if stay else pay.stay_bonus_usd) == 0 for pay in pays)
    return other and story.any_month(lambda row: row["bonuses"] > 0)


def _stay_bonus_at_a_layoff(story: Story) -> bool:
    months = {row["month"] for row in story.months if row["bonuses"] > 0}
    return any(time - 1 in months for time in story.facts("layoff", "award_cut", "closed"))


# --- billing ----------------------------------------------------------------------------------------


def _billed(story: Story, found: Callable[[FeeForService], bool]) -> bool:
    return any(
        found(source) and story.any_month(lambda row, name=name: row["units"].get(name, 0) > 0)  # type: ignore[misc]
        for name, source in story.of_kind(FeeForService)
    )


def _unsupervised(story: Story) -> bool:
    return any(
        source.supervision_required
        and source.clients_covered_share > 0
        and story.any_month(
            lambda row, name=name: row["supervisor_fte"] == 0 and row["delivered"] > 0 and not row["units"].get(name)  # type: ignore[misc]
        )
        for name, source in story.of_kind(FeeForService)
    )


# --- awards, closure, decisions ---------------------------------------------------------------------


def _renewal_of_its_own_term(story: Story) -> bool:
    return any(
        grant.renewal_term_months is not None and len(story.facts("awarded", source=name)) > 1
        for name, grant in story.of_kind(Grant)
    )


def _award_told_by(story: Story, key: str) -> bool:
    return any(
        getattr(grant, key) is not None and story.facts("ended", "terminated", source=name)
        for name, grant in story.of_kind(Grant)
    )


def _closed_before(story: Story, kind: type[Source]) -> bool:
    """Whether it closes although such a source would go on."""
    closed = story.facts("closed")
    start = month_number(story.scenario.horizon.start)
    if kind is ScheduledFund:
        dates = [month_number(one.at) - start for _, fund in story.of_kind(ScheduledFund) for one in fund.payments]
        return any(date > min(closed) for date in dates) if closed else False
    return bool(set(story.facts("lapsed")) & set(closed))


def _paid_after_closing(story: Story) -> bool:
    closed = story.facts("closed")
    received = story.lines("claims", "recovered", "prospective", "reimbursement")
    return bool(closed) and any(time > min(closed) for time in received)


def _kept_by(story: Story, *, credit: bool) -> bool:
    """Whether cash below zero was no shortage, because of money due or of credit."""
    limit = story.org.rules.credit_limit_usd * 100
    return story.org.rules.enforce and story.any_month(
        lambda row: row["cash"] < 0 <= row["liquidity"] and (row["cash"] + row["due"] < 0) == credit and limit >= 0
    )


RULES: dict[str, Callable[[Story], bool]] = {
    "roster": lambda story: bool(story.org.posts.roster),
    "money owed from months on paper": _owed_from_paper,
    "warm-up and months on paper": lambda story: (
        not story.org.posts.roster and 0 < story.scenario.horizon.warm_up_months < -FIRST_ON_PAPER
    ),
    "award begun before, drawn stated": lambda story: any(stated for _, stated in _award_in_hand(story)),
    "award begun before, drawn left out": lambda story: any(not stated for _, stated in _award_in_hand(story)),
    "fund in hand, unspent stated": lambda story: _fund_in_hand(story, stated=True),
    "fund in hand, unspent left out": lambda story: _fund_in_hand(story, stated=False),
    **{f"dated {pattern}": _dated(pattern) for pattern in growing()},
    "position with an FTE of its own": lambda story: _positions(story, lambda one: one.fte is not None),
    "position with a wage of its own": lambda story: _positions(story, lambda one: one.wage_usd_per_hour is not None),
    "position with days to fill of its own": lambda story: _positions(
        story, lambda one: one.days_to_fill not in (None, story.org.recruitment.days_to_fill)
    ),
    "posts of a position cut with their award": _cut_posts_of_a_position,
    "person with a wage of their own": lambda story: any(one.wage_usd_per_hour for one in story.org.posts.roster),
    "person with a stated group": lambda story: any(one.group for one in story.org.posts.roster),
    "person with an FTE of their own": lambda story: any(one.fte for one in story.org.posts.roster),
    "sign-on bonus": lambda story: _bonus_paid(story, stay=False),
    "stay bonus": lambda story: _bonus_paid(story, stay=True),
    "bonus at a close that sends people home": _stay_bonus_at_a_layoff,
    "supervisors keep their gap": _gap_kept,
    "supervisors follow a span of their own": lambda story: (
        story.org.practices.other_supervisors_fte is None and story.org.practices.peers_per_supervisor is not None
    ),
    "flat benefits during leave that is not fully paid": _flat_on_leave,
    "direct cost charged to an award": _direct_charged,
    "cover": lambda story: story.any_month(lambda row: row["cover_cost"] > 0),
    "hours newcomers cannot give": lambda story: story.any_month(lambda row: row["ramp_up_usd"] > 0),
    "hours not yet billable": lambda story: story.any_month(lambda row: row["uncertified_hours"] > 0),
    "visits of no whole quarters": lambda story: _billed(story, lambda one: one.visit_minutes % UNIT_MINUTES != 0),
    "cap a client and day": lambda story: _billed(
        story,
        lambda one: (one.max_units_per_client_day or 99) < (one.visit_minutes + 7) // UNIT_MINUTES,
    ),
    "supervision required and none there": _unsupervised,
    "renewed for a term of its own": _renewal_of_its_own_term,
    "award told by its last month": lambda story: _award_told_by(story, "ends"),
    "award told by the months left": lambda story: _award_told_by(story, "months_left"),
    "closed before a scheduled amount": lambda story: _closed_before(story, ScheduledFund),
    "closed while an award runs": lambda story: _closed_before(story, Grant),
    "paid after closing": _paid_after_closing,
    "cash below zero, money due": lambda story: _kept_by(story, credit=False),
    "cash below zero, credit": lambda story: _kept_by(story, credit=True),
    "budget": lambda story: bool(story.facts("budget")),
    "budget on output stated": lambda story: (
        story.org.rules.budget_productivity_share is not None and bool(story.facts("budget"))
    ),
    "layoff": lambda story: bool(story.facts("layoff")),
    "award_cut": lambda story: bool(story.facts("award_cut")),
    "bridged": lambda story: bool(story.facts("bridged")),
}
