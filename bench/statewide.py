"""Make the statewide portfolio of the library as large as a state: 500 employers, 10,000 posts, its eight kinds."""

from pathlib import Path
from typing import Any

from bench.report import ROOT
from sim.runs.toml import written
from sim.scenario.files import load

LIBRARY = ROOT / "scenarios" / "statewide_portfolio.toml"
EMPLOYERS, POSTS_EACH = 500, 20
SCALED = ("usd_per_year", "usd_per_month", "opening_cash_usd", "members", "client_hours")


def write_statewide(folder: Path, employers: int = EMPLOYERS) -> Path:
    """Write the scenario into a folder and return its file; money and members grow with the posts of each kind."""
    raw = load(LIBRARY).raw
    kinds = raw["employer"]
    library = sum(kind["count"] for kind in kinds)
    counts = [round(kind["count"] * employers / library) for kind in kinds]
    counts[0] += employers - sum(counts)
    for kind, count in zip(kinds, counts, strict=True):
        times = POSTS_EACH / kind["posts"]["number"]
        kind.update(_scaled(kind, times) | {"count": count})
        kind["posts"]["number"] = POSTS_EACH
    file = folder / "statewide.toml"
    file.write_text(written(raw), encoding="utf-8")
    return file


def _scaled(table: dict[str, Any], times: float) -> dict[str, Any]:
    """Return a table with every amount that belongs to a size of employer multiplied."""
    return {key: _value(key, value, times) for key, value in table.items()}


def _value(key: str, value: Any, times: float) -> Any:
    if isinstance(value, dict):
        return _scaled(value, times)
    return value * times if isinstance(value, float) and key.endswith(SCALED) else value
