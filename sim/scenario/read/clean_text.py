"""Leave out of a text what a terminal would obey and what no document can show."""

from __future__ import annotations

import json
import re
from typing import Final

ESCAPES: Final = re.compile(  # taken out whole: their letters would stay behind as rubbish
    "\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # sets the title of a window, opens a link
    "|\x1b[PX^_][^\x1b]*\x1b\\\\"  # other strings of commands
    "|\x1b\\[[0-?]*[ -/]*[@-~]?"  # moves, clears, colors
    "|\x1b[ -/]*[0-~]?"
)
BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # ends of lines, as some system writes them
UNFIT: Final = re.compile(  # control characters, what turns the order of letters round or hides, halves of characters
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
SHOWN: Final = re.compile(f"{UNFIT.pattern}|[\r\x0b\x0c\u2028\u2029]")


def clean(text: str) -> str:
    """Return text without what a terminal obeys, what turns the order of letters round, and halves of characters.

    Ends of lines become line feeds; a tab stays.
    """
    return text if text.isascii() and text.isprintable() else UNFIT.sub("", BREAKS.sub("\n", ESCAPES.sub("", text)))


def visible(text: str) -> str:
    r"""Return text with what `clean` would leave out written as JSON writes it, `\u001b`; line feeds and tabs stay.

    So a name stays what it is for whoever reads it, and JSON stays the same JSON.
    """
    return SHOWN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def is_line(text: str) -> bool:
    """Whether a text is clean and one line."""
    return clean(text) == text and not {"\n", "\t"} & set(text)
