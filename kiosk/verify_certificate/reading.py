"""The codes in a file: a picture, a PDF, or a text that holds them as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from devices.scanner.decode import codes_in, worn_codes_in
from devices.scanner.files import LONGEST, Unreadable, pictures

LARGEST: Final = LONGEST
"""Bytes of the largest file that is looked at."""

LOOKS: Final = 3
"""Looks at worn print, each bounded in time: on a busy machine one may end early, and a file comes only once."""

LONGEST_TEXT: Final = 256 * 2**10
_PDF: Final = b"%PDF-"


def texts(data: bytes, likely: Callable[[str], bool]) -> list[str]:
    """What each code in ``data`` holds, each once: in the order of pages, or of lines in a text.

    In worn print a code can be misread; where something ``likely`` can be found, it is preferred.
    Empty where there is no code, or where the file can't be read at all.
    """
    lines = _lines(data)
    return list(dict.fromkeys(_scanned(data, likely) if lines is None else lines))


def _scanned(data: bytes, likely: Callable[[str], bool]) -> list[str]:
    found: list[str] = []
    with suppress(Unreadable):  # what was read of the pages before stands
        for picture in pictures(data):
            codes = codes_in(picture)
            for _ in range(LOOKS):
                codes = codes or worn_codes_in(picture, wanted=lambda code: likely(_text(code)))
            found += sorted(map(_text, codes or worn_codes_in(picture)))
    return found


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
