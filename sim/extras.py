"""What a plain installation leaves out, and the words in which somebody is told how to get it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final

EXTRAS: Final = {  # module that is imported → extra of pyproject.toml that brings it
    "streamlit": "page",
    "starlette": "page",
    "matplotlib": "brief",
    "docx": "brief",
    "typst": "brief",
    "xlsxwriter": "brief",
    "python_calamine": "excel",
    "pyarrow": "export",
    "distributed": "cluster",
    "cryptography": "sign",
    "authlib": "signin",
}


class MissingExtraError(ModuleNotFoundError):
    """Something asked for is in an extra that is not installed; the message says how to install it."""


def need(modules: Iterable[str], what: str) -> None:
    """See that the modules of an extra are there, before any work is done.

    Args:
        modules: keys of EXTRAS.
        what: what they are needed for, the subject of the message.

    Raises:
        MissingExtraError: when one is not installed.
    """
    for module in modules:
        if find_spec(module) is None:
            raise MissingExtraError(how_to_get(module, what), name=module)


def how_to_get(module: str, what: str = "this") -> str:
    """Return the message about a module that is missing: what needs it, and the extra that brings it."""
    extra = EXTRAS[module]
    return f"{what} needs {module}: install peerstay[{extra}], as in pip install 'peerstay[{extra}]'"


def told(fault: ModuleNotFoundError) -> str | None:
    """Return what to tell of an import that failed; None when no extra would have brought it."""
    if isinstance(fault, MissingExtraError):
        return str(fault)
    module = (fault.name or "").partition(".")[0]
    return how_to_get(module) if module in EXTRAS else None
