"""What a history says, as plain values for JSON; docs/fit.md explains the keys."""

from __future__ import annotations

from typing import Any

from sim.questions.fit.back_cast import Told, told_of
from sim.questions.fit.fit import SHOWN, Fit, Range, View
from sim.questions.fit.reading import Read
from sim.questions.fit.span import Observed
from sim.questions.fit.text import LIMITS, seen_at
from sim.questions.fit.written import stated
from sim.units import month_text
from sim.words.as_json import made_by

Shape = dict[str, Any]


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
        "fitted": _view(found.fitted) if enough else None,
        "studies": _view(found.studies),
        "draws": found.draws,
        "effective_draws": found.effective if enough else None,
        "few_draws": found.few if enough else None,
        "years": list(map(_year, shown)),
        "years_hidden": len(found.told) - len(shown),
        "stated": stated(found) if enough else None,
        "limits": list(LIMITS),
    }  # fmt: skip


def _people(seen: Observed) -> Shape:
    """How many people were seen, for how long, and how many left; null of few."""
    if seen.few:
        return dict.fromkeys(("people", "filled_years", "left"))
    return {"people": seen.people, "filled_years": seen.filled_years, "left": seen.left}


def _year(one: Told) -> Shape:
    """A year of the back-cast: what the studies expect of it, and what happened."""
    return {
        "year": one.label, "months": one.months, "expected": one.expected, "low": one.low, "high": one.high,
        "happened": one.happened, "inside": one.inside,
    }  # fmt: skip


def _view(view: View) -> Shape:
    curve = zip(view.curve.low, view.curve.middle, view.curve.high, strict=True)
    return {
        "separations_per_100_posts_year": _range(view.separations),
        "newcomers_kept": [
            {"months": month, "low": float(low), "middle": float(middle), "high": float(high)}
            for month, (low, middle, high) in enumerate(curve)
        ],
        "inputs": {path: _range(one) for path, one in view.inputs.items()},
        "level_spread": view.level_spread,
    }


def _range(one: Range) -> Shape:
    return dict(zip(("low", "middle", "high"), one, strict=True))
