"""A rate build-up as plain values for JSON; docs/rate.md explains its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.rate.build_up import group_rate
from sim.questions.rate.columns import CHANGED, Column
from sim.questions.rate.lines import SECTIONS, known
from sim.questions.rate.rate import RateStudy
from sim.questions.rate.remarks import remarks
from sim.questions.rate.text import how, sentences
from sim.results.spreads import Spread
from sim.results.summary import Estimate
from sim.scenario.files import Loaded
from sim.words.as_json import made_by


def rate_shape(study: RateStudy, loaded: Sequence[Loaded]) -> dict[str, Any]:
    """Return a study for JSON, the base first; `loaded` are the scenarios before they were made neutral."""
    carried = study.carried
    return {
        "how": how(study),
        "says": list(sentences(study)),
        "remarks": remarks(study),
        "replications": study.answer.settings.replications,
        "seed": study.answer.settings.seed,
        **made_by(),
        **drawn_shape(study.answer),
        "months": study.columns[0].loaded.scenario.horizon.months,
        "prices_of": study.columns[0].loaded.scenario.horizon.start,
        "within": study.answer.within,
        "rules_enforced": False,
        "payer": study.payer if study.typed_payer else None,
        "wage_source": study.wanted.wage_source or None,
        "changes_left_out": list(study.left_out),
        "lines": [
            {
                "key": line.key,
                "section": title,
                "words": line.words,
                "unit": line.unit,
                "how_known": known(line, loaded[0], study.payer).how or "computed",
                "card": known(line, loaded[0], study.payer).card or None,
            }
            for title, lines in SECTIONS.items()
            for line in lines
        ],
        "carried": None if carried is None else asdict(carried),
        "scenarios": [_column_shape(one, study) for one in study.columns],
    }


def _column_shape(one: Column, study: RateStudy) -> dict[str, Any]:
    rate = one.lines["rate"].mean
    return {
        "name": one.name,
        "wage": one.prices.wage,
        "rate": asdict(one.lines["rate"]),
        "lines": _all(one.lines),
        "nobody_leaves": one.without,
        "simulated": _all(one.simulated),
        "turnover": _all(one.turnover),
        "difference": _all(one.difference) or None,
        "group_rates": {str(size): group_rate(rate or 0.0, size) for size in study.wanted.sizes},
        **_futures(one),
    }


def _futures(one: Column) -> dict[str, Any]:
    """Return what single futures show; nothing where they are not told."""
    if one.rates is None:
        return {}
    bands = {kind: {key: _band(spread, kind) for key, spread in own.items()} for kind, own in one.spreads.items()}
    covered = one.covered(one.lines["rate"].mean or 0.0)
    return {"futures": {"covered_share": covered, "rate_for_90": one.for_most, **bands}}


def _band(spread: Spread, kind: str) -> dict[str, Any]:
    return spread_shape(spread if kind == CHANGED else replace(spread, below=None, above=None))


def _all(estimates: Mapping[str, Estimate]) -> dict[str, Any]:
    return {name: asdict(one) for name, one in estimates.items()}
