"""Write the careers of one projected future as text and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.questions.story.story import BURNED_OUT, in_post
from sim.questions.story.words import career_shape, name_of, sentences
from sim.results.careers import Career, telling
from sim.scenario.files import Loaded
from sim.words.as_json import Shape, made_by
from sim.words.layout import bullets, capitalized, paragraph
from sim.words.sentences import over

Picked = Sequence[tuple[str, Career]]  # why it is told, and the career


def chosen(found: Sequence[Career], employer: int | None, post: int | None) -> list[tuple[str, Career]]:
    """Return all who held a post, the first employer's unless another is named; without a post, telling examples."""
    if post is not None:
        return [("", one) for one in in_post(found, employer or 0, post)]
    ours = [one for one in found if employer is None or one.employer == employer]
    return list(telling(ours, BURNED_OUT).items())


def story_text(picked: Picked, own: Loaded, told: Mapping[str, int], note: str) -> str:
    """Return the text of `peerstay story`; `note` says who these people are."""
    scenario = own.scenario
    title = scenario.title or own.path.stem
    which = f"future {told['replication']}, seed {told['seed']}"
    first = f'One future of "{title}", projected over {over(scenario.horizon)}: {which}.'
    parts = [paragraph(f"{first} {note}")]
    for why, career in picked:
        name = name_of(career, scenario)
        head = f"{capitalized(why)}: {name}" if why else capitalized(name)
        parts.append(f"{head}\n{bullets(sentences(career, scenario))}")
    return "\n\n".join(parts)


def story_shape(picked: Picked, own: Loaded, told: Mapping[str, int], note: str) -> Shape:
    """Return the shape of `peerstay story --json`."""
    shapes = [career_shape(one, own.scenario) for _, one in picked]
    stories = [{"example_of": why or None} | shape for (why, _), shape in zip(picked, shapes, strict=True)]
    return {
        "scenario": own.path.stem,
        "fingerprint": own.fingerprint,
        **made_by(),
        **told,
        "note": note,
        "careers": stories,
    }
