"""Make a bundle again and say, number by number and part by part, whether it is the same."""

from __future__ import annotations

import json
import platform
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

from sim.runs.answer import Answer, ask, check
from sim.runs.identity import versions
from sim.runs.replicate import Progress, Settings
from sim.takeaway.bundle import ANSWER, MANIFEST, parts_of, shape_of
from sim.takeaway.plain import one_line
from sim.takeaway.signing import HOW_TO_GET, SIGNATURE, Signed, signature_of
from sim.takeaway.unpack import Bundle, Manifest
from sim.words.as_json import Shape
from sim.words.layout import bullets, paragraph, section
from sim.words.provenance import stamp

MOST_TOLD: Final = 10
MISSING: Final = "not there"
IN_COMMAND: Final = ("--months", "--replications", "--seed")


@dataclass(frozen=True)
class Change:
    """One value or line that differs from the original."""

    where: str
    was: str
    now: str

    def __str__(self) -> str:
        """Write the change on one line."""
        return f"{self.where}: was {self.was}, is {self.now}"


@dataclass(frozen=True)
class Again:
    """An answer that was reproduced, with every part of the bundle compared to what the program makes now."""

    answer: Answer
    values: int  # of the answer, compared
    changes: tuple[Change, ...]  # of them
    versions: tuple[Change, ...]
    scenarios: tuple[Change, ...]  # whose fingerprint is not what the manifest says
    beside: tuple[Change, ...]  # lines and values of the other parts
    signed: Signed | None = None
    wanted: str = ""  # the fingerprint of the key that it is to be signed with

    @property
    def same(self) -> bool:
        """Whether everything is the same: every value bit for bit, every other part, and the versions that made it."""
        return not (self.changes or self.versions or self.scenarios or self.beside or self.doubtful)

    @property
    def doubtful(self) -> bool:
        """Whether a signature is invalid, or is not the one that was asked for."""
        if self.wanted:
            return self.signed is None or not self.signed.holds or self.signed.key != self.wanted
        return self.signed is not None and self.signed.holds is False


def again(bundle: Bundle, jobs: int | None, cluster: str | None, progress: Progress | None) -> Again:
    """Run a bundle's question and compare all of its parts with those that are made now.

    Raises:
        ScenarioError: when its scenarios cannot be compared.
    """
    manifest, (base, *alternatives) = bundle.manifest, bundle.everyone
    check(bundle.everyone)
    settings = Settings(manifest.replications, manifest.seed, jobs, cluster=cluster, unknowns=manifest.unknowns)
    settings = settings if progress is None else replace(settings, progress=progress)
    answer = ask(base, alternatives, settings, loop_off=manifest.loop_off)
    own = {name: getattr(manifest, name) for name in ("made", "version", "model", "data")}
    stamped = replace(stamp(answer, manifest.command), **own)
    now = parts_of(answer, stamped, _made_by(manifest))
    parts = bundle.parts.items()
    was = {name: content.decode("utf-8", "replace") for name, content in parts if name != SIGNATURE}
    values, changes = _compared(was[ANSWER], now[ANSWER], manifest)
    beside = (*_beside(bundle, was, now), *_command(manifest, answer))
    told = tuple(changes), tuple(_versions(manifest)), tuple(_scenarios(bundle)), beside
    return Again(answer, values, *told, signature_of(bundle.parts))


def _made_by(manifest: Manifest) -> dict[str, str]:
    """Return what a bundle says it was made by: that it is another here is told once, not in every part."""
    return {name: getattr(manifest, name) for name in _here()}


def _here() -> dict[str, str]:
    return {**versions(), "python": platform.python_version(), "machine": platform.machine()}


def _compared(was: str, now: str, manifest: Manifest) -> tuple[int, list[Change]]:
    """Return how many values two parts have between them, and those that differ; versions are the bundle's own."""
    sides = [dict(_leaves(json.loads(side), "")) for side in (was, now)]
    for path in sides[1]:
        above, _, name = path.rpartition(".")
        if name == "version" or above == "made_by":
            sides[1][path] = json.dumps(getattr(manifest, name))
    where = list({**sides[0], **sides[1]})
    return len(where), [_change(path, *sides) for path in where if sides[0].get(path) != sides[1].get(path)]


def _in_the_manifest(bundle: Bundle, was: str, now: str) -> Iterator[Change]:
    """Yield what differs in the manifest; fingerprints of scenarios that mean something else are told with those."""
    other_scenarios = any(_scenarios(bundle))
    for one in _compared(was, now, bundle.manifest)[1]:
        if not (other_scenarios and "fingerprint" in one.where):
            yield replace(one, where=f"{MANIFEST}: {one.where}")


def _beside(bundle: Bundle, was: dict[str, str], now: dict[str, str]) -> Iterator[Change]:
    """Yield what differs in the parts beside the answer; scenarios that mean something else are told by themselves."""
    for name in dict.fromkeys((*now, *was)):
        if name == ANSWER:
            continue
        if name not in was or name not in now:
            yield Change(one_line(name, 80), *("there" if name in side else MISSING for side in (was, now)))
        elif name == MANIFEST:
            yield from _in_the_manifest(bundle, was[name], now[name])
        else:
            yield from _lines(name, was[name], now[name])


def _lines(name: str, was: str, now: str) -> Iterator[Change]:
    pairs = zip_longest(was.rstrip("\n").split("\n"), now.split("\n"), fillvalue=MISSING)
    for number, sides in enumerate(pairs, 1):
        if sides[0] != sides[1]:
            yield Change(f"{name}, line {number}", *(one_line(side, 60) for side in sides))


def _command(manifest: Manifest, answer: Answer) -> Iterator[Change]:
    """Yield where the command that a bundle names is not one that asks its question."""
    words = shlex.split(manifest.command)
    asked = "compare" if answer.alternatives else "run"
    told = {"peerstay": words[:1] == ["peerstay"], asked: words[1:2] == [asked]}
    said = {name: _after(name, words) for name in IN_COMMAND}
    meant = (answer.base.loaded.scenario.horizon.months, manifest.replications, manifest.seed)
    for name, right in told.items():
        if not right:
            yield Change(f"{MANIFEST}: command", one_line(manifest.command, 60), f"a command of {name}")
    for (name, was), now in zip(said.items(), meant, strict=True):
        if was != str(now):
            yield Change(f"{MANIFEST}: command {name}", one_line(was, 60), str(now))
    if ("--loop-off" in words) != manifest.loop_off:
        yield Change(f"{MANIFEST}: command --loop-off", *_there(manifest.loop_off))
    if ("--luck-only" in words) == manifest.unknowns:
        yield Change(f"{MANIFEST}: command --luck-only", *_there(not manifest.unknowns))


def _there(meant: bool) -> tuple[str, str]:
    return (MISSING, "there") if meant else ("there", MISSING)


def _after(name: str, words: list[str]) -> str:
    """Return the word after an option, the last time it stands there."""
    places = [place for place, word in enumerate(words[:-1]) if word == name]
    return words[places[-1] + 1] if places else MISSING


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
    for name, now in _here().items():
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
    for lead, changes, most in (
        ("Made by another version, so numbers may differ:", told.versions, 0),
        ("These scenarios do not mean what the manifest says they did (fingerprints):", told.scenarios, 0),
        ("These parts of the bundle are not what this answer makes:", told.beside, MOST_TOLD),
    ):
        if changes:
            lines += [paragraph(lead, "  "), bullets(list(map(str, changes)), most)]
    if told.signed or told.wanted:
        lines.append(paragraph(_signature(told), "  "))
    return section("Is it the same?", "\n".join(lines))


def _verdict(told: Again) -> str:
    if told.same:
        return f"Yes: every one of {told.values:,} values is the same, bit for bit, and so is every other part."
    if told.changes:
        return f"NO: {len(told.changes):,} of {told.values:,} values differ from the bundle's answer."
    return f"NOT ALL: every one of {told.values:,} values is the same, bit for bit; what differs stands below."


def _signature(told: Again) -> str:
    if told.signed is None:
        return f"NOT signed; it was to be signed with the key {told.wanted}."
    key = f"Signed with the key {told.signed.key}"
    if told.signed.holds is None:
        return f"{key}; whether the signature holds is not known: to check it {HOW_TO_GET}."
    if not told.signed.holds:
        return f"{key}, and the signature does NOT hold: something was changed after it was signed."
    if told.wanted and told.wanted != told.signed.key:
        return f"{key}, NOT with the key {told.wanted}."
    return f"{key}; the signature holds. Compare the key with the one that its owner gave you."


def verdict_shape(told: Again) -> Shape:
    """Return the same as plain values."""
    return {
        "same": told.same,
        "values": told.values,
        "differ": [vars(one) for one in told.changes],
        "versions": [vars(one) for one in told.versions],
        "scenarios": [vars(one) for one in told.scenarios],
        "beside": [vars(one) for one in told.beside],
        "signature": None if told.signed is None else vars(told.signed),
        "doubtful": told.doubtful,
        "answer": shape_of(told.answer),
    }
