"""What the register says is shown is a measure that the simulator shows."""

from __future__ import annotations

from sim.evidence.register import load_claims
from sim.results.measures.table import MEASURES


def test_every_measure_that_answers_a_claim_exists() -> None:
    named = {(claim.id, feed.name) for claim in load_claims() for feed in claim.feeds if feed.kind == "measure"}
    assert named, "no claim is answered by a measure: the register or its reader is broken"
    assert {(claim, name) for claim, name in named if name not in MEASURES} == set()
