"""List the evidence behind an answer, and what the words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.evidence.cards import load_cards
from sim.evidence.effects import load_effects
from sim.evidence.marks import GRADES, KINDS
from sim.evidence.paths import GLOSSARY
from sim.questions.compare import assumptions
from sim.results.measures.table import MEASURES
from sim.runs.answer import Answer
from sim.takeaway.workbook import Cell, Cells

GLOSSARY_ROW = re.compile(r"^\|(?P<term>[^|]+)\|(?P<name>[^|]*)\|(?P<meaning>[^|]+)\|$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def assumption_rows(answer: Answer) -> Iterator[Cells]:
    """Yield every effect and every card, those of weak evidence that the differences rest on marked."""
    found = assumptions.leaning(answer)
    effects, cards = {one.key for one in found.effects}, {one.key: one for one in found.cards}
    for effect in load_effects().values():
        unit = "log hazard per SD" if effect.outcome in assumptions.OUTCOMES else "SD per SD"
        name = assumptions.effect_in_words(effect).partition(":")[0]
        yield [
            "effect", name, f"effects.{effect.key}", effect.effect, effect.low, effect.high, unit,
            _graded(effect.grade), _leaned(effect.key in effects), effect.source, effect.basis,
        ]  # fmt: skip
    for card in {**load_cards(), **cards}.values():
        remark = "; ".join(part for part in (KINDS[card.kind], card.place, card.population, card.note) if part)
        yield [
            "input", card.title, card.key, card.value, card.low, card.high, card.unit,
            _graded(card.grade), _leaned(card.key in cards), ", ".join(card.sources), remark,
        ]  # fmt: skip


def _graded(grade: str) -> Cell:
    return Cell(grade, "strong" if grade in assumptions.WEAK else "")


def _leaned(yes: bool) -> str:
    return "yes" if yes else ""


def glossary_rows() -> Iterator[Cells]:
    """Yield grades, measures, and the glossary of the documentation where that comes along."""
    yield from ([f"grade {grade}", "", meaning] for grade, meaning in GRADES.items())
    for measure in MEASURES.values():
        yield [measure.label, measure.key, f"{measure.definition} Unit: {measure.unit}."]
    if not GLOSSARY.is_file():
        return
    known = {measure.key for measure in MEASURES.values()}
    for row in GLOSSARY_ROW.finditer(GLOSSARY.read_text(encoding="utf-8")):
        term, name, meaning = (row[part].replace("`", "").strip() for part in ("term", "name", "meaning"))
        if name not in known and term not in ("term", "---") and not term.startswith("grade "):
            yield [term, name, LINK.sub(r"\1", meaning)]
