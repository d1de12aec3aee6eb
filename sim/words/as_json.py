"""List the measures, say what made an answer, and write plain values as JSON; none of it needs the engine."""

from __future__ import annotations

import json
from typing import Any

from sim.results.measures.table import MEASURES, Measure
from sim.runs.identity import versions

Shape = dict[str, Any]


def as_json(shape: Shape | list[Shape]) -> str:
    """Return a shape as strict JSON."""
    return json.dumps(shape, indent=2, ensure_ascii=False, allow_nan=False)


def made_by() -> Shape:
    """Return what every answer names: version, digests of model and data, numpy; the same four give the same bits."""
    return {"made_by": versions()}


def measure_shape(measure: Measure) -> Shape:
    """Return what a measure is."""
    names = ("key", "label", "unit", "definition", "direction", "level", "family", "how")
    told = {name: getattr(measure, name) for name in names}
    return told | {"verdict": measure.has_verdict, "parts": measure.by or None}


def measures_shape() -> list[Shape]:
    """Return the shape of `peerstay measures --json`."""
    return [measure_shape(measure) for measure in MEASURES.values()]
