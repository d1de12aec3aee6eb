"""How it is run: one file a command, loaded only when it is called."""

from __future__ import annotations

import contextlib
import difflib
import io
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from sim import __version__

BAD_INPUT = 2
INTERRUPTED = 130
COMMANDS = {  # name → (module that holds `command`, what it does)
    "run": ("sim.cli.commands.run", "Run one scenario and print its measures."),
    "compare": ("sim.cli.commands.compare", "Compare a base with alternatives, run for run."),
    "app": ("sim.cli.commands.app", "Open the page: ask, look and compare in a browser."),
    "solve": ("sim.cli.commands.solve", "Find the smallest change of one input that brings what is wished."),
    "rank": ("sim.cli.commands.rank", "Choose the best of several scenarios by one measure."),
    "uncertainty": ("sim.cli.commands.uncertainty", "Tell luck from what is not known, and value knowing it."),
    "sensitivity": ("sim.cli.commands.sensitivity", "Say which inputs move a result most."),
    "frontier": ("sim.cli.commands.frontier", "Look for the best mixes of several inputs at equal dollars."),
    "fiscal": ("sim.cli.commands.fiscal", "Write a fiscal note: what each payer spends in each state fiscal year."),
    "brief": ("sim.cli.commands.brief", "Write an answer as Word, PDF, HTML, Excel, CSV, or a bundle."),
    "reproduce": ("sim.cli.commands.reproduce", "Make the answer of a bundle again and compare every number."),
    "init": ("sim.cli.commands.init", "Write a scenario file to begin with, made for a state and a kind of funding."),
    "check": ("sim.cli.commands.check", "Name everything wrong with scenarios, and what cannot matter in them."),
    "runs": ("sim.cli.commands.runs", "List the runs that are kept."),
    "show": ("sim.cli.commands.show", "Print the answer of a run that is kept."),
    "merge": ("sim.cli.commands.merge", "Put together what was run in several places."),
    "story": ("sim.cli.commands.story", "Tell the careers of one projected future in sentences."),
    "measures": ("sim.cli.commands.measures", "List the measures: unit, definition, direction."),
    "evidence": ("sim.cli.commands.evidence", "List the evidence cards, or show where one number comes from."),
    "scenarios": ("sim.cli.commands.scenarios", "List the scenarios of the library and what they ask."),
    "schema": ("sim.cli.commands.schema", "Print the JSON Schema of scenario files, or a table of all inputs."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and whose help needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click calls it
        """Return the names of the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that was called; an unknown one is answered with the nearest."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"commands are {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])

    def main(  # type: ignore[override]  # click overloads it by standalone_mode, which is always on here
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run a command line: exit 0, 2 with messages on stderr for bad input, 130 when interrupted."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                with contextlib.suppress(ValueError):
                    stream.reconfigure(errors="backslashreplace")
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name, **extra)
        except click.ClickException as fault:
            fault.show()
            sys.exit(BAD_INPUT)
        except (click.Abort, KeyboardInterrupt):
            click.echo("interrupted", err=True)
            sys.exit(INTERRUPTED)
        except Exception as fault:
            told = _in_words(fault)
            if told is None:
                raise
            click.echo(told, err=True)
            sys.exit(BAD_INPUT)
        sys.exit(code if isinstance(code, int) else 0)


def _in_words(fault: Exception) -> str | None:
    """Return what is reported in place of a traceback, if anything; imports are late because they are slow."""
    if isinstance(fault, ModuleNotFoundError):
        from sim.extras import told  # noqa: PLC0415  # help needs no other module

        return told(fault)
    errors = (
        ("sim.scenario.problems", "ScenarioError"),
        ("sim.evidence.tables", "EvidenceError"),
        ("sim.units", "UnfitAmountError"),
        ("sim.runs.answer_checks", "UnsoundAnswerError"),
    )
    known = tuple(getattr(import_module(module), name) for module, name in errors)
    return str(fault) if isinstance(fault, (*known, OSError)) else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="peerstay")
def main() -> None:
    """Simulate what pay, ladders and funding do to the peer recovery workforce.

    A scenario is a TOML file; `peerstay scenarios` lists those that come along.
    """
