"""What a shell completes: scenarios of the library and files, measures, and what `peerstay evidence` knows.

Everything is imported when it is asked for: a shell asks at every press of a key.
"""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem


def scenarios(_context: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the scenarios of the library that begin so; files where none does."""
    from sim.scenario.read.library import PREFIX, library  # noqa: PLC0415

    given = begun.removeprefix(PREFIX)
    prefix = begun[: len(begun) - len(given)]
    return [CompletionItem(begun, type="file"), *_beginning(given, library(), prefix)]


def measures(_context: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the measures that begin so."""
    from sim.results.measures.table import MEASURES  # noqa: PLC0415

    return _beginning(begun, MEASURES)


def known(_context: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the evidence keys, effects and measures that begin so."""
    from sim.evidence.cards import load_cards  # noqa: PLC0415
    from sim.evidence.effects import load_effects  # noqa: PLC0415
    from sim.results.measures.table import MEASURES  # noqa: PLC0415

    return _beginning(begun, sorted({*load_cards(), *load_effects(), *MEASURES}))


def _beginning(begun: str, names: Iterable[str], prefix: str = "") -> list[CompletionItem]:
    return [CompletionItem(f"{prefix}{name}") for name in names if name.startswith(begun)]
