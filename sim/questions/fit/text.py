"""What a history says, as text and as plain values for JSON; nothing is told of fewer than eleven people.

docs/fit.md explains the keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.questions.fit.back_cast import Told, told_of
from sim.questions.fit.fit import FEW_DRAWS, SHOWN, Fit, Range, View
from sim.questions.fit.history import Seen, still_there
from sim.questions.fit.reading import LAYOFF, Read
from sim.questions.fit.span import Observed, Span
from sim.questions.fit.written import stated
from sim.scenario.read.encoding import UTF_8
from sim.units import MONTHS_PER_YEAR, month_text
from sim.words.as_json import Shape, made_by
from sim.words.layout import bullets, command_lines, counted, paragraph, section, table
from sim.words.roster import FEWEST

TOO_FEW: Final = f"fewer than {FEWEST} people: not shown"
BY_SUBTRACTION: Final = "would tell of a year of so few: not shown"
NOTHING_TOLD: Final = (
    f"What rests on fewer than {FEWEST} people is not told: neither what was seen of them nor what is fitted to it. "
    "What studies alone say of any employer stands below; a history of more years may have people enough."
)
LAID_OFF: Final = (
    "those whose reason names a layoff or the end of the money are followed until then and do not count as leaving; no "
    "other reason is told apart"
)
NOBODY_LAID_OFF: Final = "no reason names a layoff: everybody who is gone counts as leaving"
LIMITS: Final = (
    (
        "A range holds nine of ten of what is believed after the history, given the model: one level through all its "
        "years. A year of layoffs, a raise or a tight labor market in it moves the level, and is not told apart."
    ),
    (
        "People leave as the model has it: quits by time in the job, all other exits at one rate. Those whom a layoff "
        "or the end of an award sent home are followed until then and do not count as leaving, where a column of "
        "reasons names them; where none does, take them out of the list."
    ),
    "The curve's edges hold nine of ten whole curves, so at a single month they are wider than they would have to be.",
)  # fmt: skip


def fit_text(read: Read, seen: Observed, found: Fit, command: str) -> str:
    """Return the answer as text."""
    parts = [
        "WHAT YOUR OWN HISTORY SAYS OF WHO LEAVES",
        section("HOW THE FILE WAS READ", bullets(reading_lines(read, seen))),
        section("HOW MANY LEAVE", _level(seen, found)),
        section("HOW LONG NEWCOMERS STAY", _curve(seen, found)),
        "" if seen.few else section("EACH YEAR, TOLD FROM THE YEARS BEFORE IT", _years(found)),
        "" if seen.few else section("HOW SURE", paragraph(draws_told(found))),
        section("READ THIS FIRST", bullets(LIMITS)),
        section("HOW TO MAKE IT AGAIN", command_lines(command)),
    ]
    return "\n\n".join(part for part in parts if part)


def reading_lines(read: Read, seen: Observed, *, on_page: bool = False) -> list[str]:
    """Return how the file was read: columns, dates, from when to when; on the page without options of the command."""
    told = [f"{meant}: {heading}" for meant, heading in read.columns.told()]
    if read.encoding not in ("", UTF_8):
        told.append(f"text in {read.encoding}, not in UTF-8: look at letters with accents above")
    if read.columns.left_out:
        told.append(f"{counted(read.columns.left_out, 'other column')} not read")
    if "reason" in read.columns.places:
        anybody = seen.few or any(one.reason == LAYOFF for one in read.people)  # of few not even that is told
        told.append(LAID_OFF if anybody else NOBODY_LAID_OFF)
    if read.order:
        told.append(f"dates written as numbers have the {read.order.replace('-', ' ')}")
    if seen.span is not None:
        told.append(span_told(seen.span, on_page=on_page))
    return told


def span_told(span: Span, *, on_page: bool = False) -> str:
    """Return from when to when people were observed, and who says so."""
    since_by, until_by = ("say another above",) * 2 if on_page else ("another with --since", "another with --until")
    since, until = month_text(int(span.since)), month_text(int(span.until) - 1)
    since_how = "as you say" if span.since_stated else f"the year of the first; {since_by}"
    until_how = "as you say" if span.until_stated else f"the last month in it; {until_by}"
    return f"leavers are in the file from {since} ({since_how}), until the end of {until} ({until_how})"


def counts_told(seen: Observed) -> str:
    """Return how many people and years the history has, and who left."""
    if seen.few:
        return f"Seen: {TOO_FEW}. {NOTHING_TOLD}"
    rate = 100.0 * seen.left / seen.filled_years
    people = f"{seen.people:,} people" if seen.span is not None else "yearly counts"
    return (
        f"Seen: {people}, {seen.filled_years:,.1f} years of filled posts, {seen.left:,} left: {rate:.0f} separations "
        "of 100 filled posts a year."
    )


def draws_told(found: Fit) -> str:
    """Return how many draws of the studies go with the history, and what few of them mean."""
    told = (
        f"Studies leave {found.draws:,} versions of the model equally likely; your history fits about "
        f"{found.effective:,.0f} of them (effective draws)."
    )
    if found.few:
        told += (
            f" That is few (under {FEW_DRAWS}): the history is unlike most of what studies saw, or says more than they "
            "do, and the ranges may be too narrow. Its own figures (seen) then deserve more trust."
        )
    return told


def _level(seen: Observed, found: Fit) -> str:
    heading, *rows = level_rows(seen, found)
    return "\n".join((paragraph(counts_told(seen)), "", table(heading, rows)))


def views_told(seen: Observed, found: Fit) -> dict[str, View]:
    """Return what is believed, by its name: fitted where enough people were seen, and by studies alone."""
    studies = {"Studies alone": found.studies}
    return studies if seen.few else {"Fitted": found.fitted} | studies


def level_rows(seen: Observed, found: Fit) -> list[tuple[str, ...]]:
    """Return heading and rows of how many leave and how many newcomers stay a year, fitted and by studies alone."""
    told = views_told(seen, found)
    views = told.values()
    return [
        ("", *(cell for name in told for cell in (name, "90 % range"))),
        ("Separations of 100 filled posts a year", *(cell for view in views for cell in _range(view.separations))),
        ("Newcomers still there a year later", *(cell for view in views for cell in _at(view, MONTHS_PER_YEAR))),
    ]


def _range(one: Range) -> tuple[str, str]:
    low, middle, high = one
    return f"{middle:.1f}", f"{low:.1f} to {high:.1f}"


def _at(view: View, month: int) -> tuple[str, str]:
    curve = view.curve
    return _percent(curve.middle[month]), f"{_percent(curve.low[month])} to {_percent(curve.high[month])}"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def seen_at(seen: Observed, ages: Sequence[float]) -> list[Seen]:
    """Return shares still there as they were seen; nothing for yearly counts."""
    if seen.span is None:
        return [Seen(None, None, None) for _ in ages]
    return still_there(seen.jobs, (seen.span.since, seen.span.until), ages)


def _curve(seen: Observed, found: Fit) -> str:
    if seen.few:
        studies = [(f"{month} months", *_at(found.studies, month)) for month in SHOWN]
        return table(("Still there after", "Studies", "90 %"), studies)
    views = found.fitted, found.studies
    rows = [
        (f"{month} months", *_seen(own), *(cell for view in views for cell in _at(view, month)))
        for month, own in zip(SHOWN, seen_at(seen, SHOWN), strict=True)
    ]
    heading = ("Still there after", "Seen", "90 %", "Fitted", "whole curve, 90 %", "Studies", "90 %")
    note = f"Seen: Kaplan–Meier, those there at the start from then on; – where fewer than {FEWEST} were there."
    return "\n".join(
        (table(heading, rows), note if seen.span is not None else "Yearly counts show no curve of their own.")
    )


def _seen(own: Seen) -> tuple[str, str]:
    share = "–" if own.share is None else _percent(own.share)
    return share, "–" if own.low is None or own.high is None else f"{_percent(own.low)} to {_percent(own.high)}"


def _years(found: Fit) -> str:
    heading = ("Year", "Projected", "90 % range", "Happened", "")
    note = "The people of a year are taken as they were; the first year is told from studies alone."
    shown = told_of(found.told)
    return "\n".join((table(heading, [_year(one, told=one in shown) for one in found.told]), note))


def _year(one: Told, *, told: bool) -> tuple[str, ...]:
    """Return a year, what was projected of it, its range, what happened, and whether that lies inside."""
    part = "" if one.months >= MONTHS_PER_YEAR else f" ({one.months:.0f} months)"
    if not told:
        return (one.label + part, TOO_FEW if one.people < FEWEST else BY_SUBTRACTION, "", "", "")
    verdict = "inside" if one.inside else "outside"
    return (one.label + part, f"{one.expected:.1f}", f"{one.low} to {one.high}", str(one.happened), verdict)


# as JSON -------------------------------------------------------------------------------------------------------------


def fit_shape(read: Read, seen: Observed, found: Fit) -> Shape:
    """Return an answer for JSON; what is told of fewer than eleven people is null."""
    enough, span, shown = not seen.few, seen.span, told_of(found.told)
    return {
        **made_by(),
        "kind": read.columns.kind,
        "columns": dict(read.columns.told()),
        "encoding": read.encoding or None,
        "dates": read.order,
        "since": None if span is None else month_text(int(span.since)),
        "until": None if span is None else month_text(int(span.until) - 1),
        **_people(seen),
        "seen": [
            {"months": month, "still_there": own.share, "low": own.low, "high": own.high}
            for month, own in zip(SHOWN, seen_at(seen, SHOWN), strict=True)
        ],
        "fitted": _view_shape(found.fitted) if enough else None,
        "studies": _view_shape(found.studies),
        "draws": found.draws,
        "effective_draws": found.effective if enough else None,
        "few_draws": found.few if enough else None,
        "years": list(map(_year_shape, shown)),
        "years_hidden": len(found.told) - len(shown),
        "stated": stated(found) if enough else None,
        "limits": list(LIMITS),
    }  # fmt: skip


def _people(seen: Observed) -> Shape:
    """How many people were seen, for how long, and how many left; null of few."""
    if seen.few:
        return dict.fromkeys(("people", "filled_years", "left"))
    return {"people": seen.people, "filled_years": seen.filled_years, "left": seen.left}


def _year_shape(one: Told) -> Shape:
    """A year of the back-cast: what the studies expect of it, and what happened."""
    return {
        "year": one.label, "months": one.months, "expected": one.expected, "low": one.low, "high": one.high,
        "happened": one.happened, "inside": one.inside,
    }  # fmt: skip


def _view_shape(view: View) -> Shape:
    curve = zip(view.curve.low, view.curve.middle, view.curve.high, strict=True)
    return {
        "separations_per_100_posts_year": _range_shape(view.separations),
        "newcomers_kept": [
            {"months": month, "low": float(low), "middle": float(middle), "high": float(high)}
            for month, (low, middle, high) in enumerate(curve)
        ],
        "inputs": {path: _range_shape(one) for path, one in view.inputs.items()},
        "level_spread": view.level_spread,
    }


def _range_shape(one: Range) -> Shape:
    return dict(zip(("low", "middle", "high"), one, strict=True))
