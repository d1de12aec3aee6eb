"""What an employer decides at a close (docs/model.md, section 12)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.scenario.tables.funding.claims import FeeForService, ProspectivePayment
from sim.scenario.tables.funding.grant import Grant
from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.units import MONTHS_PER_YEAR, TOLERANCE, cents_of, months_from_days, whole_number
from tests.reference.facts import FundingFact
from tests.reference.funding import payments, scheduled_within
from tests.reference.money import overhead, personnel, supervisors
from tests.reference.services import expected_of_a_post
from tests.reference.terms import moving_fringe, share_at_work

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.peers import Peer

LEAST_FILL = 0.5


def decide(employer: Employer, payroll: int, entry_wages: Mapping[int, float]) -> None:
    """Take the decisions of a close in order, with the inputs of the month that begins.

    Payroll is wages + fringe, in cents, and `entry_wages` those of every post in the month that ends.
    """
    if not employer.closed:
        close(employer)
    if employer.closed:
        return
    award_posts(employer, payroll)
    starts = employer.calendar.starts_fiscal_year
    rules = employer.terms.org.rules
    if rules.yearly_budget and starts(employer.month + 1, rules.fiscal_year_start_month):
        budget(employer, payroll, entry_wages)
    lay_off_for_cash(employer, payroll)
    below = rules.freeze_below_months
    employer.frozen = below != "off" and liquidity(employer) < below * payroll


def note(employer: Employer, kind: str, source: str = "", number: int = 0) -> None:
    employer.note_funding(FundingFact(employer.owner, employer.month + 1, source, kind, number))


# --- what payroll can be met from -------------------------------------------------------------------


def due(employer: Employer) -> int:
    """Cents that fall due within the receivable days after the close, or are dated from it on."""
    close = employer.month + 1
    end = close + months_from_days(employer.terms.org.rules.receivable_days)
    return employer.purse.due_within(close, end) + scheduled_within(employer, close, end)


def liquidity(employer: Employer) -> int:
    """L: cash, what is due soon, and the line of credit, in cents."""
    return employer.purse.cash + due(employer) + cents_of(employer.terms.org.rules.credit_limit_usd)


# --- 1. closure -----------------------------------------------------------------------------------


def close(employer: Employer) -> None:
    rules = employer.terms.org.rules
    employer.months_below = employer.months_below + 1 if liquidity(employer) < 0 else 0
    if rules.closure_after_months == "off" or employer.months_below <= rules.closure_after_months:
        return
    employer.closed, employer.frozen = True, False
    employer.bridges.clear()
    note(employer, "closed")
    for name, source in employer.terms.sources():
        if isinstance(source, Grant) and name in employer.awards:
            employer.awards[name].lapse_at_closing()
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
        if employer.terms.org.rules.bridge_months > 0 and liquidity(employer) >= reserve:
            employer.bridges[name] = employer.terms.org.rules.bridge_months
            note(employer, "bridged", name, grant.posts_paid)
        else:
            cut(employer, name, grant)
    elif name in employer.bridges:
        employer.bridges[name] -= 1
        if employer.bridges[name] == 0:
            del employer.bridges[name]
            cut(employer, name, grant)


def cut(employer: Employer, name: str, grant: Grant) -> None:
    employer.cuts[name] = grant.posts_paid
    note(employer, "award_cut", name, grant.posts_paid)
    number = min(grant.posts_paid, max(0, employer.filled - employer.funded))
    own = [peer for peer in in_layoff_order(employer) if names_award(peer, name)]
    others = [peer for peer in in_layoff_order(employer) if not names_award(peer, name)]
    send_home([*own, *others][:number])


def names_award(peer: Peer, award: str) -> bool:
    terms = peer.employer.terms
    position = terms.org.positions.get(terms.position(peer.post.index))
    return position is not None and position.award == award


# --- 3. the yearly budget -------------------------------------------------------------------------


def budget(employer: Employer, payroll: int, entry_wages: Mapping[int, float]) -> None:
    before = employer.budgeted_posts
    employer.budgeted = yearly_budget(employer, payroll, entry_wages)
    if employer.budgeted != before:
        note(employer, "budget", number=employer.budgeted - before)


def yearly_budget(employer: Employer, payroll: int, entry_wages: Mapping[int, float]) -> int:
    """F0: the posts that next year's money carries."""
    org = employer.terms.org
    number, peers = org.posts.number, employer.peers()
    showed = Showed(employer)
    margin = 12.0 * (revenue_of_a_post(employer, showed) - cost_of_a_post(employer, entry_wages))
    if margin >= 0:
        return number
    reserve = max(0.0, (employer.purse.cash + due(employer) - org.rules.minimum_reserve_months * payroll) / 100)
    to_spend = expected_awards(employer) + org.rules.reserve_use_share * reserve - fixed_cost(employer, showed)
    least = min(number, math.ceil((1.0 - org.rules.most_cut_share) * len(peers) - TOLERANCE))
    return min(number, max(least, whole_number(to_spend / (-margin * showed.fill))))


class Showed:
    """What the last twelve closes showed."""

    def __init__(self, employer: Employer) -> None:
        months = employer.seen[-MONTHS_PER_YEAR:]
        hours = sum(month.hours for month in months)
        productive = sum(month.productive for month in months)
        stated = employer.terms.org.rules.budget_productivity_share
        self.productive = ratio(productive, hours)  # p
        self.certified = ratio(sum(month.certified for month in months), hours)  # p_c
        self.used = ratio(sum(month.used for month in months), productive)  # f̄
        if stated is not None:
            self.productive, self.certified, self.used = stated, stated, 1.0
        funded = sum(month.funded for month in months)
        filled = sum(month.filled for month in months)
        self.fill = min(1.0, max(LEAST_FILL, filled / funded)) if funded > 0 else 1.0  # φ
        org = employer.terms.org
        loaded = (1.0 + moving_fringe(org)) * (1.0 + org.posts.overhead_share * (1.0 - org.posts.fixed_overhead_share))
        bonuses = loaded * sum(month.bonuses for month in months) / 100
        self.recruiting = sum(month.recruiting for month in months) / 100 + bonuses  # Z, in dollars


def ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 1.0


def revenue_of_a_post(employer: Employer, showed: Showed) -> float:
    """R: dollars a month that claims of a post bring in expectation."""
    terms, peers = employer.terms, employer.peers()
    fte = sum(peer.fte(terms) for peer in peers)
    supervising = sum(terms.supervising_share(peer.rung) * peer.fte(terms) for peer in peers) / fte if peers else 0.0
    hours = (1.0 - supervising) * terms.hours * terms.mean_fte * share_at_work(terms.org)
    total = 0.0
    for _, source in terms.sources():
        if isinstance(source, FeeForService | ProspectivePayment):
            output = showed.certified if source.certification_required else showed.productive
            total += expected_of_a_post(terms, source, output * hours, showed.used)
    return total


def cost_of_a_post(employer: Employer, entry_wages: Mapping[int, float]) -> float:
    """C: dollars a month of a filled post."""
    terms, org = employer.terms, employer.terms.org
    peers = employer.peers()
    wage = employer.pay.mean_entry
    if peers:
        raised = sum(
            peer.fte(terms) * peer.wage * entry_of(employer, peer.post.index) / entry_wages[peer.post.index]
            for peer in peers
        )
        wage = raised / sum(peer.fte(terms) for peer in peers)
    stated_pay = sum(terms.stated_wage(index) * terms.fte(index) for index in terms.all_posts) / org.posts.number
    post = personnel(employer, wage * terms.hours * terms.mean_fte, stated_pay, terms.mean_fte)
    direct = org.posts.direct_usd_per_peer_month
    loaded = post.wages + post.fringe + direct + overhead(org, direct, post.wages + post.fringe, post.unraised)
    cost = loaded + org.practices.training_usd_per_peer_month
    if org.practices.other_supervisors_fte is None:
        cost += cost_of_supervisors(employer, terms.mean_fte / terms.span)
    return cost


def entry_of(employer: Employer, post: int) -> float:
    """The entry wage of a post's position, in the month whose pay is set."""
    return employer.pay.of(employer.terms.position(post)).entry


def cost_of_supervisors(employer: Employer, fte: float) -> float:
    """Dollars a month with overhead."""
    cost = supervisors(employer, fte)
    moving = cost.wages + cost.fringe
    return moving + overhead(employer.terms.org, 0.0, moving, cost.unraised)


def fixed_cost(employer: Employer, showed: Showed) -> float:
    """X: dollars a year of stated supervisors and fixed direct cost with overhead, and recruiting as it was."""
    org = employer.terms.org
    fixed = org.posts.fixed_usd_per_month
    others = cost_of_supervisors(employer, org.practices.other_supervisors_fte or 0.0)
    return 12.0 * (others + fixed + overhead(org, fixed, 0.0, 0.0)) + showed.recruiting


def expected_awards(employer: Employer) -> float:
    """G: awards and scheduled amounts expected in the next twelve months, and what is unspent."""
    k, total = employer.month, 0.0
    for name, source in employer.terms.sources():
        if isinstance(source, Grant) and name in employer.awards:
            total += employer.awards[name].expected(source, range(k + 1, k + 1 + MONTHS_PER_YEAR))
        elif isinstance(source, ScheduledFund):
            ahead = range(k + 1, k + 1 + MONTHS_PER_YEAR)
            total += sum(usd for at, usd in payments(employer, source) if at in ahead)
            total += employer.balances.get(name, 0) / 100
    return total


# --- 4. layoffs -----------------------------------------------------------------------------------


def lay_off_for_cash(employer: Employer, payroll: int) -> None:
    rules = employer.terms.org.rules
    if rules.layoff_below_months == "off" or liquidity(employer) >= rules.layoff_below_months * payroll:
        return
    last = employer.last_layoff
    if last is not None and employer.month - last < rules.layoff_wait_months:
        return
    number = math.ceil(rules.layoff_share * employer.filled - TOLERANCE)
    lay_off(employer, number)
    if number > 0:
        note(employer, "layoff", number=number)
    employer.last_layoff = employer.month
    employer.budgeted = min(employer.filled, employer.budgeted_posts)


def lay_off(employer: Employer, number: int) -> None:
    """Send the first so many home, in the stated order."""
    send_home(in_layoff_order(employer)[:number])


def in_layoff_order(employer: Employer) -> list[Peer]:
    return sorted(employer.peers(), key=lambda peer: layoff_key(employer, peer))


def send_home(peers: list[Peer]) -> None:
    for peer in peers:
        peer.leave_post("layoff")


def layoff_key(employer: Employer, peer: Peer) -> tuple[float, float, int]:
    """Latest hire first, ties by the higher post; or by rung first, the lowest."""
    by_rung = employer.terms.org.rules.layoff_order == "lowest_rung"
    return employer.terms.step(peer.rung) if by_rung else 0, -peer.hire, -peer.post.index
