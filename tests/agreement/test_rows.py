"""Draws of every number agree with the plain reference; that they are the same as rows is held in tests/determinism."""

from __future__ import annotations

import pytest

from tests.agreement.agree import first_difference
from tests.determinism.busy import busy
from tests.determinism.varied import varied

DRAWS = varied(busy(), 4, seed=9)


@pytest.mark.parametrize("row", range(len(DRAWS) - 1))
def test_a_draw_of_every_number_agrees_with_the_plain_reference(row: int) -> None:
    assert first_difference(DRAWS[row], DRAWS[row + 1], row) is None
