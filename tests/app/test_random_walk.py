"""Anybody may press anything in any order: no page breaks, and base, names and link always say the same.

`PEERSTAY_WALK_STEPS=3000` walks on for so many steps, from a seed of its own that is printed; the suite takes the same
short walks every time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1.element_tree import Button

from sim.ui import navigation
from sim.ui.inputs.sections import SECTIONS
from sim.ui.links import link_of, question_of
from sim.ui.page import FAULT, scenarios_in_words
from sim.ui.question import LETTERS, MOST_ALTERNATIVES, Question
from sim.ui.reading import read
from sim.ui.state import QUESTION
from tests.app.pages import AppTest, button, go, opened, serving
from tests.app.test_every_input import WHOLE
from tests.app.worlds import HIGHER, small

STEPS: Final = int(os.environ.get("PEERSTAY_WALK_STEPS", "0"))
SHORT, WALKS, LONG = 20, 6, 100  # steps of a walk in the suite, walks there, steps of a walk of a long search
LIMITS: Final = {"POSTS": 60, "MONTHS": 30, "REPLICATIONS": 100, "SECONDS": 2}  # what is larger is refused at once
FIRST: Final = (
    small(replications=20, horizon={"months": 6, "warm_up_months": 1}),
    small(HIGHER, HIGHER, replications=20, change=[{"at": "2027-05", "set": {"pay.wage_usd_per_hour": 21.0}}]),
    Question({**WHOLE.base, "horizon": {"months": 6, "warm_up_months": 1}}, WHOLE.alternatives, 20),
)
WORDS: Final = ("", "2028-07", "03/2025", "Night shift", "=1+1", "<b>x</b> $y$ [z](http://q)", "0", "−3")
WHICH = st.integers(0, 10_000)


class Walk(RuleBasedStateMachine):
    """One visitor, who presses and types what is on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.app: AppTest = opened()
        self.links: list[str] = []

    @initialize(question=st.sampled_from((None, *FIRST)), page=st.sampled_from(sorted(navigation.PAGES)),
                step=st.sampled_from([one.key for one in SECTIONS]), expert=st.booleans())  # fmt: skip
    def arrive(self, question: Question | None, page: str, step: str, expert: bool) -> None:
        self.app = opened(page, question, step=step, expert=expert)

    @rule(page=st.sampled_from(sorted(navigation.PAGES)))
    def visit(self, page: str) -> None:
        go(self.app, page)

    @rule(which=WHICH)
    def press(self, which: int) -> None:
        self._on([one for one in self.app.button if not one.disabled], which, lambda one: one.click())

    @rule(which=WHICH)
    def add_or_remove(self, which: int) -> None:
        """Press what makes scenarios and their parts more or fewer: of many buttons the ones that broke before."""
        there = [one for one in self.app.button if one.label.startswith(("Add ", "Remove ", "Describe several"))]
        self._on(there, which, lambda one: one.click())

    @rule(which=WHICH)
    def edit(self, which: int) -> None:
        self._on([one for one in self.app.radio if one.label == "You are editing"], 0, lambda one: _chosen(one, which))

    @rule(which=WHICH, other=WHICH)
    def choose(self, which: int, other: int) -> None:
        there = [one for one in (*self.app.selectbox, *self.app.radio) if one.options and not one.disabled]
        self._on(there, which, lambda one: _chosen(one, other))

    @rule(which=WHICH)
    def tick(self, which: int) -> None:
        self._on([*self.app.checkbox, *self.app.toggle], which, lambda one: one.set_value(not one.value))

    @rule(
        which=WHICH, share=st.floats(0.0, 1.0), how=st.sampled_from(("between", "up", "down", "least", "most", "none"))
    )
    def number(self, which: int, share: float, how: str) -> None:
        self._on(list(self.app.number_input), which, lambda one: one.set_value(_number(one, share, how)))

    @rule(which=WHICH, share=st.floats(0.0, 1.0))
    def slide(self, which: int, share: float) -> None:
        there = [one for one in self.app.slider if isinstance(one.value, int | float)]
        self._on(there, which, lambda one: one.set_value(_between(one, share)))

    @rule(which=WHICH, text=st.sampled_from(WORDS))
    def write(self, which: int, text: str) -> None:
        self._on([*self.app.text_input, *self.app.text_area], which, lambda one: one.set_value(text))

    @rule(which=WHICH)
    def back(self, which: int) -> None:
        """Go back to an address from before."""
        if self.links:
            self.app.query_params["q"] = self.links[which % len(self.links)]
            self.app.run()

    def _on(self, there: Sequence[Any], which: int, deed: Any) -> None:
        if there:
            _sent(deed(there[which % len(there)]))

    @invariant()
    def nothing_breaks(self) -> None:
        assert not self.app.exception
        assert FAULT not in [one.value for one in self.app.error]
        assert self.app.title

    @invariant()
    def base_names_and_link_agree(self) -> None:
        told = [one.value for one in self.app.sidebar.markdown]
        asked = self.app.session_state[QUESTION] if QUESTION in self.app.session_state else None  # noqa: SIM401  # it has no get
        if asked is None:
            return
        assert scenarios_in_words(read(asked)) in told
        assert len(asked.alternatives) <= MOST_ALTERNATIVES
        assert [f"**Alternative {letter}**" in "".join(told) for letter in LETTERS] == [
            place in asked.places for place in range(1, MOST_ALTERNATIVES + 1)
        ]
        link = link_of(asked)
        written = self.app.query_params.get("q")
        assert (written[0] if isinstance(written, list) else written) == link
        if link is not None:
            assert question_of(link) == asked
            self.links.append(link)


class Words(str):
    """An option as it reads, which is what a browser sends."""

    __slots__ = ()


def _sent(one: Any) -> None:
    """Send what was done, as a browser does: what stands in a form waits for the form's own button."""
    if isinstance(one, Button) or not one.form_id:
        one.run()


def _chosen(one: Any, other: int) -> Any:
    """Choose an option by its words; AppTest would ask for the value behind them.

    What nobody sent is read from the state again, where it is a value: that one still gets its words.
    """
    formats = one.root.session_state[TESTING_KEY]
    words_of = formats[one.id]
    formats[one.id] = lambda value: value if isinstance(value, Words) else words_of(value)
    return one.set_value(Words(one.options[other % len(one.options)]))


def _ends(one: Any) -> tuple[float, float]:
    """The ends of a number, or some steps around it: beyond its range it is refused in words."""
    low, high = (getattr(one, name, None) for name in ("min", "max"))
    now, room = one.value or 0, 20 * (getattr(one, "step", None) or 1)
    return (now - room if low is None else low), (now + room if high is None else high)


def _between(one: Any, share: float) -> Any:
    low, high = _ends(one)
    return type(one.value)(low + share * (high - low))


def _number(one: Any, share: float, how: str) -> Any:
    if how == "none":
        return None
    low, high = _ends(one)
    now, step = (low if one.value is None else one.value), one.step or 1
    value = {"between": low + share * (high - low), "up": now + step, "down": now - step, "least": low, "most": high}[
        how
    ]
    return type(step)(min(high, max(low, value)))


@pytest.fixture(autouse=True)
def _serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, most in LIMITS.items():
        monkeypatch.setenv(f"PEERSTAY_PAGE_{name}", str(most))
    with serving(monkeypatch):
        yield


def test_what_is_chosen_in_a_form_is_sent_with_its_button_and_not_before() -> None:
    app = opened("build", FIRST[0], step="time")
    _sent(_chosen(_of_a_date(app), 1))
    words, month = _of_a_date(app).options[1].partition(" · ")[0], "2028-07"
    app.run()  # whatever else is done: the form's choice is not sent
    assert app.session_state[QUESTION] == FIRST[0]
    _sent(_chosen(_of_a_date(app), 1))
    _sent(next(one for one in app.text_input if one.form_id).set_value(month))
    button(app, "Add this dated change").click().run()
    assert any(words in one.label for one in app.number_input if one.label.startswith("From July 2028"))


def _of_a_date(app: AppTest) -> Any:
    return next(one for one in app.selectbox if one.label == "Change from a date on")


@pytest.mark.timeout(20_000 if STEPS else 120)
def test_no_order_of_deeds_breaks_a_page_or_parts_base_names_and_link() -> None:
    shared: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
    if STEPS:
        walks = max(1, STEPS // LONG)
        how = settings(max_examples=walks, stateful_step_count=LONG, phases=[Phase.generate, Phase.shrink], **shared)
    else:
        how = settings(
            max_examples=WALKS, stateful_step_count=SHORT, derandomize=True, database=None,
            phases=[Phase.generate], **shared,
        )  # fmt: skip
    run_state_machine_as_test(Walk, settings=how)
