"""Deal the numbers of posts' occupants: to all posts of an employer when the first of them gets to their ordinal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.streams import Luck

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Stream = tuple[Luck, int]  # of a replication, and the owner
Deal = Callable[..., Floats]  # (stream, owner, ordinal, posts) → its numbers, a row a post
NOT_DEALT: Final = -1
ROOM: Final = 8  # layers a stream at first: memory that nobody has written to costs nothing


class Dealt:
    """Numbers of occupants of posts, by their ordinal: dealt to a stream's posts when the first of them gets there."""

    def __init__(self, deal: Deal, streams: Sequence[Stream], posts: int, width: int) -> None:
        """Prepare for streams of so many posts each; an occupant has `width` numbers."""
        self._deal, self._streams, self._posts = deal, streams, posts
        self._layer = np.full((0, len(streams)), NOT_DEALT)  # of the numbers, by ordinal and stream
        self._numbers = np.empty((ROOM * len(streams), posts, width))
        self._layers = 0

    def of(self, rows: Rows, ordinals: Rows) -> Floats:
        """Return the numbers of posts' occupants, shape (len(rows), width); posts count on from stream to stream."""
        if not rows.size:
            return np.empty((0, self._numbers.shape[2]))
        stream = rows // self._posts
        beyond = int(ordinals.max()) + 1 - len(self._layer)
        if beyond > 0:
            self._layer = np.pad(self._layer, ((0, beyond), (0, 0)), constant_values=NOT_DEALT)
        layer = self._layer[ordinals, stream]
        if layer.min() == NOT_DEALT:
            new = layer == NOT_DEALT
            self._deal_to(np.unique(ordinals[new] * self._layer.shape[1] + stream[new]))
            layer = self._layer[ordinals, stream]
        flat = self._numbers.reshape(-1, self._numbers.shape[2])
        return flat.take(rows + (layer - stream) * self._posts, axis=0)

    def _deal_to(self, places: Rows) -> None:
        """Deal to streams at ordinals, by their places in the table of layers."""
        needed = self._layers + places.size
        if needed > len(self._numbers):
            wider = np.empty((max(needed, 2 * len(self._numbers)), *self._numbers.shape[1:]))
            wider[: self._layers] = self._numbers[: self._layers]
            self._numbers = wider
        for layer, place in enumerate(places.tolist(), start=self._layers):
            ordinal, stream = divmod(place, self._layer.shape[1])
            self._numbers[layer] = self._deal(*self._streams[stream], ordinal, self._posts).reshape(self._posts, -1)
            self._layer[ordinal, stream] = layer
        self._layers = needed
