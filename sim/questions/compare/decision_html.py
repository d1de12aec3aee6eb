"""The decision in columns as HTML, for the page and for the brief that opens in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Final

from sim.questions.compare.decision import Cell, Group, Line

Card = Callable[[str], str]
TITLE: Final = "Base and alternatives side by side"
CSS: Final = """
.decision { overflow-x: auto; margin: 0.25rem 0 1rem; }
.decision table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; line-height: 1.3; }
.decision caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.decision th, .decision td { padding: 0.4rem 0.75rem 0.4rem 0; text-align: left; vertical-align: top; border: 0;
  border-bottom: 1px solid rgba(128, 128, 128, 0.3); font-weight: 400; }
.decision thead th { font-weight: 700; vertical-align: bottom; border-bottom: 2px solid currentColor; }
.decision thead th small { display: block; font-weight: 400; font-size: 0.8rem; max-width: 13rem; }
.decision .group th { font-weight: 700; padding-top: 1.1rem; border-bottom: 1px solid currentColor; }
.decision b { font-size: 1.1rem; font-weight: 700; white-space: nowrap; }
.decision tbody th a { color: inherit; text-decoration: underline dotted; text-underline-offset: 0.2em; }
.decision tbody th { min-width: 9rem; }
.decision .part th { padding-left: 1rem; }
.decision .part b { font-size: 0.95rem; font-weight: 400; }
.decision span { display: block; font-size: 0.85rem; }
.decision .figures { white-space: nowrap; } /* no sign and no unit breaks away from its number */
.decision .better { color: #00664B; }
.decision .worse { color: #A33B00; }
"""
CSS_DARK: Final = """
.decision .better { color: #5FD3AE; }
.decision .worse { color: #FFA569; }
"""


def decision_html(
    groups: Sequence[Group],
    names: Sequence[str],
    titles: Sequence[str],
    card: Card = lambda _: "",
    about: str = TITLE,
) -> str:
    """The decision as an HTML table in a region that can be scrolled.

    Args:
        groups: the rows under their headings.
        names: what the scenarios are called, the base first.
        titles: what they are about.
        card: where a measure is explained, by its key; nothing where it is explained nowhere.
        about: what the table is called for those who do not see it.
    """
    return "".join(_parts(groups, names, titles, card, about))


def _parts(
    groups: Sequence[Group], names: Sequence[str], titles: Sequence[str], card: Card, about: str
) -> Iterator[str]:
    yield f'<div class="decision" tabindex="0" role="region" aria-label="{about}">'
    yield f"<table><caption>{about}</caption><thead><tr><td></td>"
    for name, title in zip(names, titles, strict=True):
        yield f'<th scope="col">{escape(name)}<small>{escape(title)}</small></th>'
    yield "</tr></thead>"
    yield from (_body(group, len(names) + 1, card) for group in groups if group.lines)
    yield "</table></div>"


def _body(group: Group, columns: int, card: Card) -> str:
    heading = f'<th scope="rowgroup" colspan="{columns}">{escape(group.heading)}</th>'
    return f'<tbody><tr class="group">{heading}</tr>{"".join(_row(line, card) for line in group.lines)}</tbody>'


def _row(line: Line, card: Card) -> str:
    part = ' class="part"' if line.label.startswith(" ") else ""
    label, explained = escape(line.label.strip()), card(line.key) if line.key else ""
    if explained:
        label = f'<a href="{escape(explained)}" target="_blank">{label}</a>'
    return f'<tr{part}><th scope="row">{label}</th>{"".join(map(_cell, line.cells))}</tr>'


def _cell(cell: Cell) -> str:
    verdict = f' class="{f"figures {cell.verdict}".strip()}"'
    change = f"<span{verdict}>{escape(f'{cell.change} {cell.verdict}'.strip())}</span>" if cell.change else ""
    inside = f'<span class="figures">{escape(cell.inside)}</span>' if cell.inside else ""
    sure = f"<span>{escape(f'{cell.sure} of 100 futures')}</span>" if cell.sure else ""
    return f"<td><b>{escape(cell.value)}</b>{change}{inside}{sure}</td>"
