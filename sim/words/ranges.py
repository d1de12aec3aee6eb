"""Write ranges as people read them: digits that fit the value's and tell both ends apart, signs in words."""

from __future__ import annotations

from sim.results.measures.table import Measure, measure_of
from sim.results.summary import Estimate
from sim.words.numbers import FINEST, NONE, is_hourly, is_money, large, reads_zero, short, value

Words = tuple[str, str]  # what more and less are called
MOST_MORE = 2  # digits, of what does not read as zero
IN_EVERY_RUN, HARDLY, NONE_SEEN = "in every run", "hardly any", "none in any run"
_ENDINGS = (" points", " %", " pt", " months", " SD")


def extra_digits(one: Estimate, unit: str, *, brief: bool = False) -> int:
    """Return how many digits more than usual a value and its range need.

    Both ends read the same without them though they differ, or the value reads as zero though zero is excluded.
    """
    fitting = (extra for extra in range(_most(one, unit) + 1) if _fits(one, unit, extra, brief=brief))
    return next(fitting, 0)


def _most(one: Estimate, unit: str) -> int:
    """Return how many digits more are sensible: as many as show what would read as zero, few of what is large."""
    return FINEST if all(reads_zero(end or 0.0, unit) for end in (one.mean, one.low, one.high)) else MOST_MORE


def _fits(one: Estimate, unit: str, extra: int, *, brief: bool) -> bool:
    tell = short if brief else value
    ends = [tell(end, unit, signed=True, extra=extra) for end in (one.low, one.high)]
    if one.excludes_zero and one.mean and reads_zero(one.mean, unit, extra):
        return False
    return one.low == one.high or ends[0] != ends[1]


def mean_told(one: Estimate, unit: str, *, signed: bool = False, brief: bool = False) -> str:
    """Return a mean in the digits of its range."""
    tell, extra = short if brief else value, extra_digits(one, unit, brief=brief)
    return tell(one.mean, unit, signed=signed, extra=extra)


def bound(end: float, one: Estimate, unit: str, *, signed: bool = False, brief: bool = False) -> str:
    """Return an end of an interval; one that excludes zero never ends in what reads as zero."""
    extra = extra_digits(one, unit, brief=brief)
    if one.excludes_zero and end and reads_zero(end, unit, extra):
        return f"{'' if brief else 'just '}{'below' if end < 0 else 'above'} 0"
    return (short if brief else value)(end, unit, signed=signed, extra=extra)


def span(one: Estimate, unit: str, *, signed: bool = False, brief: bool = False) -> str:
    """Return the interval: `3.0 to 5.2`; nothing where there is none.

    Of an amount that was 0 in every run there is no interval to be had, and that is said.
    """
    if one.low is None or one.high is None:
        return ""
    if one.mean == one.low == one.high == 0.0 and not signed:
        return NONE_SEEN
    low, high = (bound(end, one, unit, signed=signed, brief=brief) for end in (one.low, one.high))
    return f"{high} at both ends" if low == high else f"{_bare(low, high)} to {high}"


def _bare(first: str, second: str) -> str:
    """Return the first of two numbers without its unit, which the second names."""
    ending = next((end for end in _ENDINGS if first.endswith(end) and second.endswith(end)), "")
    return first.removesuffix(ending)


def size_in_words(measure: Measure, difference: Estimate) -> str:
    """Return how large a difference is, without its sign, in the digits of its range."""
    return NONE if difference.mean is None else _points(mean_told(sizes(difference), measure.unit))


def range_in_words(measure: Measure, difference: Estimate) -> str:
    """Return the range of the size of a difference that excludes zero: `3.0 to 5.2`."""
    if difference.low is not None and difference.low == difference.high:
        return IN_EVERY_RUN
    return _points(span(sizes(difference), measure.unit)).removesuffix(" points")


def sizes(one: Estimate) -> Estimate:
    """Return the size of a difference; one whose range holds zero has no range of sizes."""
    mean = None if one.mean is None else abs(one.mean)
    if one.low is None or one.high is None or one.low < 0.0 < one.high:
        return Estimate(mean, None, None, one.n)
    low, high = sorted((abs(one.low), abs(one.high)))
    return Estimate(mean, low, high, one.n)


def ends_in_words(one: Estimate, unit: str, words: Words, *, brief: bool = False) -> str:
    """Return the range of a difference, its signs in words: `between $34,200 less and $11,400 more`.

    Args:
        one: the difference; the range is its low and high.
        unit: of the difference.
        words: what more and less of it are called.
        brief: write dollars short.
    """
    if one.low is None or one.high is None:
        return ""
    extra = extra_digits(one, unit, brief=brief)
    low, high = (_end(end, unit, words, extra, brief=brief) for end in (one.low, one.high))
    if one.low == one.high:
        return _side(low)
    if one.low < 0.0 < one.high or not one.low or not one.high:
        return f"between {_side(low)} and {_side(high)}"
    near, far = (low, high) if one.low > 0.0 else (high, low)
    if near == far:
        return f"{_side(far)} at both ends"
    return f"between {_bare(near[0], far[0])} and {far[0]} {far[1]}"


def _side(end: Words) -> str:
    return f"{HARDLY} change" if end[0] == HARDLY else " ".join(end).strip()


def _end(end: float, unit: str, words: Words, extra: int, *, brief: bool) -> Words:
    """Return how large an end is, and which way it goes."""
    if not end:
        return "no change", ""
    if reads_zero(end, unit, extra):
        return HARDLY, words[end < 0]
    return _points((short if brief else value)(abs(end), unit, extra=extra)), words[end < 0]


def _points(text: str) -> str:
    return text.replace(" %", " points")


# sizes: without a sign, with a digit more where they are small ------------------------------------------------------


def fine(number: float, key: str, extra: int = 0) -> str:
    """Return a value without a sign, with a digit more where it is small: `0.03`, `$14k`, `0.12 pt`."""
    unit = measure_of(key).unit
    if unit == "share":
        return f"{_two(100 * abs(number), extra)} pt"
    if is_money(unit) and not is_hourly(unit):
        return short(abs(number), unit, extra=extra)
    return f"{'$' if is_hourly(unit) else ''}{_two(abs(number), extra)}"


def fine_digits(size: float, low: float, high: float, key: str) -> int:
    """Return how many digits more than usual a size and its range need to tell the ends apart, and it from zero."""
    return next((extra for extra in range(FINEST) if _tells_apart(size, low, high, key, extra)), FINEST)


def _tells_apart(size: float, low: float, high: float, key: str, extra: int) -> bool:
    ends = fine(low, key, extra), fine(high, key, extra)
    return (not size or not _is_zero(fine(size, key, extra))) and (low == high or ends[0] != ends[1])


def _is_zero(text: str) -> bool:
    return not any(digit in text for digit in "123456789")


def _two(number: float, extra: int) -> str:
    return large(number, extra) if number >= 100 else f"{number:.{(1 if number >= 10 else 2) + extra}f}"
