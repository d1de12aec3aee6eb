"""Print every figure beside its bar and store them: `python -m bench --help`."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench import model_figures, prw_figures
from bench.figures import QUICK_ROUNDS, Effort, Figure, Outcome, Verdict, judge
from bench.report import circumstances, heading, line, tally, write
from bench.timing import ROUNDS

FIGURES = (*prw_figures.FIGURES, *model_figures.FIGURES)
RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None, figures: Iterable[Figure] = FIGURES) -> int:
    """Measure, print and store; return 1 when a bar was missed or a measurement failed."""
    asked = _parser().parse_args(arguments)
    effort = Effort(QUICK_ROUNDS if asked.quick else ROUNDS, asked.full)
    about = circumstances(effort)
    print(heading())
    outcomes = [_shown(figure, effort, asked.only) for figure in figures]
    print(f"\n{tally(outcomes)}")
    write(outcomes, about, asked.results)
    print(f"stored in {asked.results / 'latest.md'} and latest.json")
    return int(any(outcome.verdict in (Verdict.MISSED, Verdict.FAILED) for outcome in outcomes))


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and say what met its bar.")
    parser.add_argument(
        "--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds, not {ROUNDS}: a look, not a result"
    )
    parser.add_argument("--full", action="store_true", help="the largest sizes too; takes minutes")
    parser.add_argument("--only", default="", metavar="PREFIX", help="only figures whose key starts so")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER", help="where to store them")
    return parser


def _shown(figure: Figure, effort: Effort, prefix: str) -> Outcome:
    """Measure one figure, if it was asked for, and print its line at once."""
    if figure.key.startswith(prefix):
        outcome = judge(figure, effort)
    else:
        outcome = Outcome(figure, Verdict.NOT_MEASURED, reason=f"not asked for (--only {prefix})")
    print(line(outcome), flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
