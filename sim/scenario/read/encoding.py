"""Read the letters of a table that a payroll or a spreadsheet saved as text, in whichever of three encodings it is."""

from __future__ import annotations

import codecs
from typing import Final

UTF_8: Final = "UTF-8"
MARKED: Final = {  # a mark at the start says it; Excel writes one as “Unicode Text” and as “CSV UTF-8”
    codecs.BOM_UTF8: ("utf-8-sig", UTF_8),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
UNMARKED: Final = (("utf-8", UTF_8), ("cp1252", "Windows-1252"))  # what is valid UTF-8 is nearly never anything else
NO_TEXT: Final = "\x00"  # of a picture, or of UTF-16 without its mark


def decoded(content: bytes) -> tuple[str, str] | None:
    """Return the text of a file and the encoding it is in; None where it is in none of them, or no text."""
    marked = [told for mark, told in MARKED.items() if content.startswith(mark)]
    for codec, called in marked or UNMARKED:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        return None if NO_TEXT in text else (text, called)
    return None
