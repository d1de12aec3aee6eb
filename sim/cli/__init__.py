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
from click.shell_completion import CompletionItem

from sim import __version__
from sim.cli import manual
from sim.cli.terminal import be_quiet, columns, say
from sim.words.layout import laid_out_for

BAD_INPUT = 2
INTERRUPTED = 130
COMMANDS = {  # name → (module that holds `command`, what it does)
    "run": ("sim.cli.commands.run", "Run one scenario and print its measures."),
    "compare": ("sim.cli.commands.compare", "Compare a base with alternatives, replication by replication."),
    "app": ("sim.cli.commands.app", "Open the page: describe, compare and explore scenarios in a browser."),
    "solve": ("sim.cli.commands.solve", "Find the smallest change of one input that meets your constraints."),
    "rank": ("sim.cli.commands.rank", "Choose the best of several scenarios on one measure."),
    "uncertainty": (
        "sim.cli.commands.uncertainty",
        "Split uncertainty into random variation and uncertain assumptions.",
    ),
    "fit": ("sim.cli.commands.fit", "Show what your own history says of who leaves."),
    "sensitivity": ("sim.cli.commands.sensitivity", "Find which inputs move a result most."),
    "frontier": ("sim.cli.commands.frontier", "Find the best mixes of several inputs at equal cost."),
    "fiscal": ("sim.cli.commands.fiscal", "Write a fiscal note: what each payer spends in each state fiscal year."),
    "household": ("sim.cli.commands.household", "Show what a raise leaves in the household, after taxes and benefits."),
    "fair": ("sim.cli.commands.fair", "Show whom a change reaches: pay, retention, promotion and leaving by group."),
    "worth": ("sim.cli.commands.worth", "Find what a served client must avoid for a change to pay for itself."),
    "rate": ("sim.cli.commands.rate", "Build the rate that pays for a wage, or find the wage a rate carries."),
    "brief": ("sim.cli.commands.brief", "Write an answer as Word, PDF, HTML, Excel, CSV, or a bundle."),
    "reproduce": ("sim.cli.commands.reproduce", "Reproduce the answer in a bundle and compare every number."),
    "portfolio": ("sim.cli.commands.portfolio", "Make a state's portfolio scenario from a table of employers."),
    "init": ("sim.cli.commands.init", "Write a starter scenario file for a state and a kind of funding."),
    "check": ("sim.cli.commands.check", "Check scenario files: errors, warnings, and inputs that have no effect."),
    "runs": ("sim.cli.commands.saved.runs", "List the saved runs."),
    "show": ("sim.cli.commands.saved.show", "Print the answer of a saved run."),
    "merge": ("sim.cli.commands.saved.merge", "Combine shares of a run that were made in several places."),
    "notebook": (
        "sim.cli.commands.saved.notebook",
        "Remember experiments: what was asked, expected, found and decided.",
    ),
    "story": ("sim.cli.commands.story", "Describe careers in one projected future, in sentences."),
    "measures": ("sim.cli.commands.measures", "List the measures: unit, definition, direction."),
    "evidence": ("sim.cli.commands.evidence", "List the evidence cards, or show where a number comes from."),
    "scenarios": ("sim.cli.commands.scenarios", "List the scenarios in the library and the question each one asks."),
    "schema": ("sim.cli.commands.schema", "Print the JSON Schema of scenario files, or a table of all inputs."),
}
QUIET = click.Option(
    ["-q", "--quiet"],
    is_flag=True,
    expose_value=False,
    callback=be_quiet,
    help="Print answers and errors only: no notes, warnings or progress.",
)


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
        if not any(one.name == QUIET.name for one in command.params):
            command.params.append(QUIET)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, none of them imported, and the options."""
        named = [
            CompletionItem(name, help=about) for name, (_, about) in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

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
        """Write the commands from the table, in groups."""
        manual.write_commands(formatter, {name: about for name, (_, about) in COMMANDS.items()})

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what makes a manual page of it: first steps, files, exit codes, completion."""
        manual.write_rest(formatter)

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
            with laid_out_for(columns()):
                code = super().main(args, prog_name, **extra)
        except click.ClickException as fault:
            shown = io.StringIO()
            fault.show(shown)
            say(shown.getvalue(), err=True, nl=False)
            sys.exit(BAD_INPUT)
        except (click.Abort, KeyboardInterrupt):
            say("interrupted", err=True)
            sys.exit(INTERRUPTED)
        except Exception as fault:
            told = _in_words(fault)
            if told is None:
                raise
            say(told, err=True)
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
@click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=be_quiet, help=QUIET.help, is_eager=True)
def main() -> None:
    """Simulate what pay, ladders and funding do to the peer recovery workforce.

    A scenario is a TOML file; `peerstay scenarios` lists those in the library.
    """
