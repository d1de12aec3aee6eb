"""What keeping people means: parts of separations that add up, and who is ever promoted."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sim.words.keeping import AT_SAME_TENURE, PROMOTED, RAW, kept_lines, mix_sentence, promoted_sentence
from tests.answers import answer, case, loaded, raised

LADDER = {"lead": {"step": 1, "pay": {"kind": "raise", "share": 0.1}}}


def mixed(raw: float, same_tenure: float) -> str:
    told = answer(raised(**{RAW: 12.0 + raw, AT_SAME_TENURE: 12.0 + same_tenure}))
    return mix_sentence(told.alternatives[0])


def test_fewer_newcomers_are_told_apart_from_people_who_stay() -> None:
    told = mixed(-2.6, -0.1)
    assert told.startswith(
        "Separations per 100 filled posts, 2.6 fewer: 0.1 fewer because people stay, 2.5 fewer because fewer of those "
        "in post are new, who leave soonest, or with an employer that loses many."
    )
    assert told.endswith("not by this number.")


def test_a_part_that_luck_may_bring_is_said_to() -> None:
    other = raised(**{RAW: 9.0})
    other.values[AT_SAME_TENURE] = other.values[AT_SAME_TENURE] + np.array([0.9, -1.0, 0.5, -0.5, 0.1]) - 0.1
    assert "because people stay (which may be random variation), " in mix_sentence(answer(other).alternatives[0])


def test_people_who_leave_sooner_are_told_beside_a_calmer_mix() -> None:
    told = mixed(-1.0, 2.0)
    assert "1.0 fewer: 2.0 more because more people leave, or lose their posts, at the same tenure, 3.0 fewer" in told


@pytest.mark.parametrize("raw", np.linspace(-7.0, 7.0, 13).tolist())
@pytest.mark.parametrize("same_tenure", np.linspace(-3.33, 3.33, 7).tolist())
def test_what_is_printed_adds_up(raw: float, same_tenure: float) -> None:
    told = mixed(raw, same_tenure)
    found = [float(size) * (1 if side == "more" else -1) for size, side in re.findall(r"([\d.]+) (more|fewer)", told)]
    assert (len(found) == 3) == (raw != 0.0)
    if found:
        assert found[0] == pytest.approx(found[1] + found[2], abs=1e-9)


def test_where_separations_stay_the_same_nothing_is_said() -> None:
    assert not kept_lines(answer(raised()))
    assert not kept_lines(answer())


def test_several_alternatives_are_named() -> None:
    lines = kept_lines(answer(raised(**{RAW: 9.0}), case("other", loaded(title="Another"), **{RAW: 14.0})))
    assert [line.partition(": ")[0] for line in lines] == ['"A raise"', '"Another"']
    names = {"raise": "Alternative A", "other": "Alternative B"}
    lines = kept_lines(answer(raised(**{RAW: 9.0}), case("other", loaded(title="Another"), **{RAW: 14.0})), names=names)
    assert [line.partition(": ")[0] for line in lines] == ["Alternative A", "Alternative B"]


def test_a_ladder_says_how_many_of_those_hired_are_ever_promoted() -> None:
    climbing = answer(case("ladder", loaded(title="A ladder", ladder=LADDER), **{PROMOTED: 0.3})).alternatives[0]
    assert promoted_sentence(climbing).startswith("Of 100 people hired, 30.0 (")
    assert promoted_sentence(climbing).endswith(" are ever promoted within the projection.")
    assert not promoted_sentence(answer(raised(**{PROMOTED: 0.3})).alternatives[0])
