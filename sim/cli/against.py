"""The option --against: compare the alternatives with one of them, besides the base."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any, Final

import click

from sim.questions.compare.shapes import compare_shape
from sim.questions.compare.text import compare_text
from sim.runs.against import NoPairError, Pair, pairs_with, place_of
from sim.runs.answer import Answer
from sim.words.as_json import Shape
from sim.words.provenance import Stamp

AGAINST: Final = (
    click.option(
        "--against",
        metavar="ALTERNATIVE",
        help="Also compare the other alternatives with this one: its file, or its name in the answer.",
    ),
)


def also_against(said: str | None, files: Sequence[str]) -> tuple[Any, Any]:
    """Return what writes a comparison as text and as plain values, with what --against asks for.

    Raises:
        click.UsageError: when it names none of the alternatives.
    """
    place = None if said is None else _place(said, files)

    def pairs(answer: Answer) -> list[Pair]:
        return [] if place is None else pairs_with(answer, place)

    def text(answer: Answer, stamp: Stamp) -> str:
        return compare_text(answer, stamp, pairs(answer))

    def shape(answer: Answer) -> Shape:
        return compare_shape(answer, pairs(answer))

    return text, shape


def with_against(command: str, said: str | None) -> str:
    """Return a command that asks for the same comparisons."""
    return command if said is None else f"{command} --against {shlex.quote(said)}"


def _place(said: str, files: Sequence[str]) -> int:
    try:
        return place_of(said, files)
    except NoPairError as fault:
        raise click.UsageError(f"--against {fault}") from fault
