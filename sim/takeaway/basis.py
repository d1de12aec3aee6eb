"""What an answer rests on, for the brief: what moves it most, weak evidence, the living wages, inputs to check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sim.evidence.marks import GRADES
from sim.questions.compare import assumptions, by_kind
from sim.questions.compare.find_out import TITLE, find_out_lines
from sim.questions.compare.share_of_spread import spread_lines
from sim.runs.answer import Answer
from sim.scenario.problems import Problem
from sim.takeaway.named import called
from sim.takeaway.parts import Part
from sim.takeaway.plain import one_line
from sim.takeaway.private import lists_people
from sim.words.break_even import break_even_lines
from sim.words.earnings.wages import yardstick_lines
from sim.words.futures import runs_told, told_apart
from sim.words.numbers import value
from sim.words.stand_in import told_words
from sim.words.warnings import TITLE as TO_CHECK

GRADE_WORDS = "; ".join(f"{grade} = {GRADES[grade]}" for grade in "CD")
MOST_YARDSTICKS, MOST_CASES = 3, 4
MOST_EFFECTS, MOST_CARDS = 2, 2  # of weak evidence; the workbook lists all
MOST_WARNINGS, LONGEST_CHANGE = 3, 170
KINDS_FOR = 2  # alternatives
FIND_OUT_FOR, MOST_TO_FIND_OUT = 1, 2  # alternatives; lines
BILLED = ("break_even_billable_share", "break_even_billable_share_full_cost", "billable_share")
LIMITS: Final = (
    "This is a projection of a model from its inputs and assumptions, not a forecast of one year.",
    (
        "Nobody has published observed turnover, vacancy, denial rate, payment lag or billable share for peers. Where "
        "a scenario does not state them, they are assumptions or from neighboring occupations."
    ),
    "It holds for what is described here, under these rules. Another wage, place or rule may reverse it.",
)


def kinds(answer: Answer, names: Mapping[str, str]) -> Part:
    """Return who gains and who loses where there are several kinds of employer, of at most two alternatives."""
    few = answer.alternatives if len(answer.alternatives) <= KINDS_FOR else ()
    told = [
        (names[one.case.name], line) for one in few for line in by_kind.sentences(replace(answer, alternatives=(one,)))
    ]
    return Part(by_kind.TITLE, tuple(f"{name}: {line}" if few[1:] else line for name, line in told))


def find_out(answer: Answer) -> Part:
    """Return which assumptions move the answer most; of several alternatives, the command line says it."""
    few, names = len(answer.alternatives) <= FIND_OUT_FOR, called(answer)
    spread = spread_lines(answer, names)
    lines = (*find_out_lines(answer, names)[: MOST_TO_FIND_OUT - len(spread)], *spread)
    return Part(TITLE, lines if few else ())


def leaning(answer: Answer, *, besides: bool = False) -> Part:
    """Return the weak assumptions that carry an answer, those nearest to what differs first.

    Args:
        answer: the answer.
        besides: whether more is told besides than leaves room for as many of several alternatives.
    """
    found = assumptions.leaning(answer)
    effects, cards = found.effects, found.cards
    fewer = (len(answer.alternatives) > 1) * (1 + besides)  # two pages hold no more beside so many alternatives
    words = [assumptions.effect_in_words(one) for one in effects[: MOST_EFFECTS - fewer]]
    words += [assumptions.card_in_words(one) for one in cards[: MOST_CARDS - fewer]]
    words = [told_words(line, [case.loaded for case in answer.cases]) for line in words]
    left = len(effects) + len(cards) - len(words)
    more = [f"{'and ' * bool(words)}{left}{' more' * bool(words)} (the workbook lists all)"] if left else []
    return Part(
        "Weak evidence this rests on",
        (*words, *more),
        f"Grades: {GRADE_WORDS}. SD: standard deviation, how far apart peers typically are.",
    )


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
    lead = "" if answer.over_futures else one_line(sentence, 600)  # their ranges take its room; the page has it
    return Part("Can billing carry it?", tuple(lines), lead)


def unwrapped(bullets: str) -> list[str]:
    """Return the items of a list that was wrapped for a screen."""
    return [" ".join(item.split()) for item in re.split(r"^  - ", bullets, flags=re.MULTILINE) if item.strip()]


def to_check(answer: Answer) -> Part:
    """Return the first warnings of the inputs, people and folders left out."""
    found = list(dict.fromkeys(_warning_told(one) for case in answer.cases for one in case.loaded.warnings))
    more = [f"and {len(found) - MOST_WARNINGS} more (peerstay check lists all)"] if len(found) > MOST_WARNINGS else []
    return Part(TO_CHECK, (*found[:MOST_WARNINGS], *more))


def _warning_told(one: Problem) -> str:
    path = "" if lists_people(one.path) else one.path
    value = f" = {one.value}" if one.value is not None and path else ""
    told = f"{path}{value}: {one.rule}" if path else one.rule
    return one_line(f"{told}; {one.fix}" if one.fix else told, LONGEST_CHANGE)


def limits(answer: Answer) -> Part:
    """Return what an answer cannot tell."""
    runs = answer.settings.replications
    luck = f"Ranges are of means over {runs_told(answer)}: {told_apart(answer)}."
    alone = "One run shows one possible future and no range: it supports no conclusion."
    ranges = alone if runs == 1 else "" if answer.over_futures else luck  # of futures, it stands under the numbers
    return Part("What this cannot tell you", tuple(filter(None, (ranges, *LIMITS))))
