"""What a browser or a department sends: few parameters, short, each once, plain ASCII."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode

LIMIT: Final = 4_096
"""Bytes of a whole query or body."""

LONGEST_ASKED: Final = 2_000
"""Characters that are taken along to the sign-in and back."""

_MOST: Final = 24
_LONGEST: Final = 255
_VALUE: Final = re.compile(r"[\x20-\x7e]*")
"""VSCHAR, RFC 6749, appendix A."""

_ASKED: Final = (
    "client_id",
    "response_type",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "max_age",
    "response_mode",
    "request",
    "request_uri",
)
_REDEEMED: Final = ("grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier")


class Malformed(Exception):
    """Not parameters, or not such as anybody sends in good faith."""


def asked(query: bytes) -> dict[str, str]:
    """The parameters of an authorization request that the hall knows; others are none of its business."""
    sent = _read(query, _ASKED)
    if len(again(sent)) > LONGEST_ASKED:
        raise Malformed
    return sent


def redeemed(body: bytes) -> dict[str, str]:
    """Those of a token request."""
    return _read(body, _REDEEMED)


def again(parameters: dict[str, str]) -> str:
    """The query that says just this."""
    return urlencode(parameters)


def _read(raw: bytes, known: tuple[str, ...]) -> dict[str, str]:
    """Empty values are as good as none (RFC 6749, section 3.1); a name that comes twice is refused, known or not."""
    if len(raw) > LIMIT:
        raise Malformed
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, strict_parsing=bool(raw), errors="strict", max_num_fields=_MOST
        )
    except ValueError:
        raise Malformed from None
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Malformed
    chosen = {name: values[name] for name in known if values.get(name)}
    if any(len(value) > _LONGEST or not _VALUE.fullmatch(value) for value in chosen.values()):
        raise Malformed
    return chosen
