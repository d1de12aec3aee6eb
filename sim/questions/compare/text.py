"""Write an answer as text: the sentence, the table, what differs, break-even, assumptions, how to reproduce.

Last stands how alternatives compare with one of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sim.questions.compare import assumptions, by_kind, find_out
from sim.questions.compare.budget_text import budget_text, budgets_side_by_side
from sim.questions.compare.decision import keys_told
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.loop_lines import loop_lines
from sim.questions.compare.share_of_spread import spread_lines
from sim.questions.compare.tables import comparison_table, decision_tables, grouped_tables, pair_table, run_table
from sim.runs.against import Pair
from sim.runs.answer import Alternative, Answer
from sim.scenario.differences import Difference
from sim.words.apart import lost_posts_line, short_of_cash_line
from sim.words.break_even import break_even_lines
from sim.words.earnings import household
from sim.words.earnings.wages import unpaid_told, wages_text, yardstick_lines, yardstick_title
from sim.words.keeping import kept_lines
from sim.words.layout import bullets, clipped, command_lines, counted, paragraph, section
from sim.words.money import closing_lead, money_lines
from sim.words.precision import precision_lines
from sim.words.provenance import Stamp
from sim.words.sentences import (
    beware,
    compared_sentence,
    how_to_read_here,
    how_to_read_pairs,
    pair_sentence,
    run_sentence,
    unseen_in_words,
)
from sim.words.stand_in import told_words
from sim.words.stated_turnover import turnover_lead

MOST_CHANGES, MOST_EFFECTS, MOST_CARDS = 12, 5, 5


def run_text(answer: Answer, stamp: Stamp) -> str:
    """Return the text of `peerstay run`."""
    return _joined(
        paragraph(closing_lead(answer)),
        paragraph(turnover_lead(answer.base.loaded.scenario)),
        paragraph(run_sentence(answer.base)),
        paragraph(unpaid_told(answer)),
        *map(paragraph, money_lines(answer)),
        run_table(answer),
        *_joined_numbers(answer),
        paragraph(how_to_read_here(answer)),
        section(find_out.TITLE, bullets([*find_out.find_out_lines(answer), *spread_lines(answer)])),
        section("How many runs", precision_lines(answer)),
        section("Budget by fiscal year", budget_text(answer.base, answer)),
        section("Break-even", break_even_lines(answer)),
        section("Wages used", wages_text(answer)),
        section(yardstick_title(answer), yardstick_lines(answer)),
        section("What rests on weak evidence (grade C or D)", _all_assumptions()),
        _reproduce(stamp),
    )


def compare_text(answer: Answer, stamp: Stamp, pairs: Sequence[Pair] = ()) -> str:
    """Return the text of `peerstay compare`; `pairs` are alternatives compared with one of them."""
    sentences = [paragraph(compared_sentence(one, answer)) for one in answer.alternatives]
    return _joined(
        _alarm(answer),
        paragraph(closing_lead(answer)),
        paragraph(turnover_lead(answer.base.loaded.scenario)),
        "\n\n".join(sentences),
        paragraph(unpaid_told(answer)),
        paragraph(beware(answer)),
        *decision_tables(answer),
        *_joined_numbers(answer),
        *map(paragraph, money_lines(answer)),
        _table(answer),
        *map(paragraph, kept_lines(answer)),
        paragraph(how_to_read_here(answer)),
        section(by_kind.TITLE, _kinds(answer)),
        section(find_out.TITLE, bullets([*find_out.find_out_lines(answer), *spread_lines(answer)])),
        section("How many runs", precision_lines(answer)),
        *([] if answer.leaks else [pairs_text(pairs)]),
        section("How much comes from the loops", loop_lines(answer)),
        section("What differs from the base", _changes(answer)),
        section(household.TITLE, household.household_text(answer)),
        section("Budget: first and worst fiscal year", budgets_side_by_side(answer)),
        section("Break-even", break_even_lines(answer)),
        section("Wages used", wages_text(answer)),
        section(yardstick_title(answer), yardstick_lines(answer)),
        section("What this comparison rests on with weak evidence (grade C or D)", _assumptions(answer)),
        _reproduce(stamp),
    )


def _joined_numbers(answer: Answer) -> list[str]:
    return [paragraph(line(answer)) for line in (lost_posts_line, short_of_cash_line)]


def _alarm(answer: Answer) -> str:
    if not answer.leaks:
        return ""
    lead = (
        "ALARM. These differ and cannot, so this comparison is worthless. It is a fault of peerstay: please report it."
    )
    return f"{paragraph(lead)}\n{bullets(answer.leaks, MOST_CHANGES)}"


def _table(answer: Answer) -> str:
    if all(one.changes_nothing for one in answer.alternatives):
        return ""
    keys = [key for key in picked(answer) if key not in keys_told()]
    unseen = unseen_in_words(undetected(answer, [*keys, *keys_told()]), answer)
    return "\n".join(part for part in (comparison_table(answer, keys), unseen and paragraph(unseen)) if part)


def _kinds(answer: Answer) -> str:
    """Return what each kind of employer has of it; nothing where there is one kind."""
    if not by_kind.kinds_told(answer):
        return ""
    tables = grouped_tables(answer, by_kind.HEADING, by_kind.groups_by_kind(answer))
    return "\n\n".join([*(paragraph(one, "  ") for one in by_kind.sentences(answer)), *tables])


def _changes(answer: Answer) -> str:
    return "\n".join(_changes_of(one, several=len(answer.alternatives) > 1) for one in answer.alternatives)


def _changes_of(one: Alternative, *, several: bool) -> str:
    lines = [change_in_words(change) for change in one.changes]
    told = bullets(lines, MOST_CHANGES) if lines else "  nothing: the scenarios mean the same"
    return f"  {one.case.name}\n{told}" if several else told


def _assumptions(answer: Answer) -> str:
    found = assumptions.leaning(answer)
    effects, cards = found.effects, found.cards
    words = [assumptions.effect_in_words(effect) for effect in effects[:MOST_EFFECTS]]
    words += [assumptions.card_in_words(card) for card in cards[:MOST_CARDS]]
    words = [told_words(line, [case.loaded for case in answer.cases]) for line in words]
    left = len(effects) + len(cards) - len(words)
    return (
        bullets(
            words + ([f"and {left} more: --json lists them all, `peerstay evidence NAME` shows one"] if left else [])
        )
        if words
        else ""
    )


def _all_assumptions() -> str:
    effects, cards = assumptions.all_effects(), assumptions.all_cards()
    words = [assumptions.effect_in_words(one) for one in effects[:MOST_EFFECTS]]
    many = f"{counted(len(effects), 'effect')} and {counted(len(cards), 'input')}"
    lead = f"{many}, unless the scenario states its own. The largest effects:"
    return paragraph(lead, "  ") + "\n" + bullets(words)


def _reproduce(stamp: Stamp) -> str:
    told = (
        f"peerstay {stamp.version}, seed {stamp.seed}, {counted(stamp.replications, 'replication')}, made {stamp.made}."
    )
    made = paragraph(f"{told} {stamp.inputs()}", "  ")
    return section("Reproduce this", f"{command_lines(stamp.command)}\n{made}")


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


# alternatives compared with one of them ------------------------------------------------------------------------------


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
        part
        for part in (paragraph(pair_sentence(pair)), _pair_table(pair), f"What differs between them\n{differs}")
        if part
    )


def _pair_table(pair: Pair) -> str:
    if pair.second.changes_nothing:
        return ""
    keys = picked(pair)
    unseen = unseen_in_words(undetected(pair, keys), pair.answer, pair.alternatives)
    return "\n".join(part for part in (pair_table(pair, keys), unseen and paragraph(unseen)) if part)


# what differs --------------------------------------------------------------------------------------------------------

LONGEST = 220


def change_in_words(change: Difference, base: str = "in the base") -> str:
    """Return one difference as a line: address, value in the base (or where `base` says) and the alternative, date.

    Where the alternative had something else until that date than the base has from it on, its own step is told.
    """
    when = "" if change.at is None else f", from {change.at}"
    before, after = (_said(value) for value in (change.from_, change.to))
    if change.own_step:
        return f"{change.path}: {_own_step(change, base)}{when}"
    if change.from_ is None:
        return f"{change.path}: {after} (not {base}){when}"
    if change.to is None:
        return f"{change.path}: left out{when}"
    if before == after:
        return f"{change.path}: {after} in both{when}"
    return f"{change.path}: {before} → {after}{when}"


def _own_step(change: Difference, base: str) -> str:
    step = "" if change.until == change.to else f"{_said(change.until)} → "
    return f"{step}{_said(change.to)} ({'not' if change.from_ is None else _said(change.from_)} {base})"


def _said(value: Any) -> str:
    return clipped(_text(value), LONGEST)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(_keyed(str(key), inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_text, value))}]"
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _keyed(key: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(_keyed(f"{key}.{inner}", deeper) for inner, deeper in value.items())
    return f"{key} {_text(value)}"
