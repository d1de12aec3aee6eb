"""Write a question into a link and read it back; whoever made the link is not to be trusted."""

from __future__ import annotations

import base64
import binascii
import json
import math
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from sim.scenario.problems import ScenarioError
from sim.scenario.read.clean_layers import clean_table
from sim.scenario.read.clean_text import is_line
from sim.scenario.read.layers import check_depth
from sim.ui.question import MOST_ALTERNATIVES, Alternative, Question, without_people

VERSION: Final = 1
LACKS_PEOPLE: Final = "lacks_people"
LONGEST: Final = 16_000  # characters: what every browser and server still takes
MOST_BYTES: Final = 400_000  # unpacked
LONGEST_WHOLE: Final = 20  # digits: a seed has 19
MOST_REPLICATIONS, MOST_SEED = 1_000_000, 2**63
MADE_ANEW: Final = "open an example on the page Start, or your own file on the page Build"


class LinkError(ValueError):
    """A link holds no question; the message says why and what helps."""


def link_of(question: Question) -> str | None:
    """Return the question as text for a link, all but the people it lists; None where it is too long for one."""
    told = canonical(without_people(question))
    text = base64.urlsafe_b64encode(zlib.compress(told.encode(), 9)).decode().rstrip("=")
    return text if len(text) <= LONGEST else None


def canonical(question: Question) -> str:
    """Return the question as JSON, the order of tables as it was written."""
    alternatives = [_written(one) for one in question.alternatives]
    whole = {
        "v": VERSION, "base": question.base, "alternatives": alternatives,
        "replications": question.replications, "seed": question.seed,
    } | ({LACKS_PEOPLE: True} if question.lacks_people else {})  # fmt: skip
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False)


def _written(one: Alternative) -> dict[str, Any]:
    return {"own" if one.own else "over": one.tables} | ({"named": True} if one.named else {})


def question_in(text: str) -> Question:
    """Return the question of a text that `canonical` wrote."""
    return _question(json.loads(text))


def question_of(text: str) -> Question:
    """Return the question that a link holds.

    Raises:
        LinkError: when it holds none.
    """
    if len(text) > LONGEST:
        _refuse(f"has {len(text):,} characters, more than {LONGEST:,}")
    return _question(_parsed(_unpacked(text)))


def _refuse(why: str) -> NoReturn:
    raise LinkError(f"This link {why}, so nothing was opened. Ask for the link again, or {MADE_ANEW}.") from None


def _unpacked(text: str) -> bytes:
    try:
        packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError):
        _refuse("is broken: part of it may have been cut off")
    if unpacking.unconsumed_tail:
        _refuse(f"holds more than {MOST_BYTES:,} bytes")
    if not unpacking.eof:
        _refuse("is broken: part of it may have been cut off")
    return content


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        whole = json.loads(content, parse_constant=_no_number, parse_float=_finite, parse_int=_short)
        check_depth(whole if isinstance(whole, dict) else {}, "link")
    except ScenarioError:
        _refuse("holds tables that nest deeper than any scenario does")
    except (ValueError, RecursionError):
        _refuse("holds no scenario")
    if not isinstance(whole, dict) or whole.get("v") != VERSION:
        _refuse("was made by another version of this page, or holds no scenario")
    if not all(map(is_line, _keys(whole))):
        _refuse("holds names that no scenario has")
    return clean_table(whole)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _finite(word: str) -> float:
    return float(word) if math.isfinite(float(word)) else _no_number(word)


def _short(word: str) -> int:
    return int(word) if len(word) <= LONGEST_WHOLE else _no_number(word)


def _keys(value: Any) -> Iterator[str]:
    """Yield every name in tables and lists."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(inner)
    yield from value if isinstance(value, dict) else ()


def _question(whole: Mapping[str, Any]) -> Question:
    base, alternatives = whole.get("base"), whole.get("alternatives")
    if not isinstance(base, dict) or not isinstance(alternatives, list) or len(alternatives) > MOST_ALTERNATIVES:
        _refuse(f"holds no base with at most {MOST_ALTERNATIVES} alternatives")
    replications = _number(whole, "replications", 1, MOST_REPLICATIONS)
    seed = _number(whole, "seed", 0, MOST_SEED)
    lacks_people = whole.get(LACKS_PEOPLE) is True
    return Question(base, tuple(map(_alternative, alternatives)), replications, seed, lacks_people)


def _alternative(one: Any) -> Alternative:
    for key, own in (("over", False), ("own", True)):
        if isinstance(one, dict) and isinstance(one.get(key), dict):
            return Alternative(one[key], own, one.get("named") is True)
    _refuse("holds an alternative that is no table")


def _number(whole: Mapping[str, Any], key: str, least: int, most: int) -> int:
    value = whole.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value < most:
        _refuse(f"says {key} must be something that is not a whole number from {least:,} on")
    return value
