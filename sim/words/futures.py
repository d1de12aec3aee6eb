"""Say what the ranges of an answer mean: of random variation alone, or of futures with assumptions drawn."""

from __future__ import annotations

from typing import Final

from sim.results.spreads import FEWEST
from sim.runs.answer import Answer
from sim.scenario.schema import Scenario
from sim.words.layout import capitalized, counted

RANGE, MIDDLE = "95 % range", "Middle 90 %"  # what a column of ranges is called
OF_MEAN: Final = " *"  # behind a range in such a column that is the 95 % interval of a mean, or of a chance
OF_100: Final = "Of 100"  # a column of "more in 73"
SAME_WAY: Final = "goes the same way as its mean"  # a difference, in so many of 100 futures


def runs_told(answer: Answer) -> str:
    """Return how many runs or futures an answer is the mean of: `200 futures`."""
    return counted(answer.settings.replications, "future" if answer.settings.unknowns else "run")


def employers_of(scenario: Scenario) -> int:
    """Return how many employers a scenario has."""
    return sum(kind.count for kind in scenario.employer) or 1


def whose_chance(scenario: Scenario, runs: str = "runs") -> str:
    """Return of what a chance is a share: of the runs, or where there are several employers of those of all runs.

    Args:
        scenario: the scenario.
        runs: what runs are called.
    """
    return runs if employers_of(scenario) == 1 else "employers"


def told_apart(answer: Answer) -> str:
    """Return what ranges tell of; in futures too few to tell of single ones all is drawn as in many."""
    if answer.settings.unknowns:
        return "random variation and what is not known, together"
    return "random variation only, not uncertain assumptions"


def drawn_told(answer: Answer) -> str:
    """Return what is drawn anew in each future: its random numbers, and uncertain assumptions if any."""
    drawn = answer.settings.futures
    number = "" if drawn is None else f"{counted(len(drawn.unknowns), 'uncertain assumption')}, drawn anew, and "
    return f"Each of the {runs_told(answer)} has {number}its own random numbers, the same for all scenarios."


def range_name(answer: Answer) -> str:
    """Return what a column of ranges is called."""
    return MIDDLE if answer.over_futures else RANGE


def ranges_told(answer: Answer, where: str = "cell", sides: str = f'under "{OF_100}"') -> str:
    """Return what ranges of an answer mean, and of futures what is drawn in them.

    Args:
        answer: the answer.
        where: within what the ranges of all alternatives hold together, where they are of means.
        sides: where it stands in how many futures a difference holds.
    """
    futures = answer.settings.futures
    if futures is not None and answer.over_futures:
        told = "What a scenario states is taken as known. Ranges hold the middle 90 % of single futures."
        held = f" {capitalized(sides)} stands in how many of 100 futures a difference {SAME_WAY}."
        return f"{drawn_told(answer)} {told}{held * bool(answer.alternatives)}"
    together = f"; in each {where} those of all alternatives hold together with 95 %" if answer.alternatives else ""
    if futures is None:
        return f"Ranges are for random variation only{together}."
    return (
        f"Ranges are 95 % intervals of the mean over futures{together}. With {FEWEST} futures and more they hold the "
        "middle 90 % of single ones."
    )
