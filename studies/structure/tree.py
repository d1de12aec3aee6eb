"""The source tree as modules: their files, their syntax and what they import."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGES = ("sim", "peerstay")


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """The dotted name it is imported by."""
        parts = self.path.relative_to(self.root).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def folder(self) -> str:
        """The folder it stands in, relative to the root."""
        return self.path.parent.relative_to(self.root).as_posix()

    @property
    def room(self) -> str:
        """The room of the house: `sim/model/engine`, `sim/questions`, `sim` for what stands in the hall."""
        parts = self.path.relative_to(self.root).parts[:-1]
        return "/".join(parts[: 3 if parts[:2] == ("sim", "model") else 2])

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """Lines, empty ones and comments included."""
        return len(self.text.splitlines())

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> set[str]:
        """Dotted names that it imports, each as far as it is written: `sim.units.cents` for a name of a module."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        return found


def modules(root: Path) -> list[Module]:
    """Every module of the product, `app.py` among them, in order of path."""
    files = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    return [Module(root, path) for path in sorted([*root.glob("app.py"), *files])]


def importers(house: list[Module]) -> Counter[str]:
    """How many modules of the product import each module; packages and what nobody imports are left out."""
    names = {module.name for module in house if module.path.name != "__init__.py"}
    return Counter(name for module in house for name in module.imports() & names)
