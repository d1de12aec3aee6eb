"""What differs between scenarios, worked out from the inputs and never typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sim.scenario.differences import Difference
from sim.words.layout import clipped

LONGEST = 220


def change_in_words(change: Difference, base: str = "in the base") -> str:
    """Return one difference as a line: address, value in the base (or where `base` says) and the alternative, date."""
    when = "" if change.at is None else f", from {change.at}"
    before, after = (_said(value) for value in (change.from_, change.to))
    if change.from_ is None:
        return f"{change.path}: {after} (not {base}){when}"
    if change.to is None:
        return f"{change.path}: left out{when}"
    if before == after:
        return f"{change.path}: {after} in both{when}"
    return f"{change.path}: {before} → {after}{when}"


def _said(value: Any) -> str:
    return clipped(_text(value), LONGEST)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(_pair(str(key), inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_text, value))}]"
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _pair(key: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(_pair(f"{key}.{inner}", deeper) for inner, deeper in value.items())
    return f"{key} {_text(value)}"
