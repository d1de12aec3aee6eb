"""See that `sim` is the package that belongs to this one, not a file of that name where Python was started."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

OURS = Path(__file__).resolve().parent.parent / "sim" / "__init__.py"


def see() -> None:
    """Raise ImportError when another `sim` stands in the way; `python -m peerstay` says so and ends."""
    loaded = sys.modules.get("sim")
    spec = None if loaded is not None else find_spec("sim")
    found = getattr(loaded, "__file__", None) or (spec.origin if spec is not None else None)
    if found is None or Path(found).resolve() != OURS:
        where = found or "a folder without __init__.py"
        told = (
            f"peerstay needs its own package `sim`, and another one hides it: {where}. "
            "Rename that file or folder, or start Python in another folder."
        )
        if sys.orig_argv[1:3] == ["-m", "peerstay"]:  # the command line: one message, no traceback
            sys.exit(told)
        raise ImportError(told)
