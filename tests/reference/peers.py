"""A peer's career as a SimPy process (docs/model.md, sections 6 and 7)."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import simpy

from tests.reference.facts import Fact
from tests.reference.hazards import Hazards, hazards
from tests.reference.pay import peers_wage
from tests.reference.states import identity, newcomers_states, peers_causes, traits
from tests.reference.terms import ENTRY, Terms

if TYPE_CHECKING:
    from tests.reference.employer import Employer, Post
    from tests.reference.movers import Person

Process = Generator[simpy.Event, None, None]


@dataclass(frozen=True)
class Piece:
    """A part of a month from `start` to `end`, in work or on leave."""

    start: float
    end: float
    on_leave: bool

    @property
    def length(self) -> float:
        return self.end - self.start


class Peer:
    """One occupant of one post, from hire to exit."""

    def __init__(self, employer: Employer, post: Post, ordinal: int, hire: float) -> None:
        luck = employer.luck.occupant(post.index, ordinal)
        terms = employer.terms
        self.employer, self.post, self.ordinal, self.hire = employer, post, ordinal, hire
        self.normals, self.uniforms = luck.normals, luck.uniforms
        self.traits = traits(terms, self.normals, self.uniforms["group"])
        self.household = household(employer, self.uniforms["household"])
        self.states = newcomers_states(terms, self.traits, self.normals)
        self.rung, self.rung_since = ENTRY, hire
        self.certified_at = hire + self.time_to_certify()
        self.budget = -math.log(self.uniforms["exit_budget"])
        self.cause_uniform = self.uniforms["exit_cause"]
        self.returns_to_use = 0
        self.leave_ends: float | None = None  # None: not on leave
        self.in_post = True
        self.own_fte: float | None = None
        self.own_wage_ratio: float | None = None  # φ: of an own wage to the scale without floor
        self.from_the_start = False  # part of the opening, in post since before the first month
        self.reached = hire  # the career has been lived up to here
        self.pieces: list[Piece] = []
        self.wage = 0.0
        self.causes: dict[str, float] = {}
        self.hazards: Hazards | None = None

    def is_of(self, group: str) -> None:
        """Take over the group the list states, and begin with the states that follow."""
        self.traits |= identity(black=group == "black", non_white=group != "white")
        self.states = newcomers_states(self.employer.terms, self.traits, self.normals)

    def is_person(self, person: Person) -> None:
        """Be somebody who comes from another employer: traits, group and certificate are theirs."""
        self.normals |= person.normals
        self.traits = dict(person.traits)
        self.states = newcomers_states(self.employer.terms, self.traits, self.normals)
        self.certified_at = person.certified_at

    def time_to_certify(self) -> float:
        """0 if certified when hired, else a gamma time of shape 2."""
        recruitment = self.employer.terms.org.recruitment
        if self.uniforms["certified_at_hire"] <= recruitment.certified_share:
            return 0.0
        return self.uncertified_time()

    def uncertified_time(self) -> float:
        logs = math.log(self.uniforms["certification_1"]) + math.log(self.uniforms["certification_2"])
        return -logs / 2.0 * self.employer.terms.org.recruitment.months_to_certify

    @property
    def on_leave(self) -> bool:
        return self.leave_ends is not None

    # --- the month's start --------------------------------------------------------------------------

    def begin_month(self, at: float, shared: Mapping[str, float]) -> None:
        """Set wage, causes and hazards of the month; `at` is its start, or the hire."""
        employer = self.employer
        self.pieces = []
        self.reached = at
        self.wage = self.wage_at(at)
        self.causes = peers_causes(self, shared, at)
        self.hazards = hazards(self, self.causes, at, employer.baseline())

    def fte(self, terms: Terms) -> float:
        """F_i, under the terms of a month."""
        return terms.fte(self.post.index) if self.own_fte is None else self.own_fte

    def wage_at(self, at: float) -> float:
        """The wage under the month's scale, with tenure and certificate as at a time."""
        terms, scale = self.employer.terms, self.employer.pay.of(self.employer.terms.position(self.post.index))
        rungs = scale.rungs if self.own_wage_ratio is None else scale.unfloored
        wage = peers_wage(terms, rungs[self.rung], at - self.hire, certified=self.certified_at <= at)
        return wage if self.own_wage_ratio is None else max(self.own_wage_ratio * wage, scale.lifted_to)

    def stay_counted_from(self) -> float:
        """B: the first close at or after the hire, or when the stay bonus began."""
        return max(math.ceil(self.hire), self.employer.stay_bonus_since)

    def waits_for_stay_bonus(self) -> bool:
        pay = self.employer.terms.org.pay
        ahead = self.employer.month - self.stay_counted_from() < pay.stay_bonus_months * pay.stay_bonus_payments
        return pay.stay_bonus_usd > 0 and ahead

    def is_due_stay_bonus(self, close: int) -> bool:
        pay, stayed = self.employer.terms.org.pay, close - self.stay_counted_from()
        number, rest = divmod(stayed, pay.stay_bonus_months)
        return stayed >= 1 and rest == 0 and number <= pay.stay_bonus_payments

    def is_due_sign_on_bonus(self, close: int) -> bool:
        months = self.employer.terms.org.pay.sign_on_bonus_months
        due = math.ceil(self.hire) + months if months > 0 else math.floor(self.hire) + 1
        return self.hire >= self.employer.sign_on_bonus_since and close == due

    # --- the career ---------------------------------------------------------------------------------

    def career(self) -> Process:
        """Live month after month until the exit; the employer begins every month."""
        if self.from_the_start:
            yield self.employer.month_begins
        if self.certified_at > self.reached:
            self.employer.env.process(self.certify())
        while self.in_post:
            yield from self.live_until(self.employer.month + 1)
            yield self.employer.month_begins

    def live_until(self, end: float) -> Process:
        while self.in_post and self.reached < end:
            if self.on_leave:
                yield from self.stay_away(end)
            else:
                yield from self.work(end)

    def work(self, end: float) -> Process:
        """Work until the exit budget is used up, or the month's end."""
        assert self.hazards is not None
        rate, span = self.hazards.total, end - self.reached
        if not self.budget < rate * span:
            self.budget -= rate * span
            self.spend_until(end)
            return
        yield from self.sleep_until(self.reached + self.budget / rate)
        cause = self.hazards.cause(self.cause_uniform)
        if cause == "return_to_use" and self.takes_leave():
            self.go_on_leave()
        else:
            self.leave_post(cause)

    def takes_leave(self) -> bool:
        """Whether this return to use leads to supported leave: the occupant's first, and offered."""
        self.returns_to_use += 1
        share = self.employer.terms.org.practices.supported_leave_share
        return self.returns_to_use == 1 and self.uniforms["leave_offered"] <= share

    def go_on_leave(self) -> None:
        months = self.employer.terms.org.practices.leave_months
        self.employer.break_relationships(self)
        self.leave_ends = self.reached - math.log(self.uniforms["leave_length"]) * months
        self.note("leave")

    def stay_away(self, end: float) -> Process:
        """Stay on leave until it ends or the month does; then come back or leave for good."""
        assert self.leave_ends is not None
        if self.leave_ends >= end:
            self.spend_until(end)
            return
        yield from self.sleep_until(self.leave_ends)
        if self.uniforms["returns"] <= self.employer.terms.org.practices.return_share:
            self.leave_ends = None
            self.budget = -math.log(self.uniforms["second_budget"])
            self.cause_uniform = self.uniforms["second_cause"]
            self.note("returned")
        else:
            self.leave_post("return_to_use")

    def sleep_until(self, time: float) -> Process:
        self.spend_until(time)
        yield self.employer.env.timeout(max(0.0, time - self.employer.env.now))

    def spend_until(self, time: float) -> None:
        self.pieces.append(Piece(self.reached, time, self.on_leave))
        self.reached = time

    def certify(self) -> Process:
        yield self.employer.env.timeout(self.certified_at - self.employer.env.now)
        if self.in_post:
            self.note("certified", time=self.certified_at)

    # --- what happens to a peer ---------------------------------------------------------------------

    def leave_post(self, cause: str) -> None:
        """Leave for good, now."""
        self.in_post = False
        self.note("left", cause, destination=self.destination() if cause == "voluntary" else "")
        self.employer.after_exit(self, cause)

    def destination(self) -> str:
        turnover = self.employer.terms.org.turnover
        u = self.uniforms["destination"]
        if u <= turnover.other_field_share:
            return "other_field"
        if u <= turnover.other_field_share + turnover.out_of_work_share:
            return "out_of_work"
        return "another_peer_job"

    def promote(self, rung: str, time: float) -> None:
        self.note("promoted", rung)
        self.rung, self.rung_since = rung, time

    def note(self, kind: str, detail: str = "", *, time: float | None = None, destination: str = "") -> None:
        """Write a fact down; it happens where the career has got to, unless a time is given."""
        when = self.reached if time is None else time
        owner, post = self.employer.owner, self.post.index
        self.employer.note(Fact(owner, post, self.ordinal, when, kind, detail, self.wage, destination))


def household(employer: Employer, uniform: float) -> str:
    """The household type, the types in name order (section 7)."""
    households = sorted(employer.terms.org.place.households.items())
    total = 0.0
    for name, kind in households:
        total += kind.share
        if uniform <= total:
            return name
    return households[-1][0]
