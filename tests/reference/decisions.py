"""What an employer decides at a close (docs/model.md, section 12)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.scenario.tables.funding import FeeForService, Grant, ProspectivePayment, ScheduledFund
from sim.units import MONTHS_PER_YEAR, TOLERANCE, UNITS_PER_HOUR, WORKING_DAYS_PER_MONTH, cents_of, whole_number
from tests.reference.facts import FundingFact
from tests.reference.funding import payments
from tests.reference.money import supervisor
from tests.reference.terms import Terms, share_at_work

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.peers import Peer


def decide(employer: Employer, payroll: int, entry_wage: float) -> None:
    """Take the decisions of a close in order, with the inputs of the month that begins.

    Payroll is wages + fringe, in cents, and `entry_wage` the entry wage of the month that ends.
    """
    if not employer.closed:
        close(employer)
    if employer.closed:
        return
    award_posts(employer, payroll)
    starts = employer.calendar.starts_fiscal_year
    rules = employer.terms.org.rules
    if rules.yearly_budget and starts(employer.month + 1, rules.fiscal_year_start_month):
        employer.budgeted = yearly_budget(employer, payroll, entry_wage)
    lay_off_for_cash(employer, payroll)
    below = rules.freeze_below_months
    employer.frozen = below != "off" and employer.purse.cash < below * payroll


# --- 1. closure -----------------------------------------------------------------------------------


def close(employer: Employer) -> None:
    rules = employer.terms.org.rules
    below = employer.purse.cash < -cents_of(rules.credit_limit_usd)
    employer.months_below = employer.months_below + 1 if below else 0
    if rules.closure_after_months == "off" or employer.months_below <= rules.closure_after_months:
        return
    employer.closed, employer.frozen = True, False
    employer.bridges.clear()
    employer.note_funding(FundingFact(employer.owner, employer.month + 1, "", "closed"))
    for peer in employer.peers():
        peer.leave_post("closure")


# --- 2. posts an award pays for -------------------------------------------------------------------


def award_posts(employer: Employer, payroll: int) -> None:
    for name, source in employer.terms.sources():
        if isinstance(source, Grant) and source.posts_paid > 0 and name in employer.awards:
            posts_of_one_award(employer, name, source, payroll)


def posts_of_one_award(employer: Employer, name: str, grant: Grant, payroll: int) -> None:
    k, awards = employer.month, employer.awards[name]
    if awards.pays(k + 1):
        employer.cuts.pop(name, None)
        employer.bridges.pop(name, None)
    elif awards.pays(k):
        a_post = payroll // max(1, employer.filled)
        reserve = grant.posts_paid * a_post * employer.terms.org.rules.bridge_months
        if employer.terms.org.rules.bridge_months > 0 and employer.purse.cash >= reserve:
            employer.bridges[name] = employer.terms.org.rules.bridge_months
        else:
            cut(employer, name, grant)
    elif name in employer.bridges:
        employer.bridges[name] -= 1
        if employer.bridges[name] == 0:
            del employer.bridges[name]
            cut(employer, name, grant)


def cut(employer: Employer, name: str, grant: Grant) -> None:
    employer.cuts[name] = grant.posts_paid
    lay_off(employer, min(grant.posts_paid, max(0, employer.filled - employer.funded)))


# --- 3. the yearly budget -------------------------------------------------------------------------


def yearly_budget(employer: Employer, payroll: int, entry_wage: float) -> int:
    """F0: the posts that next year's money carries."""
    org = employer.terms.org
    number = org.posts.number
    peers = employer.peers()
    supervising = [employer.terms.supervising_share(peer.rung) for peer in peers]
    direct = 1.0 - (sum(supervising) / len(peers) if peers else 0.0)
    revenue = org.rules.budget_productivity_share * direct * revenue_of_a_post(employer.terms)
    margin = 12.0 * (revenue - cost_of_a_post(employer, entry_wage))
    if margin >= 0:
        return number
    stated = org.practices.other_supervisors_fte or 0.0
    supervisors = stated * supervisor(employer) * (1.0 + org.posts.overhead_share)
    fixed = 12.0 * (supervisors + org.posts.fixed_usd_per_month)
    reserve = max(0.0, (employer.purse.cash - org.rules.minimum_reserve_months * payroll) / 100)
    to_spend = expected_awards(employer) + org.rules.reserve_use_share * reserve - fixed
    least = min(number, math.ceil((1.0 - org.rules.most_cut_share) * len(peers) - TOLERANCE))
    return min(number, max(least, whole_number(to_spend / -margin)))


def revenue_of_a_post(terms: Terms) -> float:
    """R: dollars a month of a certified post, its time fully used."""
    org = terms.org
    hours = terms.hours * org.posts.fte * share_at_work(org)
    total = 0.0
    for _, source in terms.sources():
        if isinstance(source, FeeForService):
            kept = 1.0 - source.denial_share * (1.0 - source.rework_recovered_share)
            total += source.clients_covered_share * billed_for_a_post(terms, source, hours) * kept
        elif isinstance(source, ProspectivePayment) and source.per == "visit_day":
            days = hours * org.time_use.individual / source.hours_per_visit_day
            total += source.clients_covered_share * days * source.rate_usd
        elif isinstance(source, ProspectivePayment):
            clients = org.services.caseload_per_peer * org.posts.fte
            total += source.clients_covered_share * clients * source.rate_usd
    return total


def billed_for_a_post(terms: Terms, source: FeeForService, hours: float) -> float:
    """U, scaled down by a worker-day cap."""
    use = terms.org.time_use
    individual = UNITS_PER_HOUR * hours * sum(getattr(use, name) for name in source.billable if name != "group")
    group = UNITS_PER_HOUR * hours * use.group * use.group_size if "group" in source.billable else 0.0
    dollars = individual * source.rate_usd_per_unit + group * source.group_rate_usd_per_unit
    if individual + group == 0:
        return dollars
    clients = terms.org.services.caseload_per_peer * terms.org.posts.fte
    days = WORKING_DAYS_PER_MONTH * share_at_work(terms.org) * terms.org.posts.fte
    passed = 1.0
    if source.max_units_per_worker_day is not None:
        passed = min(passed, source.max_units_per_worker_day * days / (individual + group))
    if source.max_units_per_client_month is not None:
        passed = min(passed, source.max_units_per_client_month * clients / (individual + group))
    if source.max_units_per_client_year is not None:
        passed = min(passed, source.max_units_per_client_year / 12.0 * clients / (individual + group))
    return dollars * passed


def cost_of_a_post(employer: Employer, entry_wage: float) -> float:
    """C: dollars a month of a filled post."""
    terms, org = employer.terms, employer.terms.org
    peers = employer.peers()
    wage = employer.pay.entry
    if peers:
        wage *= sum(peer.wage for peer in peers) / len(peers) / entry_wage
    loaded = (1.0 + org.benefits.fringe_share) * (1.0 + org.posts.overhead_share)
    flat = org.benefits.flat_usd_per_month * org.posts.fte * (1.0 + org.posts.overhead_share)
    post = wage * terms.hours * org.posts.fte * loaded + flat + org.practices.training_usd_per_peer_month
    if org.practices.other_supervisors_fte is not None:
        return post
    followers = org.posts.fte / org.practices.peers_per_supervisor_standard
    return post + followers * supervisor(employer) * (1.0 + org.posts.overhead_share)


def expected_awards(employer: Employer) -> float:
    """G: awards and scheduled amounts expected in the next twelve months, and what is unspent."""
    k, total = employer.month, 0.0
    for name, source in employer.terms.sources():
        if isinstance(source, Grant) and name in employer.awards:
            total += employer.awards[name].expected(source, range(k + 1, k + 1 + MONTHS_PER_YEAR))
        elif isinstance(source, ScheduledFund):
            # what is dated k+1 has come at this close and is in the balance
            ahead = range(k + 2, k + 1 + MONTHS_PER_YEAR)
            total += sum(usd for at, usd in payments(employer, source) if at in ahead)
            total += employer.balances.get(name, 0) / 100
    return total


# --- 4. layoffs -----------------------------------------------------------------------------------


def lay_off_for_cash(employer: Employer, payroll: int) -> None:
    rules = employer.terms.org.rules
    if rules.layoff_below_months == "off" or employer.purse.cash >= rules.layoff_below_months * payroll:
        return
    last = employer.last_layoff
    if last is not None and employer.month - last < rules.layoff_wait_months:
        return
    number = math.ceil(rules.layoff_share * employer.filled - TOLERANCE)
    lay_off(employer, number)
    employer.last_layoff = employer.month
    budgeted = employer.terms.org.posts.number if employer.budgeted is None else employer.budgeted
    employer.budgeted = min(employer.filled, budgeted)


def lay_off(employer: Employer, number: int) -> None:
    """Send the first so many home, in the stated order."""
    order = sorted(employer.peers(), key=lambda peer: layoff_key(employer, peer))
    for peer in order[:number]:
        peer.leave_post("layoff")


def layoff_key(employer: Employer, peer: Peer) -> tuple[float, float, int]:
    """Latest hire first, ties by the higher post; or by rung first, the lowest."""
    by_rung = employer.terms.org.rules.layoff_order == "lowest_rung"
    return employer.terms.step(peer.rung) if by_rung else 0, -peer.hire, -peer.post.index
