"""What an answer rests on, for the brief: weak evidence with its grades, and the living wages that apply."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.evidence.marks import GRADES
from sim.questions.compare import assumptions
from sim.questions.compare.text import MOST_CARDS, MOST_EFFECTS
from sim.runs.answer import Answer
from sim.takeaway.parts import Part
from sim.takeaway.plain import one_line
from sim.words.break_even import break_even_lines
from sim.words.living_wages import yardstick_lines
from sim.words.numbers import value
from sim.words.stand_in import told_words

GRADE_WORDS = "; ".join(f"{grade} = {GRADES[grade]}" for grade in "CD")
MOST_YARDSTICKS, MOST_CASES = 3, 4
BILLED = ("break_even_billable_share", "break_even_billable_share_full_cost", "billable_share")


def leaning(answer: Answer) -> Part:
    """Return the weak assumptions that carry an answer, those nearest to what differs first."""
    found = assumptions.leaning(answer)
    effects, cards = found.effects, found.cards
    fewer = len(answer.cases) >= MOST_CASES  # two pages hold no more beside so many alternatives
    words = [assumptions.effect_in_words(one) for one in effects[: MOST_EFFECTS - fewer]]
    words += [assumptions.card_in_words(one) for one in cards[: MOST_CARDS - 2 * fewer]]
    words = [told_words(line, [case.loaded for case in answer.cases]) for line in words]
    left = len(effects) + len(cards) - len(words)
    more = [f"and {left} more (the workbook lists all)"] if left else []
    return Part("Weak evidence this rests on", (*words, *more), f"Grades: {GRADE_WORDS}.")


def living_wages(answer: Answer) -> Part:
    """Return which living wage counts for whom, with method and source."""
    lines = unwrapped(yardstick_lines(answer))
    left = len(lines) - MOST_YARDSTICKS
    more = [f"and {left} more (the workbook lists all)"] if left > 0 else []
    title = told_words("Living wage used", [case.loaded for case in answer.cases])
    return Part(title, (*(one_line(line) for line in lines[:MOST_YARDSTICKS]), *more))


def break_even(answer: Answer, called: Mapping[str, str]) -> Part:
    """Return the share of paid hours that must be billed, and the share that is, where hours are billed."""
    sentence = " ".join(break_even_lines(answer, keyed=False).partition("\n\n")[0].split())
    lines = []
    for case in answer.cases[:MOST_CASES] if sentence else ():
        must, all_cost, billed = (value(case.measures[key].mean, "share") for key in BILLED)
        if case.measures[BILLED[0]].mean is not None:
            needs = f"must bill {must} of paid hours for wages and fringe, {all_cost} for all cost"
            lines.append(f"{called[case.name]}: {needs}; bills {billed}")
    return Part("Can billing carry it?", tuple(lines), one_line(sentence, 600))


def unwrapped(bullets: str) -> list[str]:
    """Return the items of a list that was wrapped for a screen."""
    return [" ".join(item.split()) for item in re.split(r"^  - ", bullets, flags=re.MULTILINE) if item.strip()]
