"""The text of a brief, once for Word, PDF and HTML: plain text in order, no layout."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final

from sim.questions.compare.budget_text import budget_line
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.loop_lines import LEAD, loops_in_words
from sim.questions.compare.three_numbers import LABELS
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.runs.answer import Alternative, Answer, Case
from sim.scenario.problems import Problem
from sim.takeaway.basis import break_even, leaning, living_wages
from sim.takeaway.parts import Brief, Part, Row, Table
from sim.takeaway.plain import on_day, one_line
from sim.takeaway.private import changes_in_words, lists_people
from sim.units import month_number, month_text
from sim.words import household
from sim.words.differences import difference_in_words
from sim.words.keeping import kept_lines
from sim.words.layout import counted
from sim.words.money import closing_lead, money_lines
from sim.words.numbers import value
from sim.words.precision import precision_sentence
from sim.words.provenance import Stamp
from sim.words.ranges import mean_told, span
from sim.words.sentences import beware, compared_sentence, how_to_read, over, run_sentence
from sim.words.stand_in import told_label
from sim.words.stated_turnover import turnover_lead
from sim.words.warnings import TITLE as TO_CHECK

SENTENCES_FOR, CHANGES_FOR_ALL, MOST_ROWS, MOST_LOOPS, MOST_WARNINGS = 3, 12, 7, 3, 3
BUDGETS_FOR, MOST_MONEY_LINES = 2, 2
HOUSEHOLDS_FOR, MOST_HOUSEHOLD_LINES = 2, 2
LONGEST_CHANGE, SHORTER_CHANGE = 170, 120
TITLE, NAME, LONGEST_SENTENCE = 110, 90, 1_200
LIMITS: Final = (
    "This is a projection: what follows from the inputs and assumptions of a model, not a forecast of one year.",
    (
        "Nobody has published observed turnover, vacancy, denial rate, payment lag or billable share for peers. Where "
        "a scenario does not state its own figure, these are assumptions or come from neighboring occupations."
    ),
    "It holds for what is described here, under these rules. Another wage, place, payer or rule may reverse it.",
)


def brief(answer: Answer, stamp: Stamp) -> Brief:
    """Return the text of a brief."""
    day = on_day(stamp.made)
    keys = [key for key in picked(answer) if key not in LABELS] if answer.alternatives else []
    return Brief(
        title=title(answer),
        about=f"Policy brief · projection over {over(answer.base.loaded.scenario.horizon)} · {day}",
        question=question(answer),
        answers=answers(answer),
        numbers=numbers(answer),
        results=_results(answer, keys[:MOST_ROWS]),
        how_to_read=" ".join(filter(None, (how_to_read(answer), precision_sentence(answer)))),
        undetected=_undetected(answer, keys),
        parts=_parts(answer),
        command=stamp.command,
        made_by=made_by(stamp),
        footer=f"peerstay {stamp.version} · {_prints(stamp, 1)} · seed {stamp.seed} · "
        f"{counted(stamp.replications, 'run')} · {stamp.made[:10]}",
    )


def called(answer: Answer) -> dict[str, str]:
    """Return the short name of each case: Base, A, B …; by the case's own name."""
    letters = [*ascii_uppercase, *(f"{first}{second}" for first in ascii_uppercase for second in ascii_uppercase)]
    return dict(zip((case.name for case in answer.cases), ("Base", *letters), strict=False))


def keyed(answer: Answer, most: int | None = None) -> str:
    """Return which short name stands for which scenario."""
    names = called(answer)
    return "; ".join(f"{names[case.name]} = {case_title(case)}" for case in answer.cases[:most])


def case_title(case: Case) -> str:
    """Return what a scenario is called, short enough for a table."""
    return one_line(case.title, NAME)


def title(answer: Answer) -> str:
    """Return the title of a brief: of the one alternative, or else of the base."""
    only = answer.alternatives[0].case if len(answer.alternatives) == 1 else answer.base
    return one_line(only.title, TITLE)


def question(answer: Answer) -> str:
    """Return the question that is asked: the scenario's own, or one made from the titles."""
    base = answer.base.loaded.scenario.question
    if not answer.alternatives:
        return one_line(base) or f'What is to be expected of "{case_title(answer.base)}" if nothing new is decided?'
    against = f'against "{case_title(answer.base)}" (no new decisions)'
    if len(answer.alternatives) > 1:
        return f"What do these {len(answer.alternatives)} alternatives change {against}?"
    own = answer.alternatives[0].case.loaded.scenario.question
    asked = own if own != base else ""  # a file that extends the base without a question of its own repeats the base's
    return one_line(asked) or f'What does "{title(answer)}" change {against}?'


def answers(answer: Answer) -> tuple[str, ...]:
    """Return the answer in a sentence for each alternative; of many, where it stands."""
    lead = [text for text in (closing_lead(answer), turnover_lead(answer.base.loaded.scenario)) if text]
    if not answer.alternatives:
        return (*lead, run_sentence(answer.base))
    warning = [text for text in [beware(answer)] if text]
    if len(answer.alternatives) > SENTENCES_FOR:
        many = f"{len(answer.alternatives)} alternatives, each compared with the base (no new decisions) run by run"
        time = over(answer.base.loaded.scenario.horizon)
        return (*lead, f"Projected over {time}: {many}. The table says what each changes.", *warning)
    told = [one_line(compared_sentence(one, answer), LONGEST_SENTENCE) for one in answer.alternatives]
    names = called(answer)
    if len(told) > 1:
        told = [f"{names[one.case.name]}. {sentence}" for one, sentence in zip(answer.alternatives, told, strict=True)]
    return (*lead, *told, *warning)


# numbers -----------------------------------------------------------------------------------------------------------


def numbers(answer: Answer) -> Table:
    """Return the numbers of the sentences with their ranges, a row for each scenario."""
    names = called(answer)
    first = (f"Base: {case_title(answer.base)}", *(_side(key, answer.base.told[key]) for key in LABELS))
    rows = [(f"{names[one.case.name]}: {case_title(one.case)}", *_against(one)) for one in answer.alternatives]
    if len(rows) == 1:
        only = answer.alternatives[0].case
        own = (rows[0][0], *(_side(key, only.told[key]) for key in LABELS))
        rows = [own, ("A against the base", *rows[0][1:])]
    about = f"The base's own figures, and what each alternative brings more or less, with {_percent(answer)} ranges."
    return Table(
        ("Scenario", *LABELS.values()), (first, *rows), about if rows else f"Figures with {_percent(answer)} ranges."
    )


def _percent(answer: Answer) -> str:
    return "90 %" if answer.over_futures else "95 %"


def _side(key: str, one: Estimate) -> str:
    unit = measure_of(key).unit
    inside = span(one, unit)
    return mean_told(one, unit) + (f" ({inside})" if inside else "")


def _against(one: Alternative) -> list[str]:
    return [difference_in_words(key, one.measures[key]) for key in LABELS]


def _results(answer: Answer, keys: Sequence[str]) -> Table | None:
    """Return what changed most, a column for each alternative; nothing where there are none, or too many."""
    if not keys or len(answer.alternatives) > SENTENCES_FOR:
        return None
    names = called(answer)
    short = [names[one.case.name] for one in answer.alternatives]
    single = ("Measure", "Base", "A", "A against the base")
    heading = single if len(short) == 1 else ("Difference from the base", "Base", *short)
    return Table(
        heading,
        tuple(_row(key, answer) for key in keys),
        f"The measures that changed most, with {_percent(answer)} ranges.",
    )


def _row(key: str, answer: Answer) -> Row:
    cells = (difference_in_words(key, one.measures[key]) for one in answer.alternatives)
    shown = answer.cases if len(answer.alternatives) == 1 else (answer.base,)
    own = (value(case.measures[key].mean, measure_of(key).unit) for case in shown)
    yearly = " a year" if measure_of(key).unit.endswith(" a year") else ""
    return (f"{told_label(key, [case.loaded for case in answer.cases])}{yearly}", *own, *cells)


def _undetected(answer: Answer, keys: Sequence[str]) -> str:
    if not answer.alternatives or all(one.changes_nothing for one in answer.alternatives):
        return ""
    everyone = [case.loaded for case in answer.cases]
    words = ", ".join(told_label(key, everyone).lower() for key in undetected(answer, [*keys, *LABELS]))
    runs = answer.settings.replications
    return f"No detectable difference at {counted(runs, 'run')}: {words}." if words else ""


# the rest ----------------------------------------------------------------------------------------------------------


def _parts(answer: Answer) -> tuple[Part, ...]:
    parts = (
        _kept(answer),
        _budget(answer),
        _differs(answer),
        _household(answer),
        _loops(answer),
        break_even(answer, called(answer)),
        leaning(answer),
        living_wages(answer),
        _to_check(answer),
        _limits(answer),
    )
    return tuple(part for part in parts if part.items)


def _kept(answer: Answer) -> Part:
    """Return how much of a change in separations is people who stay; of many alternatives, the table says it."""
    few = 0 < len(answer.alternatives) <= SENTENCES_FOR
    items = [one_line(line, LONGEST_SENTENCE) for line in kept_lines(answer)] if few else []
    return Part("Whether people are kept", tuple(items))


def _budget(answer: Answer) -> Part:
    """Return each scenario's margin by fiscal year and its lowest cash, and what its books say that no mean does."""
    few = len(answer.cases) <= BUDGETS_FOR  # more would not leave room on two pages; the workbook has all
    items = [f"{called(answer)[case.name]}: {budget_line(case, answer)}" for case in answer.cases if case.books]
    return Part("Budget by fiscal year", (*items, *money_lines(answer)[:MOST_MONEY_LINES]) if few else ())


def _differs(answer: Answer) -> Part:
    number = max(1, len(answer.alternatives))
    most, longest = max(1, CHANGES_FOR_ALL // number), LONGEST_CHANGE if number <= SENTENCES_FOR else SHORTER_CHANGE
    names = called(answer)
    items = [
        f"{names[one.case.name]}: {line}" if len(answer.alternatives) > 1 else line
        for one in answer.alternatives
        for line in changes_in_words(one, most, longest)
    ]
    return Part("What differs from the base", tuple(items))


def _household(answer: Answer) -> Part:
    """Return what of a changed entry wage reaches households."""
    few = answer.alternatives if len(answer.alternatives) <= HOUSEHOLDS_FOR else ()  # more would need a third page
    told = [(one, line) for one in few for line in household.brief_sentences(one, answer)]
    several, names = len(answer.alternatives) > 1, called(answer)
    items = [f"{names[one.case.name]}: {line}" if several else line for one, line in told]
    return Part(household.TITLE, tuple(items[:MOST_HOUSEHOLD_LINES]), household.in_short() if items else "")


def _loops(answer: Answer) -> Part:
    """Return what the model's loops add to what changed most, where it was asked."""
    names, keys = called(answer), picked(answer)[:MOST_LOOPS] if answer.alternatives else []
    items = [
        f"{names[one.case.name]}: {line}" if len(answer.alternatives) > 1 else line
        for one in answer.alternatives[:SENTENCES_FOR]
        for line in loops_in_words(one, keys)
    ]
    return Part("How much comes from the loops", tuple(items), LEAD)


def _to_check(answer: Answer) -> Part:
    """Return the first warnings of the inputs, people and folders left out."""
    found = list(dict.fromkeys(_warning_told(one) for case in answer.cases for one in case.loaded.warnings))
    more = [f"and {len(found) - MOST_WARNINGS} more (peerstay check lists all)"] if len(found) > MOST_WARNINGS else []
    return Part(TO_CHECK, (*found[:MOST_WARNINGS], *more))


def _warning_told(one: Problem) -> str:
    path = "" if lists_people(one.path) else one.path
    value = f" = {one.value}" if one.value is not None and path else ""
    told = f"{path}{value}: {one.rule}" if path else one.rule
    return one_line(f"{told}; {one.fix}" if one.fix else told, LONGEST_CHANGE)


def _limits(answer: Answer) -> Part:
    runs = answer.settings.replications
    luck = f"Ranges show random variation over {counted(runs, 'run')}, not uncertain assumptions."
    both = f"Ranges hold nine of ten of {counted(runs, 'future')}: random variation and what nobody has measured, both."
    alone = "One run shows one possible future and no range: it supports no conclusion."
    return Part("What this cannot tell you", (alone if runs == 1 else both if answer.over_futures else luck, *LIMITS))


def made_by(stamp: Stamp) -> tuple[str, ...]:
    """Return by which version, with which luck and from which scenarios an answer was made."""
    runs = counted(stamp.replications, "replication")
    return (
        f"peerstay {stamp.version}, seed {stamp.seed}, {runs}, made {stamp.made}.",
        f"Fingerprints: {_prints(stamp, len(stamp.fingerprints))}.",
    )


def _prints(stamp: Stamp, most: int) -> str:
    told = [f"{one_line(name, NAME)} {print_}" for name, print_ in stamp.fingerprints.items()]
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")


def last_month(answer: Answer) -> str:
    """Return the last month of a projection, YYYY-MM."""
    horizon = answer.base.loaded.scenario.horizon
    return month_text(month_number(horizon.start) + horizon.months - 1)
