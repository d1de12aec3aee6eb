"""Make the answer of a bundle again and say, number by number, whether it is the same."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.experiment.answer import Answer, ask, check
from sim.experiment.identity import versions
from sim.experiment.replicate import Progress, Settings
from sim.report.layout import bullets, paragraph, section
from sim.report.listing import Shape
from sim.report.takeaway.bundle import shape_of
from sim.report.takeaway.plain import one_line
from sim.report.takeaway.unpack import Bundle, Manifest

MOST_TOLD: Final = 10
NOT_COMPARED: Final = ("version",)  # told by itself
MISSING: Final = "not there"


@dataclass(frozen=True)
class Change:
    """Hold one value of an answer that is not as it was."""

    where: str
    was: str
    now: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.where}: was {self.was}, is {self.now}"


@dataclass(frozen=True)
class Again:
    """Hold an answer that was made again, and how it compares with what the bundle says."""

    answer: Answer
    values: int  # compared
    changes: tuple[Change, ...]
    versions: tuple[Change, ...]
    scenarios: tuple[Change, ...]  # whose fingerprint is not what the manifest says

    @property
    def same(self) -> bool:
        """Say whether every value is the same, bit for bit."""
        return not self.changes


def again(bundle: Bundle, jobs: int | None, cluster: str | None, progress: Progress | None) -> Again:
    """Run a bundle's question and compare the answer.

    Raises:
        ScenarioError: when its scenarios cannot be compared.
    """
    manifest, (base, *alternatives) = bundle.manifest, bundle.everyone
    check(bundle.everyone)
    settings = Settings(manifest.replications, manifest.seed, jobs, cluster=cluster)
    settings = settings if progress is None else replace(settings, progress=progress)
    answer = ask(base, alternatives, settings, loop_off=manifest.loop_off)
    was, now = (dict(_leaves(shape, "")) for shape in (bundle.answer, json.loads(json.dumps(shape_of(answer)))))
    where = [path for path in {**was, **now} if path.rpartition(".")[2] not in NOT_COMPARED]
    changes = tuple(_change(path, was, now) for path in where if was.get(path) != now.get(path))
    return Again(answer, len(where), changes, tuple(_versions(manifest)), tuple(_scenarios(bundle)))


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield address and value of everything in plain values; two floats of one text are the same bits."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not inside:
        yield path, json.dumps(value, ensure_ascii=False)
    for key, inner in inside:
        yield from _leaves(inner, f"{path}.{key}".lstrip("."))


def _change(path: str, was: dict[str, str], now: dict[str, str]) -> Change:
    return Change(one_line(path), *(one_line(side.get(path, MISSING), 60) for side in (was, now)))


def _versions(manifest: Manifest) -> Iterator[Change]:
    here = {**versions(), "python": platform.python_version(), "machine": platform.machine()}
    for name, now in here.items():
        was = getattr(manifest, name)
        if was != now:
            yield Change(name, one_line(was, 60), now)


def _scenarios(bundle: Bundle) -> Iterator[Change]:
    for said, loaded in zip(bundle.manifest.scenarios, bundle.everyone, strict=True):
        if said.fingerprint != loaded.fingerprint:
            yield Change(f"scenario {one_line(said.name, 60)}", one_line(said.fingerprint, 60), loaded.fingerprint)


# in words ----------------------------------------------------------------------------------------------------------


def verdict_text(told: Again) -> str:
    """Return whether the answer is the same, in words."""
    lines = [paragraph(_verdict(told), "  ")]
    if told.changes:
        lines.append(bullets([str(one) for one in told.changes], MOST_TOLD))
    if told.versions:
        lines.append(paragraph("Made by another version, so numbers may differ:", "  "))
        lines.append(bullets([str(one) for one in told.versions]))
    if told.scenarios:
        lines.append(paragraph("These scenarios do not mean what the manifest says they did (fingerprints):", "  "))
        lines.append(bullets([str(one) for one in told.scenarios]))
    return section("Is it the same?", "\n".join(lines))


def _verdict(told: Again) -> str:
    if told.same:
        return f"Yes: every one of {told.values:,} values is the same, bit for bit."
    return f"NO: {len(told.changes):,} of {told.values:,} values differ from the bundle's answer."


def verdict_shape(told: Again) -> Shape:
    """Return the same as plain values."""
    return {
        "same": told.same,
        "values": told.values,
        "differ": [vars(one) for one in told.changes],
        "versions": [vars(one) for one in told.versions],
        "scenarios": [vars(one) for one in told.scenarios],
        "answer": shape_of(told.answer),
    }
