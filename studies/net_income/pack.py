"""Pack the rows that PolicyEngine gave into data/net_income.parquet, and into data/net_income.npz for the program.

python -m studies.net_income.pack FOLDER
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.evidence.net_income import AMOUNTS, FILE, METADATA, TABLE
from sim.evidence.paths import DATA
from studies.net_income.asked import ADULT_AGE, AREAS, HOURS_PER_YEAR, HOUSEHOLDS, WAGES


def pack(folder: Path, to: Path = DATA) -> list[str]:
    """Write both files into a folder, in whole dollars; return the areas that are missing, which they name too."""
    made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = [state for state in AREAS if sum(row["state"] == state for row in rows) == len(HOUSEHOLDS) * len(WAGES)]
    missing = [state for state in AREAS if state not in whole]
    order = {name: place for place, name in enumerate(HOUSEHOLDS)}
    kept = [row for row in rows if row["state"] in whole]
    kept.sort(key=lambda row: (row["state"], order[row["household"]], float(row["wage_usd_per_hour"])))
    told = made | {
        "hours_per_year": HOURS_PER_YEAR, "adult_age": ADULT_AGE, "missing": missing,
        "households": {name: {"adults": adults, "children": list(ages)} for name, (adults, ages) in HOUSEHOLDS.items()},
    }  # fmt: skip
    table = pa.table(_columns(kept)).replace_schema_metadata({METADATA: json.dumps(told).encode()})
    pq.write_table(table, to / TABLE, compression="zstd", compression_level=19)
    usd = [[round(float(row[name])) for name in AMOUNTS] for row in kept]
    np.savez_compressed(
        to / FILE, made=json.dumps(told), states=whole, households=list(HOUSEHOLDS), wages=WAGES, amounts=AMOUNTS,
        usd=np.array(usd, np.int32).reshape(len(whole), len(HOUSEHOLDS), len(WAGES), len(AMOUNTS)),
    )  # fmt: skip
    return missing


def _columns(rows: list[dict[str, str]]) -> dict[str, Any]:
    names = {name: pa.array([row[name] for row in rows]).dictionary_encode() for name in ("state", "household")}
    wages = {"wage_usd_per_hour": pa.array([float(row["wage_usd_per_hour"]) for row in rows], pa.float32())}
    amounts = {name: pa.array([round(float(row[name])) for row in rows], pa.int32()) for name in AMOUNTS}
    return names | wages | amounts


if __name__ == "__main__":
    gone = pack(Path(sys.argv[1]))
    print("all areas" if not gone else f"missing: {' '.join(gone)}")  # noqa: T201  # what the job came to
