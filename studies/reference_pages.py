"""Write the reference pages of the documentation from schema, measures, effects, cards and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sim.evidence.cards import Card, load_cards
from sim.evidence.effects import load_effects
from sim.evidence.marks import GRADES, KINDS, OBTAINED, QUALITIES
from sim.evidence.paths import ROOT
from sim.evidence.sources import load_sources, where_found
from sim.questions.evidence.shapes import direct_inputs
from sim.questions.evidence.trace import inputs_of_card
from sim.questions.evidence.where_it_acts import (
    BORN_IN_MODEL,
    SECTIONS,
    cards_of_cause,
    sections_of_card,
    sections_of_outcome,
)
from sim.results.measures.table import FAMILIES, MEASURES, Measure
from sim.runs.exports.dictionary import ABOUT, TABLES
from sim.scenario.describe import Input, default_shown, inputs
from sim.takeaway.long_table import COLUMNS, STAMPED
from sim.words.trust import column_of, draws_in_words
from studies.api_page import api_page
from studies.commands_page import commands_page
from studies.package_page import package_page

FOLDER = ROOT / "docs"
MADE = "<!-- made by `make docs-tables`; change what it is made from, not this page -->"
GRADE_LINE = "Grades: " + "; ".join(f"**{mark}** {meaning}" for mark, meaning in GRADES.items()) + "."


def pages() -> dict[str, str]:
    """Return every page by file name."""
    made = {
        "inputs.md": inputs_page(),
        "measures.md": measures_page(),
        "effects.md": effects_page(),
        "api.md": api_page(),
        "tables.md": tables_page(),
        "commands.md": commands_page(),
    }
    return {name: "\n".join([MADE, *lines]).rstrip() + "\n" for name, lines in made.items()}


def write(folder: Path = FOLDER) -> None:
    """Write every page into a folder."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def write_package_page() -> None:
    """Write what a package index shows."""
    (ROOT / "peerstay" / "README.md").write_text(package_page(), encoding="utf-8")


# tables of a run ------------------------------------------------------------------------------------------------


def tables_page() -> Iterator[str]:
    """Yield the lines of the page of the tables that --out writes."""
    yield from _head(
        "Tables of a run",
        "`--out DIR` writes these tables as parquet, with scenarios, a manifest and `datapackage.json`, which says the "
        "same of every column as this page and as the metadata of the columns in the files. Money is in whole cents "
        "and named so. In Python the same tables are in dollars and dates: [library](api.md).",
    )
    for name, columns in TABLES.items():
        yield from _titled(name)
        yield from (ABOUT[name], "")
        yield from _table(
            ("Column", "Unit", "What it holds"), ((f"`{one.name}`", one.unit, one.about) for one in columns)
        )
    yield from _comparison()


def _comparison() -> Iterator[str]:
    """Yield what the columns of a comparison as CSV hold; the workbook's results have the same."""
    yield from _titled("comparison")
    yield from ("`peerstay brief --to answer.csv`: every measure, a row for each alternative.", "")
    told = (COLUMNS | STAMPED).items()
    yield from _table(("Column", "What it holds"), ((f"`{name}`", about) for name, about in told))


# inputs ----------------------------------------------------------------------------------------------------------


def inputs_page() -> Iterator[str]:
    """Yield the lines of the page of inputs and their cards."""
    yield from _head(
        "Inputs",
        "Every input of a scenario, in the order of the file. `<name>` stands for a name the user chooses, `[]` for an "
        "item of a list. Inside a kind of employer the same inputs hold under `employer.<name>.`. Beneath the table "
        "stands the evidence card of each input, with its sources; `peerstay evidence` prints the same. Terms are in "
        "the [glossary](glossary.md).",
        GRADE_LINE,
    )
    yield from _table(
        ("Input", "Meaning", "Unit", "Range or choice", "Default", "Grade", "Card"), map(_input_row, inputs())
    )
    yield from _titled("Cards")
    for card in load_cards().values():
        yield from _card(card)
    yield from _sources_section(key for card in load_cards().values() for key in card.sources)


def _input_row(one: Input) -> tuple[str, ...]:
    about = f"{one.about} (kind = {one.kind})" if one.kind else one.about
    allowed = ", ".join(one.choices) or one.limits.words() or one.type
    default = "needed" if one.needed else default_shown(one) or "left out"
    grade, card = _card_of(one)
    return (f"`{one.path}`", about, one.unit, allowed, default, grade, card)


def _card_of(one: Input) -> tuple[str, str]:
    """Return grade and link of an input's card; a name or a kind has none, an effect has a page of its own."""
    card = load_cards().get(one.evidence)
    if card is not None:
        return card.grade, _linked(card.key, card.key)
    return ("its own", "[effects](effects.md)") if one.evidence else ("–", "a choice, no number")


def _card(card: Card) -> Iterator[str]:
    yield from _titled(card.key, level=3)
    ends = "" if card.low is None or card.high is None else f" ({_number(card.low)} to {_number(card.high)})"
    value = "No single value" if card.value is None else _number(card.value)
    figure = f"{value}{ends} {card.unit}" if card.value is not None or ends else f"No number; {card.unit}"
    year = "no year" if card.year is None else card.year
    yield f"**{card.title}.** {figure}. Grade {card.grade}, {KINDS[card.kind]}."
    yield from (f"Futures draw {told}." for told in _drawn(one.path for one in inputs_of_card(card.key)))
    yield f"{_capital(card.population)}; {card.place}; {year}. {_capital(card.note.rstrip('.'))}."
    where = _model_links(sections_of_card(card.key)) or "nowhere, it is for the reader"
    yield f"Acts in: {where}. Sources: {', '.join(_linked(key, key) for key in card.sources)}."


# measures --------------------------------------------------------------------------------------------------------


def measures_page() -> Iterator[str]:
    """Yield the lines of the page of measures."""
    yield from _head(
        "Measures",
        "Every result, defined once. A measure told by cause, destination, household or rung has parts too, named "
        "`key.part`. Each is computed from the log of facts, the ledger and the monthly panel after the run "
        "([section 14](model.md#14-what-is-written-down)); [reporting](reporting.md) says how means and intervals are "
        "made. The last table says which inputs and effects enter a measure directly. Through the loop of money and "
        "people every other input can reach it too.",
    )
    for family in FAMILIES:
        yield from _titled(family.capitalize())
        rows = (_measure_row(measure) for measure in MEASURES.values() if measure.family == family)
        yield from _table(("Measure", "Key", "Unit", "Better", "Definition"), rows)
    yield from _titled("What enters a measure directly")
    yield from _table(("Measure", "Comes about in", "Inputs (cards)", "Effects on"), map(_beside_row, MEASURES))


def _measure_row(measure: Measure) -> tuple[str, ...]:
    parts = f" Also by {measure.by}." if measure.by else ""
    better = measure.direction if measure.has_verdict else f"{measure.direction}, no verdict"
    return (measure.label, f"`{measure.key}`", measure.unit, better, measure.definition + parts)


def _beside_row(key: str) -> tuple[str, ...]:
    near = direct_inputs(key)
    cards = ", ".join(f"[{card}](inputs.md#{_anchor(card)})" for card in near.cards)
    outcomes = ", ".join(f"[{outcome}](effects.md#on-{_anchor(outcome)})" for outcome in near.outcomes)
    return (f"`{key}`", _model_links(near.sections), cards, outcomes or "–")


# effects ---------------------------------------------------------------------------------------------------------


def effects_page() -> Iterator[str]:
    """Yield the lines of the page of effects."""
    yield from _head(
        "Effects",
        "How far an outcome moves, in standard deviations, for one standard deviation of a cause; on leaving by choice "
        "(`exit_voluntary`) and on return to use, how far the logarithm of the hazard moves. A scenario may override "
        "any row as `effects.<cause>.<outcome>` and scale all of them by `effects.scale`. What the table explains, and "
        "where it falls short of surveys, stands in `data/README.md`.",
        GRADE_LINE,
    )
    effects = load_effects()
    for outcome in dict.fromkeys(effect.outcome for effect in effects.values()):
        yield from _titled(f"On {outcome}")
        yield f"Acts in {_model_links(sections_of_outcome(outcome))}."
        yield ""
        rows = (_effect_row(key) for key, effect in effects.items() if effect.outcome == outcome)
        yield from _table(("Effect", "Size", "Low to high", "Grade", "Basis", "Source", "Cause set by"), rows)
    yield from _sources_section(effect.source for effect in effects.values())


def _effect_row(key: str) -> tuple[str, ...]:
    effect = load_effects()[key]
    cards = (f"[{card}](inputs.md#{_anchor(card)})" for card in cards_of_cause(effect.cause))
    span = f"{_number(effect.low)} to {_number(effect.high)}"
    source = _linked(effect.source, effect.source)
    origin = ", ".join(cards) or BORN_IN_MODEL[effect.cause]
    basis = "; futures draw ".join([effect.basis, *_drawn([f"effects.{key}"])])
    return (f"`{key}`", _number(effect.effect), span, effect.grade, basis, source, origin)


def _drawn(paths: Iterable[str]) -> list[str]:
    """Return what futures draw of an input, where studies tell of it together."""
    column = column_of(paths)
    return [draws_in_words(column).replace("docs/posterior.md", "[posterior](posterior.md)")] if column else []


# parts -----------------------------------------------------------------------------------------------------------


def _head(title: str, *paragraphs: str) -> Iterator[str]:
    yield from ("", f"# {title}", "")
    for text in paragraphs:
        yield from (text, "")


def _titled(title: str, level: int = 2) -> Iterator[str]:
    yield from ("", f"{'#' * level} {title}", "")


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (heading, ("---",) * len(heading), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _sources_section(keys: Iterable[str]) -> Iterator[str]:
    cited = set(keys)
    yield from _titled("Sources")
    yield "How a figure was obtained: " + "; ".join(f"*{word}* {meaning}" for word, meaning in OBTAINED.items()) + "."
    yield "Quality: " + "; ".join(f"**{mark}** {meaning}" for mark, meaning in QUALITIES.items()) + "."
    for key, one in load_sources().items():
        if key in cited:
            yield from _titled(key, level=3)
            note = f" {_capital(one.note.rstrip('.'))}." if one.note else ""
            address = f" `{one.address}`." if one.address else f" {_capital(where_found('', one.obtained))}."
            year = "no year" if one.year is None else one.year
            yield f"{one.citation.rstrip('.')} ({year}).{address} *{one.obtained}*, quality {one.quality}.{note}"


def _model_links(sections: Iterable[int]) -> str:
    links = (
        f"[{number}. {SECTIONS[number]}](model.md#{_anchor(f'{number}. {SECTIONS[number]}')})" for number in sections
    )
    return ", ".join(links)


def _linked(text: str, heading: str) -> str:
    return f"[{text}](#{_anchor(heading)})"


def _anchor(heading: str) -> str:
    """Return the anchor that the documents' builder gives a heading."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
    return "-".join(kept.split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _number(value: float) -> str:
    return f"{value:,.6g}".replace("-", "−")


if __name__ == "__main__":
    write()
    write_package_page()
