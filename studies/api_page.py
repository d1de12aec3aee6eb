"""Write the page of the Python library from its names, signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from types import FunctionType
from typing import Any, Final

import peerstay
from peerstay.frames import documented
from peerstay.reference import TABLES
from sim.runs.exports.dictionary import ABOUT

FUNCTIONS: Final = ("scenario", "run", "compare", "solve", "uncertainty", "library", "inputs", "measures", "columns")
CLASSES: Final = ("Scenario", "Run", "Comparison", "Solution", "Doubt")
SECTIONS: Final = ("Args", "Raises")
ENTRY: Final = re.compile(r"^\w+(, \w+)*: ")  # one argument, or several that share their words


def api_page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# Python library: reference"
    yield ""
    yield "How to begin stands in [Python](python.md)."
    yield ""
    yield from _promise()
    yield ""
    yield "## Functions"
    for name in FUNCTIONS:
        function = getattr(peerstay, name)
        yield from ("", f"### peerstay.{name}", "", "```python", f"{name}{_signature(function)}", "```", "")
        yield from _told(function)
    yield from ("", "## What they return")
    for name in CLASSES:
        yield from _class(getattr(peerstay, name), name)
    yield from (
        "",
        "## Columns",
        "",
        "Money is in dollars, time in dates; `peerstay.columns()` returns the same as a table.",
    )
    for name, table in TABLES.items():
        yield from ("", f"### {name}", "", ABOUT[table], "", "| column | unit | what it holds |", "|---|---|---|")
        yield from (f"| `{one.name}` | {one.unit} | {one.about} |" for one in documented(table))


def _promise() -> Iterator[str]:
    """Yield what the package says of what stays."""
    whole = inspect.getdoc(peerstay) or ""
    yield " ".join(whole.rpartition("\n\n")[2].split())


def _class(kind: type, name: str) -> Iterator[str]:
    yield from ("", f"### {name}", "")
    yield from _told(kind)
    for member, value in sorted(_members(kind).items()):
        call = _signature(value) if isinstance(value, FunctionType) else ""
        yield from ("", f"**`.{member}{call}`**", "")
        yield from _told(value)


def _members(kind: type) -> dict[str, Any]:
    """Return the properties and methods that a class has for its users."""
    return {
        name: value
        for one in reversed(kind.__mro__[:-1])
        for name, value in vars(one).items()
        if not name.startswith("_") and isinstance(value, property | cached_property | FunctionType)
    }


def _signature(function: Any) -> str:
    """Return parameters without `self`, and without the types that the docstring tells."""
    told = inspect.signature(function)
    own = [one.replace(annotation=inspect.Parameter.empty) for name, one in told.parameters.items() if name != "self"]
    return str(told.replace(parameters=own, return_annotation=inspect.Signature.empty)).replace("'", '"')


def _told(thing: Any) -> Iterator[str]:
    """Yield a docstring as Markdown: arguments as a list, examples as code."""
    inside, code = "", False
    for line in (inspect.getdoc(thing) or "").splitlines():
        if line.rstrip(":") in SECTIONS and line.endswith(":"):
            inside = line.rstrip(":")
            yield f"*{inside}*"
            yield ""
        elif line.startswith((">>>", "...")) or (code and line):
            if not code:
                yield "```pycon"
            code = True
            yield line
        else:
            if code:
                yield "```"
            code = False
            inside = inside if line.startswith(" ") or not line else ""
            yield _entry(line.strip()) if inside and ENTRY.match(line.strip()) else line.strip() if inside else line
    if code:
        yield "```"


def _entry(line: str) -> str:
    names, _, about = line.partition(": ")
    return f"- {', '.join(f'`{name}`' for name in names.split(', '))}: {about}"
