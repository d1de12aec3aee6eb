"""Write the brief as one HTML page that asks for nothing outside itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from html import escape

from sim.charts.printed import Paths
from sim.runs.answer import Answer
from sim.takeaway.also import NOTHING_ELSE, Also
from sim.takeaway.content import brief
from sim.takeaway.figure import alternative_text, caption, figure_bytes
from sim.takeaway.parts import Brief, Part, Table
from sim.words.provenance import Stamp

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
body { font: 16px/1.5 Georgia, "Times New Roman", serif; color: #16191d; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; }
h1, h2 { color: #005a9c; line-height: 1.2; }
h1 { font-size: 1.9rem; margin-bottom: 0; }
h2 { font-size: 1.2rem; margin: 1.4em 0 .3em; }
.about, figcaption, footer, .small { color: #4a4f57; font-size: .85rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
caption { text-align: left; color: #4a4f57; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #c8ccd2; }
th, td, p, li { overflow-wrap: break-word; }
tbody th { font-weight: normal; }
thead th { border-bottom: 2px solid #005a9c; }
figure { margin: 1rem 0; }
img { width: 100%; height: auto; }
pre { white-space: pre-wrap; font-size: .85rem; background: #f4f6f8; padding: .6rem; }
@media print {
  body { margin: 0; max-width: none; font-size: 11px; }
  h2 { break-after: avoid; }
  table, figure { break-inside: avoid; }
}
"""


def page(answer: Answer, stamp: Stamp, paths: Paths, also: Also = NOTHING_ELSE) -> bytes:
    """Return the brief as HTML."""
    told = brief(answer, stamp, also)
    lines = [*_head(told), "<main>", *_answer(told), *_figure(answer, paths), *_rest(told), "</main>"]
    return "\n".join([*lines, f"<footer>{escape(told.footer)}</footer>", "</body>", "</html>", ""]).encode()


def _head(told: Brief) -> Iterable[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(told.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"


def _answer(told: Brief) -> Iterable[str]:
    yield f'<h1>{escape(told.title)}</h1>\n<p class="about">{escape(told.about)}</p>'
    yield f'<p class="about">{escape(told.organization)}</p>'
    yield f"<h2>Question</h2>\n<p>{escape(told.question)}</p>\n<h2>Answer</h2>"
    yield from (f"<p>{escape(answer)}</p>" for answer in told.answers)
    yield "<h2>The numbers</h2>"
    yield from _table(told.numbers)
    if told.payers is not None:
        yield from _table(told.payers)


def _figure(answer: Answer, paths: Paths) -> Iterable[str]:
    picture = base64.b64encode(figure_bytes(answer, paths, "svg")).decode()
    yield f'<figure><img alt="{escape(alternative_text(answer))}" src="data:image/svg+xml;base64,{picture}">'
    yield f"<figcaption>{escape(caption(answer))}</figcaption></figure>"


def _rest(told: Brief) -> Iterable[str]:
    yield f'<p class="small">{escape(told.how_to_read)}</p>'
    if told.results is not None:
        yield "<h2>What changed most</h2>"
        yield from _table(told.results)
    if told.undetected:
        yield f'<p class="small">{escape(told.undetected)}</p>'
    for part in told.parts:
        yield from _part(part)
    yield f"<h2>How to reproduce it</h2>\n<pre>{escape(told.command)}</pre>"
    yield from (f'<p class="small">{escape(made)}</p>' for made in told.made_by)


def _table(told: Table) -> Iterable[str]:
    yield f'<div class="wide"><table><caption>{escape(told.about)}</caption>\n<thead><tr>'
    yield from (f'<th scope="col">{escape(cell)}</th>' for cell in told.heading)
    yield "</tr></thead>\n<tbody>"
    for first, *others in told.rows:
        cells = "".join(f"<td>{_whole(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _whole(cell: str) -> str:
    """Return a cell in which no line breaks between a sign and its dollars."""
    return re.sub(r"([+−])\$", r"\1&#8288;$", escape(cell))


def _part(part: Part) -> Iterable[str]:
    yield f"<h2>{escape(part.title)}</h2>"
    if part.lead:
        yield f'<p class="small">{escape(part.lead)}</p>'
    yield "<ul>"
    yield from (f"<li>{escape(item)}</li>" for item in part.items)
    yield "</ul>"
    if part.table is not None:
        yield from _table(part.table)
