"""The page of the command line, from the commands themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Final

import click

from sim.cli import COMMANDS, main
from sim.cli.manual import EXAMPLES, FIRST, GROUPS, PROSE, TABLES, folded

HEAD: Final = (
    "`peerstay --help` and `peerstay COMMAND --help` print the same. `-q`, `--quiet` and `-h`, `--help` go with all. "
    "How inputs are written: [scenario files](scenarios.md); what measures mean: [measures](measures.md)."
)
CODE: Final = re.compile(r"(?<![\w`])(--[a-z][a-z-]+|\b[a-z]+\.[a-z_]+\.?[a-z_.]*=\S+)")


def commands_page() -> Iterator[str]:
    """Yield the lines of the page of commands."""
    yield from (
        "",
        "# Commands",
        "",
        HEAD,
        "",
        "| first steps | |",
        "| --- | --- |",
        *(f"| `{command}` | {does} |" for command, does in FIRST),
        "",
    )
    for title, text in PROSE.items():
        yield from (f"**{title}.** {_marked(text)}", "")
    context = click.Context(main, info_name="peerstay")
    for title, names in GROUPS.items():
        yield from ("", f"## {title}", "")
        for name in names:
            yield from _command(context, name)
    for title, rows in TABLES.items():
        yield from ("", f"## {title}", "", "| | |", "| --- | --- |")
        yield from (f"| `{name}` | {_told(about)} |" for name, about in rows)


def _command(context: click.Context, name: str) -> Iterator[str]:
    command = main.get_command(context, name)
    assert command is not None
    own = click.Context(command, info_name=name, parent=context)
    about = inspect.cleandoc(command.help or COMMANDS[name][1])
    yield from (f"### peerstay {name}", "")
    for paragraph in about.split("\n\n"):
        yield from (_marked(" ".join(paragraph.split())), "")
    yield from ("```sh", *map(folded, EXAMPLES[name]), "```", "")
    yield f"Usage: `{' '.join(own.get_usage().removeprefix('Usage: ').split())}`"
    options = [record for one in command.get_params(own) if (record := _option(one, own))]
    if options:
        yield from ("", "| option | what it does |", "| --- | --- |")
        yield from (f"| `{names}` | {about} |" for names, about in options)
    if isinstance(command, click.Group):
        yield from ("", "| command | what it does |", "| --- | --- |")
        yield from (f"| `{one}` | {_told(inner.help or '')} |" for one, inner in command.commands.items())
    yield ""


def _option(one: click.Parameter, own: click.Context) -> tuple[str, str] | None:
    record = one.get_help_record(own)
    if record is None or isinstance(one, click.Argument) or {"--help", "--quiet"} & set(one.opts):
        return None
    return record[0].replace("|", "\\|"), _told(record[1])


def _told(text: str) -> str:
    return _marked(" ".join(text.split())).replace("|", "\\|")


def _marked(text: str) -> str:
    """Return a text with options and addresses as code, those that are not yet."""
    parts = text.split("`")
    plain = (CODE.sub(r"`\1`", part) for part in parts[::2])
    return "`".join(part for pair in zip(plain, [*parts[1::2], ""], strict=True) for part in pair).removesuffix("`")
