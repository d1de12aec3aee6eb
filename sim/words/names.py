"""What a source, a rung or an effect is called by its key, in words that a reader says: `medicaid` as Medicaid."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

PROPER: Final = MappingProxyType(
    {
        "medicaid": "Medicaid",
        "medicare": "Medicare",
        "ccbhc": "CCBHC",
        "rcsp": "Recovery Community Services",  # the program's name, of which rcsp is the abbreviation
    }
)
CAUSES: Final = MappingProxyType({"log_wage_over_outside_wage": "pay relative to outside pay"})


def name_of_key(key: str) -> str:
    """Return a key that somebody chose in words: spaces for underscores, names of programs as they are written."""
    return re.sub(r"[^\W_]+", lambda word: PROPER.get(word[0], word[0]), key).replace("_", " ")


def cause_in_words(key: str) -> str:
    """Return what a cause or an outcome of the effects table is called."""
    return CAUSES.get(key, key.replace("_", " "))
