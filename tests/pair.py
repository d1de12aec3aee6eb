"""One small question in two files: a base, and an alternative that pays more."""

from __future__ import annotations

from pathlib import Path

BASE = """
title = "Base"
horizon = { months = 6, warm_up_months = 3 }
experiment = { replications = 6, seed = 5 }
posts.number = 5
pay.wage_usd_per_hour = 21.0
turnover.level = { kind = "hazards", voluntary_per_year = 0.5 }
funding.medicaid = { kind = "fee_for_service", rate_usd_per_unit = 14.0 }
"""
BETTER = 'extends = "base.toml"\npay.wage_usd_per_hour = 25.0\n'


def written(folder: Path) -> list[Path]:
    """Write both files into a folder and return them, the base first."""
    (folder / "base.toml").write_text(BASE)
    (folder / "better.toml").write_text(BETTER)
    return [folder / "base.toml", folder / "better.toml"]
