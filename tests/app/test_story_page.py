"""One person's story: the sentences of the command line, in an address that finds the same person again."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sim.cli import main
from sim.questions.story.privacy import LISTED
from sim.questions.story.words import NOT_REAL
from sim.runs.toml import written
from sim.runs.workers.work import Serial
from sim.ui.links import link_of
from sim.ui.pages.story import StoryAddress, story_address
from sim.ui.question import BASE, Alternative, Question
from sim.ui.reading import read
from sim.ui.server import shared as server
from tests.app.pages import PATIENCE, ROOT, AppTest, box, button, choice, opened, serving, settled, text
from tests.app.worlds import HIGHER, small

PAID = {"medicaid": {"rate_usd_per_unit": 60.0}}  # whoever leaves is followed by somebody
SMALL = small(HIGHER, replications=20, funding=PAID, turnover={"level": {"voluntary_per_year": 1.5}})
TOWNS = small(replications=20, funding=PAID, employer=[{"name": "town", "count": 2}, {"name": "county_home"}])


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with serving(monkeypatch):
        yield


def linked(question: Question, story: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
    app.query_params["q"] = str(link_of(question))
    app.query_params["story"] = story
    app.run()
    return app.switch_page("sim/ui/pages/story.py").run() if not app.title[0].value.startswith("One") else app


def address(app: AppTest) -> str | None:
    told = app.query_params.get("story")
    return told[0] if isinstance(told, list) else told


def of_command(question: Question, place: int, folder: Path, *more: str) -> dict[str, Any]:
    """Return what `peerstay story` tells."""
    files = [folder / f"{at}.toml" for at in (BASE, place)]
    for file, at in zip(files, (BASE, place), strict=True):
        loaded = read(question).scenarios[at]
        assert loaded is not None
        file.write_text(written(loaded.raw), encoding="utf-8")
    base = ["--base", str(files[0])] if place != BASE else []
    told = CliRunner().invoke(main, ["story", str(files[1]), *base, *more, "--json"])
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_the_first_thing_said_is_that_nobody_is_real() -> None:
    app = opened("story", SMALL)
    assert app.info[0].value.replace("\\", "") == NOT_REAL
    assert not app.exception


@pytest.mark.parametrize("place", [0, 1])
def test_the_story_is_that_of_the_command_line(place: int, tmp_path: Path) -> None:
    app = linked(SMALL, f"{place}.7.0.3")
    told = of_command(SMALL, place, tmp_path, "--replication", "7", "--post", "3")["careers"]
    assert len(told) > 1
    for career in told:
        choice(app, "Who held it").set_value(career["occupant"]).run()
        assert f"Post 3, occupant {career['occupant']}, future 7" in app.header[0].value
        assert " ".join(career["sentences"]) in text(app)
        rows = app.table[0].value.to_dict("list")
        assert [one.replace("\\", "") for one in rows["What happened"]] == [
            one for one in career["sentences"] if not one.startswith(("Burned out", "Still there"))
        ]


def test_the_examples_are_those_of_the_command_line(tmp_path: Path) -> None:
    app = linked(SMALL, "0.4")
    told = of_command(SMALL, 0, tmp_path, "--replication", "4")["careers"]
    offered = choice(app, "A telling example").options
    assert [one.partition(":")[0].lower() for one in offered] == [one["example_of"] for one in told]
    for label, career in zip(offered, told, strict=True):
        choice(app, "A telling example").set_value(label).run()
        assert " ".join(career["sentences"]) in text(app)


def test_choosing_writes_the_person_into_the_address_and_a_link_finds_them_again() -> None:
    app = opened("story", SMALL)
    assert address(app) is None
    box(app, "Projected future").set_value(5).run()
    box(app, "Or any post, counted from 0").set_value(2).run()
    assert address(app) == "0.5.0.2"
    other = linked(SMALL, "0.5.0.2")
    assert other.header[0].value == app.header[0].value
    button(other, "Another future").click().run()
    assert address(other) == "0.6.0.2"


def test_the_same_person_is_shown_in_another_scenario() -> None:
    app = linked(SMALL, "0.5.0.2.0")
    choice(app, "Scenario").select_index(1).run()
    assert address(app) == "1.5.0.2.0"
    assert "Post 2, occupant 0, future 5" in app.header[0].value


def test_the_last_future_is_followed_by_the_first() -> None:
    app = linked(SMALL, "0.19")
    button(app, "Another future").click().run()
    assert address(app) == "0.0"


def test_going_to_another_page_and_back_finds_the_person_looked_at_last() -> None:
    app = linked(SMALL, "1.5.0.2")
    app.query_params.clear()
    app.switch_page("sim/ui/pages/start.py").run()
    app.switch_page("sim/ui/pages/story.py").run()
    assert address(app) == "1.5.0.2"


def test_in_a_portfolio_the_employer_is_chosen_too() -> None:
    app = opened("story", TOWNS)
    assert choice(app, "Employer").options == ["town 0", "town 1", "county home 2"]
    choice(app, "Employer").select_index(2).run()
    assert "County home 2, post" in app.header[0].value


@pytest.mark.parametrize("told", ["", "x", "1", "99.99", "0.0.99.99.99", "0.-1", "1.2.3.4.5.6", "0.١", "9" * 40 + ".1"])
def test_an_address_of_nobody_shows_somebody_and_no_fault(told: str) -> None:
    app = linked(SMALL, told)
    assert not app.exception
    assert not app.error
    assert app.header


def test_a_post_that_nobody_ever_holds_says_so() -> None:
    listing = {"number": 3, "roster": [{"hired": "2025-03"}]}
    app = opened("story", small(HIGHER, replications=20, posts=listing, recruitment={"days_to_fill": 360.0}))
    box(app, "Or any post, counted from 0").set_value(2).run()
    assert "Nobody is ever in this post in this future" in text(app)
    assert not app.header


def test_people_of_a_list_are_shown_only_as_projected() -> None:
    listing = small(HIGHER, replications=20, posts={"number": 3, "roster": [{"hired": "2019-03"}]})
    app = opened("story", listing)
    for post in (1, 0):
        box(app, "Or any post, counted from 0").set_value(post).run()
    assert app.info[0].value.replace("\\", "") == LISTED
    assert "In post when the projection begins." in text(app)
    assert "2019" not in text(app)
    assert set(app.query_params) == {"q", "story"}
    assert address(app) == "0.0.0.0"


def test_what_is_too_large_for_this_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERSTAY_PAGE_POSTS", "5")
    app = opened("story", SMALL)
    assert "more than this server takes (5)" in text(app)
    assert not app.header


def test_an_address_comes_back_as_it_was() -> None:
    for one in (StoryAddress(), StoryAddress(1, 7), StoryAddress(0, 3, 2, 11), StoryAddress(4, 9, 0, 0, 0)):
        assert story_address(one.text) == one


# behind the page -------------------------------------------------------------------------------------------------


class Gate(Serial):
    """Live a future only once it is let through."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def results(self, function: Callable[[Any], Any], items: Any) -> Iterator[tuple[int, Any]]:
        for place, item in enumerate(items):
            assert self.open.wait(20.0)
            yield place, function(item)


def test_while_a_future_takes_long_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate()
    monkeypatch.setattr(server, "opened", lambda: nullcontext(gate))
    app = opened("story", SMALL)
    assert any(one.label == "Stop" for one in app.button)
    assert not app.header
    gate.open.set()
    assert settled(app).header


def test_an_alternative_starts_from_the_bases_people() -> None:
    own = small(Alternative({**SMALL.base, "pay": {"wage_usd_per_hour": 30.0}}, own=True), replications=20)
    assert not opened("story", own).exception
