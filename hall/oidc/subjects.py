"""The name of a person at a department: another one at each, so that no two of them can put their files together."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode


def subject(salt: bytes, client: str, account: str) -> str:
    """The pairwise ``sub`` (OpenID Connect Core, section 8.1): 43 characters, the same again for the same two."""
    digest = hmac.digest(salt, f"keting-sub\0{client}\0{account}".encode(), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
