"""Text that may stand on a certificate: short, composed, and without anything that steers its own display."""

from __future__ import annotations

import unicodedata
from typing import Final

from certificates.cbor import Malformed

_STEERS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Not Cn: what our Unicode has not assigned, a newer one may have, and a paper of tomorrow is not forged."""


def line(text: str, most: int) -> str:
    """``text`` itself. Raises ``Malformed`` where it is empty, longer than ``most`` characters, not NFC,

    or holds control, format, surrogate or private characters (categories Cc, Cf, Cs, Co), line separators
    or noncharacters.
    """
    if not 1 <= len(text) <= most:
        raise Malformed(f"not 1 to {most} characters")
    if unicodedata.normalize("NFC", text) != text:
        raise Malformed("text that is not composed")
    if any(unicodedata.category(sign) in _STEERS or _is_noncharacter(ord(sign)) for sign in text):
        raise Malformed("a character that has no place in a line")
    return text


def _is_noncharacter(code: int) -> bool:
    """Source: The Unicode Standard, section 23.7. These stay what they are in every version."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
