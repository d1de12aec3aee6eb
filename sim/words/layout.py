"""Lay text out: wrapped paragraphs, lists and aligned tables that fit a width.

The width is that of paper, 100 columns, wherever text is kept or goes through a pipe; on a terminal the terminal's.
"""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import zip_longest
from types import MappingProxyType
from typing import Final, ParamSpec, TypeVar

WIDTH: Final = 100  # of paper; a line of prose is no longer on a wide terminal either
NARROWEST: Final = 40
SHORTEST: Final = 12  # characters left of a title that is cut
NAMES: Final = (54, 44)  # characters that names of rows have on paper, whatever stands beside them, and other texts
HEADED: Final = 14  # and a name in a heading
GAP: Final = 2
PROPER: Final = MappingProxyType(
    {
        "medicaid": "Medicaid",
        "medicare": "Medicare",
        "ccbhc": "CCBHC",
        "bcor": "Building Communities of Recovery",
        "rcsp": "Recovery Community Services",  # the program's name, of which rcsp is the abbreviation
    }
)
CAUSES: Final = MappingProxyType({"log_wage_over_outside_wage": "pay relative to outside pay"})
Row = Sequence[str]
Told = tuple[tuple[str, ...], list[tuple[str, ...]]]  # a heading and its rows
_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")
_columns: ContextVar[int] = ContextVar("columns", default=0)  # of the terminal; 0 where there is none


@contextmanager
def laid_out_for(columns: int) -> Iterator[None]:
    """Lay text out for a terminal of so many columns, or for paper where they are 0."""
    before = _columns.set(max(NARROWEST, columns) if columns else 0)
    try:
        yield
    finally:
        _columns.reset(before)


def on_paper(write: Callable[_Given, _Made], *given: _Given.args, **named: _Given.kwargs) -> _Made:
    """Return what is written for paper, whatever the terminal: what is kept reads the same everywhere."""
    with laid_out_for(0):
        return write(*given, **named)


def width() -> int:
    """Return the columns that a table may take."""
    return _columns.get() or WIDTH


def paper() -> bool:
    """Whether text is laid out for paper, and for no terminal."""
    return not _columns.get()


def _prose() -> int:
    return min(WIDTH, width())


def counted(number: int, what: str, many: str = "") -> str:
    """Return a number of things in words: `1 run`, `2,000 runs`; `many` where more than one adds no s."""
    return f"{number:,} {what if number == 1 else many or f'{what}s'}"


def capitalized(text: str) -> str:
    """Return a text with its first letter as a sentence has it, the others as they are."""
    return f"{text[:1].upper()}{text[1:]}"


def paragraph(text: str, indent: str = "") -> str:
    """Return text wrapped to the width."""
    return textwrap.fill(
        text, _prose(), initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def bullets(items: Sequence[str], most: int = 0) -> str:
    """Return items as a list, and how many were left out beyond the most."""
    shown = list(items[:most]) if most else list(items)
    if len(items) > len(shown):
        shown.append(f"and {len(items) - len(shown)} more (--json lists all)")
    return "\n".join(
        textwrap.fill(item, _prose(), initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
        for item in shown
    )


def section(title: str, body: str) -> str:
    """Return a titled part of a text; nothing when it has no body."""
    return f"{paragraph(title)}\n{body}" if body else ""


def table(heading: Row, rows: Sequence[Row], left: int = 1, kept: tuple[int, int] = NAMES) -> str:
    """Return an aligned table; the first `left` columns are flush left, the others flush right.

    Where it is wider than the page, names in its heading go on beneath, then texts in its left columns; on paper, those
    of the first and of other left columns keep as many characters as `kept` says. Nothing is cut.
    """
    least = (*kept, HEADED) if paper() else (SHORTEST,) * 3
    widths = _fitted(heading, rows, left, least)
    rule = "-" * min(width(), _sum(widths))
    body = (line for row in rows for line in _lines(row, widths, left))
    return "\n".join([*_heading(heading, widths, left), rule, *body])


def fits(heading: Row, rows: Sequence[Row]) -> bool:
    """Whether a table is no wider than the page with nothing that goes on beneath but names in its heading."""
    body = _natural(rows) if rows else [0 for _ in heading]
    return _sum([max(own, min(SHORTEST, len(name))) for own, name in zip(body, heading, strict=True)]) <= width()


def _natural(rows: Sequence[Row]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def _sum(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _fitted(heading: Row, rows: Sequence[Row], left: int, kept: tuple[int, ...]) -> list[int]:
    """Return the widths of columns, those that may go on beneath as narrow as the page asks."""
    widths = _natural((heading, *rows))
    body = _natural(rows) if rows else widths
    least = [min(own, kept[min(place, 1)]) if place < left else own for place, own in enumerate(widths)]
    least[left:] = [max(body[place], min(widths[place], kept[2])) for place in range(left, len(widths))]
    for places in (range(left, len(widths)), range(1, left), range(min(1, left))):
        while _sum(widths) > width() and (cuttable := [place for place in places if widths[place] > least[place]]):
            widths[max(cuttable, key=lambda place: widths[place])] -= 1
    return widths


def _heading(heading: Row, widths: Sequence[int], left: int) -> Iterator[str]:
    """Yield the lines of a heading: names that are too long take several, those on the right end on the rule."""
    names = [_broken(cell, own) for cell, own in zip(heading, widths, strict=True)]
    most = max(map(len, names))
    rest = [[""] * (most - len(name)) for name in names]
    filled = [
        name + gap if place < left else gap + name for place, (name, gap) in enumerate(zip(names, rest, strict=True))
    ]
    for cells in zip(*filled, strict=True):
        padded = (
            cell.ljust(own) if place < left else cell.rjust(own)
            for place, (cell, own) in enumerate(zip(cells, widths, strict=True))
        )
        yield (" " * GAP).join(padded).rstrip()


def _broken(name: str, own: int) -> list[str]:
    """Return a name in lines, broken between words or the parts of an address, or anywhere where a part is too long."""
    lines = [""]
    for part in re.findall(r"[^\s_.]*[\s_.]|[^\s_.]+", name):
        if len(lines[-1]) + len(part.rstrip()) > own and lines[-1]:
            lines.append("")
        lines[-1] += part
        while len(lines[-1].rstrip()) > own:
            lines[-1:] = [lines[-1][:own], lines[-1][own:]]
    return [line.rstrip() for line in lines]


def _lines(row: Row, widths: Sequence[int], left: int) -> Iterator[str]:
    """Yield the lines of a row: texts on the left go on beneath where their column is too narrow."""
    texts = [
        _wrapped(cell, own) if place < left else [cell]
        for place, (cell, own) in enumerate(zip(row, widths, strict=True))
    ]
    for cells in zip_longest(*texts, fillvalue=""):
        padded = (
            cell.ljust(own) if place < left else cell.rjust(own)
            for place, (cell, own) in enumerate(zip(cells, widths, strict=True))
        )
        yield (" " * GAP).join(padded).rstrip()


def _wrapped(cell: str, own: int) -> list[str]:
    if len(cell) <= own:
        return [cell]
    indent = " " * (len(cell) - len(cell.lstrip()) + GAP)
    return textwrap.wrap(cell, own, subsequent_indent=indent, break_on_hyphens=False)


def listed(items: Sequence[str]) -> str:
    """Return items as a phrase: `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def command_lines(command: str) -> str:
    """Return a command as lines that a shell takes as one."""
    lines = [" "]
    for word in map(shlex.quote, shlex.split(command)):
        if len(lines[-1]) + len(word) + 3 > _prose() and lines[-1].strip():
            lines[-1] += " \\"
            lines.append("   ")
        lines[-1] += f" {word}"
    return "\n".join(lines)


def clipped(text: str, most: int) -> str:
    """Return text cut to a width, the cut shown."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def name_of_key(key: str) -> str:
    """Return a key that somebody chose in words: spaces for underscores, names of programs as they are written."""
    return re.sub(r"[^\W_]+", lambda word: PROPER.get(word[0], word[0]), key).replace("_", " ")


def cause_in_words(key: str) -> str:
    """Return what a cause or an outcome of the effects table is called."""
    return CAUSES.get(key, key.replace("_", " "))
