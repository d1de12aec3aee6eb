"""Describe an organization, and what it might do instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.runs.toml import written
from sim.scenario.differences import differences
from sim.scenario.files import Loaded, load, load_over, load_table
from sim.scenario.patch import find, nested, split
from sim.scenario.read.layers import Layer
from sim.units import month_text
from sim.words.first_year import first_year_lines
from sim.words.inputs import title_in_words

Value = bool | int | float | str | date | Sequence[Any] | Mapping[str, Any]
Month = str | date
LONGEST_NAME: Final = 60


@dataclass(frozen=True, repr=False)
class Scenario:
    """One organization, or one state's employers: every input, checked, with its defaults filled in.

    Made by `scenario`, changed by `with_`; it never changes itself. `loaded` is the program's own form of it and no
    part of what stays.
    """

    loaded: Loaded = field(repr=False)
    changed: tuple[str, ...] = ()  # in words, what `with_` made of it

    @property
    def name(self) -> str:
        """Return what answers call it by."""
        return self.loaded.path.stem

    @property
    def title(self) -> str:
        """Return what it is called in words."""
        return self.loaded.scenario.title or self.name

    @property
    def fingerprint(self) -> str:
        """Return 16 hex digits over what it means; two scenarios that mean the same have the same."""
        return self.loaded.fingerprint

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what is allowed but hard to believe, or cannot matter; each with its fix."""
        return tuple(map(str, self.loaded.warnings))

    def __getitem__(self, address: str) -> Any:
        """Return the input at an address, as it stands at the start.

        >>> import peerstay
        >>> peerstay.scenario("pa_fee_for_service")["pay.wage_usd_per_hour"]
        24.0
        """
        path = split(address)
        value, found = find(self.loaded.scenario.model_dump(mode="json"), path)
        if found < len(path):
            raise KeyError(address)
        return value

    def with_(
        self, changes: Mapping[str, Value], *, at: Month | None = None, name: str = "", title: str = ""
    ) -> Scenario:
        """Return the scenario with some inputs changed, the rest as it is.

        Args:
            changes: values by address, such as `{"pay.wage_usd_per_hour": 25.0}`; `peerstay.inputs()` lists all
                addresses. A value is a number, text, bool, list or mapping, as a file would hold it; a date stands
                for its month.
            at: the month from which they hold, "2028-07" or a date; left out, from the first day.
            name: what answers call it by; left out, what was changed.
            title: what it is called in words; left out, what differs.

        Raises:
            ScenarioError: with every fault there is.

        >>> import peerstay
        >>> base = peerstay.scenario("pa_fee_for_service")
        >>> raised = base.with_({"pay.wage_usd_per_hour": 25.0})
        >>> later = base.with_({"pay.wage_usd_per_hour": 25.0}, at="2028-07", name="later")
        >>> later
        <peerstay.Scenario later: Wage of a new peer $25.00 an hour from July 2028>
        """
        values = {address: plain(value) for address, value in changes.items()}
        month = None if at is None else plain(at) if isinstance(at, date) else at
        told = _told(values, month)
        called = name.replace("/", "-") or ", ".join((*self.changed, told))[:LONGEST_NAME].rstrip(" ,.")
        loaded = load_over(self.loaded, _layers(values, month), called)
        if loaded.scenario.title == self.loaded.scenario.title:
            found = differences(self.loaded.scenario, loaded.scenario)
            loaded = loaded.titled(title or (title_in_words(found) if found else "Nothing different"))
        return replace(self, loaded=loaded, changed=(*self.changed, told))

    def named(self, name: str) -> Scenario:
        """Return the same scenario, called otherwise in answers."""
        return replace(self, loaded=replace(self.loaded, path=Path(f"{name.replace('/', '-')}.toml")))

    def to_toml(self) -> str:
        """Return it as the text of a scenario file that stands alone."""
        return written(self.loaded.raw)

    def save(self, file: str | Path) -> Path:
        """Write it into a new file, and return its path.

        Raises:
            FileExistsError: when there is a file already.
        """
        path = Path(file)
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(self.to_toml())
        return path

    def __repr__(self) -> str:
        """Return it on one line."""
        return f"<peerstay.Scenario {self.name}: {self.title}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: title, question, the first year's money, warnings."""
        given = self.loaded.scenario
        lines = [*first_year_lines(given), *(f"warning: {one}" for one in self.warnings)]
        items = "".join(f"<li>{escape(line)}</li>" for line in lines if line)
        return f"<p><b>{escape(self.title)}</b><br>{escape(' '.join(given.question.split()))}</p><ul>{items}</ul>"


def scenario(what: str | Path | Mapping[str, Any] | Scenario, *, name: str = "") -> Scenario:
    """Return a scenario.

    Args:
        what: the name of one of the library, a file (a path, or a text that ends in .toml or has a slash), or a table
            as a file would hold it.
        name: what answers call it by; left out, the name of the library or file.

    Raises:
        ScenarioError: with every fault there is.

    >>> import peerstay
    >>> peerstay.scenario("pa_wage_25")
    <peerstay.Scenario pa_wage_25: Pennsylvania: entry wage of 25 dollars an hour>
    """
    if isinstance(what, Scenario):
        made = what
    else:
        made = Scenario(load_table(plain(what)) if isinstance(what, Mapping) else load(what))
    return made.named(name) if name else made


def plain(value: Any) -> Any:
    """Return a value of Python or numpy as a scenario file would hold it."""
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, date):
        return month_text(value.year * 12 + value.month - 1)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value


def _layers(values: Mapping[str, Any], at: str | None) -> list[Layer]:
    if at is None:
        return [Layer(f"with_ {address}", nested(split(address), value)) for address, value in values.items()]
    return [Layer(f"with_ at {at}", {"change": [{"at": at, "set": dict(values)}]}, adds=True)]


def _told(values: Mapping[str, Any], at: str | None) -> str:
    """Return what is changed, short enough for a legend: `wage_usd_per_hour 25.0 from 2028-07`."""
    parts = [f"{address.rpartition('.')[2]} {_short(value)}" for address, value in values.items()]
    return " and ".join(parts) + (f" from {at}" if at else "")


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value) if isinstance(value, int | str) else "changed"
