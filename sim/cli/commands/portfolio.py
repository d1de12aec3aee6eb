"""`peerstay portfolio`: make a state's portfolio scenario from a table."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypedDict, Unpack

import click

from sim.cli.manual import Manual
from sim.cli.options import JSON, options
from sim.cli.terminal import say
from sim.scenario.read.layers import at_most
from sim.scenario.read.portfolio_csv import portfolio_lines
from sim.words.as_json import as_json
from sim.words.layout import counted, table
from sim.words.portfolio import Portfolio, portfolio_of, portfolio_text

ENDING: Final = ".toml"
JULY: Final = 7


class Asked(TypedDict):
    """What the options say of the scenario."""

    state: str
    start: str | None
    title: str
    market: bool


@click.command("portfolio", cls=Manual)
@click.argument("file", metavar="TABLE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--state", required=True, metavar="XX", help="The state in two letters.")
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.toml",
    help="The scenario to write; by default the table's name with .toml. Existing files are never overwritten.",
)  # fmt: skip
@click.option("--start", metavar="YYYY-MM", help="First month of the projection; by default the next July.")
@click.option("--title", default="", metavar="TEXT", help="Title of the scenario.")
@click.option(
    "--market",
    is_flag=True,
    help="Let employers compete: what the others pay is part of each one's outside wage.",
)
@options(JSON)
def command(file: Path, to: Path | None, as_json_: bool, **asked: Unpack[Asked]) -> None:
    """Make a portfolio scenario from TABLE.csv: a row for each kind of employer, with county, posts, wage and rate.

    Columns are county, employer, posts, wage_usd_per_hour, and if you have them employers, rate_usd_per_unit,
    group_rate_usd_per_unit, award_usd_per_year, rural_share, living_wage_usd_per_hour and source. Every fault is named
    at once, with row and column.
    """
    to = to or file.with_suffix(ENDING)
    if to.suffix != ENDING:
        raise click.UsageError(f"{to}: a scenario's name ends in {ENDING}")
    lines = portfolio_lines(at_most(file), str(file))
    start = asked["start"] or _next_july()
    made = portfolio_of(lines, asked["state"].upper(), start, file.name, meet=asked["market"])
    text = portfolio_text(made, asked["title"])
    try:
        with to.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise click.UsageError(
            f"{to}: is there already, and nothing is written over it; name another with --to"
        ) from None
    say(as_json(_shape(made, to)) if as_json_ else _told(made, to))


def _next_july() -> str:
    today = datetime.now(UTC).date()
    return f"{today.year + (today.month >= JULY)}-{JULY:02d}"


def _told(made: Portfolio, to: Path) -> str:
    rows = [
        (kind.name, str(kind.count), str(kind.count * kind.line.posts), "rural" if kind.rural else "urban",
         f"${kind.line.wage_usd_per_hour:.2f}", f"{100 * kind.covered:.0f} %")
        for kind in made.kinds
    ]  # fmt: skip
    heading = ("Kind of employer", "Employers", "Posts", "Place", "Wage", "Covered")
    told = counted(made.employers, "employer"), counted(made.posts, "post")
    return "\n".join((
        table(heading, rows),
        "Covered is the first year's cost that its money brings, with all posts filled and certified.",
        f"wrote {to}: {told[0]} with {told[1]} in {made.where.name}; then say",
        f"  peerstay check {to}",
        f"  peerstay run {to}",
    ))  # fmt: skip


def _shape(made: Portfolio, to: Path) -> dict[str, object]:
    return {
        "file": str(to),
        "state": made.where.state,
        "employers": made.employers,
        "posts": made.posts,
        "employers_meet": made.meet,
        "kinds": [
            {
                "name": kind.name, "row": kind.line.row, "county": kind.line.county, "employers": kind.count,
                "posts_each": kind.line.posts, "rural": kind.rural, "wage_usd_per_hour": kind.line.wage_usd_per_hour,
                "award_usd_per_year": kind.award, "award_computed": kind.line.award_usd_per_year is None,
                "opening_cash_usd": kind.cash, "covered": kind.covered,
            }
            for kind in made.kinds
        ],
    }  # fmt: skip
