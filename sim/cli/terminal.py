"""How the command line behaves on a terminal: its width, asides on stderr, how far a run is."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import click

from sim.scenario.read.clean_text import visible
from sim.words.layout import counted

QUIET: Final = "peerstay.quiet"
SOON: Final = 1.0  # seconds before a rate is told
MINUTE, HOUR = 60, 3600
Shown = Callable[[int, int], None]


def columns() -> int:
    """Return the columns of the terminal that the answer goes to; 0 for a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def be_quiet(context: click.Context, _: click.Parameter, asked: bool) -> None:  # as click calls it
    """Keep notes, warnings and progress to itself from here on."""
    if asked:
        context.find_root().meta[QUIET] = True


def quiet() -> bool:
    """Whether only answers and errors are printed."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.find_root().meta.get(QUIET))


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text; what a terminal would obey in it, from whichever file, folder or option, is shown instead."""
    click.echo(visible(text), err=err, nl=nl)  # noqa: TID251  # the one place


def aside(text: str) -> None:
    """Print a note or a warning on stderr, unless asked to be quiet."""
    if not quiet():
        say(text, err=True)


def over(text: str) -> None:
    """Print a line of progress on stderr over the one before."""
    click.echo("\r", err=True, nl=False)  # noqa: TID251
    say(text, err=True, nl=False)


def progress(what: str = "run") -> Shown | None:
    """Return what shows how far the work is, on a terminal only."""
    return _Line(what).show if sys.stderr.isatty() and not quiet() else None


@contextmanager
def searching() -> Iterator[Callable[[int], None]]:
    """Yield what shows how far a search is, on a terminal only, and end its line."""
    if quiet() or not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield tried("value")
    finally:
        say(err=True)


def tried(what: str) -> Callable[[int], None]:
    """Return what shows how many of something were tried and how fast, where nobody knows how many it will take."""
    began = time.monotonic()

    def show(done: int) -> None:
        over(f"{counted(done, what)} tried{speed(done, time.monotonic() - began)}")

    return show


@dataclass
class _Line:
    """One line on stderr that is written over: how much is done, how fast, how long it will take yet."""

    what: str
    began: float | None = None  # on the clock, when the first number came
    first: int = 0  # what was done by then, kept from before
    last: int = field(default=0)  # length of the line that stands there

    def show(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.began is None or done < self.first:
            self.began, self.first = now, done
        told = f"{done:,} of {counted(total, self.what)}{pace(done - self.first, total - done, now - self.began)}"
        over(told.ljust(self.last) + ("\n" if done >= total else ""))
        self.last = 0 if done >= total else len(told)
        if done >= total:
            self.began = None


def pace(done: int, left: int, seconds: float) -> str:
    """Return the rate and the time left in words: `, 14 a second, 50 s left`; nothing before it can be told."""
    told = speed(done, seconds)
    if not told:
        return ""
    return told + (f", {duration(left * seconds / done)} left" if left > 0 else f", {duration(seconds)} in all")


def speed(done: int, seconds: float) -> str:
    """Return the rate in words: `, 14 a second`; nothing before it can be told."""
    if done <= 0 or seconds < SOON:
        return ""
    rate = done / seconds
    return f", {rate:,.0f} a second" if rate >= 2.0 else f", {MINUTE * rate:,.0f} a minute"


def duration(seconds: float) -> str:
    """Return a time in words, as exactly as it can be known: `50 s`, `4 min`, `1 h 20 min`."""
    if seconds < MINUTE:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / MINUTE)
    return f"{minutes} min" if seconds < HOUR else f"{minutes // MINUTE} h {minutes % MINUTE} min"
