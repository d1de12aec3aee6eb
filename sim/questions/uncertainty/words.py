"""Uncertainty in words: the sentence, what stands out, how sure the choice is, what to be careful about."""

from __future__ import annotations

from collections.abc import Iterator

from sim.questions.uncertainty.evppi import Worth
from sim.questions.uncertainty.numbers import around, chance_told, part, size, two_digits
from sim.questions.uncertainty.uncertainty import Band, Choice, Spread, Uncertainty
from sim.questions.uncertainty.variance_shares import WIDE, Guess, ignorance_of
from sim.results.measures.table import measure_of
from sim.words.audience import PAGE, Ways
from sim.words.layout import counted, listed
from sim.words.ranges import bound, fine

MOST = 6


def doubt_sentence(found: Uncertainty) -> str:
    """Return how far the base's measure is spread, and how much of that is random variation."""
    base, key = found.levels[0], found.key
    taken = f"{found.label} is {size(base.taken, key)} with every assumption at its point value"
    over_all = f"{size(base.mean, key)} on average over the uncertain assumptions"
    if base.luck_share is None or base.both is None:
        return f"{taken}, {over_all}; nine draws in ten lie between {_ends(base.ignorance, key)}."
    if not has_spread(base):
        return f"{taken}, and the same in every draw and every run: there is no uncertainty."
    luck = part(base.luck_share.value)
    return (
        f"{taken}, {over_all}. Nine runs in ten lie between {_ends(base.both, key)}: {luck} of that spread is random "
        f"variation, {part(1.0 - base.luck_share.value)} comes from uncertain assumptions."
    )


def _ends(inside: Band, key: str) -> str:
    unit, ends = measure_of(key).unit, around(None, inside)
    return " and ".join(bound(end, ends, unit, brief=True) for end in (inside.low, inside.high))


def has_spread(one: Spread) -> bool:
    """Whether anything spreads it, random variation or uncertain assumptions."""
    return one.whole.parts.luck > 0 or ignorance_of(one.whole.parts) > 0


def standing_out(one: Spread) -> list[tuple[str, Guess]]:
    """Return the assumptions whose share stands out from noise, the largest first."""
    largest = sorted(one.single.items(), key=lambda pair: -pair[1].value)
    return [(path, guess) for path, guess in largest if guess.low > 0.0][:MOST]


def choice_lines(found: Uncertainty, ways: Ways = PAGE) -> list[str]:
    """Return how sure the choice of the best scenario is."""
    choice = found.choice
    if choice is None:
        return _no_choice(found, ways)
    chances = [f"{ways.scenario(name)} in {chance_told(chance)}" for name, chance in choice.chance_best.items()]
    best = ways.scenario(choice.best)
    average = f"On average {best} is best ({choice.prefer} is better){_hardly(found, choice, ways)}."
    draws = f"Over the uncertain assumptions the best is {listed(chances)} of draws."
    changes = (
        f"In {chance_told(choice.order_changes)} of draws the scenarios rank in a different order than on average."
    )
    return [f"{average} {draws}", changes]


def _hardly(found: Uncertainty, choice: Choice, ways: Ways) -> str:
    """Return that the best cannot be told from the base on average, where it cannot."""
    near = [one for one in found.differences if choice.best in (one.name, found.names[0])]
    unseen = [one for one in near if abs(one.mean) < WIDE * mean_error(one, found.draws)]
    if not unseen:
        return ""
    names = [found.names[0]] if choice.best != found.names[0] else [one.name for one in unseen]
    other = listed([ways.scenario(name) for name in names])
    return f", with no detectable difference from {other} on average"


def mean_error(one: Spread, draws: int) -> float:
    """Return the standard error of a mean difference, over runs and over draws."""
    return float((one.luck_error**2 + ignorance_of(one.whole.parts) / draws) ** 0.5)


def _no_choice(found: Uncertainty, ways: Ways) -> list[str]:
    if not found.differences:
        return []
    return [f"Neither more nor less of this measure is better in itself: {ways.prefer}."]


def worth_words(found: Uncertainty, choice: Choice, ways: Ways = PAGE) -> str:
    """Return what to look up first, or that knowing more would change nothing."""
    if not worth_knowing(choice):
        return f"Nothing: {ways.scenario(choice.best)} stays the best whatever is drawn."
    seen = worths_seen(choice)
    if not seen:
        return "No single assumption detectably changes the choice at this number of draws."
    first = next(one for one in found.unknowns if one.path == seen[0][0])
    return f"Look up {ways.unknown(first)} first: knowing it would change the choice most."


def worth_knowing(choice: Choice) -> bool:
    """Whether knowing anything before choosing is seen to be worth something."""
    return choice.everything.value > 0.0 or any(one.detectable for one in choice.groups.values())


def worths_seen(choice: Choice) -> list[tuple[str, Worth]]:
    """Return the assumptions that are seen to be worth knowing, the one worth most first."""
    best = sorted(choice.single.items(), key=lambda pair: -pair[1].value.value)
    return [(path, one) for path, one in best[:MOST] if one.detectable]


def notes(found: Uncertainty, ways: Ways = PAGE) -> Iterator[str]:
    """Yield what a careful reader has to know besides."""
    luck = fine(1.96 * found.levels[0].luck_error, found.key)
    yield (
        f"{counted(len(found.unknowns), 'assumption')} drawn {counted(found.draws, 'time')} from their ranges, each "
        f"independently and most often near its point value; {counted(found.replications, 'run')} in each draw, with "
        "the same random numbers in every draw and scenario. What a scenario states counts as known."
    )
    correlation = found.levels[0].whole.parts.luck_correlation
    if correlation is not None:
        yield (
            f"What random variation brings to one run correlates by {two_digits(correlation)} between two draws of "
            "the base: near 1 few runs of each draw tell as much as many, near 0 no more than runs of their own would."
        )
    yield (
        f"With point values the result is what {ways.compared}; the mean differs where ranges reach farther on one "
        f"side. Another random seed would move the base's mean by ± {luck} (95 %)."
    )
    yield "Shares below 0 are noise; more draws reduce it."
    if found.choice is not None:
        yield (
            "A value is in the measure's unit: how much better the choice would turn out on average. None seen: "
            "assumptions that do nothing would seem worth as much in one study out of 20."
        )
    yield from _counts(found)


def _counts(found: Uncertainty) -> Iterator[str]:
    if found.undefined:
        yield f"Left out: {counted(found.undefined, 'run')} in which the measure is undefined in some draw."
    if found.fitted:
        fitted = counted(found.fitted, "draw")
        yield f"In {fitted} shares that add up to 100 % came to more; those that were drawn were reduced to fit."
    if found.refused:
        reason, _ = found.refused.most_common(1)[0]
        again = counted(found.refused.total(), "draw")
        yield f"Impossible combinations, drawn again: {again}, mostly because {reason}."
