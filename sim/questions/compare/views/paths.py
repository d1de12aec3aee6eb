"""Follow what happens month by month: figure, sentence and table of each path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sim.charts.lines import MOST_BANDS, draw_lines, extent, line_sheet, name_lines
from sim.charts.look import axis, zero_line
from sim.charts.seen import Seen
from sim.charts.sentences import against_base, bare_span
from sim.charts.ticks import bounds, number_axis, year_axis
from sim.charts.view import Cell, Column, Table, View
from sim.questions.compare.views.path import PATHS, Around, Drawn, Path, drawn_of, series_of
from sim.results.bands import Band
from sim.results.summary import Estimate
from sim.units import MONTHS_PER_YEAR
from sim.words.layout import counted, listed
from sim.words.numbers import value
from sim.words.sentences import month_name
from sim.words.stand_in import told_words


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
    return (
        f"Projection: at the end of {when}, {path.name} is {words}{_compared(seen, path, end)}.{_over_all(seen, path)}"
    )


def _over_all(seen: Seen, path: Path) -> str:
    """Return what a path told of open employers alone comes to over all, where some have closed: another number."""
    if not (path.while_open and _closes(seen)):
        return ""
    mean = value(float(seen.path(0, path.key)[:, -1].mean()), path.unit)
    return f" Over all {seen.runs_in_words()}, those that have closed too, it is {mean} in the base, as on Compare."


def _closes(seen: Seen) -> bool:
    """Whether any run of any scenario has no employer at the end."""
    return any((seen.path(place, "chance_of_closure")[:, -1] >= 1.0).any() for place in range(len(seen.cases)))


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


def path_view(seen: Seen, key: str) -> View:
    """Return the view of one of `PATHS`."""
    path = _told(PATHS[key], seen)
    monthly = drawn_of(seen, path, lumpy=False)
    drawn = drawn_of(seen, path, lumpy=True) if path.lumpy else monthly
    return View(
        key=key,
        title=path.title,
        figure=_figure(seen, drawn),
        alt=path_alt(seen, drawn),
        reading=path_reading(seen, monthly),
        note=path_note(seen, drawn),
        table=_table(seen, drawn, _year_ends(len(seen.months))),
        data=_table(seen, monthly, range(len(seen.months))),
    )


def _told(path: Path, seen: Seen) -> Path:
    """Return a path in the words that hold for these scenarios."""
    everyone = [case.loaded for case in seen.cases]
    title, name, about = (told_words(words, everyone) for words in (path.title, path.name, path.about))
    if path.while_open and _closes(seen):  # another mean than that over all runs has another name
        title, name = f"{title} while there is {path.there}", f"{name} where there still is {path.there}"
    return replace(path, title=title, name=name, about=about)


def _figure(seen: Seen, drawn: Drawn) -> Any:
    """Draw a line for each scenario, from the first month to the last."""
    path, bands = drawn.path, drawn.bands
    sheet = line_sheet(seen, _title(drawn))
    low, high = bounds(*([end] for end in extent(bands)), from_zero=path.from_zero)
    if path.unit == "share":
        high = min(high, 1.0)
    sheet.layout["xaxis"] = axis(seen.look, showgrid=False, **year_axis(seen.months, seen.ends))
    sheet.layout["yaxis"] = axis(seen.look, **number_axis(low, high, path.unit))
    if low < 0.0 < high:
        sheet.shapes.append(zero_line(seen.look))
    draw_lines(sheet, seen, [seen.ends[month] for month in drawn.at], bands, _pointed_at(seen, drawn))
    name_lines(sheet, seen, bands, (low, high))
    return sheet.figure()


def _title(drawn: Drawn) -> str:
    path = drawn.path
    unit = "" if path.unit in {"share", "USD"} else f", {path.unit}"
    return f"{path.title}{unit}" + (f",<br>{drawn.about}" if drawn.lumpy else "")


def _pointed_at(seen: Seen, drawn: Drawn) -> list[list[str]]:
    months = [month_name(seen.months[month]) for month in drawn.at]
    return [
        [
            f"{month}, {seen.name(place)}: {told(mean, drawn.path)}"
            for month, mean in zip(months, band.mean, strict=True)
        ]
        for place, band in enumerate(drawn.bands)
    ]


def _year_ends(months: int) -> list[int]:
    ends = list(range(MONTHS_PER_YEAR - 1, months, MONTHS_PER_YEAR))
    return ends if ends and ends[-1] == months - 1 else [*ends, months - 1]


def _table(seen: Seen, drawn: Drawn, at: Sequence[int]) -> Table:
    path, runs = drawn.path, drawn.path.around == "runs"
    low, high = ("1 in 20 runs below", "1 in 20 runs above") if runs else ("95 % interval from", "95 % interval to")
    when = "Quarter that ends with" if drawn.lumpy else "Month's end"
    numbers = [Column(title, path.unit) for title in ("Mean", low, high)]
    rows: list[tuple[Cell, ...]] = [
        (month_name(seen.months[month]), seen.name(place), *(float(side[step]) for side in (b.mean, b.low, b.high)))
        for step, month in enumerate(drawn.at)
        for place, b in enumerate(drawn.bands)
        if month in at
    ]
    return Table((Column(when), Column("Scenario"), *numbers), tuple(rows))
