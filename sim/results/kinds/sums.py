"""Keep the sums of each kind of employer apart, so that measures can be made of one kind alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.results.blocks import Block, Sums
from sim.results.measures.formulas import OF_BASE, STANDARD
from sim.results.measures.moves import MOVES, NET_MOVES
from sim.results.measures.table import measure_of

KIND: Final = "kind "  # before the names of sums of one kind: `kind <name> <sum>`
APART: Final = ("filled_months", "post_months", "left.layoff", "left.closure", "moved_in", "moved_out")
AT_SAME_TENURE: Final = "separations_standardized_per_100_posts_year"
TOLD: Final = ("headcount", AT_SAME_TENURE, measure_of(AT_SAME_TENURE).leaving, "vacancy_rate")  # measures of one kind
NET: Final = NET_MOVES.key
SUMS_OF_CELLS: Final = tuple(f"{side}{name}" for side in ("", STANDARD) for name in OF_BASE)  # kind after kind


def apart(block: Block, sums: Sums) -> Sums:
    """Return what is kept of the sums of one kind; `sums` has one row a replication."""
    employers = np.full(sums["left"].size, block.replications.size / sums["left"].size)
    own = {"employers": employers} | {name: sums[name] for name in APART}
    return {f"{KIND}{block.kind} {name}": values for name, values in own.items()}


def kinds_of(sums: Sums) -> dict[str, Sums]:
    """Return the sums of each kind by itself, as measures of it need them; nothing where there is one kind."""
    names = list(dict.fromkeys(key.split(" ")[1] for key in sums if key.startswith(KIND)))
    cells = {key: np.split(sums[key], len(names), axis=1) for key in SUMS_OF_CELLS if names and key in sums}
    return {name: _of(name, sums) | {key: cut[place] for key, cut in cells.items()} for place, name in enumerate(names)}


def _of(name: str, sums: Sums) -> Sums:
    own = {one: sums[f"{KIND}{name} {one}"] for one in APART}
    return own | {what: sums[what] for what in ("months", "years")}


def told_of(everyone: Sequence[Sums]) -> tuple[str, ...]:
    """Return the measures that are told of each kind: moves between employers where there are any."""
    moved = any("moved_in" in sums and bool(np.any(sums["moved_in"])) for sums in everyone)
    return (*TOLD, *(one.key for one in MOVES)) if moved else TOLD
