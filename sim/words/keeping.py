"""What keeping people means next to the headline: how fewer newcomers affect separations, who is ever promoted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.results.measures.table import measure_of
from sim.results.summary import Estimate
from sim.runs.answer import Alternative, Answer, Case
from sim.words.ranges import mean_told, span

NEWCOMERS: Final = "retention_12_months"
RAW: Final = "separations_per_100_posts_year"
AT_SAME_TENURE: Final = "separations_standardized_per_100_posts_year"
PROMOTED: Final = "hired_and_promoted_share"


def named(case: Case, answer: Answer) -> str:
    """Return a title that no other scenario of an answer has: a file that extends another may have that one's."""
    alike = sum(other.title == case.title for other in answer.cases) > 1
    return f'"{case.title}"' + (f" ({case.name})" if alike else "")


def kept_lines(answer: Answer, *, raw: bool = True, names: Mapping[str, str] | None = None) -> list[str]:
    """Return a line or two for each alternative about what the sentence leaves open; named where there are several.

    `raw` says that separations stand beside it as they are, so that what their mix of tenure brings is told. `names`
    is what alternatives are called, by name; left out, they are called by their titles.
    """
    several = len(answer.alternatives) > 1
    each = (layoffs_sentence, *([mix_sentence] if raw else []), promoted_sentence)
    told = [(one, line) for one in answer.alternatives for line in (sentence(one) for sentence in each) if line]
    return [
        f"{names[one.case.name] if names else named(one.case, answer)}: {line[:1].lower()}{line[1:]}"
        if several
        else line
        for one, line in told
    ]


def layoffs_sentence(one: Alternative) -> str:
    """Return how much of a change in newcomers kept is who leaves, and how much who is laid off; they add up.

    Nothing where layoffs and closing play no part, or the change cannot be told from random variation.
    """
    kept, apart = one.measures[NEWCOMERS], one.measures.get(measure_of(NEWCOMERS).leaving)
    if apart is None or not kept.detectable or kept.difference.mean is None or apart.difference.mean is None:
        return ""
    whole, leaving, lost = _adding_up(100.0 * kept.difference.mean, 100.0 * apart.difference.mean)
    if not float(lost):
        return ""
    luck = "" if apart.detectable else " (which may be random variation)"
    told = (
        f"Of every 100 people hired, {_sided(whole)} are there a year later: {_sided(leaving)} by who leaves{luck}, "
        f"{_sided(lost)} because {'fewer' if float(lost) > 0 else 'more'} are laid off or lose the post to a closing."
    )
    return told + " With fewer in post fewer can be laid off: that is no verdict on keeping people." * kept.neutral


def mix_sentence(one: Alternative) -> str:
    """Return how much of a change in separations is people who stay, and how much the mix of who is there; they add up.

    Nothing where the change cannot be told from random variation.
    """
    raw, stay = one.measures[RAW], one.measures[AT_SAME_TENURE]
    if not raw.detectable or raw.difference.mean is None or stay.difference.mean is None:
        return ""
    whole, kept, mix = _adding_up(raw.difference.mean, stay.difference.mean)
    luck = "" if stay.detectable else " (which may be random variation)"
    newer = "fewer" if float(mix) <= 0 else "more"
    return (
        f"Separations per 100 filled posts, {_sided(whole)}: {_sided(kept)} because {_why_stay(kept)}{luck}, "
        f"{_sided(mix)} because {newer} of those in post are new, who leave soonest, or with an employer that loses "
        "many. Judge by retention and by leaving at the same tenure, not by this number."
    )


def _adding_up(whole: float, part: float) -> tuple[str, str, str]:
    """Return a whole, a part and the rest such that what is printed adds up: with a digit, or else with two."""
    told = [f"{one:.1f}" for one in (whole, part, whole - part)]
    if f"{float(told[1]) + float(told[2]):.1f}" == told[0]:
        return told[0], told[1], told[2]
    fine = [f"{one:.2f}" for one in (whole, part)]
    return fine[0], fine[1], f"{float(fine[0]) - float(fine[1]):.2f}"


def _sided(number: str) -> str:
    """Return a difference with its sign in a word: `2.6 fewer`."""
    return f"{number.removeprefix('-')} {'more' if float(number) > 0 else 'fewer'}"


def _why_stay(number: str) -> str:
    return "people stay" if float(number) <= 0 else "more people leave, or lose their posts, at the same tenure"


def promoted_sentence(one: Alternative) -> str:
    """Return how many of 100 people hired are ever promoted, where an alternative changes the ladder."""
    promoted = one.measures[PROMOTED].alternative
    if promoted.mean is None or not any(change.path.startswith("ladder") for change in one.changes):
        return ""
    ends = [None if end is None else 100.0 * end for end in (promoted.mean, promoted.low, promoted.high)]
    of_hundred = Estimate(ends[0], ends[1], ends[2], promoted.n)
    inside = span(of_hundred, "people")
    told = mean_told(of_hundred, "people") + (f" (95 % interval of the mean: {inside})" if inside else "")
    return f"Of 100 people hired, {told} are ever promoted within the projection."
