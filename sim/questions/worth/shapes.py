"""What a served client must avoid, as plain values for JSON; docs/worth.md explains the keys."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.worth.text import LIMITS
from sim.questions.worth.worth import AMOUNTS, Case, Single, Worth
from sim.results.spreads import Spread
from sim.words.as_json import made_by

Shape = dict[str, Any]


def worth_shape(worth: Worth) -> Shape:
    """Return an answer for JSON, the base first among its scenarios."""
    return {
        "replications": worth.answer.settings.replications,
        "seed": worth.answer.settings.seed,
        **made_by(),
        **drawn_shape(worth.answer),
        "months": worth.answer.base.loaded.scenario.horizon.months,
        "within": worth.answer.within,
        "payer": worth.payer,
        "typed": None if worth.typed is None else asdict(worth.typed),
        "scenarios": [
            {"name": named.name, "title": named.title, "from_base": place > 0, **_case_shape(own, place)}
            for place, (named, own) in enumerate(zip(worth.answer.cases, worth.cases, strict=True))
        ],
        "limits": list(LIMITS),
    }


def _case_shape(own: Case, place: int) -> Shape:
    told = {key: one for key, one in asdict(own).items() if key != "single"}
    return told if own.single is None else told | {"futures": _single_shape(own.single, place)}


def _single_shape(single: Single, place: int) -> Shape:
    bands = {name: getattr(single, name) for name in AMOUNTS}
    sided = {name for name in AMOUNTS if place or name == "net"}
    shape: Shape = {name: one and _band(one, sided=name in sided) for name, one in bands.items()}
    return shape | {"back_share": single.back, "needed_in_90": single.most, "never_share": single.never}


def _band(one: Spread, *, sided: bool) -> Shape:
    return spread_shape(one if sided else replace(one, below=None, above=None))
