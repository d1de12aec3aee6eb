"""The text of a brief, once for Word, PDF and HTML: plain text in order, no layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sim.questions.compare import decision
from sim.questions.compare.budget_text import budget_line
from sim.questions.compare.largest_changes import picked, undetected
from sim.questions.compare.loop_lines import LEAD, loops_in_words
from sim.questions.compare.tables import compared_row, range_headings
from sim.questions.compare.three_numbers import LABELS
from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.runs.answer import Alternative, Answer
from sim.runs.paired import Paired
from sim.takeaway.also import NOTHING_ELSE, Also
from sim.takeaway.basis import LONGEST_CHANGE, break_even, find_out, kinds, leaning, limits, living_wages, to_check
from sim.takeaway.named import called, case_title, fingerprints_told, made_by
from sim.takeaway.parts import Brief, Part, Row, Table
from sim.takeaway.plain import on_day, one_line
from sim.takeaway.private import changes_in_words
from sim.units import month_number, month_text
from sim.words.apart import lost_posts_line, short_of_cash_line
from sim.words.differences import difference_in_words
from sim.words.earnings import household
from sim.words.earnings.wages import unpaid_told
from sim.words.keeping import RAW, kept_lines
from sim.words.layout import counted
from sim.words.money import closing_lead, money_lines, renewal_lines
from sim.words.numbers import short, value
from sim.words.organization import organization_line
from sim.words.precision import precision_sentence
from sim.words.provenance import Stamp
from sim.words.ranges import mean_told, span
from sim.words.sentences import (
    KEPT_MEANS,
    PAYERS,
    USD,
    beware,
    compared_sentence,
    how_to_read,
    over,
    payers_told,
    run_sentence,
    unseen_in_words,
)
from sim.words.stand_in import told_label
from sim.words.stated_turnover import turnover_lead
from sim.words.trust import trust_sentence

SENTENCES_FOR, TABLE_FOR, CHANGES_FOR_ALL, MOST_ROWS, MOST_LOOPS = 2, 3, 12, 5, 3
BUDGETS_FOR, MOST_MONEY_LINES = 2, 2
HOUSEHOLDS_FOR, MOST_HOUSEHOLD_LINES = 2, 2
SHORTER_CHANGE = 120
TITLE, LONGEST_SENTENCE, LONGEST_ORGANIZATION = 110, 1_200, 320
BELOW: Final = "share_below_living_wage"
MOST_BESIDE: Final = 2  # parts asked besides, beside which there is room for who pays, which a fiscal note tells too
NO_PART: Final = Part("", ())


def brief(answer: Answer, stamp: Stamp, also: Also = NOTHING_ELSE) -> Brief:
    """Return the text of a brief, with what else is asked of it."""
    day = on_day(stamp.made)
    told = {*LABELS, RAW}  # what separations as they are come to is told by the sentence's rate at the same tenure
    changed = [key for key in picked(answer) if key not in told] if answer.alternatives else []
    paid = _paid_told(answer, also)
    keys = [] if also.takes_more else changed[: max(0, MOST_ROWS - 1 - _spared(answer, also, paid))]
    return Brief(
        title=title(answer),
        about=f"Policy brief · projection over {over(answer.base.loaded.scenario.horizon)} · {day}",
        organization=one_line(organization_line(answer.base.loaded.scenario), LONGEST_ORGANIZATION),
        question=question(answer),
        answers=answers(answer),
        numbers=numbers(answer),
        payers=paid,
        results=_results(answer, keys),
        how_to_read=_how_to_read(answer, also),
        undetected="" if also.takes_more else _undetected(answer, changed),
        parts=_parts(answer, keys, also),
        command=stamp.command,
        made_by=made_by(stamp),
        footer=f"peerstay {stamp.version} · {fingerprints_told(stamp, 1)} · seed {stamp.seed} · "
        f"{counted(stamp.replications, 'run')} · {stamp.made[:10]}",
    )


def _how_to_read(answer: Answer, also: Also) -> str:
    trust = "" if _crowded(also) and answer.alternatives[1:] else _trust(answer)
    return " ".join(filter(None, (KEPT_MEANS, how_to_read(answer), precision_sentence(answer), trust)))


def _crowded(also: Also) -> bool:
    """Whether what else is asked leaves room for nothing that stands elsewhere too."""
    return len(also.parts) > MOST_BESIDE


def _paid_told(answer: Answer, also: Also) -> Table | None:
    return None if also.fiscal is not None and _crowded(also) else payers(answer)


def _spared(answer: Answer, also: Also, paid: Table | None) -> int:
    """Return how many rows of what changed most the room of the rest takes; several alternatives take more lines."""
    rows = 0 if paid is None else (len(paid.rows) + 1) // 2
    return rows + (len(answer.alternatives) > 1) + 2 * (also.parts != ())


def _trust(answer: Answer) -> str:
    """Return how far futures can be trusted; random variation alone was held against no study."""
    return trust_sentence() if answer.over_futures else ""


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
    renewal = renewal_lines(answer.base)[:1]
    lead = [text for text in (closing_lead(answer), *renewal, turnover_lead(answer.base.loaded.scenario)) if text]
    warning = _warnings(answer)
    if not answer.alternatives:
        return (*lead, run_sentence(answer.base), *warning)
    if len(answer.alternatives) > SENTENCES_FOR:
        many = f"{len(answer.alternatives)} alternatives, each compared with the base (no new decisions) run by run"
        time = over(answer.base.loaded.scenario.horizon)
        return (*lead, f"Projected over {time}: {many}. The table says what each changes.", *warning)
    told = [one_line(compared_sentence(one, answer), LONGEST_SENTENCE) for one in answer.alternatives]
    names = called(answer)
    if len(told) > 1:
        told = [f"{names[one.case.name]}. {sentence}" for one, sentence in zip(answer.alternatives, told, strict=True)]
    return (*lead, *told, *warning)


def _warnings(answer: Answer) -> list[str]:
    """Return what stands behind the sentences: wages that nobody is paid, and who cannot pay."""
    return list(filter(None, (unpaid_told(answer), beware(answer) if answer.alternatives else "")))


# numbers -----------------------------------------------------------------------------------------------------------


def numbers(answer: Answer) -> Table:
    """Return the numbers of the sentences with their ranges, a row for each scenario; of many, who pays too."""
    told = _numbers(answer)
    if len(answer.alternatives) <= TABLE_FOR:
        return told
    who = [_base_payers(answer), *(payers_told(one) or decision.UNSEEN for one in answer.alternatives)]
    rows = tuple((*row, cell) for row, cell in zip(told.rows, who, strict=True))
    return Table((*told.heading, decision.WHO_PAYS), rows, told.about)


def _base_payers(answer: Answer) -> str:
    paid = [(name, answer.base.told[key].mean) for key, name in PAYERS.items()]
    return ", ".join(f"{name} {short(usd, USD)}" for name, usd in paid if usd)


def payers(answer: Answer) -> Table | None:
    """Return who pays how much a year, in the rows and digits of the command line; of few alternatives."""
    number = len(answer.alternatives)
    if number > TABLE_FOR:
        return None
    told = (_payers_alone, _payers_of_one, _payers_of_several)[min(number, 2)](answer)
    return told if told.rows else None


def _payers_alone(answer: Answer) -> Table:
    own = [(name, answer.base.told[key]) for key, name in decision.PAYERS.items()]
    rows = tuple((name, mean_told(one, USD, brief=True), span(one, USD, brief=True)) for name, one in own if one.mean)
    return Table((decision.WHO_PAYS, "Mean", range_headings(answer)[0]), rows, _about_payers(answer))


def _payers_of_one(answer: Answer) -> Table:
    heading = (decision.WHO_PAYS, "Base", "A", "Change", *filter(None, range_headings(answer)))
    rows = [(line.label, line.cells[0].value, *_paid(line.cells[1])) for line in decision.payers(answer).lines]
    return Table(heading, tuple(row[: len(heading)] for row in rows), _about_payers(answer))


def _payers_of_several(answer: Answer) -> Table:
    heading = (decision.WHO_PAYS, "Base", *(called(answer)[one.case.name] for one in answer.alternatives))
    lines = decision.payers(answer).lines
    rows = tuple((line.label, line.cells[0].value, *map(_change, line.cells[1:])) for line in lines)
    return Table(heading, rows, _about_payers(answer))


def _about_payers(answer: Answer) -> str:
    return f"What each payer pays a year, with {_percent(answer)} ranges."


def _paid(cell: decision.Cell) -> Row:
    return cell.value, cell.change, cell.inside, cell.sure


def _change(cell: decision.Cell) -> str:
    """Return how an alternative differs, with its range and in how many futures, where they are told."""
    inside = "; ".join(filter(None, (cell.inside, cell.sure)))
    return f"{cell.change} ({inside})" if inside else cell.change


def _numbers(answer: Answer) -> Table:
    names = called(answer)
    first = (f"Base: {case_title(answer.base)}", *(_side(key, answer.base.told[key]) for key in LABELS))
    rows = [(f"{names[one.case.name]}: {case_title(one.case)}", *_against(one)) for one in answer.alternatives]
    if len(rows) == 1:
        only = answer.alternatives[0].case
        own = (rows[0][0], *(_side(key, only.told[key]) for key in LABELS))
        rows = [own, ("A against the base", *rows[0][1:])]
    about = f"The base's own figures, and what each alternative brings more or less, with {_percent(answer)} ranges."
    return Table(
        (_what_range(answer), *LABELS.values()),
        (first, *rows),
        about if rows else f"Figures with {_percent(answer)} ranges.",
    )


def _what_range(answer: Answer) -> str:
    """Return what the numbers of a table are, and the ranges in brackets."""
    return f"Mean ({'middle 90 % of futures' if answer.over_futures else '95 % interval of the mean'})"


def _percent(answer: Answer) -> str:
    return "90 %" if answer.over_futures else "95 %"


def _side(key: str, one: Estimate) -> str:
    unit = measure_of(key).unit
    inside = span(one, unit)
    return mean_told(one, unit) + (f" ({inside})" if inside else "")


def _against(one: Alternative) -> list[str]:
    return [_in_short(key, one.measures[key]) for key in LABELS]


def _in_short(key: str, compared: Paired) -> str:
    """Return a difference with its range and in how many futures it holds, in few characters."""
    if compared.spread is None:
        return difference_in_words(key, compared)
    if compared.same:
        return "the same in every future"
    *_, difference, inside, verdict = compared_row(key, compared, "")
    return f"{difference} ({'; '.join(filter(None, (inside, verdict)))})"


def _results(answer: Answer, keys: Sequence[str]) -> Table | None:
    """Return what changed most, a column for each alternative; nothing where there are none, or too many."""
    if not keys or len(answer.alternatives) > TABLE_FOR:
        return None
    names, single = called(answer), len(answer.alternatives) == 1
    ranges, told = range_headings(answer)
    several = ("Difference from the base", "Base", *(names[one.case.name] for one in answer.alternatives))
    return Table(
        ("Measure", "Base", "A", "Difference", ranges, told or "Verdict") if single else several,
        tuple((_one_row if single else _row)(key, answer) for key in keys),
        f"The measures that changed most, with {_percent(answer)} ranges.",
    )


def _one_row(key: str, answer: Answer) -> Row:
    return compared_row(key, answer.alternatives[0].measures[key], _label(key, answer))


def _row(key: str, answer: Answer) -> Row:
    cells = (_in_short(key, one.measures[key]) for one in answer.alternatives)
    return (_label(key, answer), value(answer.base.measures[key].mean, measure_of(key).unit), *cells)


def _label(key: str, answer: Answer) -> str:
    yearly = " a year" if measure_of(key).unit.endswith(" a year") else ""
    return f"{told_label(key, [case.loaded for case in answer.cases])}{yearly}"


def _undetected(answer: Answer, keys: Sequence[str]) -> str:
    if not answer.alternatives or all(one.changes_nothing for one in answer.alternatives):
        return ""
    return unseen_in_words(undetected(answer, [*keys, *LABELS]), answer)


# the rest ----------------------------------------------------------------------------------------------------------


def _parts(answer: Answer, keys: Sequence[str], also: Also) -> tuple[Part, ...]:
    """Return the parts; what else is asked takes the room of some that the command line and the page have too."""
    parts = _all_parts(answer, keys) if also.parts == () else _beside_more(answer, also)
    return tuple(part for part in parts if part.items)


def _all_parts(answer: Answer, keys: Sequence[str]) -> Iterator[Part]:
    """Yield the parts of a brief of which nothing else is asked."""
    homes = _household(answer)
    yield from (kinds(answer, called(answer)), _kept(answer), _budget(answer, MOST_MONEY_LINES))
    yield from (_differs(answer), homes, _loops(answer), find_out(answer))
    if not (homes.items and answer.alternatives[1:]):  # nothing else has room beside several of them
        yield break_even(answer, called(answer))
    yield leaning(answer)
    if BELOW in keys:
        yield living_wages(answer)
    yield from (to_check(answer), limits(answer))


def _beside_more(answer: Answer, also: Also) -> Iterator[Part]:
    """Yield what else is asked, and the parts that have room beside it."""
    yield from also.parts
    if not also.takes_more:
        yield _budget(answer, 0)
    weak = leaning(answer, besides=_crowded(also))
    yield from (_differs(answer), _loops(answer), weak, to_check(answer), limits(answer))


def _kept(answer: Answer) -> Part:
    """Return how much of a change is people who stay; of many alternatives, the table says it."""
    few = 0 < len(answer.alternatives) <= SENTENCES_FOR
    lost = lost_posts_line(answer, called(answer)) if few else ""
    items = [one_line(line, LONGEST_SENTENCE) for line in (lost, *kept_lines(answer, raw=False)) if line] if few else []
    return Part("Whether people are kept", tuple(items))


def _budget(answer: Answer, most: int) -> Part:
    """Return each scenario's margin by fiscal year and its lowest cash, and what its books say that no mean does.

    Args:
        answer: the answer.
        most: lines about the books.
    """
    few = len(answer.cases) <= BUDGETS_FOR  # more would not leave room on two pages; the workbook has all
    items = [f"{called(answer)[case.name]}: {budget_line(case, answer)}" for case in answer.cases if case.books]
    short = [line for line in [short_of_cash_line(answer, called(answer))] if line and most]
    more = [*short, *money_lines(answer, called(answer), renewal=False)][:most]
    return Part("Budget by fiscal year", (*items, *more) if few else ())


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


def last_month(answer: Answer) -> str:
    """Return the last month of a projection, YYYY-MM."""
    horizon = answer.base.loaded.scenario.horizon
    return month_text(month_number(horizon.start) + horizon.months - 1)
