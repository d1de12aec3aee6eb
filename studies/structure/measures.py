"""The measures of the house, each a function from its modules to a number or a list of places."""

from __future__ import annotations

import ast
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from typing import Final

from radon.complexity import cc_visit
from radon.visitors import Class

from studies.structure.tree import Module, importers

RULES: Final = ("sim.model.rules.", "sim.model.world.terms")
FUNDING: Final = ("sim.scenario.tables.funding", "sim.model.engine.funding")  # the rooms of the kinds of money
SOURCES: Final = {"FeeForService", "ProspectivePayment", "Grant", "ScheduledFund"}
MAPS: Final = "sim.influences."
LEAST_ADDRESSES: Final = 5  # in one literal, to count as a map of inputs
ADDRESS: Final = re.compile(
    r"(pay|posts|place|benefits|turnover|rules|recruitment|time_use|services|practices|funding|ladder|effects)"
    r"\.[a-z_*.]+"
)
STIFF: Final = re.compile(r"(Hold|Say|Be)\b")


def lines_by_room(house: Sequence[Module]) -> dict[str, int]:
    """Lines of each room."""
    rooms: Counter[str] = Counter()
    for module in house:
        rooms[module.room or module.path.name] += module.lines
    return dict(sorted(rooms.items()))


def fullest_folder(house: Sequence[Module]) -> tuple[int, str]:
    """Modules in the fullest folder, and which it is."""
    folder, most = Counter(module.folder for module in house if module.path.name != "__init__.py").most_common(1)[0]
    return most, folder


def single_importers(house: list[Module]) -> list[str]:
    """Modules that exactly one other module imports."""
    return sorted(name for name, count in importers(house).items() if count == 1)


def function_lines(house: Sequence[Module]) -> list[int]:
    """Lines of every function, docstring counted."""
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for module in house for node in module.functions()]


def complexities(house: Sequence[Module]) -> dict[str, int]:
    """Cyclomatic complexity of every function and method, as radon counts it, by place."""
    return {
        f"{module.name}:{block.lineno} {block.name}": block.complexity
        for module in house
        for block in cc_visit(module.text)
        if not isinstance(block, Class)
    }


def constants(house: Sequence[Module]) -> list[str]:
    """Numbers with a name in the rules of the model, which no schema, card or range knows of."""
    return [
        f"{module.name} {name}"
        for module in house
        if module.name.startswith(RULES)
        for name, value in _assigned(module.tree)
        if _is_number(value)
    ]


def asked_by_type(house: Sequence[Module]) -> list[str]:
    """Places outside the rooms of funding that ask what kind of money something is."""
    return [
        f"{module.name}:{node.lineno}"
        for module in house
        if not module.name.startswith(FUNDING)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "isinstance"
        and SOURCES & {one.id for one in ast.walk(node.args[1]) if isinstance(one, ast.Name)}
    ]


def maps(house: Sequence[Module]) -> list[str]:
    """Literals outside the influence graph that list inputs by address."""
    return [
        f"{module.name} {name}"
        for module in house
        if not module.name.startswith(MAPS)
        for name, value in _assigned(module.tree)
        if len({text for text in _texts(value) if ADDRESS.fullmatch(text)}) >= LEAST_ADDRESSES
    ]


def stiff_docstrings(house: Sequence[Module]) -> list[str]:
    """Docstrings that begin with Hold, Say or Be."""
    return [
        f"{module.name}:{node.lineno}"
        for module in house
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and STIFF.match(ast.get_docstring(node) or "")
    ]


def percentile(values: Sequence[int], percent: int) -> float:
    """A percentile of some counts."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _assigned(tree: ast.Module) -> list[tuple[str, ast.expr]]:
    found: list[tuple[str, ast.expr]] = []
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.append((node.targets[0].id, node.value))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found.append((node.target.id, node.value))
    return found


def _is_number(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):  # math.log(1.2)
        return bool(value.args) and all(_is_number(one) for one in value.args)
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def _texts(value: ast.expr) -> list[str]:
    return [one.value for one in ast.walk(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
