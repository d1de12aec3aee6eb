"""See that `sim` is the package that belongs to this one, not a file of that name where Python was started."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

OURS = Path(__file__).resolve().parent.parent / "sim" / "__init__.py"


def see() -> None:
    """Raise ImportError when another `sim` stands in the way."""
    loaded = sys.modules.get("sim")
    spec = None if loaded is not None else find_spec("sim")
    found = getattr(loaded, "__file__", None) or (spec.origin if spec is not None else None)
    if found is None or Path(found).resolve() != OURS:
        where = found or "a folder without __init__.py"
        raise ImportError(
            f"peerstay needs its own package `sim`, and another one hides it: {where}. "
            "Rename that file or folder, or start Python in another folder."
        )
