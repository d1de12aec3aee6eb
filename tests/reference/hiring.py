"""Vacancies and hires (docs/model.md, section 7)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.units import months_from_days

if TYPE_CHECKING:
    from tests.reference.employer import Employer
    from tests.reference.movers import Person
    from tests.reference.peers import Peer, Process


@dataclass
class Post:
    """A post, its occupant, and when the next one is hired (None: not to be filled)."""

    index: int
    peer: Peer | None = None
    next_ordinal: int = 0
    hiring_time: float | None = None
    filled_at_start: bool = False


def begin_hiring(employer: Employer, k: int) -> None:
    """Decide which vacancies are filled in the month; the others wait."""
    employer.room = employer.funded - employer.filled
    vacancies = open_vacancies(employer, k)
    if employer.frozen:
        for post in vacancies:
            post.hiring_time += 1.0
    due = [post for post in vacancies if post.hiring_time < k + 1 and not ended(employer, post)]
    for post in vacancies:
        if ended(employer, post):
            post.hiring_time = max(post.hiring_time, k + 1)
    due.sort(key=lambda post: (post.hiring_time, post.index))
    for place, post in enumerate(due):
        if place < employer.room and employer.exchanges:
            employer.to_fill.append(post)
        elif place < employer.room:
            employer.env.process(fill(employer, post, post.hiring_time))
        else:
            post.hiring_time = k + 1


def open_vacancies(employer: Employer, k: int) -> list[Post]:
    """The vacant posts; those that are new are open now, those there are no more are let go."""
    number = 0 if employer.closed else employer.terms.org.posts.number
    for post in employer.posts:
        post.filled_at_start = post.peer is not None
        if post.index >= number:
            post.hiring_time = None
        elif post.peer is None and post.hiring_time is None:
            post.hiring_time = k + time_to_fill(employer, post)
    return [post for post in employer.posts if post.hiring_time is not None]


def open_vacancy(employer: Employer, post: Post, exit_time: float) -> None:
    """Set the hiring time of the next occupant when a post has emptied."""
    close = employer.month + 1
    start = close if employer.frozen else exit_time
    time = start + time_to_fill(employer, post)
    if (post.filled_at_start and employer.room < 0) or ended(employer, post) or employer.exchanges:
        time = max(time, close)
    post.hiring_time = time
    if time < close:
        employer.env.process(fill(employer, post, time))


def ended(employer: Employer, post: Post) -> bool:
    """Whether the posts of the award that the post's position names are cut."""
    position = employer.terms.org.positions.get(employer.terms.position(post.index))
    return position is not None and position.award in employer.cuts


def time_to_fill(employer: Employer, post: Post) -> float:
    """T, of the post's next occupant."""
    uniforms = employer.luck.occupant(post.index, post.next_ordinal).uniforms
    recruitment = employer.terms.org.recruitment
    gamma = -(math.log(uniforms["fill_1"]) + math.log(uniforms["fill_2"])) / 2.0
    pool = math.exp(recruitment.fill_log_per_pool_sd * recruitment.local_pool_level) * employer.slower
    return gamma * months_from_days(days_to_fill(employer, post)) * by_wage(employer, post) * pool


def days_to_fill(employer: Employer, post: Post) -> float:
    """The days of the post's position, or else of all posts."""
    position = employer.terms.org.positions.get(employer.terms.position(post.index))
    if position is None or position.days_to_fill is None:
        return employer.terms.org.recruitment.days_to_fill
    return position.days_to_fill


def by_wage(employer: Employer, post: Post) -> float:
    """How the time to fill answers to the entry wage."""
    entry = employer.pay.of(employer.terms.position(post.index)).entry
    return (entry / employer.pay.outside) ** employer.terms.org.recruitment.wage_elasticity


def fill(employer: Employer, post: Post, time: float, person: Person | None = None) -> Process:
    """Wait for the hiring time, then hire: the post's next occupant, or a person who comes from elsewhere."""
    yield employer.env.timeout(max(0.0, time - employer.env.now))
    employer.hire(post, time, person)
