"""Start: from a state, a kind of organization and a question; examples; what this can and cannot tell."""

from __future__ import annotations

import streamlit as st

from sim.ui import navigation, state
from sim.ui.inputs import examples
from sim.ui.inputs.examples import Example
from sim.ui.inputs.first_questions import first_questions
from sim.ui.inputs.levers import add
from sim.ui.texts import plain, wording
from sim.words.trust import trust_sentence


def page() -> None:
    """Draw the page."""
    st.title("What keeps peer recovery workers in their jobs, and can the money carry it?")
    st.markdown(wording("start"))
    st.header("Begin with your state")
    first_questions()
    st.header("Or open an example")
    for column, kind in zip(st.columns(len(examples.KINDS), border=True), examples.KINDS, strict=True):
        with column:
            st.subheader(kind.who)
            st.markdown(kind.asks)
            for example in kind.examples:
                if st.button(example.label, key=f"example.{example.label}", width="stretch", wrap=True):
                    _open(example)
    st.header("Or start from any scenario of the library")
    _library()
    st.header("What this can and cannot tell you")
    st.markdown(f"- **How far can it be trusted?** {plain(trust_sentence())}\n{wording('limits')}")


def _open(example: Example) -> None:
    state.ask(examples.opened(example))
    navigation.go("compare")


def _library() -> None:
    names = examples.bases()
    chosen, button = st.columns([4, 1], vertical_alignment="bottom")
    with chosen:
        name = st.selectbox("Scenario", list(names), format_func=lambda name: names[name])
    with button:
        opened = st.button("Open", width="stretch")
    st.caption("It opens as the base (no new decisions), with an alternative in which you can change the wage.")
    if opened and name is not None:
        state.ask(examples.question_of(name))
        add()
        navigation.go("compare")
    navigation.link("build", "Describe your own organization, or open your own file, on Build")


if __name__ == "__main__":
    page()
