"""Give a block its random numbers: those of its employers, or those of another block of which it has copies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.model.engine.luck.dealt import Dealt
from sim.streams import NORMALS, STATES, UNIFORMS, YEAR, Luck

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


class BlockLuck:
    """Give the luck of many employers at once; employer j has a replication and an owner number."""

    def __init__(self, seed: int, replications: Rows, owners: Rows, posts: int) -> None:
        """Prepare the streams; `replications` and `owners` have one element an employer."""
        streams = {number: Luck(seed, number) for number in np.unique(replications).tolist()}
        self._seed, self._replications, self._owners = seed, replications, owners
        self._deals = [(streams[r], o) for r, o in zip(replications.tolist(), owners.tolist(), strict=True)]
        self._posts = posts
        self._traits = Dealt(Luck.traits, self._deals, posts, len(NORMALS))
        self._decisions = Dealt(Luck.decisions, self._deals, posts, len(UNIFORMS))
        self._openings = Dealt(Luck.openings, self._deals, posts, 1)
        self._year: tuple[int, Floats] | None = None

    def widened(self, posts: int) -> BlockLuck:
        """Return the luck of the same employers with more posts; those they had keep theirs."""
        if posts == self._posts:
            return self
        return BlockLuck(self._seed, self._replications, self._owners, posts)

    def traits(self, rows: Rows, ordinals: Rows) -> Floats:
        """Return the normals of occupants, shape (len(rows), len(NORMALS))."""
        return self._traits.of(rows, ordinals)

    def decisions(self, rows: Rows, ordinals: Rows) -> Floats:
        """Return the uniforms of occupants, shape (len(rows), len(UNIFORMS))."""
        return self._decisions.of(rows, ordinals)

    def openings(self, rows: Rows, ordinals: Rows) -> Floats:
        """Return the uniforms of posts' openings for their next occupants, shape (len(rows),)."""
        return self._openings.of(rows, ordinals)[:, 0]

    def shocks(self, month: int) -> Floats:
        """Return the month's normals, shape (4, posts of the block)."""
        year, place = divmod(month, YEAR)
        if self._year is None or self._year[0] != year:
            dealt = np.empty((YEAR, len(STATES), len(self._deals), self._posts))
            for stream, (luck, owner) in enumerate(self._deals):
                dealt[:, :, stream] = luck.shocks(owner, year, self._posts).transpose(1, 2, 0)
            self._year = (year, dealt.reshape(YEAR, len(STATES), -1))
        month_of_year: Floats = self._year[1][place]
        return month_of_year

    def forget_year(self) -> None:
        """Forget the year's shocks: whoever goes on from an opening begins with another year."""
        self._year = None

    def promotions(self, month: int) -> Floats:
        """Return the month's uniforms of promotion by chance, by post."""
        year, place = divmod(month, YEAR)
        dealt = [luck.promotions(owner, year, self._posts)[:, place] for luck, owner in self._deals]
        return np.concatenate(dealt)

    def employers(self) -> Floats:
        """Return each employer's normal."""
        return np.array([luck.employer(owner) for luck, owner in self._deals])

    def source(self, name: str, ordinal: int) -> Floats:
        """Return a source's uniforms of an award or audit year, shape (employers, 3)."""
        return np.stack([luck.source(owner, name, ordinal) for luck, owner in self._deals])


class CopiedLuck(BlockLuck):
    """Give several copies of a block's employers, one after another, the luck that the block has."""

    def __init__(self, luck: BlockLuck, employers: int, posts: int, copies: int) -> None:
        """Share a block's luck; `employers` are its own, `posts` those of each."""
        self._luck, self._employers, self._posts, self._copies = luck, employers, posts, copies

    def widened(self, posts: int) -> BlockLuck:
        """Return the luck of the same employers with more posts; those they had keep theirs."""
        return CopiedLuck(self._luck.widened(posts), self._employers, posts, self._copies)

    def traits(self, rows: Rows, ordinals: Rows) -> Floats:
        """Return the normals of occupants, shape (len(rows), len(NORMALS))."""
        return self._luck.traits(rows % (self._employers * self._posts), ordinals)

    def decisions(self, rows: Rows, ordinals: Rows) -> Floats:
        """Return the uniforms of occupants, shape (len(rows), len(UNIFORMS))."""
        return self._luck.decisions(rows % (self._employers * self._posts), ordinals)

    def openings(self, rows: Rows, ordinals: Rows) -> Floats:
        """Return the uniforms of posts' openings for their next occupants, shape (len(rows),)."""
        return self._luck.openings(rows % (self._employers * self._posts), ordinals)

    def shocks(self, month: int) -> Floats:
        """Return the month's normals, shape (4, posts of all copies)."""
        return np.tile(self._luck.shocks(month), self._copies)

    def forget_year(self) -> None:
        """Forget the year's shocks."""
        self._luck.forget_year()

    def promotions(self, month: int) -> Floats:
        """Return the month's uniforms of promotion by chance, by post."""
        return np.tile(self._luck.promotions(month), self._copies)

    def employers(self) -> Floats:
        """Return each employer's normal."""
        return np.tile(self._luck.employers(), self._copies)

    def source(self, name: str, ordinal: int) -> Floats:
        """Return a source's uniforms of an award or audit year, shape (employers of all copies, 3)."""
        return np.tile(self._luck.source(name, ordinal), (self._copies, 1))


def luck_of(seed: int, replications: Sequence[int], owners: range, posts: int) -> BlockLuck:
    """Return the luck of the employers of replications; where the same ones come again, they share what is dealt."""
    own = list(dict.fromkeys(replications))
    copies = len(replications) // len(own)
    if list(replications) != own * copies:
        own, copies = list(replications), 1
    luck = BlockLuck(seed, np.repeat(np.array(own, dtype=np.int64), len(owners)), np.tile(owners, len(own)), posts)
    return luck if copies == 1 else CopiedLuck(luck, len(own) * len(owners), posts, copies)
