"""Read scenario files and the options laid over them, each a layer that knows where its inputs stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from sim.scenario.patch import TableDict, nested, split
from sim.scenario.problems import Path, Problem, ScenarioError, printable, shown
from sim.scenario.read.clean_text import is_line
from sim.scenario.read.library import NotFollowedError, file_named, followed, home_of, label_beneath, nearest_file
from sim.scenario.read.lines import key_lines

MOST_BYTES = 1_000_000
TOO_LARGE = f"is larger than {MOST_BYTES:,} bytes"
MOST_LAYERS = 8  # files that extend one another
DEEPEST = 16  # tables inside tables
MOST_DOTS = 1000  # on one line: tomllib takes quadratic time over longer dotted keys
SET = "--set"
LINE_OF_FAULT = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True)
class Layer:
    """One file or option: its tables, and the line of each input (none for an option).

    The dated changes of one that `adds` come behind those beneath; those of others take their place.
    """

    file: str
    data: TableDict
    lines: Mapping[Path, int] = field(default_factory=dict)
    adds: bool = False


def read_layers(said: FilePath | str) -> list[Layer]:
    """Return a scenario and the files it extends, the most basic first.

    Args:
        said: a file, or the name of a scenario of the library.

    Raises:
        ScenarioError: when a file cannot be read, is not TOML, or extends what it may not.
    """
    layers: list[Layer] = []
    seen: list[FilePath] = []
    path, label = _named(said)
    home: FilePath | None = None
    while True:
        layer = read_layer(path, label)
        home = home or home_of(path)
        seen.append(path.resolve())
        layers.insert(0, layer)
        if "extends" not in layer.data:
            return [_without_extends(one) for one in layers]
        extended, above = layer.data["extends"], path
        try:
            path = followed(extended, above, home)
        except NotFollowedError as fault:
            raise _extends_fault(layer, fault.rule, fault.fix) from None
        label = printable(label_beneath(label, extended, path))
        home = home if path.resolve().is_relative_to(home) else None
        if path.resolve() in seen:
            raise _extends_fault(layer, "files extend one another in a circle")
        if len(layers) == MOST_LAYERS:
            raise _extends_fault(layer, f"at most {MOST_LAYERS} files may extend one another")


def _named(said: FilePath | str) -> tuple[FilePath, str]:
    if isinstance(said, FilePath):
        return said, printable(str(said))
    try:
        path, label = file_named(said)
    except NotFollowedError as fault:
        raise _fault(printable(said), None, fault.rule, fix=fault.fix) from None
    return path, printable(label)


def read_layer(path: FilePath, label: str) -> Layer:
    """Return one scenario file."""
    return _layer(_text(path, label), label)


def layer_alone(content: bytes, label: str) -> Layer:
    """Return the content of a scenario file that is nowhere on disk; it may extend nothing.

    Raises:
        ScenarioError: when it is too large, no text, not TOML, or extends another file.
    """
    if len(content) > MOST_BYTES:
        raise _fault(label, None, TOO_LARGE)
    layer = _layer(_decoded(content, label), label)
    if "extends" in layer.data:
        raise _extends_fault(layer, "there is no other file to extend here", "put both into one file")
    return layer


def _layer(text: str, label: str) -> Layer:
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ScenarioError([_syntax_problem(label, text, fault)]) from None
    check_depth(data, label)
    return Layer(label, data, key_lines(text))


def check_depth(data: Any, label: str) -> None:
    """Raise ScenarioError when tables and lists nest deeper than any scenario does."""
    level = [data]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list | tuple)
        ]
    if level:
        raise _fault(label, None, f"tables and lists are nested more than {DEEPEST} deep")


def option_layers(sets: Iterable[str], numbers: Mapping[str, tuple[str, Any]]) -> list[Layer]:
    """Return a layer for each `PATH=VALUE`, then one for each option: label → (path, value), None left out.

    Raises:
        ScenarioError: when a PATH=VALUE cannot be read.
    """
    options = [(label, split(path), value) for label, (path, value) in numbers.items() if value is not None]
    settings = [(SET, *setting(text, SET)) for text in sets]
    return [Layer(label, nested(path, value)) for label, path, value in [*settings, *options]]


def setting(text: str, label: str) -> tuple[Sequence[str], Any]:
    """Return the address and the value of a `PATH=VALUE`: a TOML value, or else a bare word.

    Args:
        text: what the user typed.
        label: what messages call it by.

    Raises:
        ScenarioError: when it cannot be read.
    """
    address, equals, value = text.partition("=")
    path = split(address)
    told = text if label == SET else None  # the label of another option says it already
    if not equals or not all(path):
        raise _fault(label, None, "must be written PATH=VALUE, for example pay.wage_usd_per_hour=21.5", told)
    if len(path) >= DEEPEST:
        raise _fault(label, None, f"tables are nested more than {DEEPEST} deep", told)
    return path, _value(value.strip(), label, told)


def _value(text: str, label: str, told: str | None) -> Any:
    """Return a TOML value; what is none is a bare word."""
    try:
        parsed = tomllib.loads("value = " + text.replace("\n", " "))
    except (ValueError, RecursionError):
        parsed = {}
    if parsed.keys() == {"value"}:
        check_depth(parsed, label)
        return parsed["value"]
    if text.startswith(("'", '"', "[", "{")):
        raise _fault(label, None, "the value opens a quote or bracket and is not valid TOML", told)
    return text


def at_most(path: FilePath, most: int = MOST_BYTES) -> bytes:
    """Return what a file holds, and of one that is too large only enough to see that it is."""
    with path.open("rb") as stream:
        return stream.read(most + 1)


def _text(path: FilePath, label: str) -> str:
    """Return the text of a file, whatever stands in the way said in words."""
    content = b""
    try:
        rule = _cannot_be_a_scenario(path)
        content = b"" if rule else path.read_bytes()
    except (OSError, ValueError) as fault:
        rule = f"cannot be read: {getattr(fault, 'strerror', None) or fault}"
    if rule:
        raise _fault(label, None, rule, fix=nearest_file(path) if "no such file" in rule else "")
    return _decoded(content, label)


def _decoded(content: bytes, label: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise _fault(label, line, "is not UTF-8 text", fix="save the file with encoding UTF-8") from None
    if max(map(_dots, text.splitlines()), default=0) > MOST_DOTS:
        raise _fault(label, None, f"holds a line with more than {MOST_DOTS} full stops")
    return text


def _cannot_be_a_scenario(path: FilePath) -> str:
    if not path.exists():
        return "no such file"
    if not is_line(str(path)):
        return "has control characters in its name: rename it"
    if path.is_dir():
        return "is a folder, not a scenario file"
    if not path.is_file():
        return "is not a file"
    return TOO_LARGE if path.stat().st_size > MOST_BYTES else ""


def _dots(line: str) -> int:
    return line.count(".")


def _syntax_problem(label: str, text: str, fault: Exception) -> Problem:
    if isinstance(fault, RecursionError):
        return Problem(label, None, "", None, f"tables and lists are nested more than {DEEPEST} deep")
    message = str(fault)
    found = LINE_OF_FAULT.search(message)
    line = int(found.group(1)) if found else None
    if message.endswith("(at end of document)"):
        line = text.count("\n") + 1
    rule = LINE_OF_FAULT.sub("", message).removesuffix(" (at end of document)")
    return Problem(label, line, "", None, f"is not valid TOML: {rule}", _table_fix(label) or _syntax_fix(text, line))


def _table_fix(label: str) -> str:
    """Return what reads a table that was taken for a scenario."""
    if not label.lower().endswith((".csv", ".xlsx")):
        return ""
    return "peerstay fit reads a table of people or yearly counts, peerstay portfolio one of employers"


def _syntax_fix(text: str, line: int | None) -> str:
    lines = text.split("\n")
    source = lines[line - 1] if line is not None and line <= len(lines) else ""
    value = source.partition("=")[2].strip()
    if re.match(r"\d{4}-\d{2}\b", value):
        return 'put a month in quotes: "2028-07"'
    if value in ("True", "False"):
        return f"write {value.lower()}"
    if re.match(r"[A-Za-z_]", value) and value not in ("true", "false"):
        return "put text in quotes"
    return ""


def _extends_fault(layer: Layer, rule: str, fix: str = "") -> ScenarioError:
    line = layer.lines.get(("extends",))
    return ScenarioError([Problem(layer.file, line, "extends", shown(layer.data["extends"]), rule, fix)])


def _without_extends(layer: Layer) -> Layer:
    data = {key: value for key, value in layer.data.items() if key != "extends"}
    return Layer(layer.file, data, layer.lines)


def _fault(label: str, line: int | None, rule: str, setting: str | None = None, fix: str = "") -> ScenarioError:
    return ScenarioError([Problem(label, line, "" if setting is None else setting, None, rule, fix)])
