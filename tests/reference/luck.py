"""The named luck of one employer, as plain numbers (docs/model.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.streams import NORMALS, STATES, UNIFORMS, YEAR, Floats, Luck


@dataclass(frozen=True)
class Occupant:
    """The luck of one occupant of one post."""

    normals: dict[str, float]
    uniforms: dict[str, float]


class EmployersLuck:
    """Looks up what was drawn for one employer; `posts` is the most posts it ever has."""

    def __init__(self, luck: Luck, owner: int, posts: int) -> None:
        self.luck = luck
        self.owner = owner
        self.posts = posts
        self._occupants: dict[int, tuple[Floats, Floats]] = {}
        self._shocks: dict[int, Floats] = {}
        self.employer = luck.employer(owner)

    def occupant(self, post: int, ordinal: int) -> Occupant:
        if ordinal not in self._occupants:
            self._occupants[ordinal] = (
                self.luck.traits(self.owner, ordinal, self.posts),
                self.luck.decisions(self.owner, ordinal, self.posts),
            )
        traits, decisions = self._occupants[ordinal]
        return Occupant(
            dict(zip(NORMALS, map(float, traits[post]), strict=True)),
            dict(zip(UNIFORMS, map(float, decisions[post]), strict=True)),
        )

    def opening(self, post: int, ordinal: int) -> float:
        """Where the post's opening for an occupant stands among others."""
        return float(self.luck.openings(self.owner, ordinal, self.posts)[post])

    def shocks(self, post: int, k: int) -> dict[str, float]:
        """The four shocks of a post in month k, by state."""
        year, month = divmod(k, YEAR)
        if year not in self._shocks:
            self._shocks = {year: self.luck.shocks(self.owner, year, self.posts)}
        return dict(zip(STATES, map(float, self._shocks[year][post, month]), strict=True))

    def source(self, name: str, number: int) -> tuple[float, float, float]:
        """Uniforms of a source's award or audit year: renewal, end, audit."""
        renewal, end, audit = map(float, self.luck.source(self.owner, name, number))
        return renewal, end, audit

    def promotion(self, post: int, k: int) -> float:
        """The uniform of a post in month k, for promotion by chance."""
        year, month = divmod(k, YEAR)
        return float(self.luck.promotions(self.owner, year, self.posts)[post, month])
