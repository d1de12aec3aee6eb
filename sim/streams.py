"""Draw random numbers by name, so that the same decision gets the same random numbers in every scenario.

The generator is NumPy's counter-based Philox. Its key is (seed, replication); its counter is (position, layer,
purpose, owner). The owner is an employer's place in the portfolio, a layer is the ordinal of a post's
occupant (or a calendar year of monthly shocks), and the position runs over the posts. So more posts, more
months or more employers leave all other numbers as they were, and none depends on what was drawn before.
"""

from __future__ import annotations

import zlib
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Generator = np.random.Generator

NORMALS: Final = (
    "burnout",
    "satisfaction",
    "role_clarity",
    "recovery",
    "age",
    "field_experience",
    "self_care",
    "external_support",
    "recovery_specific_support",
    "spirituality",
    "clinical_mental_health_support",
    "boundary_difficulty",
    "frailty",
)
UNIFORMS: Final = (
    "exit_budget",
    "exit_cause",
    "destination",
    "group",
    "household",
    "tenure_at_start",
    "certified_at_hire",
    "certification_1",
    "certification_2",
    "fill_1",
    "fill_2",
    "leave_offered",
    "leave_length",
    "returns",
    "second_budget",
    "second_cause",
)
STATES: Final = NORMALS[:4]
YEAR: Final = 12


class Purpose(IntEnum):
    """Name what a stream is for; a number is never given to another purpose."""

    TRAITS = 1
    DECISIONS = 2
    SHOCKS = 3
    EMPLOYER = 4
    SOURCE = 5
    PROMOTION = 6
    ASSUMPTION = 7
    STUDY = 8
    OPENING = 9


class Luck:
    """The named random numbers of one (seed, replication)."""

    def __init__(self, seed: int, replication: int) -> None:
        """Key the generator; both numbers are non-negative and below 2**63."""
        self._bits = np.random.Philox(0)  # with a key at once it would ask the system for entropy it does not use
        self._generator = np.random.Generator(self._bits)
        self._state = self._bits.state
        self._state["state"]["key"][:] = (seed, replication)
        self._counter = self._state["state"]["counter"]

    def _at(self, purpose: int, layer: int, owner: int) -> np.random.Generator:
        self._counter[:] = (0, layer, purpose, owner)
        self._state["buffer_pos"] = 4
        self._state["has_uint32"] = 0
        self._bits.state = self._state
        return self._generator

    def traits(self, employer: int, ordinal: int, posts: int) -> Floats:
        """Return standard normals, shape (posts, len(NORMALS)), of one occupant of every post."""
        return self._at(Purpose.TRAITS, ordinal, employer).standard_normal((posts, len(NORMALS)))

    def decisions(self, employer: int, ordinal: int, posts: int) -> Floats:
        """Return uniforms in (0, 1], shape (posts, len(UNIFORMS)), of one occupant of every post."""
        return 1.0 - self._at(Purpose.DECISIONS, ordinal, employer).random((posts, len(UNIFORMS)))

    def shocks(self, employer: int, year: int, posts: int) -> Floats:
        """Return standard normals, shape (posts, 12, 4), of one year of monthly shocks to the four states.

        Year 0 begins at the scenario's start; the warm-up has negative years.
        """
        layer = year + (1 << 20)
        return self._at(Purpose.SHOCKS, layer, employer).standard_normal((posts, YEAR, len(STATES)))

    def promotions(self, employer: int, year: int, posts: int) -> Floats:
        """Return uniforms in (0, 1], shape (posts, 12), of one year of promotions by chance."""
        return 1.0 - self._at(Purpose.PROMOTION, year + (1 << 20), employer).random((posts, YEAR))

    def openings(self, employer: int, ordinal: int, posts: int) -> Floats:
        """Return uniforms in (0, 1], shape (posts,): where each post's opening for an occupant stands among others."""
        return 1.0 - self._at(Purpose.OPENING, ordinal, employer).random(posts)

    def employer(self, employer: int) -> float:
        """Return the standard normal of an employer's own effect on leaving."""
        return float(self._at(Purpose.EMPLOYER, 0, employer).standard_normal())

    def source(self, employer: int, name: str, ordinal: int) -> Floats:
        """Return three uniforms in (0, 1] of a funding source's award or audit year: renewal, end, audit.

        The stream belongs to the source's name, so adding a source leaves the others' luck alone.
        """
        layer = (zlib.crc32(name.encode()) << 16) + ordinal
        return 1.0 - self._at(Purpose.SOURCE, layer, employer).random(3)

    def assumption(self, name: str) -> float:
        """Return the uniform in (0, 1] that says where in its range an assumption lies; the replication is the draw's.

        The stream belongs to the assumption's name, so one more assumption leaves the others where they were.
        """
        return float(1.0 - self._at(Purpose.ASSUMPTION, zlib.crc32(name.encode()) << 16, 0).random())


def study(seed: int, number: int) -> Generator:
    """Return random numbers for the design of a study of the model (orders, resampling), apart from its world's luck.

    Studies with different numbers never share any.
    """
    return np.random.Generator(np.random.Philox(np.random.SeedSequence((Purpose.STUDY, seed, number))))
