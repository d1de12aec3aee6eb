"""Run the whole model of docs/model.md in plain Python: the opening, the pilot that solves turnover, the projection."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import simpy

from sim.scenario.schema import Organization, Scenario
from sim.scenario.tables.frame import Experiment
from sim.scenario.tables.people import ObservedTurnover
from sim.scenario.tables.positions import RosterEntry
from sim.scenario.timeline import EmployerPlan, plans
from sim.streams import Luck
from sim.units import MONTHS_PER_YEAR, month_number
from tests.reference.employer import Course, Employer
from tests.reference.facts import Outcome
from tests.reference.hazards import Baseline, stated
from tests.reference.hiring import Post
from tests.reference.luck import EmployersLuck
from tests.reference.market import Member, Portfolio
from tests.reference.movers import Market, market_between
from tests.reference.pay import peers_wage
from tests.reference.peers import Peer, Process
from tests.reference.terms import Calendar, Terms

PILOT_SEED = 2718281828
PILOT_POSTS = 4000
PASSES = 4
LONGEST_TENURE = 120.0
FIRST_ON_PAPER = -48


# --- run (sections 2 and 3) -------------------------------------------------------------------------


def run(
    base: Scenario,
    scenario: Scenario | None,
    replication: int,
    seed: int | None = None,
    baselines: Mapping[str, Baseline] | None = None,
) -> Outcome:
    """Project a scenario from the base's opening; None projects the base itself."""
    scenario = base if scenario is None else scenario
    pairs = list(zip(plans(base), plans(scenario), strict=True))
    check_same_frame(base, scenario, pairs)
    calendar = Calendar(month_number(base.horizon.start))
    luck = Luck(base.experiment.seed if seed is None else seed, replication)
    warm_up = base.horizon.warm_up_months
    env = simpy.Environment(initial_time=-warm_up)
    outcome, employers = Outcome(), []
    courses = [course_of(ours, theirs, base.experiment, scenario) for ours, theirs in pairs]
    market = market_of(courses, [ours.count for ours, _ in pairs], calendar)
    for (ours, _), course in zip(pairs, courses, strict=True):
        course.look = market.look(ours.first)
        solved = (baselines or {}).get(ours.name) or solve_baseline(ours, base)
        for owner in range(ours.first, ours.first + ours.count):
            theirs_luck = EmployersLuck(luck, owner, course.most_posts())
            employers.append(Employer(env, calendar, course, theirs_luck, solved, outcome))
    last = scenario.horizon.months
    with_roster = [one for one in employers if one.terms.org.posts.roster]
    without = [one for one in employers if not one.terms.org.posts.roster]
    for employer in with_roster:
        seat_roster(employer)
        employer.live_on_paper(FIRST_ON_PAPER, 0)
    for employer in without:
        seat_opening(employer, -warm_up)
        employer.live_on_paper(FIRST_ON_PAPER, -warm_up)
    calendar_of_all = keep_calendar(env, employers, range(-warm_up, last), people=market_between(employers))
    env.run(until=env.process(calendar_of_all))
    for employer in employers:
        outcome.ledger.extend(employer.purse.lines)
    outcome.sort()
    return outcome


def check_same_frame(base: Scenario, scenario: Scenario, pairs: list[tuple[EmployerPlan, EmployerPlan]]) -> None:
    same = all((a.name, a.count, a.first) == (b.name, b.count, b.first) for a, b in pairs)
    if not same or base.horizon.start != scenario.horizon.start:
        raise ValueError("an alternative has the base's employers and the base's start")


def course_of(ours: EmployerPlan, theirs: EmployerPlan, base: Experiment, scenario: Scenario) -> Course:
    start = ours.epochs[0][1]
    dated = zip(theirs.epochs, theirs.dates, strict=True)
    epochs = tuple(Terms(since, organization, start, dates) for (since, organization), dates in dated)
    return Course(opening_terms(ours), epochs, base.feedback, scenario.experiment.feedback)


def market_of(courses: Sequence[Course], counts: Sequence[int], calendar: Calendar) -> Portfolio:
    """All employers, those of a kind one after another."""
    members = [
        Member(course.opening, course.epochs, calendar)
        for course, count in zip(courses, counts, strict=True)
        for _ in range(count)
    ]
    return Portfolio(members)


def opening_terms(plan: EmployerPlan) -> Terms:
    start = plan.epochs[0][1]
    return Terms(0, start, start, {})


def keep_calendar(
    env: simpy.Environment,
    employers: list[Employer],
    months: range,
    before: Callable[[], None] = lambda: None,
    people: Market | None = None,
) -> Process:
    """Begin and close every month of some employers, lists from 0 on; what falls on a close happens before it."""
    yield env.timeout(months[0] - env.now)
    for k in months:
        before()
        here = [employer for employer in employers if k >= 0 or not employer.terms.org.posts.roster]
        for employer in here:
            employer.begin_month(k)
        if people is not None and k >= 0:
            people.meet(k)
        yield env.timeout(k + 1 - env.now)
        yield env.timeout(0)
        for employer in here:
            employer.close_month()
        if people is not None and k >= 0:
            people.close()


# --- the opening (section 3) --------------------------------------------------------------------------


def seat_opening(employer: Employer, first_month: int) -> None:
    """Fill every post with its occupant 0, on the entry rung since some months before the first."""
    separations = separations_per_year(employer.terms.org)
    for post in employer.posts[: employer.terms.org.posts.number]:
        uniform = employer.luck.occupant(post.index, 0).uniforms["tenure_at_start"]
        months = -math.log(uniform) * MONTHS_PER_YEAR / separations if separations > 0 else 0.0
        seat_first(employer, post, first_month - min(LONGEST_TENURE, months))


def separations_per_year(organization: Organization) -> float:
    """S: as observed, or the sum of the stated hazards and return to use."""
    level = organization.turnover.level
    if isinstance(level, ObservedTurnover):
        return level.separations_per_100_posts_year / 100.0
    return (
        level.voluntary_per_year
        + level.dismissal_per_year
        + level.other_per_year
        + organization.turnover.return_to_use_per_year
    )


def seat_roster(employer: Employer) -> None:
    """Every entry is occupant 0 of the lowest post of its position that none before it has; there is no warm-up."""
    employer.set_pay(0)
    for entry in employer.terms.org.posts.roster:
        free = (post for post in employer.posts if post.peer is None)
        seat_listed(employer, next(p for p in free if employer.terms.position(p.index) == entry.position), entry)


def seat_listed(employer: Employer, post: Post, entry: RosterEntry) -> None:
    start = employer.calendar.start
    hire = month_number(entry.hired) - start
    peer = seat_first(employer, post, hire)
    peer.rung = entry.rung
    peer.rung_since = hire if entry.in_rung_since is None else month_number(entry.in_rung_since) - start
    peer.certified_at = hire if entry.certified else peer.uncertified_time()
    peer.own_fte = entry.fte
    if entry.group is not None:
        peer.is_of(entry.group)
    if entry.wage_usd_per_hour is not None:
        scale = employer.pay.of(entry.position).unfloored[entry.rung]
        rung_wage = peers_wage(employer.terms, scale, -hire, certified=peer.certified_at <= 0)
        peer.own_wage_ratio = entry.wage_usd_per_hour / rung_wage


def seat_first(employer: Employer, post: Post, hire: float) -> Peer:
    peer = employer.seat(post, hire)
    peer.from_the_start = True
    employer.env.process(peer.career())
    return peer


# --- turnover solved from what is seen (section 3) ----------------------------------------------------


class Pilot:
    """Employers of one kind who live their opening and their first year until it shows what is stated."""

    def __init__(self, plan: EmployerPlan, base: Scenario) -> None:
        horizon, experiment = base.horizon, base.experiment
        organization = plan.epochs[0][1]
        rules = organization.rules.model_copy(update={"enforce": False})
        organization = organization.model_copy(update={"rules": rules})
        terms = Terms(0, organization, organization, {})
        assert isinstance(organization.turnover.level, ObservedTurnover)
        self.organization, self.level = organization, organization.turnover.level
        self.course = Course(terms, (terms,), experiment.feedback, experiment.feedback)
        self.calendar = Calendar(month_number(horizon.start))
        self.course.look = nothing_decided(base, self.calendar).look(plan.first)
        self.first_month = 0 if organization.posts.roster else -horizon.warm_up_months

    def solve(self, passes: int = PASSES) -> Baseline:
        s = self.level.separations_per_100_posts_year / 100.0 / MONTHS_PER_YEAR
        voluntary, involuntary = s * self.level.voluntary_share, s * self.level.involuntary_share
        others = max(0.0, s - voluntary - involuntary)
        found = Baseline(voluntary, involuntary, others)
        for _ in range(passes):
            quits, to_use, at_work = self.first_year(found)
            f = max(0.0, s - max(involuntary, to_use)) / (s - involuntary)
            found = Baseline(
                voluntary=voluntary * f / (quits / found.voluntary) if found.voluntary > 0 else 0.0,
                dismissal=max(0.0, involuntary - to_use) / at_work,
                other=others * f / at_work,
            )
        return found

    def first_year(self, baseline: Baseline) -> tuple[float, float, float]:
        """Expected quits, exits after return to use, and time at work, a filled month of the first year."""
        number = self.organization.posts.number
        env, outcome = simpy.Environment(initial_time=self.first_month), Outcome()
        employers = [
            Employer(
                env,
                self.calendar,
                self.course,
                EmployersLuck(Luck(PILOT_SEED, replication), replication, number),
                baseline,
                outcome,
            )
            for replication in range(math.ceil(PILOT_POSTS / number))
        ]
        for employer in employers:
            if self.organization.posts.roster:
                seat_roster(employer)
            else:
                seat_opening(employer, self.first_month)
        sums = [0.0, 0.0, 0.0]
        months = range(self.first_month, MONTHS_PER_YEAR)
        calendar = keep_calendar(env, employers, months, before=lambda: self.look_back(env.now, employers, sums))
        env.run(until=env.process(calendar))
        self.look_back(env.now, employers, sums)
        after_use = sum(fact.kind == "left" and fact.detail == "return_to_use" for fact in outcome.facts)
        quits, at_work, filled = sums
        return quits / filled, after_use / filled, at_work / filled

    def look_back(self, now: float, employers: list[Employer], sums: list[float]) -> None:
        """Add the month just closed, if it is of the projection."""
        if now <= 0:
            return
        for employer in employers:
            for peer in employer.present:
                assert peer.hazards is not None
                at_work = sum(piece.length for piece in peer.pieces if not piece.on_leave)
                sums[0] += at_work * peer.hazards.voluntary
                sums[1] += at_work
                sums[2] += sum(piece.length for piece in peer.pieces)


def nothing_decided(base: Scenario, calendar: Calendar) -> Portfolio:
    """The base's employers as they are at the start, whatever comes later."""
    starts = [opening_terms(one) for one in plans(base)]
    courses = [Course(start, (start,)) for start in starts]
    return market_of(courses, [one.count for one in plans(base)], calendar)


def solve_baseline(plan: EmployerPlan, base: Scenario) -> Baseline:
    """Return the baseline hazards of a kind: as stated, or such that the opening shows the turnover observed."""
    return stated(opening_terms(plan)) or Pilot(plan, base).solve()
