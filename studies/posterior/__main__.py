"""Fit, leave out, draw, tell: writes data/posterior.parquet, its card, docs/trust.md and docs/posterior.md.

`python -m studies.posterior`, or `make posterior`; what took long is kept under build/posterior and found again.
"""

from __future__ import annotations

import json
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from sim.evidence.paths import DATA, ROOT
from sim.evidence.posterior import CARD, FILE, MADE, TABLE
from sim.runs.toml import written
from studies.posterior.chart import draw
from studies.posterior.posterior_page import posterior_page
from studies.posterior.report import Report, card, made, report
from studies.posterior.trust_page import trust_page

DOCS: Final = ROOT / "docs"


def main() -> None:
    """Work everything out and write it."""
    found = report()
    write_draws(found)
    (DATA / CARD).write_text(written(card(found)), encoding="utf-8")
    draw(found.scores, DOCS / "figures" / "trust.svg")
    (DOCS / "trust.md").write_text(trust_page(found), encoding="utf-8")
    (DOCS / "posterior.md").write_text(posterior_page(found), encoding="utf-8")


def write_draws(found: Report) -> None:
    """Write the draws, a column an input, with how they were made in the file's metadata; and again for the program."""
    table = pa.table(found.draws.columns)
    told = {key: str(value) for key, value in made().items()}
    parquet.write_table(table.replace_schema_metadata(told), DATA / TABLE, compression="none")
    np.savez_compressed(DATA / FILE, **{MADE: np.array(json.dumps(told))}, **found.draws.columns)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
