"""Draw numbers as people write them, and tables of some fields."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Tables = dict[str, Any]


@cache
def between(low: float, high: float, decimals: int = 2) -> SearchStrategy[float]:
    """Draw a number with few decimals, as people write them; the first bound is the simplest."""
    scale = 10**decimals
    return st.integers(round(low * scale), round(high * scale)).map(lambda whole: whole / scale)


@cache
def chances() -> SearchStrategy[float]:
    """Draw a share from 0 to 1, often an end."""
    return st.sampled_from((0.0, 1.0)) | between(0.0, 1.0)


def some_of(**fields: SearchStrategy[Any]) -> SearchStrategy[Tables]:
    """Draw a table with any of these fields; those left out keep their defaults."""
    return st.fixed_dictionaries({}, optional=fields)


def some_names(names: tuple[str, ...], fewest: int = 1) -> SearchStrategy[list[str]]:
    """Draw different names in any order."""
    return st.lists(st.sampled_from(names), min_size=fewest, unique=True)
