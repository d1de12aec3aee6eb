"""Run the whole model of docs/model.md in plain Python: the opening, the pilot that solves turnover, the projection."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import simpy

from sim.scenario.schema import Organisation, Scenario
from sim.scenario.tables.frame import Experiment, Horizon
from sim.scenario.tables.people import ObservedTurnover
from sim.scenario.tables.work import RosterEntry
from sim.scenario.timeline import EmployerPlan, plans
from sim.streams import Luck
from sim.units import MONTHS_PER_YEAR, month_number
from tests.reference.employer import Course, Employer
from tests.reference.facts import Outcome
from tests.reference.hazards import Baseline, stated
from tests.reference.hiring import Post
from tests.reference.luck import EmployersLuck
from tests.reference.peers import Peer, Process
from tests.reference.terms import Calendar, Terms

PILOT_SEED = 2718281828
PILOT_POSTS = 4000
MOST_PILOTS = 400
PILOT_MONTHS = 60  # without a warm-up
SOLVED_OVER = 24
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
    for ours, theirs in pairs:
        solved = (baselines or {}).get(ours.name) or solve_baseline(ours, base.horizon, base.experiment)
        course = course_of(ours, theirs, base.experiment, scenario)
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
    lived_in = env.process(keep_calendar(env, without, range(-warm_up, last)))
    listed = env.process(keep_calendar(env, with_roster, range(last)))
    env.run(until=lived_in & listed)
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
    epochs = tuple(Terms(since, organisation, start, dates) for (since, organisation), dates in dated)
    return Course(opening_terms(ours), epochs, base.feedback, scenario.experiment.feedback)


def opening_terms(plan: EmployerPlan) -> Terms:
    start = plan.epochs[0][1]
    return Terms(0, start, start, {})


def keep_calendar(
    env: simpy.Environment,
    employers: list[Employer],
    months: range,
    before: Callable[[], None] = lambda: None,
) -> Process:
    """Begin and close every month of some employers; what falls on a close happens before it."""
    yield env.timeout(months[0] - env.now)
    for k in months:
        before()
        for employer in employers:
            employer.begin_month(k)
        yield env.timeout(k + 1 - env.now)
        yield env.timeout(0)
        for employer in employers:
            employer.close_month()


# --- the opening (section 3) --------------------------------------------------------------------------


def seat_opening(employer: Employer, first_month: int) -> None:
    """Give every post its occupant 0, on the entry rung since some months before the first."""
    separations = separations_per_year(employer.terms.org)
    for post in employer.posts[: employer.terms.org.posts.number]:
        uniform = employer.luck.occupant(post.index, 0).uniforms["tenure_at_start"]
        months = -math.log(uniform) * MONTHS_PER_YEAR / separations if separations > 0 else 0.0
        seat_first(employer, post, first_month - min(LONGEST_TENURE, months))


def separations_per_year(organisation: Organisation) -> float:
    """S: as observed, or the sum of the stated hazards and return to use."""
    level = organisation.turnover.level
    if isinstance(level, ObservedTurnover):
        return level.separations_per_100_posts_year / 100.0
    return (
        level.voluntary_per_year
        + level.dismissal_per_year
        + level.other_per_year
        + organisation.turnover.return_to_use_per_year
    )


def seat_roster(employer: Employer) -> None:
    """Entry i is occupant 0 of post i; there is no warm-up."""
    for post, entry in zip(employer.posts, employer.terms.org.posts.roster, strict=False):
        seat_listed(employer, post, entry)


def seat_listed(employer: Employer, post: Post, entry: RosterEntry) -> None:
    start = employer.calendar.start
    hire = month_number(entry.hired) - start
    peer = seat_first(employer, post, hire)
    peer.rung = entry.rung
    peer.rung_since = hire if entry.in_rung_since is None else month_number(entry.in_rung_since) - start
    peer.certified_at = hire if entry.certified else peer.uncertified_time()


def seat_first(employer: Employer, post: Post, hire: float) -> Peer:
    peer = employer.seat(post, hire)
    peer.from_the_start = True
    employer.env.process(peer.career())
    return peer


# --- turnover solved from what is seen (section 3) ----------------------------------------------------


class Pilot:
    """Employers of one kind in their warm-up, whose baseline hazards are set month by month."""

    def __init__(self, plan: EmployerPlan, horizon: Horizon, experiment: Experiment) -> None:
        organisation = plan.epochs[0][1]
        number = organisation.posts.number
        terms = opening_terms(plan)
        course = Course(terms, (terms,), experiment.feedback, experiment.feedback)
        self.turnover, self.practices = organisation.turnover, organisation.practices
        assert isinstance(self.turnover.level, ObservedTurnover)
        self.level = self.turnover.level
        warm_up = 0 if organisation.posts.roster else horizon.warm_up_months
        self.months = warm_up or PILOT_MONTHS
        self.env = simpy.Environment(initial_time=-self.months)
        calendar = Calendar(month_number(horizon.start))
        pilots = min(MOST_PILOTS, math.ceil(PILOT_POSTS / number))
        self.employers = [
            Employer(
                self.env,
                calendar,
                course,
                EmployersLuck(Luck(PILOT_SEED, replication), replication, number),
                Baseline(0.0, 0.0, 0.0),
                Outcome(),
            )
            for replication in range(pilots)
        ]
        for employer in self.employers:  # the mean of e^(spread·z) is e^(spread²/2)
            employer.luck.employer = self.turnover.employer_spread_sd / 2.0
        self.means: list[tuple[float, float]] = []  # q̄ and r̄ of every month

    def solve(self) -> Baseline:
        for employer in self.employers:
            seat_opening(employer, -self.months)
        months = range(-self.months, 0)
        calendar = keep_calendar(self.env, self.employers, months, before=self.before_month)
        self.env.run(until=self.env.process(calendar))
        self.look_back()
        last = self.means[-SOLVED_OVER:]
        return self.baseline(sum(q for q, _ in last) / len(last), sum(r for _, r in last) / len(last))

    def before_month(self) -> None:
        q, r = 1.0, 1.0
        if self.env.now > -self.months:
            self.look_back()
            q, r = self.means[-1]
        solved = self.baseline(q, r)
        for employer in self.employers:
            employer.solved = solved

    def look_back(self) -> None:
        """Exposure-weighted means of the relative hazards over the month just closed."""
        exposure = voluntary = returning = 0.0
        for employer in self.employers:
            for peer in employer.present:
                months = sum(piece.length for piece in peer.pieces if not piece.on_leave)
                assert peer.hazards is not None
                exposure += months
                voluntary += months * peer.hazards.relative_voluntary
                returning += months * peer.hazards.relative_return
        self.means.append((voluntary / exposure, returning / exposure) if exposure > 0 else (1.0, 1.0))

    def baseline(self, q: float, r: float) -> Baseline:
        separations = self.level.separations_per_100_posts_year / 100.0 / MONTHS_PER_YEAR
        voluntary, involuntary = self.level.voluntary_share, self.level.involuntary_share
        kept = self.practices.supported_leave_share * self.practices.return_share
        return_to_use = self.turnover.return_to_use_per_year / MONTHS_PER_YEAR * (1.0 - kept)
        return Baseline(
            voluntary=separations * voluntary / q,
            dismissal=max(0.0, separations * involuntary - return_to_use * r),
            other=max(0.0, separations * (1.0 - voluntary - involuntary)),
        )


def solve_baseline(plan: EmployerPlan, horizon: Horizon, experiment: Experiment) -> Baseline:
    """Return the baseline hazards of a kind: as stated, or such that the opening shows the turnover observed."""
    return stated(opening_terms(plan)) or Pilot(plan, horizon, experiment).solve()
