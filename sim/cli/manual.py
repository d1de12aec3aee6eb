"""What `--help` adds to Click's lists so that it reads as a manual page: groups, examples, files, exit codes."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

import click
from click.core import iter_params_for_processing

GROUPS: Final = MappingProxyType(
    {
        "Ask": ("run", "compare", "app"),
        "Ask backwards, choose": ("solve", "rank", "frontier"),
        "Ask how sure": ("uncertainty", "sensitivity", "fit"),
        "Ask about money and people": ("rate", "fiscal", "worth", "household", "fair"),
        "Take away": ("brief", "reproduce"),
        "Write scenarios": ("init", "portfolio", "check", "scenarios", "schema"),
        "Look up": ("evidence", "measures", "story"),
        "Saved runs, notes": ("runs", "show", "merge", "notebook"),
    }
)
LONG: Final = 100  # characters of an example that stands on one line
BASE: Final = "pa_fee_for_service"
RAISE: Final = "pay.wage_usd_per_hour=25"
RATE: Final = "--vary funding.medicaid.rate_usd_per_unit --between 13.5 20"
EXAMPLES: Final = MappingProxyType(
    {
        "run": (f"peerstay run {BASE}", "peerstay run my_organization.toml --precision cash_end_usd=5%"),
        "compare": (
            f"peerstay compare {BASE} --with {RAISE}",
            f'peerstay compare {BASE} --with "now: {RAISE}" --with "later: {RAISE}@2028-07"',
            f"peerstay compare {BASE} pa_wage_25 pa_ladder --against pa_ladder",
        ),
        "app": ("peerstay app", "peerstay app --no-open --port 8600"),
        "solve": (f"peerstay solve {BASE} --with {RAISE} {RATE} --until 'retention_12_months >= base'",),
        "rank": (f"peerstay rank {BASE} pa_wage_25 pa_ladder --measure hours_delivered_per_year --delta 200",),
        "uncertainty": (f"peerstay uncertainty {BASE} pa_wage_25 --measure cash_end_usd",),
        "sensitivity": (f"peerstay sensitivity {BASE} --measure vacancy_rate --input recruitment --input turnover",),
        "fit": (
            "peerstay fit payroll.csv --since 2021-01",
            f"peerstay fit payroll.csv --to ours.toml --extends {BASE} --people people.csv",
        ),
        "frontier": ("peerstay frontier pa_ladder", "peerstay frontier pa_ladder --set rules.enforce=false"),
        "fiscal": (f"peerstay fiscal {BASE} pa_rate_rise --members 3000 --dollars-of 2028",),
        "household": ("peerstay household --state PA --from 24 --to 29", f"peerstay household {BASE} --to 29"),
        "fair": ("peerstay fair statewide_portfolio statewide_rural_pay",),
        "worth": (f'peerstay worth {BASE} --with "more posts: posts.number=44"',),
        "rate": (f"peerstay rate {BASE} --wage 26", f"peerstay rate {BASE} --rate 28"),
        "brief": (
            f"peerstay brief {BASE} pa_wage_25 --to brief.docx --to numbers.xlsx --to answer.zip",
            f"peerstay brief {BASE} pa_rate_rise --rate --fiscal --to brief.pdf",
        ),
        "reproduce": ("peerstay reproduce answer.zip",),
        "init": ("peerstay init --state OH --kind both", "peerstay init ours.toml --state PA --kind medicaid"),
        "portfolio": ("peerstay portfolio counties.csv --state PA",),
        "check": ("peerstay check my_organization.toml raise.toml",),
        "scenarios": ("peerstay scenarios",),
        "schema": ("peerstay schema --markdown", "peerstay schema > peerstay.schema.json"),
        "evidence": (
            "peerstay evidence funding.medicaid.denial_share",
            "peerstay evidence vacancy_rate",
            "peerstay evidence --grade D --search wage",
        ),
        "measures": ("peerstay measures",),
        "story": (f"peerstay story {BASE} --with pay.wage_usd_per_hour=29",),
        "runs": ("peerstay runs",),
        "show": ("peerstay show last", "peerstay show last --json"),
        "merge": ("peerstay merge one two --store whole",),
        "notebook": (
            'peerstay notebook add "Does 25 dollars keep people?" --expected "two fewer leave a year"',
            f"peerstay compare {BASE} pa_wage_25",
            "peerstay notebook result 1 --run last",
            'peerstay notebook decide 1 "ask the county for the money"',
        ),
    }
)
FIRST: Final = (
    ("peerstay init --state OH --kind both", "write my_organization.toml, a commented file that runs as it stands"),
    ("peerstay check my_organization.toml", "see every fault at once"),
    (
        f"peerstay compare my_organization.toml --with {RAISE}",
        "see what a raise does, and what it costs",
    ),
)
PROSE: Final = MappingProxyType(
    {
        "Scenarios": (
            "A scenario is a TOML file of inputs. A word with a slash or with .toml at its end names a file; any other "
            "word names a scenario of the library, which `peerstay scenarios` lists. An input has one address, the "
            "dotted path of its table, everywhere: pay.wage_usd_per_hour in a file, in --with and in --set."
        ),
        "Output": (
            "Answers go to standard output; notes, warnings and progress to standard error, and --quiet silences "
            "these. On a terminal, tables take the terminal's width; in a pipe or a file they are 100 columns wide. "
            "--json prints the same answer with full precision. No colors are written."
        ),
    }
)
TABLES: Final = MappingProxyType(
    {
        "Environment": (
            ("PEERSTAY_STORE", "folder for saved runs; by default a folder of its own in your data folder"),
            ("COLUMNS", "columns that a terminal has, where it does not say so itself"),
            ("NO_COLOR", "honored: no colors are written, whatever it is"),
        ),
        "Exit status": (
            ("0", "the answer was printed"),
            ("1", "reproduce found a difference, or merge found replications missing"),
            ("2", "bad input: every fault is named on standard error"),
            ("130", "interrupted"),
        ),
        "Completion": (
            ("bash", 'eval "$(_PEERSTAY_COMPLETE=bash_source peerstay)"  in ~/.bashrc'),
            ("zsh", 'eval "$(_PEERSTAY_COMPLETE=zsh_source peerstay)"  in ~/.zshrc'),
            ("fish", "_PEERSTAY_COMPLETE=fish_source peerstay | source  in ~/.config/fish/completions/peerstay.fish"),
        ),
    }
)


def write_commands(formatter: click.HelpFormatter, about: dict[str, str]) -> None:
    """Write the commands in groups, all in one alignment."""
    longest = max(map(len, about))
    for title, names in GROUPS.items():
        with formatter.section(title):
            formatter.write_dl([(name.ljust(longest), about[name]) for name in names])


def write_rest(formatter: click.HelpFormatter) -> None:
    """Write what stands behind the lists of options and commands."""
    with formatter.section("To begin with"):
        for command, does in FIRST:
            formatter.write(f"{'':>{formatter.current_indent}}{command}\n")
            formatter.indent()
            formatter.write_text(does)
            formatter.dedent()
    for title, text in PROSE.items():
        with formatter.section(title):
            formatter.write_text(text)
    for title, rows in TABLES.items():
        with formatter.section(title):
            formatter.write_dl(rows)
    with formatter.section("See also"):
        formatter.write_text("`peerstay COMMAND --help` for options and examples; docs/commands.md for all of them.")


def folded(line: str) -> str:
    """Return a command over several lines, which a shell takes as one, where it is long."""
    return line if len(line) <= LONG else line.replace(" --", " \\\n      --")


class Exemplified(click.Command):
    """What has help that ends with examples that are not wrapped, so that they can be copied."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        examples = EXAMPLES.get(self.name or "", ())
        if examples:
            with formatter.section("Examples" if len(examples) > 1 else "Example"):
                for line in examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{folded(line)}\n")
        super().format_epilog(ctx, formatter)


class Faults(click.UsageError):
    """Several faults of one command line."""

    def __init__(self, faults: Sequence[click.UsageError]) -> None:
        """Take the faults in the order in which they were found, two at least."""
        super().__init__("\nError: ".join(one.format_message() for one in faults), faults[0].ctx)


class Manual(Exemplified):
    """A command with examples; all that is wrong with its arguments and the values of its options is told together."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read a command line as Click does, and go on after a value that is refused, to see what else is wrong.

        Raises:
            click.UsageError: with every value that is refused, every argument too many and every option given twice
                that takes one value. An option that is unknown or lacks its value is told alone: what stands behind it
                may mean something else.
        """
        try:
            for fault in () if ctx.resilient_parsing else self._twice(ctx, args):
                raise fault
            return super().parse_args(ctx, list(args))
        except click.UsageError as first:
            faults = [] if ctx.resilient_parsing else self._faults(ctx, args)
            raise Faults(faults) if len(faults) > 1 else first from None

    def _twice(self, ctx: click.Context, args: list[str]) -> list[click.UsageError]:
        """Return the options that were given twice though they take one value; Click takes the last in silence."""
        order = self.make_parser(ctx).parse_args(list(args))[2]
        given = [one for one in order if isinstance(one, click.Option) and not (one.multiple or one.is_flag)]
        return [
            click.UsageError(f"{one.opts[-1]} is given {given.count(one)} times and takes one value: leave one", ctx)
            for one in dict.fromkeys(given)
            if given.count(one) > 1
        ]

    def _faults(self, ctx: click.Context, args: list[str]) -> list[click.UsageError]:
        """Return all that is wrong; nothing where a command line cannot be taken apart."""
        faults: list[click.UsageError] = []
        try:
            values, left, order = self.make_parser(ctx).parse_args(list(args))
        except click.UsageError:
            return faults
        faults += self._twice(ctx, args)
        for one in iter_params_for_processing(order, self.get_params(ctx)):
            try:
                one.handle_parse_result(ctx, values, left)
            except click.UsageError as fault:
                faults.append(fault)
        if left:
            faults.append(
                click.UsageError(f"Got unexpected extra {'arguments' if left[1:] else 'argument'} ({' '.join(left)})")
            )
        return faults


class ManualGroup(Exemplified, click.Group):
    """A group of commands with examples, whose commands tell their faults together too."""

    command_class = Manual
