"""Make the texts of a scenario safe once, where it is read, so that no terminal, document or page is led astray."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.scenario.problems import Path, Problem, dotted, shown
from sim.scenario.read.clean_text import clean
from sim.scenario.read.layers import Layer
from sim.scenario.read.lines import line_of

LONG: Final = {"notes": 20_000, "question": 1_000, "title": 200}
LONGEST: Final = 500  # of any other text
SEVERAL_LINES: Final = ("notes", "question")
IN_ONE_LINE: Final = str.maketrans("\n\t", "  ")
MOST_TOLD: Final = 20
UNFIT_RULE: Final = "has control characters, which are left out"
UNFIT_FIX: Final = "type it again without them"


@dataclass(frozen=True)
class _Cleaning:
    """Clean the values of one file, and note what was left out."""

    layer: Layer
    told: list[Problem]

    def value(self, value: Any, path: Path = ()) -> Any:
        """Return a value of the file, every text in it clean; keys are names, which the schema checks."""
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, Mapping):
            return {key: self.value(inner, (*path, str(key))) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(inner, (*path, place)) for place, inner in enumerate(value)]
        return value

    def _text(self, text: str, path: Path) -> str:
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        fit, most = clean(text), LONG.get(key, LONGEST)
        if fit != text.replace("\r\n", "\n"):
            self._tell(path, text, UNFIT_RULE, UNFIT_FIX)
        fit = fit if key in SEVERAL_LINES else fit.translate(IN_ONE_LINE)
        if len(fit) > most:
            rule = f"has {len(fit):,} characters, more than {most:,}; the rest is left out"
            self._tell(path, fit, rule, "shorten it")
        return fit[:most]

    def _tell(self, path: Path, text: str, rule: str, fix: str) -> None:
        line = line_of(self.layer.lines, path)
        self.told.append(Problem(self.layer.file, line, dotted(path), shown(text), rule, fix, "warning"))


def cleaned(layers: Iterable[Layer]) -> tuple[list[Layer], tuple[Problem, ...]]:
    """Return layers with every text in them clean, and a warning for each text that was not."""
    told: list[Problem] = []
    clean_layers = [replace(layer, data=_Cleaning(layer, told).value(layer.data)) for layer in layers]
    return clean_layers, tuple(_first(told))


def clean_table(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with every text in it clean."""
    made: dict[str, Any] = _Cleaning(Layer("", dict(table)), []).value(table)
    return made


def _first(told: list[Problem]) -> Iterator[Problem]:
    yield from told[:MOST_TOLD]
    if len(told) > MOST_TOLD:
        rule = f"{len(told) - MOST_TOLD} more texts have control characters or are too long, and are left out"
        yield Problem(told[0].file, None, "", None, rule, severity="warning")
