"""Any two alternatives can be compared: the same runs, the base's opening, ranges that hold together over all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from sim.results.measures.table import measure_of
from sim.runs.against import NoPairError, number_of_pairs, pair_of, pairs_with, place_of
from sim.runs.answer import Answer, ask, settings_of
from sim.scenario.files import load_table

RUNS = 12
TABLES = {
    "horizon": {"months": 8, "warm_up_months": 2},
    "experiment": {"replications": RUNS, "seed": 3},
    "posts": {"number": 6},
    "turnover": {"level": {"kind": "hazards", "voluntary_per_year": 0.6}},
}


@pytest.fixture(scope="module")
def answer() -> Answer:
    base, *others = (load_table({**TABLES, "pay": {"wage_usd_per_hour": wage}}) for wage in (20.0, 23.0, 26.0, 23.0))
    return ask(base, others, settings_of(base))


def test_a_pair_is_the_difference_run_by_run_found_by_hand(answer: Answer) -> None:
    pair = pair_of(answer, 1, 2)
    assert (pair.first, pair.second.case) == answer.cases[1:3]
    assert [str(change) for change in pair.second.changes] == ["pay.wage_usd_per_hour: 23.0 → 26.0"]
    told = 0
    for key, compared in pair.second.measures.items():
        less = pair.second.case.values[key] - pair.first.values[key]
        known = less[~np.isnan(less)]
        settled = measure_of(key).is_share and np.ptp(known) == 0.0 != known[0] if known.size else True
        if known.size < 2 or measure_of(key).is_chance or settled:  # tests/results/test_intervals.py has those
            continue
        half = t.ppf(1 - 0.05 / 6 / 2, known.size - 1) * np.std(known, ddof=1) / np.sqrt(known.size)
        found = (compared.difference.mean, compared.difference.low, compared.difference.high)
        assert found == pytest.approx(
            (np.mean(known), np.mean(known) - half, np.mean(known) + half), rel=1e-9, abs=1e-9
        )
        told += 1
    assert told > 40


def test_the_ranges_of_all_pairs_hold_together_whichever_are_looked_at(answer: Answer) -> None:
    assert number_of_pairs(answer) == 6
    assert pair_of(answer, 1, 2).within == pytest.approx(1 - 0.05 / 6)


def test_turned_round_a_pair_says_the_same_with_the_sign_turned(answer: Answer) -> None:
    one, other = pair_of(answer, 1, 2).second.measures, pair_of(answer, 2, 1).second.measures
    for key, compared in one.items():
        if compared.difference.mean is not None:
            assert compared.difference.mean == -(other[key].difference.mean or 0.0)
            assert compared.detectable == other[key].detectable
            assert (compared.base, compared.alternative) == (other[key].alternative, other[key].base)


def test_two_that_mean_the_same_change_nothing(answer: Answer) -> None:
    assert pair_of(answer, 1, 3).second.changes_nothing
    assert pair_of(answer, 1, 3).second.changes == ()


def test_every_other_alternative_is_compared_with_the_one_that_is_named(answer: Answer) -> None:
    assert [(pair.first, pair.second.case) for pair in pairs_with(answer, 2)] == [
        (answer.cases[2], answer.cases[1]),
        (answer.cases[2], answer.cases[3]),
    ]


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 1), (1, 4)])
def test_only_two_alternatives_make_a_pair(answer: Answer, first: int, second: int) -> None:
    with pytest.raises(NoPairError, match="places of two alternatives, from 1 to 3"):
        pair_of(answer, first, second)


FILES = ("base.toml", "a.toml", "b.toml", "there/a.toml")


@pytest.mark.parametrize(("said", "place"), [("a.toml", 1), ("a", 1), ("b", 2), ("there/a.toml", 3), ("a-2", 3)])
def test_an_alternative_is_named_by_its_file_or_by_its_name(said: str, place: int) -> None:
    assert place_of(said, FILES) == place


@pytest.mark.parametrize(
    ("said", "files", "words"),
    [
        ("c.toml", FILES, r"c.toml: must be one of the alternatives \(a, b, a-2\)"),
        ("base", FILES, "is the base, with which all are compared anyway"),
        ("a.toml", FILES[:2], "name two alternatives or more"),
        (
            "a.toml",
            ("base.toml", "a.toml", "a.toml"),
            r"is named twice; say which by its name in the answer \(a, a-2\)",
        ),
    ],
)
def test_what_names_no_alternative_is_refused_with_the_fix(said: str, files: tuple[str, ...], words: str) -> None:
    with pytest.raises(NoPairError, match=words):
        place_of(said, files)
