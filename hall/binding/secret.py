"""Names that nobody guesses, and what of them is kept."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from typing import Final

LONG: Final = 26
"""Base32 characters of a token: 128 bits."""
SHORT: Final = 16
"""Of a name in the database: 80 bits."""


def token(length: int = LONG) -> str:
    """A fresh one."""
    return b32encode(secrets.token_bytes(-(-length * 5 // 8))).decode()[:length]


def hashed(kind: str, secret: str | bytes) -> bytes:
    """What is kept of a secret of this kind."""
    data = secret.encode() if isinstance(secret, str) else secret
    return hashlib.sha256(b"keting-" + kind.encode() + b"\0" + data).digest()
