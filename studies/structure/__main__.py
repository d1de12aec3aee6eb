"""`python -m studies.structure`: print the measures of the house; exit 1 when one is beyond its ceiling."""

from __future__ import annotations

import statistics
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from studies.structure import measures
from studies.structure.tree import modules

ROOT: Final = Path(__file__).resolve().parents[2]
LIMITS: Final = ROOT / "studies" / "house.toml"


def measured(root: Path, definitions: Mapping[str, str], layouts: Mapping[str, str]) -> dict[str, float]:
    """The measures of the tree under a root, by the names of house.toml."""
    house = modules(root)
    lines, complexity = measures.function_lines(house), measures.complexities(house).values()
    return {
        "modules in the fullest folder": measures.fullest_folder(house)[0],
        "modules that one other imports": len(measures.single_importers(house)),
        "median lines of a function": measures.percentile(lines, 50),
        "90th percentile of a function's lines": measures.percentile(lines, 90),
        "most lines of a function": max(lines),
        "mean complexity": round(statistics.fmean(complexity), 2),
        "highest complexity": max(complexity),
        "numbers in the rules outside the schema": len(set(measures.constants(house)) - set(definitions)),
        "places that ask a kind of money by type": len(measures.asked_by_type(house)),
        "maps of inputs kept by hand": len(set(measures.maps(house)) - set(layouts)),
        "docstrings that begin with Hold, Say or Be": len(measures.stiff_docstrings(house)),
    }


def beyond(found: Mapping[str, float], ceilings: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The measures that are beyond their ceilings."""
    return [name for name, value in found.items() if value > ceilings[name]["ceiling"]]


def table(found: Mapping[str, float], ceilings: Mapping[str, Mapping[str, float]]) -> str:
    """The measures in columns: what is, the ceiling, the goal."""
    rows = [
        f"{name:45} {value:>7g} {ceilings[name]['ceiling']:>8g} {ceilings[name]['goal']:>6g}"
        + ("" if value <= ceilings[name]["goal"] else "  not yet")
        for name, value in found.items()
    ]
    return "\n".join([f"{'the house':45} {'now':>7} {'ceiling':>8} {'goal':>6}", *rows])


def rooms(root: Path) -> str:
    """Lines of each room in one paragraph."""
    lines = measures.lines_by_room(modules(root))
    parts = ", ".join(f"{room} {count:,}" for room, count in lines.items() if count > 1)
    return f"{sum(lines.values()):,} lines: {parts}"


def limits() -> dict[str, Any]:
    """What house.toml says."""
    return tomllib.loads(LIMITS.read_text(encoding="utf-8"))


def main() -> int:
    """Print the table; name what is beyond its ceiling."""
    given = limits()
    found = measured(ROOT, given["definitions"], given["layouts"])
    print(table(found, given["ceilings"]))
    print(rooms(ROOT))
    over = beyond(found, given["ceilings"])
    for name in over:
        print(
            f"beyond its ceiling: {name}; make it simpler, or raise it in studies/house.toml and say why in CHANGELOG"
        )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
