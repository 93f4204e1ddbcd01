"""Text that may stand on a certificate: short, composed, and without anything that steers its own display."""

from __future__ import annotations

import unicodedata

from certificates.cbor import Malformed


def line(text: str, most: int) -> str:
    """``text`` itself. Raises ``Malformed`` where it is empty, longer than ``most`` characters, not NFC,

    or holds control, format, private or unassigned characters (categories C*) or line separators.
    """
    if not 1 <= len(text) <= most:
        raise Malformed(f"not 1 to {most} characters")
    if unicodedata.normalize("NFC", text) != text:
        raise Malformed("text that is not composed")
    if any(unicodedata.category(sign)[0] == "C" or unicodedata.category(sign) in ("Zl", "Zp") for sign in text):
        raise Malformed("a character that has no place in a line")
    return text
