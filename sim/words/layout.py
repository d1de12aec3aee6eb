"""Lay text out: wrapped paragraphs, lists and aligned tables that fit a width."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Sequence

WIDTH = 100
GAP = 2
Row = Sequence[str]


def counted(number: int, what: str, many: str = "") -> str:
    """Return a number of things in words: `1 run`, `2,000 runs`; `many` where more than one adds no s."""
    return f"{number:,} {what if number == 1 else many or f'{what}s'}"


def paragraph(text: str, indent: str = "") -> str:
    """Return text wrapped to the width."""
    return textwrap.fill(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def bullets(items: Sequence[str], most: int = 0) -> str:
    """Return items as a list, and how many were left out beyond the most."""
    shown = list(items[:most]) if most else list(items)
    if len(items) > len(shown):
        shown.append(f"and {len(items) - len(shown)} more (--json lists all)")
    return "\n".join(
        textwrap.fill(item, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
        for item in shown
    )


def section(title: str, body: str) -> str:
    """Return a titled part of a text; nothing when it has no body."""
    return f"{title}\n{body}" if body else ""


def table(heading: Row, rows: Sequence[Row], left: int = 1) -> str:
    """Return an aligned table; the first `left` columns are flush left, the others flush right."""
    widths = [max(len(row[place]) for row in (heading, *rows)) for place in range(len(heading))]
    lines = [_line(row, widths, left) for row in (heading, *rows)]
    rule = "-" * min(WIDTH, sum(widths) + GAP * (len(widths) - 1))
    return "\n".join([lines[0], rule, *lines[1:]])


def _line(row: Row, widths: Sequence[int], left: int) -> str:
    cells = [
        cell.ljust(width) if place < left else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return (" " * GAP).join(cells).rstrip()


def listed(items: Sequence[str]) -> str:
    """Return items as a phrase: `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def command_lines(command: str) -> str:
    """Return a command as lines that a shell takes as one."""
    lines = [" "]
    for word in map(shlex.quote, shlex.split(command)):
        if len(lines[-1]) + len(word) + 3 > WIDTH and lines[-1].strip():
            lines[-1] += " \\"
            lines.append("   ")
        lines[-1] += f" {word}"
    return "\n".join(lines)


def clipped(text: str, width: int) -> str:
    """Return text cut to a width, the cut shown."""
    return text if len(text) <= width else f"{text[: width - 1]}…"
