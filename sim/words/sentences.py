"""An answer in one sentence: what changes, by how much, and what cannot be told apart from random variation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.results.measures.table import measure_of
from sim.results.spreads import FEWEST
from sim.results.summary import Estimate, estimate_of
from sim.runs.against import Pair, number_of_pairs
from sim.runs.answer import Alternative, Answer, Case
from sim.runs.paired import Paired
from sim.scenario.tables.frame import Horizon
from sim.units import MONTHS_PER_YEAR, month_number
from sim.words.differences import OF_ITS_MEAN, inside_in_words
from sim.words.futures import SAME_WAY, drawn_told, runs_told, told_apart, whose_chance
from sim.words.keeping import AT_SAME_TENURE, named
from sim.words.layout import capitalized, counted, listed
from sim.words.numbers import value
from sim.words.ranges import mean_told, size_in_words, sizes, span
from sim.words.stand_in import told_label

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """Words for a difference in one measure; {size} stands for how large it is."""

    key: str
    name: str
    more: str
    less: str


NEWCOMERS, IN_POST = "retention_12_months", "retention_in_post_12_months"
PHRASES = (
    Phrase(
        NEWCOMERS,
        "retention of people hired",
        "{size} more of every 100 people hired still there 12 months later",
        "{size} fewer of every 100 people hired still there 12 months later",
    ),
    Phrase(
        IN_POST,
        "retention of people in post",
        "{size} more of every 100 people in post at the start still there 12 months later",
        "{size} fewer of every 100 people in post at the start still there 12 months later",
    ),
    Phrase(  # a rate at the base's mix of tenure: where fewer are hired, or posts are lost, fewer can leave
        AT_SAME_TENURE,
        "leaving at the same tenure",
        "{size} more of every 100 peers of the same tenure leaving each year",
        "{size} fewer of every 100 peers of the same tenure leaving each year",
    ),
    Phrase(
        "hours_delivered_per_year",
        "client-hours delivered",
        "{size} more client-hours delivered a year",
        "{size} fewer client-hours delivered a year",
    ),
    Phrase(
        "chance_of_missing_payroll",
        "the chance of not making payroll",
        "a chance of not making payroll {size} higher",
        "a chance of not making payroll {size} lower",
    ),
    Phrase("cash_end_usd", "cash at the end", "{size} more cash at the end", "{size} less cash at the end"),
)
KEPT_MEANS: Final = '"Newcomers kept 12 months": of people hired, how many are still there 12 months later.'
KEPT: Final = {NEWCOMERS: "hired", IN_POST: "in post at the start"}
RISK, CASH = "chance_of_missing_payroll", "cash_end_usd"
MOSTLY: Final = 0.5  # of the runs
MOST_RANGES: Final = 4  # named in a sentence
PAYERS: Final = {  # measure → who pays
    "spending_federal_usd_per_year": "federal government",
    "spending_state_usd_per_year": "state",
    "spending_county_usd_per_year": "county",
    "spending_other_usd_per_year": "other payers",
}
USD: Final = "USD a year"
MOST_PAYERS: Final = 3  # named in a sentence
SPARED: Final = "fewer are laid off, of fewer in post: no verdict on"  # nobody is kept better by it
LEVEL: Final = "turnover.level"  # an input of the base alone


def month_name(text: str) -> str:
    """Return `2027-07` as July 2027."""
    year, month = divmod(month_number(text), MONTHS_PER_YEAR)
    return f"{MONTH_NAMES[month]} {year}"


def over(horizon: Horizon) -> str:
    """Return the time a projection covers."""
    return f"{counted(horizon.months, 'month')} from {month_name(horizon.start)}"


def compared_sentence(one: Alternative, answer: Answer) -> str:
    """Return what an alternative changes against the base, in words."""
    return _sentence(one, f'against "{answer.base.title}" (no new decisions)', answer)


def sentence_beside(one: Alternative, answer: Answer) -> str:
    """Return what an alternative changes, in words that stand beside its name: neither its title nor the base's."""
    return _sentence(one, "against the base", answer, "it")


def pair_sentence(pair: Pair) -> str:
    """Return what one alternative changes compared with another, in words."""
    return _sentence(pair.second, f"compared with {named(pair.first, pair.answer)}", pair.answer)


def _sentence(one: Alternative, against: str, answer: Answer, name: str = "") -> str:
    frame = f"Projected over {over(answer.base.loaded.scenario.horizon)}, {name or named(one.case, answer)}"
    if one.changes_nothing:
        return f"{frame} changes nothing {against}: every measure is the same in every run.{_of_the_base(one)}"
    seen, spared, unseen, same = _told_apart(one)
    rest = [*_not_told(unseen, same, answer), *([f"{SPARED} {listed(spared)}"] if spared else [])]
    rest += filter(None, [payers_told(one)])
    if not seen:
        frame = frame.removesuffix(f" {name}") if name else frame  # no verb follows
        return f"{frame} {against}: {'; '.join(rest)}."
    return "; ".join([f"{frame} means {listed(seen)}, {against}", *rest]) + "."


def _not_told(unseen: Sequence[str], same: Sequence[str], answer: Answer) -> list[str]:
    told = [f"no detectable difference in {listed(unseen)} at {_runs(answer)}"] if unseen else []
    return [*told, f"{listed(same)} {_the_same(answer)}"] if same else told


def payers_told(one: Alternative) -> str:
    """Return who pays how much more or less a year, the largest first: `state $114k more and county $3k less a year`.

    Nothing where no payer's amount can be told from the base's.
    """
    moved = [(name, one.measures[key].told) for key, name in PAYERS.items() if one.measures[key].detectable]
    largest = sorted(moved, key=_paid, reverse=True)[:MOST_PAYERS]
    told = " and ".join(filter(None, (_side(largest, 1, "more"), _side(largest, -1, "less"))))
    return told and f"{told if len(largest) < MOST_PAYERS else told.replace(' more and ', ' more, ')} a year"


def _paid(payer: tuple[str, Estimate]) -> float:
    return abs(payer[1].mean or 0.0)


def _side(payers: Sequence[tuple[str, Estimate]], sign: int, word: str) -> str:
    """Return who pays more, or who pays less; nothing where nobody does."""
    own = [(name, sizes(one)) for name, one in payers if sign * (one.mean or 0.0) > 0]
    return f"{listed([f'{name} {mean_told(one, USD, brief=True)}' for name, one in own])} {word}" if own else ""


def _told_apart(one: Alternative) -> tuple[list[str], list[str], list[str], list[str]]:
    """Differences in words, and names: of what differs by what is spared alone, is not told apart, is the same."""
    seen, spared, unseen, same = list[str](), list[str](), list[str](), list[str]()
    for phrase in chosen(one):
        compared = one.measures[phrase.key]
        if compared.same:
            same.append(phrase.name)
        elif not compared.detectable:
            unseen.append(phrase.name)
        elif compared.neutral:
            spared.append(phrase.name)
        else:
            seen.append(_difference(phrase, compared))
    return seen, spared, unseen, same


def differences_without_ranges(one: Alternative) -> list[str]:
    """Return the differences that can be told, each with how sure it is, without brackets: to be quoted."""
    told = []
    for phrase in chosen(one):
        compared = one.measures[phrase.key]
        if compared.detectable and not compared.neutral:
            words, spread = _size(phrase, compared), compared.spread
            side = None if spread is None else spread.above if (compared.told.mean or 0.0) > 0 else spread.below
            told.append(words if side is None else f"{words}, so in {round(100.0 * side)} of 100 futures")
    return told


def _of_the_base(one: Alternative) -> str:
    """Return why an alternative that states another turnover changes nothing by it."""
    if not any(change.path.startswith(LEVEL) for change in one.changes):
        return ""
    return (
        f" {LEVEL} says how many leave the base, and an alternative starts with the base's people: change what moves "
        "them (pay, ladder, practices), or state it in a base of its own, which is another organization."
    )


def beware(answer: Answer) -> str:
    """Return which scenarios cannot make payroll in half of the runs or more; nothing where none does.

    What is compared is then mostly what is left of an employer, and small differences say little.
    """
    risks = [(case, estimate_of(RISK, case.values[RISK]).mean or 0.0) for case in answer.cases]
    told = [
        f"in {value(risk, 'share')} of the {whose} of {'the base' if case is answer.base else named(case, answer)}"
        for case, risk in risks
        for whose in [whose_chance(case.loaded.scenario)]
        if risk >= MOSTLY
    ]
    if not told:
        return ""
    return (
        f"Caution: payroll is missed along the way {listed(told)}. The comparison is then partly about an employer "
        "that can no longer pay."
    )


def chosen(one: Alternative) -> list[Phrase]:
    """Return what is told: who is kept, service and one of money: the risk of missing payroll, or else cash at the end.

    What is undefined on either side is left out, such as who is kept for a year in less than one.
    """
    money = RISK if one.measures[RISK].detectable else CASH
    known = (phrase for phrase in PHRASES if one.measures[phrase.key].difference.mean is not None)
    return [phrase for phrase in known if phrase.key not in {RISK, CASH} - {money}]


def _difference(phrase: Phrase, compared: Paired) -> str:
    words = ("more", "fewer") if "of every 100" in phrase.more else None
    return f"{_size(phrase, compared)} ({inside_in_words(phrase.key, compared, words)})"


def _size(phrase: Phrase, compared: Paired) -> str:
    """Return how large a difference is, in the words of its phrase."""
    difference = compared.told
    pattern = phrase.more if (difference.mean or 0.0) > 0 else phrase.less
    size = size_in_words(measure_of(phrase.key), difference)
    return pattern.format(size=size.removesuffix(" points") if "of every 100" in pattern else size)


def run_sentence(case: Case) -> str:
    """Return what one scenario comes to, in words."""
    scenario, told = case.loaded.scenario, case.told

    def number(key: str) -> str:
        of_mean = bool(case.spreads) and key not in case.spreads
        return _with_range(told[key], measure_of(key).unit, OF_ITS_MEAN * of_mean)

    kept = [f"{number(key)} of people {whose}" for key, whose in KEPT.items() if told[key].mean is not None]
    keeps = f"keeps {listed(kept)} for 12 months or more, " if kept else ""
    return (
        f'Projected over {over(scenario.horizon)}, "{case.title}" {keeps}loses {number("exits_per_year")} people a '
        f"year of {value(told['headcount'].mean, 'peers')} in post, delivers {number('hours_delivered_per_year')} "
        f"client-hours a year and ends with {number('cash_end_usd')} in cash; "
        f"{_risk(told[RISK], over_futures=bool(case.own))}."
    )


def _risk(chance: Estimate, *, over_futures: bool) -> str:
    """Return the chance of not making payroll; what was seen in no run, or in all, has a range that says so.

    Beside ranges of single futures, which a chance has not, the interval of its mean is called that.
    """
    if chance.n == 1 and chance.mean in {0.0, 1.0}:
        return f"in this one run it {'cannot make payroll on the way' if chance.mean else 'makes every payroll'}"
    of_mean = "95 % interval of the chance: " if over_futures else ""
    return f"the chance of not making payroll on the way is {_with_range(chance, 'share', of_mean)}"


def _with_range(estimate: Estimate, unit: str, called: str = "") -> str:
    inside = span(estimate, unit)
    return mean_told(estimate, unit) + (f" ({called}{inside})" if inside else "")


def how_to_read(answer: Answer) -> str:
    """Return what ranges mean."""
    if answer.settings.replications == 1:
        return "One run: no ranges. More replications would show how much the figures vary at random."
    if answer.over_futures:
        return _how_to_read_futures(answer)
    pairing = ", of differences run by run" if answer.alternatives else ""
    told = f"Ranges are 95 % intervals of means over {runs_told(answer)}{pairing}: {told_apart(answer)}."
    number = len(answer.alternatives)
    if number < 2:
        return told
    each = f"{100 * answer.within:.1f} % each"
    return (
        f"{told} For each measure, those of the {number} alternatives are widened, to {each}, so that all of them hold "
        "at once with 95 %."
    )


def means_told(answer: Answer) -> str:
    """Return what ranges mean where each is of a mean, over futures too."""
    if answer.settings.replications == 1:
        return how_to_read(answer)
    return f"Ranges are 95 % intervals of means over {runs_told(answer)}: {told_apart(answer)}."


def _how_to_read_futures(answer: Answer) -> str:
    """Return what ranges over futures mean, and what they leave out."""
    told = (
        f"{drawn_told(answer)} A range holds the middle 90 % of single futures: random variation and what is not "
        "known, together; one marked * is the 95 % interval of a chance, which a single future has not, or of a mean "
        f"of which fewer than {FEWEST} futures have a value."
    )
    if answer.alternatives:
        told += f' "Worse in 79", say, means that in 79 of 100 futures a change {SAME_WAY}.'
    known = f"What a scenario states is taken as known{_with_ranges(answer)}."
    return f"{told} {known}"


def how_to_read_here(answer: Answer) -> str:
    """Return what ranges mean to a reader of the command line, who can ask for random variation alone."""
    hint = " --luck-only shows random variation alone." if answer.over_futures else ""
    return f"{how_to_read(answer)}{hint}"


def _with_ranges(answer: Answer) -> str:
    """Return which stated inputs are uncertain all the same, as the scenarios say."""
    paths = list(dict.fromkeys(path for case in answer.cases for path in case.loaded.scenario.ranges))
    told = paths[:MOST_RANGES]
    more = [f"{len(paths) - MOST_RANGES} more"] if len(paths) > MOST_RANGES else []
    return f", except with a range: {listed([*told, *more])}" if paths else ""


def how_to_read_pairs(pair: Pair) -> str:
    """Return what the ranges of comparisons of alternatives with one another mean."""
    scenarios, pairs = len(pair.answer.cases), number_of_pairs(pair.answer)
    each = f"{100 * pair.within:.1f} % each"
    return (
        f"For each measure, the ranges of all {pairs} comparisons between any two of these {scenarios} scenarios are "
        f"widened, to {each}, so that all of them hold at once with 95 %, whichever are looked at."
    )


def unseen_in_words(keys: Sequence[str], answer: Answer, alternatives: Sequence[Alternative] = ()) -> str:
    """Return in which measures no difference can be told from random variation, and which are the same in every run.

    Args:
        keys: the measures; nothing is returned where there are none.
        answer: the answer.
        alternatives: what is told of; left out, the answer's, each against the base.
    """
    same = [key for key in keys if _same_in_all(key, alternatives or answer.alternatives)]
    unseen = [key for key in keys if key not in same]
    leads = (f"No detectable difference at {_runs(answer)}", capitalized(_the_same(answer)))
    return " ".join(_labeled(lead, own, answer) for lead, own in zip(leads, (unseen, same), strict=True) if own)


def _same_in_all(key: str, alternatives: Sequence[Alternative]) -> bool:
    return all(one.measures[key].same for one in alternatives)


def _labeled(lead: str, keys: Sequence[str], answer: Answer) -> str:
    everyone = [case.loaded for case in answer.cases]
    return f"{lead}: {listed([told_label(key, everyone).lower() for key in keys])}."


def _the_same(answer: Answer) -> str:
    return f"the same in every {'future' if answer.over_futures else 'run'}"


def _runs(answer: Answer) -> str:
    return counted(answer.settings.replications, "future" if answer.over_futures else "run")
