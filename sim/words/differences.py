"""Tell a difference in words: how large, which way, in which range, and how often it lies on that side."""

from __future__ import annotations

from sim.results.measures.table import measure_of
from sim.results.spreads import ROUNDING, Spread
from sim.results.summary import Estimate
from sim.runs.paired import Paired
from sim.words.numbers import is_money
from sim.words.ranges import Words, ends_in_words, range_in_words, size_in_words

MANY_ALIKE = 0.05  # of the futures
OF_ITS_MEAN = "95 % interval of the mean: "
SAME_IN_ALL = "the same in all"
BY_FEWER_LAYOFFS = "by fewer layoffs alone, of fewer in post"


def words_for(key: str) -> Words:
    """Return what more and less of a measure are called."""
    unit = measure_of(key).unit
    if unit == "share" or unit.startswith(("SD", "points", "ratio")):
        return "higher", "lower"
    return "more", "less" if is_money(unit) else "fewer"


def direction(key: str, difference: float) -> str:
    """Return more, fewer, less, higher or lower."""
    return words_for(key)[difference < 0]


def size_and_direction(key: str, difference: Estimate) -> str:
    """Return how large a difference is and which way it goes: `2,020 fewer`."""
    return f"{size_in_words(measure_of(key), difference)} {direction(key, difference.mean or 0.0)}"


def inside_in_words(key: str, compared: Paired, words: Words | None = None) -> str:
    """Return the range of a difference for brackets: `3.0 to 5.2`; of futures with the share that lies on its side.

    Where fewer layoffs alone make it, of fewer in post, that stands behind.

    Args:
        key: the measure.
        compared: the difference.
        words: what more and less are called of people, where a share is told so; by the measure's unit, if left out.
    """
    return "; ".join(filter(None, (_inside(key, compared, words), BY_FEWER_LAYOFFS * compared.neutral)))


def _all_alike(spread: Spread, told: Estimate) -> bool:
    """Whether a difference is the same in all futures: its range would repeat it."""
    return spread.low == spread.high == told.mean


def _inside(key: str, compared: Paired, words: Words | None) -> str:
    spread, told = compared.spread, compared.told
    if spread is None:
        return _of_mean(range_in_words(measure_of(key), told), compared)
    more_less = words or words_for(key)
    share = f"{on_its_side(spread, told.mean, more_less)} of 100 futures{_same_in(spread)}"
    if spread.low is None or spread.high is None or _all_alike(spread, told):
        return share
    if spread.low == spread.high or spread.low <= 0.0 <= spread.high:
        inside = ends_in_words(told, measure_of(key).unit, more_less)
        return f"{inside.replace(' points', '') if words else inside}; {share}"
    return f"{range_in_words(measure_of(key), told)}; {share}"


def _of_mean(inside: str, compared: Paired) -> str:
    return f"{OF_ITS_MEAN}{inside}" if compared.in_futures and inside else inside


def difference_in_words(key: str, compared: Paired) -> str:
    """Return a difference with its range, its direction in a word."""
    measure, difference = measure_of(key), compared.difference
    if difference.mean is None:
        return "not defined in both"
    if compared.verdict == "no change":
        return "the same in every run"
    if not compared.detectable and compared.spread is None:
        inside = ends_in_words(difference, measure.unit, words_for(key))
        return "no detectable difference" + (f" ({inside})" if inside else "")
    return f"{size_and_direction(key, compared.told)} ({inside_in_words(key, compared)})"


def on_its_side(spread: Spread, mean: float | None, words: Words) -> str:
    """Return in how many of 100 futures a difference has the sign of its mean: `fewer in 93`; of none both signs."""
    if mean is None or spread.below is None or spread.above is None:
        return ""
    if spread.below == spread.above == 0.0:
        return SAME_IN_ALL
    if abs(mean) <= ROUNDING:
        return f"{words[0]} in {hundredths(spread.above)}, {words[1]} in {hundredths(spread.below)}"
    share, word = (spread.below, words[1]) if mean < 0 else (spread.above, words[0])
    return f"{word} in {hundredths(share)}"


def _same_in(spread: Spread) -> str:
    """Return in how many of 100 futures nothing differs, where many are so: those left over are not the other way."""
    same = 1.0 - (spread.below or 0.0) - (spread.above or 0.0)
    return f", the same in {hundredths(same)}" if MANY_ALIKE <= same < 1.0 else ""


def hundredths(share: float) -> int:
    """Return whole hundredths; 0 and 100 only of none and of all."""
    return min(max(round(100 * share), int(share > 0)), 99 + int(share == 1.0))


def verdict_in_futures(key: str, compared: Paired) -> str:
    """Return in how many of 100 futures a difference lies on its mean's side, as better or worse where it is one."""
    measure, spread = measure_of(key), compared.spread
    if spread is None:
        return ""
    words = ("better", "worse") if measure.direction == "higher" else ("worse", "better")
    judged = measure.has_verdict and not compared.neutral
    return on_its_side(spread, compared.difference.mean, words if judged else ("higher", "lower"))
