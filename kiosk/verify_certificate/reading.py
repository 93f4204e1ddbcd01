"""The codes in a file: a picture, a PDF, or a text that holds them as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from devices.scanner.apart import pictures
from devices.scanner.decode import codes_in, worn_codes_in
from devices.scanner.files import LONGEST, Unreadable

LARGEST: Final = LONGEST
"""Bytes of the largest file that is looked at."""

LOOK: Final = 2.0
"""Seconds for worn print, far more than it takes: a file comes only once, and the machine may be busy."""

LONGEST_TEXT: Final = 256 * 2**10
_PDF: Final = b"%PDF-"


def texts(data: bytes, likely: Callable[[str], bool]) -> tuple[list[str], str]:
    """What each code in ``data`` holds, each once: in the order of pages, or of lines in a text.

    And why not all of ``data`` could be looked at, empty where it was: a code may have been left unread.
    In worn print a code can be misread; where something ``likely`` can be found, it is preferred.
    """
    lines = _lines(data)
    found, unread = _scanned(data, likely) if lines is None else (lines, "")
    return list(dict.fromkeys(found)), unread


def _scanned(data: bytes, likely: Callable[[str], bool]) -> tuple[list[str], str]:
    found: list[str] = []
    try:
        for picture in pictures(data):
            codes = codes_in(picture) or worn_codes_in(picture, wanted=lambda code: likely(_text(code)), seconds=LOOK)
            found += sorted(map(_text, codes or worn_codes_in(picture)))
    except Unreadable as unread:
        return found, str(unread)
    return found, ""


def _text(code: bytes) -> str:
    return code.decode("utf-8", "replace")


def _lines(data: bytes) -> list[str] | None:
    """The lines of a text file that say something; None for a file that is no text."""
    if len(data) > LONGEST_TEXT or data.startswith(_PDF):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text):
        return None
    return [line for each in text.split("\n") if (line := each.strip(" \t\r"))]
