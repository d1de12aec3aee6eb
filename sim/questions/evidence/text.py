"""What is known about a number in words, from the values that `--json` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sim.questions.evidence.parts import Part, card_parts, number_text
from sim.questions.evidence.shapes import Shape
from sim.words.layout import paragraph, section, table

LABEL_WIDTH = 16
KEPT = 36, 14  # characters of keys, and of titles and units, on paper
INPUTS = ("Key", "Title", "Unit", "Value", "Grade", "Year")
EFFECTS = ("Key", "Value", "Range", "Grade", "Year")


def listing(rows: Sequence[Shape]) -> str:
    """Return the cards of inputs and of effects as tables; the flag of age stands behind the year."""
    cards = [_input_row(row) for row in rows if row["what"] == "input"]
    effects = [_effect_row(row) for row in rows if row["what"] == "effect"]
    parts = list[str]()
    if cards:
        parts.append(section("INPUTS", table(INPUTS, cards, left=3, kept=KEPT)))
    if effects:
        parts.append(section("EFFECTS, in SD per SD; on an exit, log hazard per SD", table(EFFECTS, effects)))
    if any(row[-1].endswith("!") for row in (*cards, *effects)):
        parts.append("! older than its shelf life")
    return "\n\n".join(parts) or "no card fits"


def _input_row(row: Shape) -> tuple[str, ...]:
    return (row["key"], row["title"], row["unit"], number_text(row["value"]), row["grade"], _flagged(row))


def _effect_row(row: Shape) -> tuple[str, ...]:
    span = f"{number_text(row['low'])} to {number_text(row['high'])}"
    return (row["key"], number_text(row["value"]), span, row["grade"], _flagged(row))


def _flagged(row: Shape) -> str:
    year = "–" if row["year"] is None else str(row["year"])
    return year + ("!" if row["age"] is not None and row["age"]["past_shelf_life"] else " ")


def card_text(shape: Shape) -> str:
    """Return one card, or what a measure or a source is, in words."""
    return "\n\n".join(map(_part, card_parts(shape)))


def _part(part: Part) -> str:
    if part.facts:
        return _lines(part.facts)
    body = _bullets(part.items) if part.items else paragraph(part.text, "  " if part.title else "")
    return section(part.title, body) if part.title else body


def _lines(values: Mapping[str, str]) -> str:
    """Return labeled lines, the labels in a column of their own."""
    indent = " " * (LABEL_WIDTH + 2)
    wrapped = ((label, paragraph(value, indent)) for label, value in values.items() if value)
    return "\n".join(f"  {label:<{LABEL_WIDTH}}{text[len(indent) :]}" for label, text in wrapped)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"  - {paragraph(item, '    ').lstrip()}" for item in items)
