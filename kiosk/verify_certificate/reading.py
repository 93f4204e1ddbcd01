"""The codes in a file: a picture, a PDF, or a text that holds them as text."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from typing import Final

from devices.scanner.decode import codes_in, worn_codes_in
from devices.scanner.files import Unreadable, pictures

LARGEST: Final = 64 * 2**20
"""Bytes of a file that is looked at."""

LONGEST_TEXT: Final = 256 * 2**10
_PDF: Final = b"%PDF-"


def texts(data: bytes) -> list[str]:
    """What each code in ``data`` holds, each once: in the order of pages, or of lines in a text.

    Empty where there is none, or where the file can't be read at all.
    """
    lines = _lines(data)
    return list(dict.fromkeys(_scanned(data) if lines is None else lines))


def _scanned(data: bytes) -> list[str]:
    found: list[str] = []
    with suppress(Unreadable):  # what was read of the pages before stands
        for picture in pictures(data):
            codes = codes_in(picture) or worn_codes_in(picture)
            found += sorted(code.decode("utf-8", "replace") for code in codes)
    return found


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
