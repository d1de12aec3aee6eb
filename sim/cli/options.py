"""The options that commands share: each is said once and means the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sim.charts.printed import check_figure

Function = TypeVar("Function", bound=Callable[..., Any])
Shard = tuple[int, int]  # which, of how many, from 1


def figure_name(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    """Return the file of a figure, a name that cannot be one refused."""
    if value is None:
        return None
    file = Path(value)
    try:
        check_figure(file)
    except ValueError as fault:
        raise click.BadParameter(str(fault), context, option) from fault
    return file


def _shard(context: click.Context, option: click.Parameter, value: str | None) -> Shard | None:
    if value is None:
        return None
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", value)
    which, of = (int(one) for one in found.groups()) if found else (0, 0)
    if not 1 <= which <= of:
        raise click.BadParameter(f"{value!r} is no shard; write which of how many, as 1/4 … 4/4", context, option)
    return which, of


SETS = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="Set an input in every scenario, the base too: another organization with the same stated turnover. "
    "For a change that this one makes use --with (or a file). Repeatable.",
)
WITHS = (
    click.option(
        "--with",
        "withs",
        multiple=True,
        metavar="[NAME:]PATH=VALUE",
        help="What an alternative of BASE changes, without a file: from the first day, or from a month on "
        "(PATH=VALUE@2028-07). Repeatable; changes without a name, or with the same one, make one alternative.",
    ),
)
REPLICATIONS = click.option("--replications", type=int, metavar="N", help="How often the projection is repeated.")
LENGTH_AND_LUCK = (
    click.option("--months", type=int, metavar="N", help="Length of the projection."),
    click.option("--seed", type=int, metavar="N", help="Key of all luck."),
)
SCENARIO = (SETS, REPLICATIONS, *LENGTH_AND_LUCK)
WORK = (
    click.option(
        "--jobs", type=click.IntRange(1), metavar="N", help="Processes; left out, as many as are worth starting."
    ),
    click.option("--cluster", metavar="tcp://HOST:PORT", help="Run on the workers of this Dask scheduler instead."),
)
STORE = (
    click.option(
        "--store",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Where runs are kept and found again; else PEERSTAY_STORE, else your data folder.",
    ),
)
STORING = (
    *STORE,
    click.option("--no-store", is_flag=True, help="Neither look for kept runs nor keep this one."),
)
KEEPING = (
    *STORING,
    click.option(
        "--shard",
        metavar="I/N",
        callback=_shard,
        help="Run only this share of the replications and keep it; `peerstay merge` puts the shares together.",
    ),
    click.option("--out", metavar="DIR", help="Write facts, ledger, panel, measures, scenarios and a manifest there."),
    click.option(
        "--figure",
        metavar="FILE",
        callback=figure_name,
        help="Draw peers, cash and the chance of running out of it, as .svg, .png or .pdf.",
    ),
)
JSON = (click.option("--json", "as_json_", is_flag=True, help="Print JSON."),)

Option = Callable[[Any], Any]


def options(*groups: tuple[Option, ...]) -> Callable[[Function], Function]:
    """Return what gives a command groups of options, in their order."""

    def decorate(function: Function) -> Function:
        for option in reversed([one for group in groups for one in group]):
            function = option(function)
        return function

    return decorate
