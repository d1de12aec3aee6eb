"""`peerstay app`: open the page."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys

import click

from sim.cli.manual import Manual
from sim.evidence.paths import APP, ROOT
from sim.extras import need


@click.command("app", cls=Manual)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
@click.option(
    "--address",
    default="localhost",
    show_default=True,
    help="Who can reach the page: localhost is this machine only, 0.0.0.0 is everyone on the network.",
)
@click.option("--open/--no-open", "opens", default=True, help="Open a browser window.")
@click.pass_context
def command(context: click.Context, port: int, address: str, opens: bool) -> None:
    """Open the page: describe an organization, compare alternatives, see where each number comes from.

    Nothing leaves this machine. Ctrl-C stops the page. On a shared server the environment variables
    PEERSTAY_PAGE_POSTS, _MONTHS, _REPLICATIONS, _SECONDS, _WORKERS and _WAITING limit how large a visitor's run may be,
    how many processes work, and how many questions they work on at a time.
    """
    need(["streamlit", "starlette"], "the page")
    _can_listen(address, port)
    context.exit(_served(command_of(port, address, opens=opens)))


def _can_listen(address: str, port: int) -> None:
    """Stop in words where the page could not listen, before a server says it in its own."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            if os.name == "posix":  # a port that another server has just left is free
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise click.UsageError(f"port {port} is in use: name another, as in --port {port % 65535 + 1}") from None
        raise click.UsageError(f"cannot listen on --address {address}, port {port}: {fault.strerror}") from None
    except UnicodeError:
        raise click.UsageError(f"--address {address}: is no address") from None


def command_of(port: int, address: str, *, opens: bool) -> list[str]:
    """Return the command that serves the page; the rest of its settings is read from the folder it runs in."""
    given = {"server.port": port, "server.address": address, "server.headless": str(not opens).lower()}
    return [sys.executable, "-m", "streamlit", "run", str(APP), *(f"--{name}={value}" for name, value in given.items())]


def _served(command: list[str]) -> int:
    """Become the server, so that whoever ends this command ends it."""
    os.chdir(ROOT)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606  # our own words
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603  # our own words
    except KeyboardInterrupt:
        return 0
