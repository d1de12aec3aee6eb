"""What must hold of any scenario: refused in words, or run to an answer whose every number can stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import numpy as np

from sim.questions.compare.shapes import run_shape
from sim.questions.compare.text import run_text
from sim.results.measures.table import MEASURES
from sim.runs.answer import ask
from sim.runs.pieces import Piece
from sim.runs.replicate import Settings
from sim.scenario.files import Loaded, load_table
from sim.scenario.problems import ScenarioError
from sim.scenario.timeline import plans
from sim.units import UnfitAmountError
from sim.words.as_json import as_json
from sim.words.provenance import command_line, stamp
from tests.property.reading import Run

Outcome = Literal["answered", "refused", "beyond counting"]
RUNS: Final = 2
NO_NUMBER: Final = re.compile(r"\b(?:nan|inf|None)\b")  # of Python, in a text for people


def checked(table: Mapping[str, Any]) -> Loaded | None:
    """Return the scenario of a table, or None where it is refused; whatever is said of it can be printed."""
    loaded: Loaded | None = None
    try:
        loaded = load_table(table)
        problems = loaded.warnings
    except ScenarioError as fault:
        problems = fault.problems
    assert loaded or problems
    assert all(str(one).isprintable() and one.rule for one in problems)
    return loaded


def ran(loaded: Loaded) -> Outcome:
    """Run a scenario; see that every number printed and exported can stand, and that no cent is lost."""
    pieces: list[Piece] = []
    try:
        answer = ask(loaded, [], Settings(RUNS, loaded.scenario.experiment.seed, 1), pieces.append)
    except UnfitAmountError:
        return "beyond counting"
    shape = json.loads(as_json(run_shape(answer)), parse_constant=_refused)
    for key, told in shape["measures"].items():
        _stands(key, told)
    text = run_text(answer, stamp(answer, command_line([loaded], answer.settings, ())))
    assert not NO_NUMBER.search(text), NO_NUMBER.findall(text)
    for piece in pieces:
        assert piece.results is not None
        for plan, block in zip(plans(loaded.scenario), piece.results[0], strict=True):
            _no_cent_is_lost(Run(loaded.scenario, plan, block))
    return "answered"


def _stands(key: str, told: Mapping[str, Any]) -> None:
    measure = MEASURES[key.partition(".")[0]]
    numbers = [told[name] for name in ("low", "mean", "high") if told.get(name) is not None]
    assert numbers == sorted(numbers), f"{key}: {told}"
    assert all(measure.lowest is None or one >= measure.lowest for one in numbers), f"{key}: {told}"
    assert all(measure.highest is None or one <= measure.highest for one in numbers), f"{key}: {told}"


def _no_cent_is_lost(run: Run) -> None:
    """See that opening cash and all lines of the ledger are the cash of every close, and every series a number."""
    closes = run.result.opening_cash + run.by_close().cumsum(axis=0)
    np.testing.assert_array_equal(closes, run.panel["cash"])
    assert all(np.isfinite(column).all() for column in _floats(run.panel))


def _floats(panel: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the columns of a panel but the median wage, which nobody in post has."""
    return (column for name, column in panel.items() if name != "median_wage" and column.dtype.kind == "f")


def _refused(word: str) -> None:
    raise AssertionError(f"{word} in JSON")
