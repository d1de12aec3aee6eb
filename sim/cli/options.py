"""The options that commands share: each is written once and means the same everywhere."""

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
        raise click.BadParameter(f"{value!r} is not a shard; write which of how many, as 1/4 … 4/4", context, option)
    return which, of


SETS = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="Set an input in every scenario, the base too: this describes a different organization with the same stated "
    "turnover. For a change that this organization makes, use --with (or a file). Repeatable.",
)
WITHS = (
    click.option(
        "--with",
        "withs",
        multiple=True,
        metavar="[NAME:]PATH=VALUE",
        help="A change that an alternative makes, typed here instead of in a file: from the first day, or from a month "
        "on (PATH=VALUE@2028-07). Repeatable; changes with the same name, or with none, form one alternative.",
    ),
)
REPLICATIONS = click.option(
    "--replications", type=int, metavar="N", help="Number of replications (repetitions of the projection)."
)
LENGTH_AND_LUCK = (
    click.option("--months", type=int, metavar="N", help="Length of the projection, in months."),
    click.option("--seed", type=int, metavar="N", help="Random seed; the same seed gives the same numbers."),
)
SCENARIO = (SETS, REPLICATIONS, *LENGTH_AND_LUCK)
LUCK_ONLY = (
    click.option(
        "--luck-only",
        is_flag=True,
        help="Take every assumption as known: ranges then show random variation alone and leave out how uncertain the "
        "assumptions are.",
    ),
)
WORK = (
    click.option(
        "--jobs", type=click.IntRange(1), metavar="N", help="Number of processes; by default as many as help."
    ),
    click.option("--cluster", metavar="tcp://HOST:PORT", help="Run on the workers of this Dask cluster instead."),
)
STORE = (
    click.option(
        "--store",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Folder for saved runs; by default PEERSTAY_STORE, or else your data folder.",
    ),
)
STORING = (
    *STORE,
    click.option("--no-store", is_flag=True, help="Do not use saved runs, and do not save this one."),
)
KEEPING = (
    *STORING,
    click.option(
        "--shard",
        metavar="I/N",
        callback=_shard,
        help="Run only this share of the replications and save it; `peerstay merge` combines the shares.",
    ),
    click.option(
        "--out", metavar="DIR", help="Write events, ledger, monthly panel, measures and scenarios to this folder."
    ),
    click.option(
        "--figure",
        metavar="FILE",
        callback=figure_name,
        help="Draw peers employed, cash and the chance of running out of cash, as .svg, .png or .pdf.",
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
