"""Load scenarios: from a file and what it extends, or from a table made in Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.scenario.check.checks import checked
from sim.scenario.fingerprint import fingerprint
from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.read.clean_layers import clean_table, cleaned
from sim.scenario.read.draft import drafted
from sim.scenario.read.layers import Layer, check_depth, layer_alone, option_layers, read_layers
from sim.scenario.read.library import file_named
from sim.scenario.read.what_if import WhatIf
from sim.scenario.schema import Scenario

IN_MEMORY = "scenario"


@dataclass(frozen=True)
class Loaded:
    """A scenario whose every fault is gone and every default filled in."""

    scenario: Scenario
    path: Path
    fingerprint: str
    warnings: tuple[Problem, ...]
    raw: dict[str, Any]  # what the files and options say together, defaults left out
    what_if: WhatIf | None = None  # of an alternative without a file: what was typed

    @property
    def label(self) -> str:
        """Return what messages call it by: its file, or what was typed."""
        return str(self.path) if self.what_if is None else self.what_if.label

    def titled(self, title: str) -> Loaded:
        """Return the same scenario under another title."""
        raw = {"title": title} | {key: value for key, value in self.raw.items() if key != "title"}
        return replace(self, scenario=self.scenario.model_copy(update={"title": title}), raw=raw)


def load(
    path: str | Path,
    sets: Iterable[str] = (),
    months: int | None = None,
    replications: int | None = None,
    seed: int | None = None,
    what_if: WhatIf | None = None,
) -> Loaded:
    """Return a scenario, each `PATH=VALUE` of `sets` and the options laid over it.

    A path is that of a file; a text may be the name of a scenario of the library as well.
    With `what_if` it is the alternative that this makes of the file, as a file that extends it would be.

    Raises:
        ScenarioError: with every fault there is.
    """
    numbers = {
        "--months": ("horizon.months", months),
        "--replications": ("experiment.replications", replications),
        "--seed": ("experiment.seed", seed),
    }
    options = option_layers(sets, numbers)
    layers = read_layers(path)
    if what_if is None:
        return _loaded([*layers, *options], Path(_called(path)))
    loaded = _loaded([*layers, *what_if.layers, *options], Path(f"{what_if.name}.toml"))
    return replace(loaded, what_if=what_if)


def _called(said: str | Path) -> str | Path:
    """Return what answers and commands call a scenario by; the name of one of the library stays a name."""
    return said if isinstance(said, Path) else file_named(said)[1]


def load_table(table: Mapping[str, Any], sets: Iterable[str] = (), *, warn: bool = True) -> Loaded:
    """Return a scenario given as the table a file would hold (without `extends`).

    Args:
        table: what the file would hold.
        sets: inputs set as `--set` does.
        warn: look for what is idle or hard to believe too, which takes longer than all else.

    Raises:
        ScenarioError: with every fault there is.
    """
    check_depth(dict(table), IN_MEMORY)
    return _loaded([Layer(IN_MEMORY, dict(table)), *option_layers(sets, {})], Path(IN_MEMORY), warn=warn)


def load_tables(tables: Mapping[str, Mapping[str, Any]], path: Path) -> Loaded:
    """Return a scenario given as tables laid over one another, each under the name that messages call it by.

    Args:
        tables: the most basic first.
        path: what the scenario is called.

    Raises:
        ScenarioError: with every fault there is.
    """
    for name, table in tables.items():
        check_depth(dict(table), name)
    return _loaded([Layer(name, dict(table)) for name, table in tables.items()], path)


def load_over(base: Loaded, layers: Iterable[Layer], name: str) -> Loaded:
    """Return what layers make of a scenario, under a name of its own, as a file that extends it would.

    Raises:
        ScenarioError: with every fault there is.
    """
    over = list(layers)
    for layer in over:
        check_depth(layer.data, layer.file)
    return _loaded([Layer(base.label, base.raw), *over], Path(f"{name}.toml"))


def read_text(content: bytes, label: str) -> dict[str, Any]:
    """Return the table that the content of a scenario file holds, its texts clean; it must stand alone.

    Raises:
        ScenarioError: when it is not TOML, or extends another file.
    """
    return clean_table(layer_alone(content, label).data)


def _loaded(layers: list[Layer], path: Path, *, warn: bool = True) -> Loaded:
    layers, unfit = cleaned(layers)
    draft = drafted(layers)
    try:
        scenario, warnings = checked(draft, warn=warn)
    except ScenarioError as fault:
        raise ScenarioError([*unfit, *fault.problems]) from None
    return Loaded(scenario, path, fingerprint(scenario), (*unfit, *warnings), draft.said())
