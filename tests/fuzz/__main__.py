"""The long fuzz: `make fuzz`, or `python -m tests.fuzz --runs 500`; broken off, it goes on where it was.

Each case is made from its number and the seed alone, so one that fails can be looked at by itself:
`python -m tests.fuzz --only runs:123`. What is printed at the end belongs into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests.fuzz import boundaries, rosters
from tests.fuzz.survey import checked, ran

Case = Callable[[int, int], str]  # number and seed → what came of it; raises where something is wrong
SAVE_SECONDS: Final = 10.0
TO_SECONDS: Final = 60.0  # a case that takes longer counts as hanging


def check(number: int, seed: int) -> str:
    """Check a scenario with what no file should hold in it."""
    return "sound" if checked(boundaries.tables(boundaries.odd(number, seed))) else "refused"


def run(number: int, seed: int) -> str:
    """Run a scenario with several inputs at their limits."""
    places = boundaries.several(number, seed)
    loaded = checked(boundaries.tables(places))
    if loaded is None:
        return "refused"
    return ran(loaded) if boundaries.is_run(places) else "not run"


def roster(number: int, seed: int) -> str:
    """Read a list of people."""
    return rosters.read(rosters.roster(number, seed))


CASES: Final[Mapping[str, tuple[Case, int]]] = {
    "checks": (check, 100_000), "runs": (run, 20_000), "rosters": (roster, 20_000),
}  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Run what is left, print the counts; return 1 when anything failed."""
    given = _parsed(arguments)
    warnings.simplefilter("error")
    if given.only:
        name, _, number = given.only.partition(":")
        print(CASES[name][0](int(number), given.seed))
        return 0
    record = _Record(given.record, given.seed)
    for name, (case, _) in CASES.items():
        _go_on(record, name, case, getattr(given, name))
    print(record.told())
    return 1 if record.failed else 0


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    for name, (_, most) in CASES.items():
        parser.add_argument(f"--{name}", type=int, default=most, help=f"how many in all (default {most:,})")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="CASE:NUMBER", help="make one case, its traceback in full")
    parser.add_argument("--record", type=Path, default=Path("build/fuzz.json"), help="where counts are kept")
    return parser.parse_args(arguments)


class _Record:
    """Keep what was done, so that a fuzz that was broken off goes on."""

    def __init__(self, file: Path, seed: int) -> None:
        self._file, self._saved = file, time.monotonic()
        kept: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        kept = kept if kept.get("seed") == seed else {}
        self.seed = seed
        self.done: dict[str, int] = kept.get("done", {})
        self.outcomes: dict[str, Counter[str]] = {name: Counter(one) for name, one in kept.get("outcomes", {}).items()}
        self.failed: list[str] = kept.get("failed", [])

    def add(self, name: str, outcome: str) -> None:
        """Count one case."""
        self.done[name] = self.done.get(name, 0) + 1
        self.outcomes.setdefault(name, Counter())[outcome] += 1
        if time.monotonic() - self._saved > SAVE_SECONDS:
            self.save()

    def save(self) -> None:
        """Write the counts."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        told = {"seed": self.seed, "done": self.done, "outcomes": self.outcomes, "failed": self.failed}
        self._file.write_text(json.dumps(told, indent=1), "utf-8")
        self._saved = time.monotonic()

    def told(self) -> str:
        """Return the counts in words."""
        lines = [
            f"{self.done.get(name, 0):,} {name}: "
            + ", ".join(f"{many:,} {outcome}" for outcome, many in sorted(self.outcomes.get(name, {}).items()))
            for name in CASES
        ]
        return "\n".join([*lines, f"seed {self.seed}, failed: {len(self.failed)}", *self.failed])


def _go_on(record: _Record, name: str, case: Case, most: int) -> None:
    for number in range(record.done.get(name, 0), most):
        began = time.process_time()
        try:
            outcome = case(number, record.seed)
        except Exception as fault:  # noqa: BLE001  # whatever goes wrong is what is looked for
            outcome = "failed"
            record.failed.append(f"{name}:{number} {type(fault).__name__}: {str(fault)[:200]}")
        if time.process_time() - began > TO_SECONDS:
            record.failed.append(f"{name}:{number} took more than {TO_SECONDS:.0f} s")
        record.add(name, outcome)
    record.save()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
