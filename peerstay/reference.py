"""What there is to ask with: the library, inputs, measures, and what columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.measures.table import MEASURES
from sim.scenario.describe import default_shown
from sim.scenario.describe import inputs as all_inputs
from sim.scenario.read.library import library as names

if TYPE_CHECKING:
    import pandas as pd

TABLES = {"panel": "panel", "events": "facts", "ledger": "ledger", "funding": "funding"}


def library() -> tuple[str, ...]:
    """Return the names of the scenarios that come along.

    >>> import peerstay
    >>> "pa_fee_for_service" in peerstay.library()
    True
    """
    return names()


def inputs() -> pd.DataFrame:
    """Return every input of a scenario: index address; columns about, unit, allowed, default, evidence.

    >>> import peerstay
    >>> peerstay.inputs().loc["pay.wage_usd_per_hour", "unit"]
    'USD/hour'
    """
    import pandas as pd  # noqa: PLC0415  # takes most of a second

    rows = [
        (
            one.path,
            one.kind,
            one.about,
            one.unit,
            ", ".join(one.choices) or one.limits.words() or one.type,
            "needed" if one.needed else default_shown(one),
            one.evidence,
        )
        for one in all_inputs()
    ]
    columns = ["address", "kind", "about", "unit", "allowed", "default", "evidence"]
    return pd.DataFrame(rows, columns=columns).set_index("address")


def measures() -> pd.DataFrame:
    """Return every measure: index key; columns label, unit, better (higher, lower or neither), definition.

    >>> import peerstay
    >>> peerstay.measures().loc["vacancy_rate", "better"]
    'lower'
    """
    import pandas as pd  # noqa: PLC0415

    rows = {key: (one.label, one.unit, one.direction, one.definition) for key, one in MEASURES.items()}
    made = pd.DataFrame.from_dict(rows, orient="index", columns=["label", "unit", "better", "definition"])
    return made.rename_axis("measure")


def columns(table: str = "") -> pd.DataFrame:
    """Return what the columns of `panel`, `events`, `ledger` and `funding` hold: index (table, column); unit, about.

    Args:
        table: one of them; left out, all.

    >>> import peerstay
    >>> peerstay.columns("ledger").loc[("ledger", "usd"), "unit"]
    'USD'
    """
    import pandas as pd  # noqa: PLC0415

    from peerstay.frames import documented  # noqa: PLC0415

    if table and table not in TABLES:
        raise ValueError(f"no table {table!r}; there are {', '.join(TABLES)}")
    chosen = [table] if table else list(TABLES)
    rows = [(name, one.name, one.unit, one.about) for name in chosen for one in documented(TABLES[name])]
    return pd.DataFrame(rows, columns=["table", "column", "unit", "about"]).set_index(["table", "column"])
