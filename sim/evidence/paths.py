"""Where the data tables and the register of source documents lie, relative to the repository root."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
SEEDS = ROOT / "seeds"


def shown(path: Path) -> str:
    """Name a file the way a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
