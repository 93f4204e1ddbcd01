"""Deterministic CBOR and nothing else: what is not the one encoding of its value is refused."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final, NoReturn

import cbor2

DEPTH: Final = 6
"""Tags, arrays and maps within each other at most (docs/certificate-format.md, section 2)."""


_KEYS: Final = frozenset({int, str, bytes})


class Refused(Exception):
    """What came from outside is not believed. The text names the rule and quotes no content."""


class Malformed(Refused):
    """Bytes that break a rule of the format."""


def _no_tag(immutable: bool) -> NoReturn:
    raise ValueError("a tag that has no place here")


# The library would compile a regular expression, read a MIME message or a date that somebody sent.
_TAGS: Final = dict.fromkeys(
    (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 100, 256, 258, 260, 261, 1004, 43000, 55799), _no_tag
)


def encoded(value: Any) -> bytes:
    """The one encoding of ``value`` (RFC 8949, section 4.2.1; keys by length, then by bytes).

    Raises ``Malformed`` for what has none: half a surrogate pair.
    """
    try:
        return cbor2.dumps(value, canonical=True)
    except ValueError:
        raise Malformed("a value that has no encoding") from None


def decoded(data: bytes, limit: int, depth: int = DEPTH) -> Any:
    """The one value in ``data``, at most ``limit`` bytes. Raises ``Malformed``."""
    if len(data) > limit:
        raise Malformed(f"longer than {limit} bytes")
    stream = BytesIO(data)
    try:
        value = cbor2.CBORDecoder(stream, max_depth=depth + 1, semantic_decoders=_TAGS).decode()
        ended = stream.tell() == len(data)
        same = ended and encoded(value) == data
    except Exception as error:  # noqa: BLE001 - the decoder lets ValueError, RecursionError, OverflowError and more through
        raise Malformed(f"not CBOR ({type(error).__name__})") from None
    if not same:
        raise Malformed("not the one encoding of its value" if ended else "bytes after the end")
    _check(value, depth)
    return value


def _check(value: Any, depth: int) -> None:
    """Only what the format knows: no floats, no dates, no simple values, no tags but 18."""
    match value:
        case int() if abs(value) >= 2**53:
            raise Malformed("a number too large")
        case None | bool() | int() | str() | bytes():
            return
        case cbor2.CBORTag(tag=18):
            inside = value.value
        case list() | tuple():  # within a tag, arrays come as tuples
            inside = list(value)
        case Mapping():
            if not all(type(key) in _KEYS for key in value):
                raise Malformed("a key of a map that is no number, text or bytes")
            inside = [*value.keys(), *value.values()]
        case _:
            raise Malformed(f"a {type(value).__name__} has no place here")
    if depth == 0:
        raise Malformed("nested too deep")
    for each in inside if isinstance(inside, list) else [inside]:
        _check(each, depth - 1)


def tagged(value: Any) -> cbor2.CBORTag:
    """``value`` as a COSE_Sign1 message (tag 18)."""
    return cbor2.CBORTag(18, value)


def untagged(value: Any) -> Any:
    """What tag 18 holds. Raises ``Malformed`` for anything else."""
    if isinstance(value, cbor2.CBORTag) and value.tag == 18:
        return value.value
    raise Malformed("not a COSE_Sign1 message")
