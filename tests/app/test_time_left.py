"""The time that is left of work in the background is never told longer than before."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sim.ui.answers import job_status
from sim.ui.answers.job_status import Standing


def test_time_left_never_grows_and_other_work_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_status, "st", SimpleNamespace(session_state={}))

    def told(work: str, seconds: float | None) -> str:
        return job_status._with_time(Standing(0.5, "50 runs", True, seconds_left=seconds, work=work), "run")

    seen = [told("first", seconds) for seconds in (20.0, 12.0, 13.0, 40.0, None, 9.0)]
    about = ("20 s", "12 s", "12 s", "", "", "9 s")  # a little more is the same; much more is not told
    assert seen == [f"50 runs · about {time} left" if time else "50 runs" for time in about]
    assert told("second", 30.0) == "50 runs · about 30 s left"
