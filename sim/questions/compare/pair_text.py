"""Write how alternatives compare with one of them: sentence, table, what differs between the two."""

from __future__ import annotations

from collections.abc import Sequence

from sim.questions.compare.changes import change_in_words
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.tables import pair_table
from sim.runs.against import Pair
from sim.words.layout import bullets, paragraph, section
from sim.words.sentences import how_to_read_pairs, pair_sentence, unseen_in_words

MOST_CHANGES = 12


def pairs_text(pairs: Sequence[Pair]) -> str:
    """Return what each alternative changes compared with one and the same; nothing where none is asked for."""
    if not pairs:
        return ""
    told = [section(f"{pair.second.case.name} compared with {pair.first.name}", _pair(pair)) for pair in pairs]
    return "\n\n".join([*told, paragraph(how_to_read_pairs(pairs[0]))])


def _pair(pair: Pair) -> str:
    lines = [change_in_words(change, f"in {pair.first.name}") for change in pair.second.changes]
    differs = bullets(lines, MOST_CHANGES) if lines else "  nothing: the scenarios mean the same"
    return "\n\n".join(
        part for part in (paragraph(pair_sentence(pair)), _table(pair), f"What differs between them\n{differs}") if part
    )


def _table(pair: Pair) -> str:
    if pair.second.changes_nothing:
        return ""
    keys = picked(pair)
    unseen = unseen_in_words(undetected(pair, keys), pair.answer)
    return "\n".join(part for part in (pair_table(pair, keys), unseen and paragraph(unseen)) if part)
