"""A fiscal note as plain values for JSON; docs/fiscal.md explains its keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sim.questions.compare.shapes import drawn_shape, spread_shape
from sim.questions.fiscal.note import BASES, Note
from sim.questions.fiscal.text import dollars_told, per_member_month
from sim.results.summary import Estimate
from sim.units import month_text
from sim.words.as_json import made_by


def fiscal_shape(note: Note) -> dict[str, Any]:
    """Return a note for JSON, the base first among its scenarios."""
    return {
        "dollars": dollars_told(note),
        "members": note.wanted.members,
        "replications": note.answer.settings.replications,
        "seed": note.answer.settings.seed,
        **made_by(),
        **drawn_shape(note.answer),
        "within": note.answer.within,
        "fiscal_years": [
            {"name": f"FY {year.ends}", "from": month_text(year.first), "to": month_text(year.last)}
            for year in note.years
        ],
        "scenarios": [_case_shape(note, case) for case in range(len(note.spending))],
    }


def _case_shape(note: Note, case: int) -> dict[str, Any]:
    own, named = note.spending[case], note.answer.cases[case]
    return {
        "name": named.name,
        "title": named.title,
        **{basis: _basis_shape(note, basis, case) for basis in BASES},
        "federal_shares": [asdict(one) for one in own.matches],
        "awards": [asdict(one) for one in own.awards],
    }


def _basis_shape(note: Note, basis: str, case: int) -> dict[str, Any]:
    payers = note.payers(basis)
    shape: dict[str, Any] = {
        "spending": {payer: _cells(note.amounts(basis, payer, case)) for payer in payers},
    }
    if note.wanted.members is not None:
        shape["per_member_per_month"] = per_member_month(note, basis, case)
    if case:
        shape["difference"] = {payer: _cells(note.differences(basis, payer, case)) for payer in payers}
        shape |= _futures(note, basis, case)
    return shape


def _futures(note: Note, basis: str, case: int) -> dict[str, Any]:
    """Return how far differences are spread over futures; nothing where assumptions are taken as known."""
    told = {payer: note.spreads(basis, payer, case) for payer in note.payers(basis)}
    if not note.answer.over_futures:
        return {}
    return {"futures": {payer: [one and spread_shape(one) for one in cells] for payer, cells in told.items()}}


def _cells(cells: list[Estimate]) -> list[dict[str, Any]]:
    return [asdict(cell) for cell in cells]
