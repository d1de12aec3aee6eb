"""Run the full model once, away from the bench: `python -m bench.one_run --help`.

Its memory is then its own, a profiler sees nothing else, and processes that it starts import what the program needs
and not the bench's engines.
"""

import argparse
import time

from bench.model_scenario import bench_scenario, portfolio
from sim.runs.replicate import Settings, replicate

SEED = 20_261


def main() -> None:
    """Run what the arguments ask for, measure it all as the command line does, and print the seconds it took."""
    asked = _parser().parse_args()
    scenario = (
        portfolio(asked.employers, asked.kinds, asked.posts, asked.months)
        if asked.employers
        else bench_scenario(asked.posts, asked.months, stated=asked.stated)
    )
    begun = time.perf_counter()
    replicate([scenario], Settings(asked.replications, SEED, asked.jobs))
    print(time.perf_counter() - begun)


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.one_run", description="Run the full model once.")
    parser.add_argument("posts", type=int, help="of an employer")
    parser.add_argument("replications", type=int)
    parser.add_argument("months", type=int)
    parser.add_argument("--stated", action="store_true", help="hazards stated, so that no pilot is run")
    parser.add_argument("--employers", type=int, default=0, help="a portfolio of so many, hazards stated, no warm-up")
    parser.add_argument("--kinds", type=int, default=1, help="of employers in the portfolio")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    return parser


if __name__ == "__main__":
    main()
