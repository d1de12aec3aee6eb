"""The measures of the house, on small trees whose numbers are counted by hand."""

from pathlib import Path

import pytest

from studies.structure import measures
from studies.structure.__main__ import ROOT, beyond, limits, measured, table
from studies.structure.tree import Module, modules

HALL = '''"""A."""

from sim.b import one
from sim.model.rules import c
import math

LIMIT = 3
'''
ROOM = '''"""B."""


def one(x):
    """Hold one."""
    if x and x > 1:
        return isinstance(x, (int, Grant))
    return 2 if x else 3


async def two():
    return 2
'''
RULES = '''"""C."""

import math

from sim.b import one

GOOD = math.log(1.2)
LESS: float = -0.5
NAME = "x"
INPUTS = ["pay.a", "pay.b", "pay.c", "rules.d", "posts.e"]
FEW = ["pay.a", "pay.b", "pay.c", "rules.d", "no address"]
'''


@pytest.fixture
def house(tmp_path: Path) -> list[Module]:
    for file, text in (("sim/a.py", HALL), ("sim/b.py", ROOM), ("sim/model/rules/c.py", RULES)):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "sim/__init__.py").write_text("")
    return modules(tmp_path)


def test_a_house_is_counted_as_by_hand(house: list[Module]) -> None:
    assert measures.lines_by_room(house) == {"sim": 19, "sim/model/rules": 11}
    assert measures.fullest_folder(house) == (2, "sim")
    assert measures.single_importers(house) == ["sim.model.rules.c"]  # b is imported by two
    assert measures.function_lines(house) == [5, 2]
    assert measures.complexities(house) == {"sim.b:4 one": 4, "sim.b:11 two": 1}  # if, and, ternary, and one
    assert measures.constants(house) == ["sim.model.rules.c GOOD", "sim.model.rules.c LESS"]
    assert measures.asked_by_type(house) == ["sim.b:7"]
    assert measures.maps(house) == ["sim.model.rules.c INPUTS"]
    assert measures.stiff_docstrings(house) == ["sim.b:4"]


def test_what_is_beyond_its_ceiling_is_named(house: list[Module], tmp_path: Path) -> None:
    found = measured(tmp_path, {"sim.model.rules.c GOOD": "defined so"}, {})
    assert found["numbers in the rules outside the schema"] == 1
    assert found["maps of inputs kept by hand"] == 1
    assert measured(tmp_path, {}, {"sim.model.rules.c INPUTS": "an order"})["maps of inputs kept by hand"] == 0
    ceilings = {name: {"ceiling": value, "goal": 0.0} for name, value in found.items()}
    assert beyond(found, ceilings) == []
    ceilings["mean complexity"]["ceiling"] -= 0.1
    assert beyond(found, ceilings) == ["mean complexity"]
    assert "not yet" in table(found, ceilings)


def test_every_definition_is_a_number_that_is_there() -> None:
    assert set(limits()["definitions"]) <= set(measures.constants(modules(ROOT)))


def test_every_layout_is_a_list_of_inputs_that_is_there_and_says_why() -> None:
    assert set(limits()["layouts"]) <= set(measures.maps(modules(ROOT)))
    assert all(limits()["layouts"].values())
