"""The name of what is put on record, by which the hall knows it when it is sent twice."""

import os
from typing import Final

_LETTERS: Final = 8 * b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""Of base 32 (RFC 4648, section 6), one for each byte: eight bytes have the same."""


def new_id() -> str:
    """Sixteen letters, 80 bits at random."""
    return os.urandom(16).translate(_LETTERS).decode("ascii")
