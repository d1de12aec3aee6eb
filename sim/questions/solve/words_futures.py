"""What an answer of `solve` says of single futures: in how many it holds, and what more of them would take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.questions.solve.constraints import runs_needed
from sim.questions.solve.in_futures import SURELY
from sim.questions.solve.solve import Found, Solution, Tried
from sim.results.measures.table import measure_of
from sim.words.audience import Ways
from sim.words.differences import hundredths
from sim.words.inputs import value_in_words
from sim.words.layout import counted

OTHER_SEED: Final = "another seed shows how far the answer moves"


def run_word(solution: Solution) -> str:
    """Return what a replication is called."""
    return "future" if solution.over_futures else "run"


def runs(solution: Solution) -> str:
    """Return how many replications an answer rests on: `200 futures`."""
    return counted(solution.settings.replications, run_word(solution))


def met_in(tried: Tried) -> str:
    """Return in how many of 100 futures all constraints are met; nothing where that is not known."""
    single = tried.single
    return "" if single is None or single.met is None else f"{hundredths(single.met)} of 100"


def in_how_many(solution: Solution, tried: Tried) -> str:
    """Return a sentence that says in how many futures a value meets the constraints; a chance says it otherwise."""
    told = "" if solution.asked.chance is not None else met_in(tried)
    what = "The constraint is" if len(solution.asked.wishes) == 1 else "All constraints are"
    where = "" if tried is solution.today else " there"
    return f" {what} met{where} in {told} futures." if told else ""


def what_it_takes(solution: Solution, ways: Ways) -> Iterator[str]:
    """Yield how far one would have to go for nine of ten futures, where the answer holds on average."""
    found = solution.found
    if found is None or solution.asked.chance is not None or _share(found.at) is None:
        return
    outwards = _outwards(solution, found)
    sure = _nearest_sure(outwards)
    if sure is None:
        most = max(outwards, key=_known_share)
        of_most = f"at most {met_in(most)}, at {_value(solution, most)}"
        yield f"No value tried meets it in {hundredths(SURELY)} of 100 futures: {of_most}."
    elif sure is not found.at:
        yield (
            f"To meet it in {hundredths(SURELY)} of 100 futures it takes {_value(solution, sure)} ({met_in(sure)}), "
            f"the nearest of the values tried{_closer(solution, ways)}."
        )


def too_few(solution: Solution) -> Iterator[str]:
    """Yield that so few replications cannot show a chance, if that is so."""
    chance = solution.asked.chance
    if chance is not None and solution.settings.replications < runs_needed(chance):
        fewest, one = counted(runs_needed(chance), run_word(solution)), run_word(solution)
        yield (
            f"Fewer than {fewest} cannot show {100 * chance:.4g} % clearly, even if every {one} meets the constraints."
        )


def _closer(solution: Solution, ways: Ways) -> str:
    """Return how such a value is found to the step; of what is found over all futures together it cannot be."""
    together = any(measure_of(wish.key).how == "hazard" for wish in solution.asked.wishes)
    return "" if together else f"; {ways.chance} finds it to the step"


def _outwards(solution: Solution, found: Found) -> list[Tried]:
    """Return the values tried on the side of the answer, the nearest to today's first."""
    side, today = 1 if found.direction == "up" else -1, solution.asked.lever.today
    tried = [(side * one.value, one) for one in solution.tried if one.value is not None]
    beyond = [pair for pair in tried if today is None or pair[0] > side * today]
    return [one for _, one in sorted(beyond, key=lambda pair: pair[0])]


def left_open(solution: Solution, ways: Ways) -> Iterator[str]:
    """Yield that the base's futures draw the input that is varied, if they do."""
    futures, path = solution.answer.settings.futures, solution.asked.lever.path
    if futures is not None and path in futures.open_in[0]:
        yield (
            f"The base does not state {ways.input(path)}: each of its futures draws it anew, while a value tried is "
            "the same in all futures."
        )


def how_to_read(solution: Solution) -> str:
    """Return what ranges mean, and what they leave out."""
    futures = solution.answer.settings.futures
    if futures is None:
        told = "All values use the same random numbers. Ranges show random variation only, not uncertain assumptions"
        return f"{told}; {OTHER_SEED}."
    number = counted(len(futures.unknowns), "uncertain assumption")
    ranges = "Ranges are 95 % intervals of means."
    if solution.over_futures:
        ranges = (
            "Ranges of results hold the middle 90 % of single futures; whether a constraint is clearly met on average, "
            "and the range of the answer, follow from the 95 % interval of the mean."
        )
    return (
        f"All values are tried in the same futures, each with {number} drawn anew and its own random numbers; what the "
        f"scenario states is taken as known. {ranges} {OTHER_SEED.capitalize()}."
    )


def _share(one: Tried) -> float | None:
    return None if one.single is None else one.single.met


def _known_share(one: Tried) -> float:
    return _share(one) or 0.0


def _nearest_sure(outwards: list[Tried]) -> Tried | None:
    return next((one for one in outwards if _known_share(one) >= SURELY), None)


def _value(solution: Solution, one: Tried) -> str:
    return value_in_words(one.value, solution.asked.lever.unit)
