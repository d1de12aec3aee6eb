"""Run the notebooks of the documentation, with what they show kept in them: `make notebooks`.

A small runner instead of Jupyter: cells are run in their order in one namespace, and the last expression of a cell is
shown as a notebook shows it, by its figure, its HTML and its text.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import json
from pathlib import Path
from typing import Any, Final

from sim.evidence.paths import ROOT

FOLDER: Final = ROOT / "docs" / "notebooks"
PLOTLY: Final = "application/vnd.plotly.v1+json"
Notebook = dict[str, Any]


def notebooks() -> tuple[Path, ...]:
    """Return the notebooks, in the order of their names."""
    return tuple(sorted(FOLDER.glob("*.ipynb")))


def read(file: Path) -> Notebook:
    """Return what a notebook holds."""
    found: Notebook = json.loads(file.read_text(encoding="utf-8"))
    return found


def executed(notebook: Notebook) -> Notebook:
    """Return a notebook with every cell run anew; what a cell raises is raised."""
    made, space = copy.deepcopy(notebook), {"__name__": "notebook"}
    number = 0
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            cell["execution_count"] = number
            cell["outputs"] = _outputs("".join(cell["source"]), space, number)
    return made


def shown(notebook: Notebook, kind: str) -> list[Any]:
    """Return everything of a kind that is shown in a notebook: `text`, or a MIME type."""
    outputs = [one for cell in notebook["cells"] for one in cell.get("outputs", ())]
    if kind == "text":
        return ["".join(one["text"]) for one in outputs if one["output_type"] == "stream"]
    return [one["data"][kind] for one in outputs if kind in one.get("data", {})]


def write(file: Path) -> None:
    """Run a notebook and write it back with what it shows."""
    text = json.dumps(executed(read(file)), indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


def _outputs(source: str, space: dict[str, Any], number: int) -> list[dict[str, Any]]:
    tree, printed, value = ast.parse(source), io.StringIO(), None
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), space)  # noqa: S102  # our own notebooks
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), space)  # noqa: S307  # likewise
    told: list[dict[str, Any]] = []
    if printed.getvalue():
        told.append({"output_type": "stream", "name": "stdout", "text": printed.getvalue().splitlines(keepends=True)})
    if value is not None:
        told.append({"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": _data(value)})
    return told


def _data(value: Any) -> dict[str, Any]:
    """Return a value as a notebook shows it."""
    if hasattr(value, "to_plotly_json"):
        return {PLOTLY: json.loads(value.to_json()), "text/plain": ["a figure"]}
    data: dict[str, Any] = {"text/plain": repr(value).splitlines(keepends=True)}
    html = getattr(value, "_repr_html_", lambda: None)()
    return data if html is None else data | {"text/html": html.splitlines(keepends=True)}


if __name__ == "__main__":
    for one in notebooks():
        write(one)
