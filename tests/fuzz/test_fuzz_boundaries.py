"""At the limits of every input, alone and in pairs: refused in words or answered in numbers that can stand.

All of it is checked here; what stands at an end is run, and what is nearest to 0, several inputs at once. At night
(`PEERSTAY_WHOLE=1`) each of those is run alone, the values just inside a range are run too, and twice as many pairs.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from sim.scenario.files import Loaded
from tests.fuzz import boundaries, rosters
from tests.fuzz.survey import checked, ran

WHOLE = bool(os.environ.get("PEERSTAY_WHOLE"))
SEED, PAIRS, ROSTERS = 1, 240, 1_500
TRIED = PAIRS if WHOLE else PAIRS // 2
PARTS = 8  # so that processes can share the work
SINGLES = list(boundaries.singles())
RAN: dict[str, str] = {}  # by the fingerprint of a scenario what came of it


def surveyed(places: list[boundaries.Place]) -> str:
    loaded = checked(boundaries.tables(places))
    if loaded is None:
        return "refused"
    if not WHOLE and len(places) == 1 and places[0] in boundaries.beside_an_end():
        return "at night"
    if not WHOLE and len(places) == 1 and places[0] in boundaries.nearest_to_zero():
        return "beside others"
    return ran_once(loaded) if boundaries.is_run(places) else "not run"


def ran_once(loaded: Loaded) -> str:
    """Run a scenario that several settings come to (what they set stands in the base already) once."""
    if loaded.fingerprint not in RAN:
        RAN[loaded.fingerprint] = ran(loaded)
    return RAN[loaded.fingerprint]


def told(cases: list[list[boundaries.Place]]) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for places in cases:
        try:
            outcomes[surveyed(places)] += 1
        except Exception as fault:
            fault.add_note(f"with {places}")
            raise
    return outcomes


@pytest.mark.parametrize("part", range(PARTS))
def test_every_input_at_its_floor_its_ceiling_and_just_inside(part: int) -> None:
    outcomes = told(SINGLES[part::PARTS])
    assert outcomes["answered"] + outcomes["at night"] + outcomes["beside others"] > 0.7 * len(SINGLES) / PARTS
    assert outcomes["at night"] < 0.6 * len(SINGLES) / PARTS
    assert outcomes["not run"] < 0.03 * len(SINGLES) / PARTS + 1


@pytest.mark.skipif(WHOLE, reason="at night each of them is run alone")
def test_inputs_nearest_to_0_several_at_once() -> None:
    """What is refused together is run one by one, so that each that is taken alone is run."""
    together = [list(places) for places in boundaries.near_together()]
    refused = [places for places in together if checked(boundaries.tables(places)) is None]
    assert len(refused) < 0.2 * len(together)
    alone = [loaded for places in refused for one in places if (loaded := checked(boundaries.tables([one])))]
    outcomes = told([places for places in together if places not in refused]) + Counter(map(ran_once, alone))
    assert outcomes["answered"] == outcomes.total()


@pytest.mark.parametrize("part", range(PARTS))
def test_two_inputs_at_their_limits_at_once(part: int) -> None:
    outcomes = told([boundaries.pair(number, SEED) for number in range(part, TRIED, PARTS)])
    assert outcomes["answered"] > 0.5 * TRIED / PARTS


def test_the_base_of_the_fuzz_is_sound_and_every_number_of_the_schema_is_in_it() -> None:
    assert ran(checked(boundaries.BASE) or pytest.fail("the base is refused")) == "answered"
    reached = {address for [(address, _)] in SINGLES}
    assert reached == {f"{one.path} {one.kind}" for one in boundaries.numeric()}
    for address in reached:
        made = [boundaries.tables(one) for one in SINGLES if one[0][0] == address]
        assert all(table not in made[:place] for place, table in enumerate(made)), f"{address} is not set"


def test_lists_of_people_from_careless_and_hostile_hands() -> None:
    outcomes = Counter(rosters.read(rosters.roster(number, SEED)) for number in range(ROSTERS))
    assert outcomes["refused"] > 0.3 * ROSTERS
    assert outcomes["read"] > 20
