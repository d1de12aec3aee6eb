"""Give pilots their random numbers: a large pilot its own, and rows of small pilots a few that they share in turns."""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist
from threading import get_ident
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.luck.block_luck import BlockLuck
from sim.model.engine.luck.dealt import Dealt
from sim.streams import NORMALS, UNIFORMS, YEAR, Luck

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

SEED: Final = 2_718_281_828
MOST_LUCKS, FEWEST_LUCKS, POSTS_OF_ALL = 32, 8, 4_096  # that rows of small pilots share, and their posts together
POINTS: Final = 3  # of the grid of a row's pilot
FEWEST_POSTS: Final = 40  # at a point: as many employers of few posts as have these between them
MOST_KEPT: Final = 16_384  # posts of all lucks that are dealt once for all blocks: some 40 MB


class PilotLuck(BlockLuck):
    """Give the luck of a pilot: of one employer, whose posts are shared out among many; own effects are chosen."""

    def __init__(self, number: int, own_effects: Floats, posts: int) -> None:
        """Prepare the streams of a replication for employers of so many posts each."""
        alone = np.zeros(1, dtype=np.int64)
        super().__init__(SEED, alone + number, alone, own_effects.size * posts)
        self._stream, self._own_effects = Luck(SEED, number), own_effects

    def employers(self) -> Floats:
        """Return each employer's effect."""
        return self._own_effects

    def source(self, name: str, ordinal: int) -> Floats:
        """Return a source's uniforms of an award, shape (employers, 3)."""
        return np.stack([self._stream.source(owner, name, ordinal) for owner in range(self._own_effects.size)])

    def widened(self, posts: int) -> BlockLuck:
        """Return the same luck: in its first year a pilot has the posts of its opening."""
        del posts
        return self


class FewLucks:
    """Deal the few lucks of small pilots with so many posts each: their strata are filled evenly."""

    def __init__(self, posts: int) -> None:
        """Prepare the streams; `posts` are those of all employers of a row's pilot."""
        self.posts = posts
        self.streams = [Luck(SEED, number) for number in range(_lucks(posts))]
        own = [(luck, 0) for luck in self.streams]
        self.traits = Dealt(_even_traits, own, posts, len(NORMALS))
        self.decisions = Dealt(_even_decisions, own, posts, len(UNIFORMS))
        self._year: dict[int, list[Floats]] = {}
        self._months: dict[int, Floats] = {}

    def shocks(self, month: int) -> Floats:
        """Return the month's normals, shape (4, posts of all lucks)."""
        if month not in self._months:
            year, place = divmod(month, YEAR)
            if year not in self._year:
                self._year = {year: [luck.shocks(0, year, self.posts) for luck in self.streams]}
            own = [_normal(dealt[:, place]).T for dealt in self._year[year]]
            self._months[month] = np.concatenate(own, axis=1)
        return self._months[month]


def few_lucks(posts: int) -> FewLucks:
    """Return the few lucks of small pilots: the same ones for every block, unless they are large."""
    return _kept(posts, get_ident()) if _lucks(posts) * posts <= MOST_KEPT else FewLucks(posts)


@lru_cache(maxsize=8)
def _kept(posts: int, thread: int) -> FewLucks:
    del thread  # a stream is nobody's but its thread's
    return FewLucks(posts)


def employers_of_a_row(posts: int) -> int:
    """Return how many employers of so many posts the pilot of a row has: as many at each point of the grid."""
    return POINTS * -(-FEWEST_POSTS // posts)


def lucks_of(posts: int) -> int:
    """Return how many lucks rows of employers of so many posts share: more where a row's pilot has few posts."""
    return _lucks(employers_of_a_row(posts) * posts)


def _lucks(posts_of_a_row: int) -> int:
    return min(MOST_LUCKS, max(FEWEST_LUCKS, POSTS_OF_ALL // posts_of_a_row))


class RowLuck(BlockLuck):
    """Give rows of pilots their luck: each has one of a few."""

    def __init__(self, posts: int, which: Places, logs: Floats) -> None:
        """Take the posts of an employer, each row's luck, and employers' own effects, shape (rows, employers)."""
        alone, employers = np.zeros(1, dtype=np.int64), logs.shape[1]
        super().__init__(SEED, alone, alone, employers * posts)
        self._own, self._few = logs.ravel(), few_lucks(employers * posts)
        self._posts_dealt = (which[:, None] * self._few.posts + np.arange(self._few.posts)).ravel()
        self._employers_dealt = np.repeat(which, employers), np.tile(np.arange(employers), which.size)
        self._of_a_row = employers

    def employers(self) -> Floats:
        """Return each employer's effect."""
        return self._own

    def widened(self, posts: int) -> BlockLuck:
        """Return the same luck: in its first year a pilot has the posts of its opening."""
        del posts
        return self

    def traits(self, rows: Places, ordinals: Places) -> Floats:
        """Return the normals of occupants."""
        return self._few.traits.of(self._posts_dealt[rows], ordinals)

    def decisions(self, rows: Places, ordinals: Places) -> Floats:
        """Return the uniforms of occupants."""
        return self._few.decisions.of(self._posts_dealt[rows], ordinals)

    def shocks(self, month: int) -> Floats:
        """Return the month's normals, shape (4, posts of the block)."""
        return self._few.shocks(month).take(self._posts_dealt, axis=1)

    def promotions(self, month: int) -> Floats:
        """Return the month's uniforms of promotion by chance, by post."""
        year, place = divmod(month, YEAR)
        dealt = [luck.promotions(0, year, self._few.posts)[:, place] for luck in self._few.streams]
        return np.asarray(np.concatenate(dealt)[self._posts_dealt])

    def source(self, name: str, ordinal: int) -> Floats:
        """Return a source's uniforms of an award, shape (employers, 3)."""
        dealt = [[luck.source(owner, name, ordinal) for owner in range(self._of_a_row)] for luck in self._few.streams]
        return np.asarray(np.array(dealt)[self._employers_dealt])


def _even_traits(luck: Luck, owner: int, ordinal: int, posts: int) -> Floats:
    return _normal(luck.traits(owner, ordinal, posts))


def _even_decisions(luck: Luck, owner: int, ordinal: int, posts: int) -> Floats:
    return _even(luck.decisions(owner, ordinal, posts))


def _even(dealt: Floats) -> Floats:
    """Return, column by column, the middles of as many equal strata as there are numbers, in the numbers' order."""
    return np.asarray((_places(dealt) + 0.5) / len(dealt))


def _normal(dealt: Floats) -> Floats:
    """Return, column by column, the normals at the middles of strata."""
    return _quantiles(len(dealt))[_places(dealt)]


def _places(dealt: Floats) -> Places:
    return np.argsort(np.argsort(dealt, axis=0, kind="stable"), axis=0, kind="stable")


@lru_cache(maxsize=16)
def _quantiles(size: int) -> Floats:
    return np.array([NormalDist().inv_cdf((place + 0.5) / size) for place in range(size)])
