"""Write a table as TOML, one line an input."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+")


def written(table: Mapping[str, Any]) -> str:
    """Return a table as TOML text with dotted keys; tables in lists are written inline."""
    return "".join(f"{line}\n" for line in _lines(table, ()))


def _lines(table: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    for key, value in table.items():
        path = (*above, _key(key))
        if isinstance(value, Mapping) and value:
            yield from _lines(value, path)
        else:
            yield f"{'.'.join(path)} = {_value(value)}"


def _key(key: str) -> str:
    return key if PLAIN_KEY.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
