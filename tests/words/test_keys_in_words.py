"""Keys are told as a reader says them."""

from __future__ import annotations

import pytest

from sim.words.inputs import name_in_words
from sim.words.layout import name_of_key


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("block_grant", "block grant"),
        ("medicaid", "Medicaid"),
        ("medicaid_match", "Medicaid match"),
        ("ccbhc", "CCBHC"),
        ("rcsp", "Recovery Community Services"),
        ("bcor", "Building Communities of Recovery"),
        ("carried.rcsp", "carried.Recovery Community Services"),
    ],
)
def test_programs_are_called_by_their_names(key: str, told: str) -> None:
    assert name_of_key(key) == told


def test_what_pay_does_to_leaving_is_told_without_logarithms() -> None:
    path = ["effects", "log_wage_over_outside_wage", "exit_voluntary"]
    assert (
        name_in_words(["effects", ".".join(path[1:])]) == "Effect of pay relative to outside pay on leaving by choice"
    )
