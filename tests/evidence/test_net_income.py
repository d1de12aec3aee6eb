"""What a household has left of a wage: read off straight lines, and where a higher wage leaves less."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.evidence.net_income import (
    AMOUNTS,
    FILE,
    HOURS_PER_YEAR,
    HOUSEHOLDS,
    METADATA,
    NET,
    SOURCE,
    TABLE,
    WITH_HEALTH,
    Curve,
    load_net_income,
    read_net_income,
)
from sim.evidence.paths import DATA, ROOT
from sim.evidence.places import load_places
from sim.evidence.raises import Cliff, both, cliffs, raise_of
from sim.evidence.sources import source
from sim.evidence.tables import EvidenceError

WAGES = (12.0, 12.5, 13.0, 13.5, 14.0, 14.5)
FLAT = dict.fromkeys(AMOUNTS, (0.0,) * 6)
GROSS = tuple(HOURS_PER_YEAR * wage for wage in WAGES)  # 24,960, then 1,040 more at each step
TAXES = (1_000.0, 1_100.0, 1_200.0, 1_300.0, 1_400.0, 1_500.0)
FOOD = (3_000.0, 3_000.0, 1_500.0, 500.0, 0.0, 0.0)
COVER = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
HELP = (9_000.0, 9_000.0, 9_000.0, 9_000.0, 9_000.0, 0.0)
NETS = tuple(gross - tax + food for gross, tax, food in zip(GROSS, TAXES, FOOD, strict=True))
HAND = Curve(
    "ZZ",
    "one_adult",
    WAGES,
    MappingProxyType(
        FLAT
        | {"taxes": TAXES, "food": FOOD, "public_cover": COVER, "marketplace_help": HELP, NET: NETS}
        | {WITH_HEALTH: tuple(net + help_ for net, help_ in zip(NETS, HELP, strict=True))}
    ),
)


def test_the_hand_made_curve_is_what_the_tests_below_say() -> None:
    assert NETS == (26_960.0, 27_900.0, 27_340.0, 27_280.0, 27_720.0, 28_660.0)


@pytest.mark.parametrize(
    ("wage", "amount"),
    [(12.0, 26_960.0), (12.25, 27_430.0), (12.5, 27_900.0), (12.6, 27_788.0), (14.5, 28_660.0), (14.4, 28_472.0)],
)
def test_between_two_steps_an_amount_lies_on_the_straight_line(wage: float, amount: float) -> None:
    assert HAND.at(NET, wage) == pytest.approx(amount, abs=1e-6)


@pytest.mark.parametrize("wage", [11.99, 14.51, float("nan")])
def test_outside_the_grid_there_is_no_amount_and_no_raise(wage: float) -> None:
    assert HAND.at(NET, wage) is None
    assert raise_of(HAND, 12.0, wage) is None
    assert raise_of(HAND, wage, 13.0) is None


def test_a_raise_is_split_into_what_taxes_and_programs_take() -> None:
    """From 12.25 to 14.25: 4,160 more gross; 400 more taxes, 3,000 less food help, half of the premium help gone."""
    found = raise_of(HAND, 12.25, 14.25)
    assert found is not None
    assert found.gross == 4_160.0
    assert found.felt == pytest.approx(
        {"taxes": -400, "credits": 0, "food": -3_000, "other": 0, "public_cover": 0, "marketplace_help": -4_500}
    )
    assert found.moved[NET] == pytest.approx(760.0)
    assert found.moved[WITH_HEALTH] == pytest.approx(found.gross + sum(found.felt.values())) == pytest.approx(-3_740.0)
    assert found.kept(NET) == pytest.approx(760 / 4_160)


def test_a_cut_takes_what_the_raise_gave_and_no_raise_keeps_no_share() -> None:
    up, down, none = (raise_of(HAND, *wages) for wages in ((12.0, 13.0), (13.0, 12.0), (13.0, 13.0)))
    assert up is not None
    assert down is not None
    assert none is not None
    assert {name: -usd for name, usd in down.moved.items()} == dict(up.moved)
    assert up.kept(NET) == down.kept(NET)
    assert none.kept(NET) is None


def test_a_cliff_is_a_stretch_that_falls_with_what_takes_most_and_where_it_is_made_good() -> None:
    """Net income falls over two steps by 620, through food help; 27,900 is back 180/940 of the way above 14.00."""
    assert cliffs(HAND, NET) == [Cliff(NET, 12.5, 13.5, 620.0, "food", pytest.approx(14.0 + 0.5 * 180 / 940))]


def test_a_cliff_at_the_end_of_the_grid_is_not_made_good() -> None:
    first, last = cliffs(HAND, WITH_HEALTH)
    assert (first.low, first.high, first.takes, first.regained) == (12.5, 13.5, "food", None)
    assert (last.low, last.high, last.lost, last.takes, last.regained) == (
        14.0,
        14.5,
        8_060.0,
        "marketplace_help",
        None,
    )
    assert both(HAND) == [*cliffs(HAND, NET), first, last]


def test_a_curve_that_rises_or_stands_still_has_no_cliff() -> None:
    level = Curve("ZZ", "one_adult", WAGES, MappingProxyType(FLAT | {NET: (1.0, 1.0, 2.0, 2.0, 3.0, 3.0)}))
    assert both(level) == []


# the shipped table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "before", "after", "gross", "net", "with_health"),
    [("PA", 24.0, 29.0, 10_400.0, 7_730.0, 5_950.0), ("OH", 18.0, 24.0, 12_480.0, None, -655.0)],
)
def test_a_single_parent_with_one_child_keeps_what_was_tried_beforehand(
    state: str, before: float, after: float, gross: float, net: float | None, with_health: float
) -> None:
    """The figures of another run of the program, before the table was made, within 1 %."""
    found = raise_of(load_net_income().curves[state, "one_adult_one_child"], before, after)
    assert found is not None
    assert found.gross == gross
    assert net is None or found.moved[NET] == pytest.approx(net, rel=0.01)
    assert found.moved[WITH_HEALTH] == pytest.approx(with_health, rel=0.01)


def test_the_table_holds_every_area_household_and_wage() -> None:
    known = load_net_income()
    assert set(known.states) == set(load_places()) - {"US"}
    assert set(known.curves) == set(itertools.product(known.states, HOUSEHOLDS))
    assert {curve.wages for curve in known.curves.values()} == {tuple(12.0 + 0.5 * step for step in range(77))}
    assert (DATA / FILE).stat().st_size + (DATA / TABLE).stat().st_size < 1_000_000


def test_the_table_for_others_holds_the_figures_that_the_program_reads() -> None:
    columns = pq.ParquetFile(DATA / TABLE).read().to_pydict()
    told = {
        (curve.state, curve.household, wage): tuple(curve.amounts[name][place] for name in AMOUNTS)
        for curve in load_net_income().curves.values()
        for place, wage in enumerate(curve.wages)
    }
    keys = zip(columns["state"], columns["household"], columns["wage_usd_per_hour"], strict=True)
    assert dict(zip(keys, zip(*(columns[name] for name in AMOUNTS), strict=True), strict=True)) == told


def test_the_parts_are_the_whole_everywhere() -> None:
    """Each column is rounded to the dollar. In Alaska the dividend of the Permanent Fund comes on top, 1,000 a head."""
    heads = dict(zip(HOUSEHOLDS, (1, 2, 3, 2, 4), strict=True))
    for (state, household), curve in load_net_income().curves.items():
        unearned = 1_000.0 * heads[household] if state == "AK" else 0.0
        for place, wage in enumerate(curve.wages):
            own = {name: curve.amounts[name][place] for name in AMOUNTS}
            net = HOURS_PER_YEAR * wage + unearned - own["taxes"] + own["credits"] + own["food"] + own["other"]
            assert abs(net - own[NET]) <= 3.0, (state, household, wage)
            assert abs(own[NET] + own["public_cover"] + own["marketplace_help"] - own[WITH_HEALTH]) <= 2.0


def test_payroll_taxes_alone_remain_where_a_state_has_no_income_tax() -> None:
    """A single adult in Texas at $24: 7.65 % payroll tax, and federal tax at 10 and 12 % above 16,100 (2026)."""
    taxes = load_net_income().curves["TX", "one_adult"].at("taxes", 24.0)
    federal = 0.10 * 12_400 + 0.12 * (49_920 - 16_100 - 12_400)
    assert taxes == pytest.approx(0.0765 * 49_920 + federal, abs=2.0)


def test_the_table_says_what_it_was_made_by_as_its_source_and_its_pin_do() -> None:
    made = json.loads(pq.ParquetFile(DATA / TABLE).schema_arrow.metadata[METADATA])
    known = load_net_income()
    assert (made["version"], made["year"], made["missing"]) == (known.version, known.year, [])
    assert known.version in source(SOURCE).citation
    assert str(known.year) in source(SOURCE).citation
    pins = (ROOT / "studies/net_income/requirements.txt").read_text(encoding="utf-8")
    assert f"{known.program}=={known.version}" in pins.splitlines()
    assert not re.search(r"policyengine", (ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_naming_the_table_loads_no_array_library() -> None:
    asked = "import sys, sim.evidence.raises; print([name for name in ('numpy', 'pyarrow') if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "[]"


def test_reading_it_needs_no_parquet() -> None:
    asked = "import sys, sim.evidence.net_income as n; n.load_net_income(); print('pyarrow' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "False"


# files at fault ------------------------------------------------------------------------------------------------------


def written(path: Path, **parts: Any) -> Path:
    told = {
        "made": json.dumps({"program": "policyengine-us", "version": "1.0.0", "year": 2026}),
        "states": ["PA"], "households": ["one_adult"], "wages": [12.0, 12.5], "amounts": AMOUNTS,
        "usd": np.ones((1, 1, 2, len(AMOUNTS)), np.int32),
    }  # fmt: skip
    np.savez(path / FILE, **{name: part for name, part in (told | parts).items() if part is not None})
    return path / FILE


def test_a_table_with_fewer_states_says_which_it_has(tmp_path: Path) -> None:
    known = read_net_income(written(tmp_path))
    assert (known.states, known.of("OH"), known.range()) == (("PA",), (), (12.0, 12.5))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"wages": [12.5, 12.0]}, "wages = .*: must rise"),
        ({"wages": [12.5]}, "there must be two of them"),
        ({"made": '{"program": "policyengine-us"}'}, "does not say which program, version and year"),
        ({"states": ["PA", "OH"]}, "usd: must hold an amount for each of states"),
        ({"amounts": ["gross", *AMOUNTS[1:]]}, "usd: must hold an amount for each of states"),
        ({"usd": None}, "usd missing"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(tmp_path: Path, parts: dict[str, Any], said: str) -> None:
    with pytest.raises(EvidenceError, match=said):
        read_net_income(written(tmp_path, **parts))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"net_income\.npz: no such file"):
        read_net_income(tmp_path / FILE)
