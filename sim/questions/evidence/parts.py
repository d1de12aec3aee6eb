"""What is known about a number, part by part, and as text; command line and page show the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sim.evidence.sources import where_found
from sim.questions.evidence.driver_lines import driven_lines, drives_lines
from sim.questions.evidence.shapes import Shape
from sim.words.layout import capitalized, counted, paragraph, section, table
from sim.words.ranges import fine
from sim.words.trust import draws_in_words

MOST_CLAIMS, MOST_INPUTS = 5, 20
LARGE = 1e5  # from here on six digits leave no room behind the point


@dataclass(frozen=True)
class Part:
    """One part of a card: a text, labeled facts, or a list, with or without a title."""

    title: str = ""
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    items: Sequence[str] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing under the title."""
        return not (self.text or any(self.facts.values()) or self.items)


def card_parts(shape: Shape) -> list[Part]:
    """Return the parts of one card, or of what a measure or a source is; the first names it."""
    told = {"input": _input, "effect": _effect, "measure": _measure, "source": _source, "choice": _choice}
    return [part for part in told[shape["what"]](shape) if not part.empty]


def number_text(value: float | None) -> str:
    """Return a number of a card in up to six digits, large ones in full."""
    if value is None:
        return "–"
    return (f"{value:,.0f}" if abs(value) >= LARGE else f"{value:,.6g}").replace("-", "−")


def _input(shape: Shape) -> Iterator[Part]:
    asked = "" if shape["asked"] == shape["key"] else f"{shape['asked']} → card "
    yield Part(text=f"{asked}{shape['key']}: {shape['title']}")
    yield Part(facts=_figures(shape) | {"Kind": shape["kind_means"]} | _whence(shape) | {"Note": shape["note"]})
    acts = shape["acts"]
    yield Part("Where it acts", items=[*map(_carried, acts["inputs"]), *map(_section, acts["model"])])
    yield Part("Moves these causes of the effects table", items=list(map(_effect_line, acts["effects"])))
    yield Part("Enters these measures directly", _keys(acts["measures"]))
    yield Part("Results it drives most", items=drives_lines(shape["drives_most"]))
    yield Part("Sources", items=list(map(_source_line, shape["sources"])))


def _effect(shape: Shape) -> Iterator[Part]:
    acts = shape["acts"]
    yield Part(text=f"{shape['key']}: {shape['title']}")
    yield Part(facts=_figures(shape) | _whence(shape) | {"Basis": shape["basis"]})
    moved = [f"{one['key']}: {one['title']}" for one in acts["inputs"]]
    born = [f"the cause is {acts['cause_comes_from']}"] if acts["cause_comes_from"] else []
    own = [f"a scenario may set {acts['override']} = …, or scale all effects by effects.scale"]
    yield Part("Where it acts", items=[*map(_section, acts["model"]), *born, *own])
    yield Part("Inputs that move the cause", items=moved)
    yield Part("Enters these measures directly", _keys(acts["measures"]))
    yield Part("Results it drives most", items=drives_lines(shape["drives_most"]))
    yield Part("Sources", items=list(map(_source_line, shape["sources"])))
    yield Part("From the register of documents (seeds/)", items=_claims(shape["claims"]))


def _measure(shape: Shape) -> Iterator[Part]:
    better = {"higher": "higher is better", "lower": "lower is better", "neither": "neither more nor less is better"}
    yield Part(text=f"{shape['key']}: {shape['title']}")
    yield Part(
        facts={
            "Definition": shape["definition"],
            "Unit": shape["unit"],
            "Direction": better[shape["direction"]],
            "Broken down by": shape["parts"] or "",
        }
    )
    yield Part("Where it comes about", items=list(map(_section, shape["acts"]["model"])))
    yield Part("Inputs that drive it most", items=driven_lines(shape["driven_most_by"]))
    measured = bool(shape["driven_most_by"])
    order = "those that move it most first" if measured else "the nearest to it first"
    inputs = [f"{at}. {_ranked(one, shape['key'])}" for at, one in enumerate(shape["inputs"][:MOST_INPUTS], start=1)]
    left = len(shape["inputs"]) - len(inputs)
    more = [f"and {left} more, farther off (--json lists all)"] if left else []
    title = f"Inputs that enter it directly, {order} (`peerstay evidence KEY` shows the source)"
    yield Part(title, items=inputs + more)
    how = f"How far each moves it has not been measured; `peerstay sensitivity --measure {shape['key']}` does so."
    yield Part(text="" if measured else how)
    effects = ", ".join(f"{one['key']} ({one['grade']})" for one in shape["effects"])
    yield Part("Effects that enter it directly, in the same order, with grade", effects)
    yield Part(text="Through the loop of money and people, every other input can reach it too.")


def _ranked(one: Shape, measure: str) -> str:
    moves = "" if one["moves_it_by"] is None else f"; moves it by about {fine(one['moves_it_by'], measure)}"
    return f"{one['key']}: {one['title']}, grade {one['grade']}{moves}"


def _source(shape: Shape) -> Iterator[Part]:
    yield Part(text=f"{shape['key']}: a source")
    yield Part(items=list(map(_source_line, shape["sources"])))
    yield Part("Inputs that cite it", ", ".join(shape["inputs"]))
    yield Part("Effects that cite it", ", ".join(shape["effects"]))


def _choice(shape: Shape) -> Iterator[Part]:
    yield Part(text=f"{shape['title']}.")
    yield Part(text=f"Choices: {', '.join(shape['choices'])}" if shape["choices"] else "")


# lines -----------------------------------------------------------------------------------------------------------


def _figures(shape: Shape) -> dict[str, str]:
    ends = "" if shape["low"] is None else f" ({number_text(shape['low'])} to {number_text(shape['high'])})"
    known = f"{number_text(shape['value'])}{ends}" if shape["value"] is not None else f"no single value{ends}"
    return {
        "Value": known if shape["value"] is not None or ends else "",
        "Futures draw": draws_in_words(shape["futures_draw"]) if shape["futures_draw"] else "",
        "Unit": shape["unit"],
        "Grade": f"{shape['grade']}: {shape['grade_means']}",
    }


def _whence(shape: Shape) -> dict[str, str]:
    names = {"Place": "place", "Population": "population"}
    return {"Year": _year(shape)} | {label: shape.get(name, "") for label, name in names.items()}


def _year(shape: Shape) -> str:
    age = shape["age"]
    if age is None:
        return "none: not a dated figure"
    life = f"shelf life of {counted(age['shelf_life_years'], 'year')}"
    held = f"OLDER THAN ITS SHELF LIFE ({life}): look it up again" if age["past_shelf_life"] else f"within its {life}"
    return f"{shape['year']}, {held}"


def _carried(one: Shape) -> str:
    of_kind = f" (kind = {one['of_kind']})" if one["of_kind"] else ""
    allowed = ", ".join(one["choices"]) or one["range"] or ""
    default = "needed" if one["needed"] else f"default {one['default']}" if one["default"] else "may be left out"
    asked = "  ← asked for" if one["asked"] else ""
    told = "; ".join(part for part in (one["unit"], allowed, default) if part)
    return f"input {one['path']}{of_kind}: {one['about']} ({told}){asked}"


def _section(one: Shape) -> str:
    return f"{one['file']}, section {one['section']}: {one['title']}"


def _effect_line(one: Shape) -> str:
    return f"{one['key']}: {number_text(one['value'])}, grade {one['grade']}"


def _source_line(one: Shape) -> str:
    found = where_found(one["address"], one["obtained"])
    where = found if one["address"] else capitalized(found)
    note = f" Note: {one['note']}." if one["note"] else ""
    year = "no year" if one["year"] is None else one["year"]
    marks = f"{one['obtained_means']}; quality {one['quality']}, {one['quality_means']}"
    return f"{one['key']} ({year}): {one['citation'].rstrip('.')}. {where}. {capitalized(marks)}.{note}"


def _claims(claims: Sequence[Shape]) -> list[str]:
    told = [f"{one['id']}, section {one['section'] or '–'}: {one['claim']}" for one in claims[:MOST_CLAIMS]]
    left = len(claims) - len(told)
    return [*told, f"and {left} more (--json lists all)"] if left else told


def _keys(measures: Iterable[Shape]) -> str:
    return ", ".join(one["key"] for one in measures)


# as text -------------------------------------------------------------------------------------------------------------

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
