"""One rounding for a row: values, differences and their ranges to the same place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.results.summary import Estimate
from sim.words.rounding import rounding_of

USD, HOURS = "USD a year", "client-hours a year"


def row(unit: str, base: float, other: float, low: float, high: float) -> list[str]:
    """What a row of one alternative says: base, alternative, change, range."""
    change = Estimate(other - base, low, high, 20)
    told = rounding_of(unit, [base, other], [change])
    return [told.told(base), told.told(other), told.told(change.mean, signed=True), told.ends(change)]


@pytest.mark.parametrize(
    ("unit", "numbers", "said"),
    [
        (USD, (940_210, 944_961, 3_460, 6_050), "$940.2k | $945.0k | +$4.8k | +$3.5k to +$6.0k"),
        (USD, (3_458_000, 3_579_400, 117_000, 126_000), "$3,458k | $3,579k | +$121k | +$117k to +$126k"),
        (USD, (928_000, 2_831_000, 1_790_000, 2_020_000), "$0.93m | $2.83m | +$1.90m | +$1.79m to +$2.02m"),
        (USD, (18_900, -94_000, -117_000, -109_000), "$19k | −$94k | −$113k | −$117k to −$109k"),
        (HOURS, (50_771, 50_994, 163, 282), "50,770 | 50,990 | +220 | +160 to +280"),
        (HOURS, (50_771, 50_772, 0.1, 2.2), "50,771 | 50,772 | +1 | above 0 to +2"),
        ("USD/hour", (24.237, 25.247, 1.0091, 1.0111), "$24.24 | $25.25 | +$1.01 | +$1.01 to +$1.01"),
        ("USD/hour", (24.237, 24.2366, -0.0009, -0.0001), "$24.24 | $24.24 | hardly any | "),
        ("share", (0.594, 0.609, 0.002, 0.028), "59.4 % | 60.9 % | +1.5 pt | +0.2 to +2.8 pt"),
        ("share", (0.0004, 0.0006, 0.0001, 0.0003), "0.04 % | 0.06 % | +0.02 pt | +0.01 to +0.03 pt"),
        ("people", (912.2, 1_050.3, 100.0, 180.0), "912 | 1,050 | +138 | +100 to +180"),
    ],
)
def test_a_row_has_one_rounding(unit: str, numbers: tuple[float, float, float, float], said: str) -> None:
    assert " | ".join(row(unit, *numbers)) == said


def amount(text: str) -> tuple[float, float]:
    """What a text of dollars says, and the worth of its last digit."""
    sign, digits, letter = re.fullmatch(r"([+−]?)\$([\d,.]+)(k|m|bn)?", text).groups()  # type: ignore[union-attr]
    scale = {None: 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}[letter]
    decimals = len(digits.partition(".")[2])
    return (-1 if sign == "−" else 1) * float(digits.replace(",", "")) * scale, scale / 10.0**decimals


@given(base=st.floats(2e4, 1e9), share=st.floats(-0.9, 3.0).filter(lambda share: abs(share) > 0.002))
def test_what_is_told_adds_up_to_a_last_digit(base: float, share: float) -> None:
    other = base * (1.0 + share)
    half = abs(other - base) / 3.0
    change = Estimate(other - base, other - base - half, other - base + half, 20)
    place = rounding_of(USD, [base, other], [change]).place
    assert place is not None
    *told, _ = row(USD, base, other, other - base - half, other - base + half)
    (first, step), (second, same), (moved, own) = map(amount, told)
    assert step == same == own <= 10.0**place * (1.0 + 1e-9)
    assert abs(first + moved - second) <= 1.001 * 10.0**place
    assert abs(moved - (other - base)) <= 0.501 * 10.0**place
