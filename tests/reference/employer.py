"""An employer: its posts, its peers, and the order of a month (docs/model.md, sections 2, 3 and 7)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import simpy

from sim.scenario.tables.funding.scheduled import ScheduledFund
from sim.units import cents_of
from tests.reference.decisions import decide, due, entry_of, liquidity
from tests.reference.facts import Fact, FundingFact, Outcome
from tests.reference.funding import Awards, charge_sources, first_terms, opening_balance, receive_scheduled
from tests.reference.hazards import Baseline, stated
from tests.reference.hiring import Post, begin_hiring, open_vacancy
from tests.reference.luck import EmployersLuck
from tests.reference.market import Look, mixed
from tests.reference.money import Costs, Purse, cost_of_month
from tests.reference.movers import Market, Person
from tests.reference.panel import Tally, money_columns, panel
from tests.reference.pay import Indices, MonthPay, passed_through, pay_of_month
from tests.reference.peers import Peer, Piece
from tests.reference.promotions import promote
from tests.reference.services import (
    Bills,
    Service,
    Work,
    audit,
    bill,
    broken_relationships,
    lost_demand,
    serve,
    work_of_month,
)
from tests.reference.states import employers_causes, full_time, next_states, supervision_penalty, workload
from tests.reference.terms import ENTRY, Calendar, Terms, share_at_work

BY_CHANCE = frozenset({"voluntary", "return_to_use", "dismissal", "other"})
CONTAGIOUS_MONTHS = 3


@dataclass(frozen=True)
class Found:
    """What the last close found of the causes all peers share."""

    workload: float = 0.0
    supervision_penalty: float = 0.0
    funding_certainty: float = 0.0


@dataclass(frozen=True)
class Seen:
    """What the employer saw of its own output and posts in a month (section 12)."""

    hours: float  # h·C
    productive: float
    certified: float
    used: float  # f·Σπ
    filled: float
    funded: int
    recruiting: int
    bonuses: int


@dataclass(frozen=True)
class Accounts:
    """What a month billed, cost and charged."""

    work: Work
    service: Service
    bills: Bills
    costs: Costs
    charged: dict[str, int]


@dataclass
class Course:
    """The terms of an employer through time: the opening's, then those of every epoch; what it sees of others."""

    opening: Terms
    epochs: tuple[Terms, ...]
    feedback_in_opening: bool = True
    feedback: bool = True
    look: Look | None = None

    def at(self, k: int) -> Terms:
        return self.opening if k < 0 else [terms for terms in self.epochs if terms.since <= k][-1]

    def most_posts(self) -> int:
        return max(terms.org.posts.number for terms in (self.opening, *self.epochs))


class Employer:
    """One employer through the opening and the projection."""

    def __init__(
        self,
        env: simpy.Environment,
        calendar: Calendar,
        course: Course,
        luck: EmployersLuck,
        solved: Baseline,
        outcome: Outcome,
    ) -> None:
        self.env, self.calendar, self.course, self.luck, self.solved = env, calendar, course, luck, solved
        self.outcome = outcome
        self.owner = luck.owner
        self.terms = course.opening
        self.month = 0
        self.month_begins = env.event()
        self.posts = [Post(index) for index in range(course.most_posts())]
        self.present: list[Peer] = []  # everyone who was in post at some time of the month
        self.pay: MonthPay
        self.indices = Indices(course.at, calendar)
        self.on_paper = False  # in a month that is not lived (section 3)
        self.added: dict[str, float] = {}  # A of section 8, of every position
        self.sign_on_bonus_since = self.stay_bonus_since = -math.inf
        self.floor_since = 0
        # what the last closes found and counted
        self.found = Found()
        self.supervisor_fte = 0.0
        self.tally = Tally()
        self.last_exits: list[int] = []
        self.months_queued: dict[str, float] = {}  # for rungs reached by chance
        self.slots_seen: dict[str, tuple[float, int]] = {}
        # service
        self.backlog = self.lost = 0.0
        self.units_this_year: dict[str, int] = {}
        self.seen: list[Seen] = []
        # money
        self.purse = Purse(self.owner)
        self.cash_at_start = 0
        self.fiscal_years_closed = 0
        self.balances: dict[str, int] = {}  # of scheduled funds
        self.awards: dict[str, Awards] = {}
        # decisions
        self.budgeted: int | None = None  # F0; None before the first budget
        self.cuts: dict[str, int] = {}
        self.bridges: dict[str, int] = {}
        self.frozen = self.closed = False
        self.months_below = 0
        self.last_layoff: int | None = None
        self.room = 0
        # a market between whose employers people move (section 7); None for who is no member
        self.market: Market | None = None
        self.slower = 1.0  # times to fill, for the pool has shrunk
        self.to_fill: list[Post] = []  # vacancies of the month that a market may fill
        self.moved_in = self.moved_out = 0
        self.pool = 0.0

    # --- simple questions -----------------------------------------------------------------------------

    def terms_at(self, k: int) -> Terms:
        return self.course.at(k)

    @property
    def projecting(self) -> bool:
        return self.month >= 0

    @property
    def feedback(self) -> bool:
        return self.course.feedback if self.projecting else self.course.feedback_in_opening

    def baseline(self) -> Baseline:
        return stated(self.terms) or self.solved

    def peers(self) -> list[Peer]:
        return [post.peer for post in self.posts if post.peer is not None]

    @property
    def filled(self) -> int:
        return len(self.peers())

    @property
    def budgeted_posts(self) -> int:
        """F0."""
        return self.terms.org.posts.number if self.budgeted is None else self.budgeted

    @property
    def funded(self) -> int:
        """F."""
        left = self.terms.org.posts.number - sum(self.cuts.values())
        return 0 if self.closed else max(0, min(self.budgeted_posts, left))

    def other_supervisors(self, terms: Terms) -> float:
        """FTE of supervisors outside the ladder: as stated, or enough for the posts funded or filled."""
        stated = terms.org.practices.other_supervisors_fte
        if stated is not None:
            return stated
        return max(self.funded, self.filled) * terms.mean_fte / terms.span

    def contagion(self) -> float:
        """Exits of the last three closed months over posts."""
        return sum(self.last_exits) / self.terms.org.posts.number if self.feedback else 0.0

    def months_at_work(self) -> float:
        return sum(piece.length for peer in self.present for piece in peer.pieces if not piece.on_leave)

    def months_on_leave(self) -> float:
        return sum(piece.length for peer in self.present for piece in peer.pieces if piece.on_leave)

    # --- what is written down -------------------------------------------------------------------------

    def note(self, fact: Fact) -> None:
        if self.projecting:
            self.outcome.facts.append(fact)

    def note_funding(self, fact: FundingFact) -> None:
        self.outcome.funding_facts.append(fact)

    # --- the month's start (section 3, steps 1 to 3) ----------------------------------------------------

    def begin_month(self, k: int) -> None:
        self.month = k
        if k <= 0:
            self.begin_terms(k)  # from then on the close before does it
        self.begin_calendar_year(k)
        if k == 0:
            self.begin_projection()
        self.cash_at_start = self.purse.cash
        self.shared = employers_causes(self, self.terms)
        self.present = self.peers()
        for peer in self.present:
            peer.begin_month(k, self.shared)
        if k == 0:
            self.write_opening()
        begin_hiring(self, k)
        begun, self.month_begins = self.month_begins, self.env.event()
        begun.succeed()

    def begin_calendar_year(self, k: int) -> None:
        if self.calendar.year(k) != self.calendar.year(k - 1):
            self.units_this_year = {}

    def begin_terms(self, k: int) -> None:
        """Apply the dated changes of month k and set its wages."""
        if self.terms is not self.terms_at(k):
            self.adopt(self.terms_at(k))
        self.set_pay(k)

    def set_pay(self, k: int) -> None:
        """Set the wages of month k."""
        pay = pay_of_month(self.terms, k, self.indices, self.added, self.floor_since)
        self.pay = replace(pay, outside=mixed(self.terms, pay.outside, self.course.look, k))

    def adopt(self, terms: Terms) -> None:
        """Take over new terms: dated changes, or at 0 what the alternative sets differently."""
        self.added = passed_through(self.added, self.terms, terms, self.indices.at(terms.since).scale)
        if terms.org.pay.floor != self.terms.org.pay.floor:
            self.floor_since = terms.since
        for peer in self.peers():
            if peer.rung not in terms.rungs:
                step = self.terms.step(peer.rung)
                peer.rung = [name for name in terms.rungs if terms.step(name) <= step][-1]
        self.begin_bonuses(terms)
        if terms.org.posts.number != self.terms.org.posts.number:
            self.budgeted = None  # the budgeted posts become the new number
        self.terms = terms

    def begin_bonuses(self, terms: Terms) -> None:
        """A bonus holds from where it begins, and a stay bonus also from where its months or payments change."""
        old, new = self.terms.org.pay, terms.org.pay
        if new.sign_on_bonus_usd > 0 and old.sign_on_bonus_usd == 0:
            self.sign_on_bonus_since = terms.since
        kept = (old.stay_bonus_months, old.stay_bonus_payments) == (new.stay_bonus_months, new.stay_bonus_payments)
        if new.stay_bonus_usd > 0 and not (kept and old.stay_bonus_usd > 0):
            self.stay_bonus_since = terms.since

    def begin_projection(self) -> None:
        """Time 0: cash is set, awards begin, and feedback is as it says."""
        self.purse.cash = cents_of(self.terms.org.rules.opening_cash_usd)
        self.purse.lines.clear()
        if not self.feedback:
            self.found = Found()
        for name, source in self.terms.sources():
            if isinstance(source, ScheduledFund):
                self.balances[name] = opening_balance(self, source)
        for name, grant in first_terms(self.course.epochs).items():
            self.awards[name] = Awards(self, name, grant)
            self.env.process(self.awards[name].life())

    def write_opening(self) -> None:
        for peer in self.peers():
            post = peer.post.index
            fact = Fact(self.owner, post, peer.ordinal, peer.hire, "opening", peer.rung, peer.wage)
            self.note(fact)

    @property
    def exchanges(self) -> bool:
        """Whether people move to and from here by now."""
        return self.market is not None and self.projecting

    def seat(self, post: Post, hire: float, person: Person | None = None) -> Peer:
        """Put the next occupant into a post."""
        post.peer = Peer(self, post, post.next_ordinal, hire)
        if person is not None:
            post.peer.is_person(person)
        post.next_ordinal += 1
        post.hiring_time = None
        return post.peer

    def hire(self, post: Post, time: float, person: Person | None = None) -> None:
        """Hire the post's next occupant, who starts a career."""
        peer = self.seat(post, time, person)
        self.present.append(peer)
        self.tally.hires += 1
        peer.begin_month(time, self.shared)
        self.note(Fact(self.owner, post.index, peer.ordinal, time, "hired", ENTRY, peer.wage))
        self.env.process(peer.career())

    def after_exit(self, peer: Peer, cause: str) -> None:
        """Count an exit and open the vacancy."""
        self.tally.exits += 1
        self.tally.exits_by_chance += cause in BY_CHANCE
        if not peer.on_leave:  # the leave has broken them
            self.break_relationships(peer)
        peer.post.peer = None
        if self.market is not None and self.projecting:
            self.market.note(self, peer, cause)
        if not self.closed and peer.post.index < self.terms.org.posts.number:
            open_vacancy(self, peer.post, peer.reached)

    def break_relationships(self, peer: Peer) -> None:
        if not peer.on_leave:
            self.tally.broken += broken_relationships(self, peer)

    # --- the month's close (section 3, step 4) ------------------------------------------------------------

    def close_month(self) -> None:
        ended = self.terms
        accounts = self.keep_accounts()
        self.receive()
        counted = self.end_counting(accounts.service)
        self.decide_and_promote(accounts.costs.payroll)
        self.note_conditions(accounts.service, ended)
        self.move_states(ended)
        if self.projecting:
            at_hand = (0, 0) if self.closed else (liquidity(self), due(self))
            self.outcome.months.append({**panel(self, accounts, counted), **money_columns(accounts, *at_hand)})

    def keep_accounts(self) -> Accounts:
        """Service, billing, cost and what the sources are charged, and what is seen of them."""
        work = work_of_month(self)
        service = serve(self, work)
        bills = bill(self, work, service)
        if self.projecting:
            receive_scheduled(self)
        costs = cost_of_month(self, bills.rework)
        for kind, cents in costs.kinds.items():
            self.purse.book(self.month + 1, kind, "", -cents)
        charged = charge_sources(self, costs.kinds, bills.earned)
        self.seen.append(
            Seen(
                hours=self.terms.hours * share_at_work(self.terms.org) * work.service_months,
                productive=work.productive,
                certified=work.certified,
                used=service.used * work.productive,
                filled=self.months_at_work() + self.months_on_leave(),
                funded=self.funded,
                recruiting=costs.recruiting,
                bonuses=costs.bonuses,
            )
        )
        return Accounts(work, service, bills, costs, charged)

    def live_on_paper(self, first: int, seating: int) -> None:
        """Bill, pay and charge the months from `first` up to the seating with the peers as they are seated."""
        self.on_paper, self.present = True, self.peers()
        self.set_pay(first)
        for peer in self.present:
            peer.reached = seating
            peer.wage = peer.wage_at(seating)
        for k in range(first, seating):
            self.month = k
            self.begin_calendar_year(k)
            for peer in self.present:
                peer.pieces = [Piece(k, k + 1, on_leave=False)]
            self.keep_accounts()
            self.purse.settle(k + 1)
        self.on_paper = False

    def decide_and_promote(self, payroll: int) -> None:
        """Apply the terms of the month that begins; decide and promote by them."""
        entry_wages = {post.index: entry_of(self, post.index) for post in self.posts}
        if self.projecting:
            self.begin_terms(self.month + 1)
        if self.projecting and self.terms.org.rules.enforce:
            decide(self, payroll, entry_wages)
        else:
            self.frozen = False
        self.tally.at_last_close = self.tally.exits
        if not self.closed:
            promote(self)

    def receive(self) -> None:
        """Book the receipts due, and what an audit takes back."""
        close = self.month + 1
        self.purse.settle(close)
        first = self.terms.org.rules.fiscal_year_start_month
        if self.projecting and self.calendar.starts_fiscal_year(close, first):
            self.fiscal_years_closed += 1
            audit(self, self.fiscal_years_closed)

    def end_counting(self, service: Service) -> Tally:
        """Close the month's counts; what follows at the close counts for the next month."""
        counted, self.tally = self.tally, Tally()
        self.lost, self.backlog = lost_demand(self, counted.broken), service.backlog
        self.last_exits = [*self.last_exits, counted.exits_by_chance][-CONTAGIOUS_MONTHS:]
        return counted

    # --- what the close notes, and the states (section 5) -------------------------------------------------

    def note_conditions(self, service: Service, ended: Terms) -> None:
        """Note workload, supervision and funding certainty by the terms of the month that ends."""
        at_work = [peer for peer in self.peers() if not peer.on_leave]
        supervising = sum(ended.supervising_share(peer.rung) * peer.fte(ended) for peer in at_work)
        self.supervisor_fte = self.other_supervisors(ended) + supervising
        self.found = Found()
        if self.feedback:
            self.found = Found(
                workload(service.demand, service.capacity, ended.org.services.standard_load),
                supervision_penalty(ended, len(at_work), self.supervisor_fte),
                self.funding_certainty(ended),
            )

    def funding_certainty(self, ended: Terms) -> float:
        lost = 0.0
        for name, awards in self.awards.items():
            grant = None if self.closed else ended.grant(name)
            if grant is not None and grant.posts_paid > 0:
                risk = 1.0 if name in self.bridges else awards.certainty_lost(self.month + 1, grant)
                lost += grant.posts_paid / ended.org.posts.number * risk
        return -2.0 * min(1.0, lost)

    def move_states(self, ended: Terms) -> None:
        shared = employers_causes(self, ended)
        for peer in self.peers():
            if peer.from_the_start or peer.hire < self.month:
                shocks = self.luck.shocks(peer.post.index, self.month)
                closing = {**peer.causes, **shared, "full_time": full_time(peer.fte(ended))}
                peer.states = next_states(ended, peer.states, closing, shocks)
