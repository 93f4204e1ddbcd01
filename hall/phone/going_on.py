"""Where a sign-in goes on to: pages of this host that need one, and nowhere else."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

SIGN_IN: Final = "/phone/sign-in"
MY_PAGE: Final = "/me"
LONGEST: Final = 2_048

_ALLOWED: Final = re.compile(r"/(me|oidc/[a-z/-]{1,40})(\?[A-Za-z0-9._~!$'()*+,;=:@%/?&-]*)?")


def safe(to: str) -> bool:
    """Whether a phone may be sent to ``to``: a path of ours, with printable parameters and no host."""
    return len(to) <= LONGEST and _ALLOWED.fullmatch(to) is not None


def sign_in_url(to: str) -> str:
    """Where a browser signs in as a bound phone, and goes on to ``to``. Raises ``ValueError`` for other places."""
    if not safe(to):
        raise ValueError("not a page of ours that needs a sign-in")
    return f"{SIGN_IN}?{urlencode({'to': to})}"
