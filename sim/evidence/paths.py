"""Where the files lie that come along beside the code: tables, scenarios, seeds, glossary, page.

In a checkout they lie in the project's folder; a wheel carries them in `sim/shipped`, under the same names
(force-include in pyproject.toml). Nothing else in the program asks where it is installed.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = PACKAGE / "shipped"
ROOT = SHIPPED if SHIPPED.is_dir() else PACKAGE.parent
DATA = ROOT / "data"
SEEDS = ROOT / "seeds"
SCENARIOS = ROOT / "scenarios"
GLOSSARY = ROOT / "docs" / "glossary.md"
APP = ROOT / "app.py"


def shown(path: Path) -> str:
    """Name a file the way a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
