"""What happens is written down in chunks and read as columns."""

from __future__ import annotations

from sim.model.world.log import FACT_COLUMNS, FIRST_RECEIPT, FUNDING_KINDS, KINDS, LINE_KINDS, Chunks, Log
from tests.unit.arrays import counts, reals


def test_chunks_are_joined_column_by_column_and_a_scalar_fills_its_column() -> None:
    chunks = Chunks(("time", "kind", "row"))
    chunks.add(2, reals(1.5, 1.7), 3, counts(4, 5))
    chunks.add(1, 2.0, 3, counts(6))
    table = chunks.table()
    assert table["time"].tolist() == [1.5, 1.7, 2.0]
    assert table["kind"].tolist() == [3, 3, 3]
    assert table["row"].tolist() == [4, 5, 6]


def test_a_chunk_without_rows_leaves_no_trace() -> None:
    chunks = Chunks(("time", "kind"))
    chunks.add(0, reals(), 3)
    assert chunks.rows == []
    assert {name: column.tolist() for name, column in chunks.table().items()} == {"time": [], "kind": []}


def test_the_panel_stacks_months() -> None:
    log = Log()
    assert log.panel_table() == {}
    log.panel += [{"filled": counts(1, 2)}, {"filled": counts(3, 4)}]
    assert log.panel_table()["filled"].tolist() == [[1, 2], [3, 4]]


def test_a_new_log_has_its_columns_and_nothing_in_them() -> None:
    log = Log()
    assert tuple(log.facts.table()) == FACT_COLUMNS
    assert all(not column.size for column in log.lines.table().values())


def test_kinds_have_different_names_and_receipts_come_after_costs() -> None:
    for kinds in (KINDS, FUNDING_KINDS, LINE_KINDS):
        assert len(set(kinds)) == len(kinds)
    assert LINE_KINDS[FIRST_RECEIPT] == "claims"
    assert LINE_KINDS[:FIRST_RECEIPT][-1] == "other"
