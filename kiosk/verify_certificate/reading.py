"""The codes in a file: a picture, a PDF, or a text that holds them as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from devices.scanner.apart import pictures
from devices.scanner.files import LONGEST, Unreadable
from devices.scanner.thorough import every_code_in

LARGEST: Final = LONGEST
"""Bytes of the largest file that is looked at."""

LOOK: Final = 2.0
"""Seconds for worn print, far more than it takes: a file comes only once, and the machine may be busy."""

LONGEST_TEXT: Final = 256 * 2**10
_PDF: Final = b"%PDF-"
_SHAPE: Final = re.compile("https://[^/]+/C/", re.IGNORECASE)
"""What whoever imitates a certificate begins with too."""

_UNREAD: Final = "a code is there that could not be read"


def texts(data: bytes, likely: Callable[[str], bool]) -> tuple[list[str], str]:
    """What each code in ``data`` holds, each once: in the order of pages, or of lines in a text.

    And why not all of ``data`` could be looked at, empty where it was: a code may have been left unread.
    In worn print a code can be misread; where something ``likely`` can be found, it is preferred. A code beside it
    that has not even a certificate's shape is a shop's, and no answer.
    """
    lines = _lines(data)
    found, unread = _scanned(data, likely) if lines is None else (lines, "")
    return list(dict.fromkeys(found)), unread


def _scanned(data: bytes, likely: Callable[[str], bool]) -> tuple[list[str], str]:
    found: list[str] = []
    left: list[bool] = []
    try:
        for picture in pictures(data):
            sight = every_code_in(picture, wanted=lambda code: likely(_text(code)), seconds=LOOK)
            found += sorted(map(_text, sight.codes))
            left.append(sight.unread)
        unread = _UNREAD if _left_on_a_page(left) else ""
    except Unreadable as error:
        unread = str(error)
    if any(map(likely, found)):
        found = list(filter(_SHAPE.match, found))
    return found, unread


def _left_on_a_page(left: list[bool]) -> bool:
    """Whether a code was ``left`` unread: in the one picture, or on a page of a PDF both times it was looked at."""
    pages = (len(left) + 1) // 2
    return any(first and finer for first, finer in zip(left[:pages], left[-pages:], strict=True))


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
