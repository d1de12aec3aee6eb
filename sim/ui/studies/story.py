"""Which position's story is shown, as part of the page's address: places and numbers, never a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sim.questions.story.story import in_post
from sim.results.careers import Career
from sim.scenario.schema import Scenario
from sim.scenario.timeline import EmployerPlan, plans

WRITTEN: Final = re.compile(r"\d{1,9}\.\d{1,9}(?:\.\d{1,9}){0,3}", re.ASCII)


@dataclass(frozen=True)
class StoryAddress:
    """Name a person: scenario, future, employer, post, occupant, each by its number.

    Without a post the first telling example is meant; without an occupant whoever held the post first.
    """

    place: int = 0
    replication: int = 0
    employer: int | None = None
    post: int | None = None
    occupant: int | None = None

    @property
    def text(self) -> str:
        """Return the numbers as an address holds them."""
        numbers = (self.place, self.replication, self.employer, self.post, self.occupant)
        return ".".join(str(one) for one in numbers if one is not None)

    def within(self, scenarios: int, replications: int) -> StoryAddress:
        """Return the same, as far as there are so many scenarios and futures."""
        return replace(self, place=min(self.place, scenarios - 1), replication=min(self.replication, replications - 1))

    def inside(self, scenario: Scenario) -> StoryAddress:
        """Return the same, as far as there are such employers and posts."""
        employer = min(self.employer or 0, employers_of(scenario) - 1)
        return replace(self, employer=employer, post=min(self.post or 0, posts_of(scenario, employer) - 1))

    def holder(self, held: Sequence[Career]) -> Career | None:
        """Return who is meant among those who held the post; nobody where nobody is."""
        return next((one for one in held if one.occupant == self.occupant), held[0] if held else None)

    def held(self, found: Sequence[Career]) -> list[Career]:
        """Return who held the post, one after another."""
        return in_post(found, self.employer or 0, self.post or 0)


def story_address(text: str | None) -> StoryAddress:
    """Return what an address says; where it says nothing that can be read, the beginning."""
    if text is None or not WRITTEN.fullmatch(text):
        return StoryAddress()
    return StoryAddress(*map(int, text.split(".")))


def known_by(one: Career) -> tuple[int, int, int]:
    """Return the numbers by which a career is known in its future."""
    return one.employer, one.post, one.occupant


def kind_of(scenario: Scenario, employer: int) -> EmployerPlan:
    """Return the kind of an employer; that of the last where there are fewer."""
    kinds = plans(scenario)
    return next((kind for kind in kinds if employer < kind.first + kind.count), kinds[-1])


def employers_of(scenario: Scenario) -> int:
    """Return how many employers there are."""
    return sum(kind.count for kind in plans(scenario))


def posts_of(scenario: Scenario, employer: int) -> int:
    """Return how many posts an employer has at most."""
    return max(tables.posts.number for _, tables in kind_of(scenario, employer).epochs)
