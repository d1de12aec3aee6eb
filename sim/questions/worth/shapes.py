"""What a served client must avoid, as plain values for JSON; docs/worth.md explains the keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sim.questions.worth.text import LIMITS
from sim.questions.worth.worth import Worth
from sim.words.as_json import made_by

Shape = dict[str, Any]


def worth_shape(worth: Worth) -> Shape:
    """Return an answer for JSON, the base first among its scenarios."""
    return {
        "replications": worth.answer.settings.replications,
        "seed": worth.answer.settings.seed,
        **made_by(),
        "months": worth.answer.base.loaded.scenario.horizon.months,
        "within": worth.answer.within,
        "payer": worth.payer,
        "typed": None if worth.typed is None else asdict(worth.typed),
        "scenarios": [
            {"name": named.name, "title": named.title, "from_base": place > 0, **asdict(own)}
            for place, (named, own) in enumerate(zip(worth.answer.cases, worth.cases, strict=True))
        ],
        "limits": list(LIMITS),
    }
