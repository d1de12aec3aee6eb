"""What a line chart shows: a sentence, a description for those who do not see it, and a note on its intervals."""

from __future__ import annotations

import math

from sim.charts.lines import MOST_BANDS
from sim.charts.seen import Seen
from sim.charts.sentences import against_base, bare_span
from sim.questions.compare.views.path import Around, Drawn, Path, series_of
from sim.results.bands import Band
from sim.results.summary import Estimate
from sim.words.layout import counted, listed
from sim.words.numbers import value
from sim.words.sentences import month_name


def path_reading(seen: Seen, monthly: Drawn) -> str:
    """Return what a path comes to at the end, and what alternatives change about it."""
    path, base, end = monthly.path, monthly.bands[0], len(seen.months) - 1
    when = month_name(seen.months[-1])
    if not math.isfinite(base.mean[end]):
        return f"Projection: at the end of {when} there is {path.gone} in any run of the base{_others(monthly, seen)}."
    words = f"{told(base.mean[end], path)} on average in the base{_around(path, base, end)}"
    if path.unit == "share" and path.around == "mean" and base.mean[end] in (0.0, 1.0):
        whole = _all_or_none(base.mean[end])
        words = f"{told(base.mean[end], path)} in the base: {whole} of {seen.runs_in_words()}"
    return f"Projection: at the end of {when}, {path.name} is {words}{_compared(seen, path, end)}."


def _others(monthly: Drawn, seen: Seen) -> str:
    """Return what is so elsewhere, where the base has nothing to compare with."""
    means = [(seen.name(place), band.mean[-1]) for place, band in enumerate(monthly.bands) if place]
    parts = [f"{told(mean, monthly.path)} in {name}" for name, mean in means if math.isfinite(mean)]
    return f"; {monthly.path.name} is {listed(parts)}" if parts else ""


def _all_or_none(share: float) -> str:
    return "so it is in all" if share == 1.0 else "so it is in none"


def _around(path: Path, band: Band, end: int) -> str:
    if not math.isfinite(band.low[end]):
        return ""
    inside = bare_span(Estimate(None, float(band.low[end]), float(band.high[end]), 0), path.unit)
    return f" ({inside}{' in nine of ten runs' if path.around == 'runs' else ''})"


def _compared(seen: Seen, path: Path, end: int) -> str:
    ours = series_of(seen, 0, path)[:, end]
    compared = [
        (seen.name(place), seen.difference(place, series_of(seen, place, path)[:, end], ours))
        for place in range(1, len(seen.cases))
    ]
    known = [(_where_known(seen, name, one, path), one) for name, one in compared if one.mean is not None]
    gone = [name for name, one in compared if one.mean is None]
    parts = [against_base(known, path.unit, path.words)] if known else []
    parts += [f"there is {path.gone} then in {listed(gone)}"] if gone else []
    return "".join(f"; {part}" for part in parts)


def _where_known(seen: Seen, name: str, one: Estimate, path: Path) -> str:
    return (
        name if one.n == seen.runs else f"{name} (the {counted(one.n, 'run')} in which there is {path.there} in both)"
    )


def path_alt(seen: Seen, drawn: Drawn) -> str:
    """Return what the figure of a path shows."""
    path, first, last = drawn.path, month_name(seen.months[0]), month_name(seen.months[-1])
    lines = [
        f"{seen.name(place)} goes from {told(band.mean[0], path)} to {told(band.mean[-1], path)}"
        for place, band in enumerate(drawn.bands)
    ]
    return f"Line chart of {path.name} from {first} to {last}, {drawn.about}. {'. '.join(lines)}."


def path_note(seen: Seen, drawn: Drawn) -> str:
    """Return what lines and bands of a path mean."""
    lumps = f" Lines and table show the {drawn.about}: payments come in lumps." if drawn.lumpy else ""
    return f"{drawn.path.about} {lines_note(seen, drawn.path.around)}{lumps}"


def lines_note(seen: Seen, around: Around) -> str:
    """Return what lines and bands mean."""
    if seen.runs == 1:
        return "A projection of one run: no band. More runs would show how much the figures vary at random."
    told = "hold the middle 90 % of the runs" if around == "runs" else "are 95 % intervals of the means"
    which = (
        "the shaded bands" if len(seen.cases) <= MOST_BANDS else "the bands (the base's is shaded, the table has all)"
    )
    return f"Projection. Lines are means over {seen.runs_in_words()}; {which} {told}: {seen.told_apart()}."


def told(number: float, path: Path) -> str:
    """Return a number of a path, or that there is none."""
    return value(number, path.unit) if math.isfinite(number) else path.gone
