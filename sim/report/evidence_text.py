"""Say in words what is known of a number, from the shapes that `--json` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.report.driver_lines import driven_lines, drives_lines
from sim.report.evidence_shapes import Shape
from sim.report.layout import clipped, paragraph, section, table

LABEL_WIDTH = 12
TITLE_WIDTH, UNIT_WIDTH = 26, 15
MOST_CLAIMS = 5
INPUTS = ("Key", "Title", "Unit", "Value", "Grade", "Year")
EFFECTS = ("Key", "Value", "Range", "Grade", "Year")


def listing(rows: Sequence[Shape]) -> str:
    """Return the cards of inputs and of effects as tables; the flag of age stands behind the year."""
    cards = [_input_row(row) for row in rows if row["what"] == "input"]
    effects = [_effect_row(row) for row in rows if row["what"] == "effect"]
    parts = [
        section("INPUTS", table(INPUTS, cards, left=3) if cards else ""),
        section("EFFECTS, in SD per SD; on an exit, log hazard per SD", table(EFFECTS, effects) if effects else ""),
        "! older than its shelf life" if any(row[-1].endswith("!") for row in (*cards, *effects)) else "",
    ]
    return "\n\n".join(part for part in parts if part) or "no card fits"


def _input_row(row: Shape) -> tuple[str, ...]:
    title, unit = clipped(row["title"], TITLE_WIDTH), clipped(row["unit"], UNIT_WIDTH)
    return (row["key"], title, unit, _number(row["value"]), row["grade"], _flagged(row))


def _effect_row(row: Shape) -> tuple[str, ...]:
    span = f"{_number(row['low'])} to {_number(row['high'])}"
    return (row["key"], _number(row["value"]), span, row["grade"], _flagged(row))


def _flagged(row: Shape) -> str:
    year = "–" if row["year"] is None else str(row["year"])
    return year + ("!" if row["age"] is not None and row["age"]["past_shelf_life"] else " ")


def card_text(shape: Shape) -> str:
    """Return one card, or what a measure or a source is, in words."""
    told = {"input": _input, "effect": _effect, "measure": _measure, "source": _source, "choice": _choice}
    return "\n\n".join(part for part in told[shape["what"]](shape) if part)


def _input(shape: Shape) -> Iterable[str]:
    asked = "" if shape["asked"] == shape["key"] else f"{shape['asked']} → card "
    yield paragraph(f"{asked}{shape['key']}: {shape['title']}")
    yield _lines(_figures(shape) | {"Kind": shape["kind_means"]} | _whence(shape) | {"Note": shape["note"]})
    acts = shape["acts"]
    yield section("Where it acts", _bullets([*map(_carried, acts["inputs"]), *map(_section, acts["model"])]))
    yield section("Moves these causes of the effects table", _bullets(map(_effect_line, acts["effects"])))
    yield section("Stands next to these measures", paragraph(_keys(acts["measures"]), "  ") if acts["measures"] else "")
    yield section("Results it drives most", _bullets(drives_lines(shape["drives_most"])))
    yield section("Sources", _bullets(map(_source_line, shape["sources"])))


def _effect(shape: Shape) -> Iterable[str]:
    acts = shape["acts"]
    yield f"{shape['key']}: {shape['title']}"
    yield _lines(_figures(shape) | _whence(shape) | {"Basis": shape["basis"]})
    moved = [f"{one['key']}: {one['title']}" for one in acts["inputs"]]
    born = [f"the cause is {acts['cause_comes_from']}"] if acts["cause_comes_from"] else []
    own = [f"a scenario may set {acts['override']} = …, or scale all effects by effects.scale"]
    yield section("Where it acts", _bullets([*map(_section, acts["model"]), *born, *own]))
    yield section("Inputs that move the cause", _bullets(moved))
    yield section("Stands next to these measures", paragraph(_keys(acts["measures"]), "  ") if acts["measures"] else "")
    yield section("Results it drives most", _bullets(drives_lines(shape["drives_most"])))
    yield section("Sources", _bullets(map(_source_line, shape["sources"])))
    yield section("What the register of documents says (seeds/)", _bullets(_claims(shape["claims"])))


def _measure(shape: Shape) -> Iterable[str]:
    better = {"higher": "higher is better", "lower": "lower is better", "neither": "neither side is better"}
    yield f"{shape['key']}: {shape['title']}"
    yield _lines(
        {
            "Definition": shape["definition"],
            "Unit": shape["unit"],
            "Direction": better[shape["direction"]],
            "Told by": shape["parts"] or "",
        }
    )
    yield section("Where it comes about", _bullets(map(_section, shape["acts"]["model"])))
    inputs = [f"{one['key']}: {one['title']}, grade {one['grade']}" for one in shape["inputs"]]
    yield section("Inputs that enter it directly (`peerstay evidence KEY` shows the source)", _bullets(inputs))
    effects = ", ".join(f"{one['key']} ({one['grade']})" for one in shape["effects"])
    yield section("Effects that enter it directly, with grade", paragraph(effects, "  ") if effects else "")
    yield paragraph("Through the loop of money and people, every other input can reach it too.")
    yield section("Inputs that drive it most", _bullets(driven_lines(shape["driven_most_by"])))


def _source(shape: Shape) -> Iterable[str]:
    yield f"{shape['key']}: a source"
    yield _bullets(map(_source_line, shape["sources"]))
    yield section("Inputs that cite it", paragraph(", ".join(shape["inputs"]), "  ") if shape["inputs"] else "")
    yield section("Effects that cite it", paragraph(", ".join(shape["effects"]), "  ") if shape["effects"] else "")


def _choice(shape: Shape) -> Iterable[str]:
    yield paragraph(f"{shape['title']}.")
    yield f"Choices: {', '.join(shape['choices'])}" if shape["choices"] else ""


# lines -----------------------------------------------------------------------------------------------------------


def _figures(shape: Shape) -> dict[str, str]:
    ends = "" if shape["low"] is None else f" ({_number(shape['low'])} to {_number(shape['high'])})"
    known = f"{_number(shape['value'])}{ends}" if shape["value"] is not None else f"no single value{ends}"
    return {
        "Value": known if shape["value"] is not None or ends else "",
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
    life = f"shelf life of {age['shelf_life_years']} year{'s' * (age['shelf_life_years'] != 1)}"
    held = f"OLDER THAN ITS SHELF LIFE ({life}): look it up again" if age["past_shelf_life"] else f"within its {life}"
    return f"{shape['year']}, {held}"


def _lines(values: dict[str, str]) -> str:
    """Return labelled lines, the labels in a column of their own."""
    indent = " " * (LABEL_WIDTH + 2)
    wrapped = ((label, paragraph(value, indent)) for label, value in values.items() if value)
    return "\n".join(f"  {label:<{LABEL_WIDTH}}{text[len(indent) :]}" for label, text in wrapped)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"  - {paragraph(item, '    ').lstrip()}" for item in items)


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
    return f"{one['key']}: {_number(one['value'])}, grade {one['grade']}"


def _source_line(one: Shape) -> str:
    where = one["address"] or "no address kept"
    note = f" Note: {one['note']}." if one["note"] else ""
    year = "no year" if one["year"] is None else one["year"]
    marks = f"{one['obtained_means']}; quality {one['quality']}, {one['quality_means']}"
    return f"{one['key']} ({year}): {one['citation'].rstrip('.')}. {where}. {marks[0].upper()}{marks[1:]}.{note}"


def _claims(claims: Sequence[Shape]) -> list[str]:
    told = [f"{one['id']}, section {one['section'] or '–'}: {one['claim']}" for one in claims[:MOST_CLAIMS]]
    left = len(claims) - len(told)
    return [*told, f"and {left} more (--json lists all)"] if left else told


def _keys(measures: Sequence[Shape]) -> str:
    return ", ".join(one["key"] for one in measures)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.6g}".replace("-", "−")
