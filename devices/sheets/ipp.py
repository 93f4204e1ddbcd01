"""Messages of the Internet Printing Protocol: requests out, answers in.

Only what a kiosk asks and reads. Everything that a printer says is hostile:
lengths are checked against the bytes that are there, and a value of a kind
that is not known is left out, not guessed.

Source: RFC 8010 (encoding), RFC 8011 (operations and attributes).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from typing import Final

_VERSION: Final = b"\x01\x01"
_END: Final = 0x03
_FIRST_VALUE: Final = 0x10
"""Tags below open a group, tags from here on are values."""
_WORDS: Final = frozenset((0x41, 0x42, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49))
"""Text and name without language, keyword, uri, uriScheme, charset, language, mimeMediaType."""

Value = int | bool | str
_requests = count(1)


class Malformed(Exception):
    """These bytes are no IPP message."""


class Operation(IntEnum):
    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    RELEASE_JOB = 0x000D
    PURGE_JOBS = 0x0012
    CUPS_ADD_MODIFY_PRINTER = 0x4003


class Group(IntEnum):
    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04


class Kind(IntEnum):
    """How a value is written."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


@dataclass(frozen=True, slots=True)
class Attribute:
    kind: Kind
    name: str
    values: tuple[Value, ...]


def attribute(kind: Kind, name: str, *values: Value) -> Attribute:
    return Attribute(kind, name, values)


def request(operation: Operation, groups: Iterable[tuple[Group, Iterable[Attribute]]]) -> bytes:
    """One request. The operation group comes first; charset and language are put before what it holds."""
    parts = [_VERSION, operation.to_bytes(2, "big"), (next(_requests) & 0x7FFFFFFF).to_bytes(4, "big")]
    for group, attributes in groups:
        parts.append(bytes([group]))
        if group is Group.OPERATION:
            parts += _written(attribute(Kind.CHARSET, "attributes-charset", "utf-8"))
            parts += _written(attribute(Kind.LANGUAGE, "attributes-natural-language", "en"))
        for each in attributes:
            parts += _written(each)
    return b"".join([*parts, bytes([_END])])


def _written(one: Attribute) -> Iterator[bytes]:
    for place, value in enumerate(one.values):
        name = b"" if place else one.name.encode("ascii")
        if isinstance(value, bool):
            data = bytes([value])
        elif isinstance(value, int):
            data = value.to_bytes(4, "big", signed=True)
        else:
            data = value.encode("utf-8")
        yield bytes([one.kind]) + len(name).to_bytes(2, "big") + name + len(data).to_bytes(2, "big") + data


Attributes = Mapping[str, tuple[Value, ...]]
"""By name; an attribute without a value that is understood is there and empty."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` below 0x0100 is success. ``groups`` in the order they came, one for each job of a list."""

    status: int
    groups: tuple[tuple[int, Attributes], ...] = field(repr=False)

    @property
    def ok(self) -> bool:
        return self.status < 0x0100

    def of(self, group: Group) -> list[Attributes]:
        return [attributes for tag, attributes in self.groups if tag == group]


def answer(message: bytes) -> Answer:
    """Read one answer. Raises ``Malformed``."""
    if len(message) < 9 or message[0] not in (1, 2):
        raise Malformed("no header")
    groups: list[tuple[int, dict[str, tuple[Value, ...]]]] = []
    at, name = 8, ""
    while True:
        tag = _bytes(message, at, 1)[0]
        at += 1
        if tag == _END:
            return Answer(int.from_bytes(message[2:4], "big"), tuple(groups))
        if tag < _FIRST_VALUE:
            groups.append((tag, {}))
            name = ""
            continue
        label, at = _field(message, at)
        data, at = _field(message, at)
        if not groups:
            raise Malformed("a value outside a group")
        attributes = groups[-1][1]
        if label:
            name = _text(label)
            if name in attributes:
                raise Malformed("an attribute twice")
            attributes[name] = ()
        elif not name:
            raise Malformed("a value without a name")
        value = _value(tag, data)
        if value is not None:
            attributes[name] += (value,)


def _value(tag: int, data: bytes) -> Value | None:
    if tag in (Kind.INTEGER, Kind.ENUM):
        if len(data) != 4:
            raise Malformed("an integer of another length")
        return int.from_bytes(data, "big", signed=True)
    if tag == Kind.BOOLEAN:
        if data not in (b"\0", b"\1"):
            raise Malformed("neither true nor false")
        return data == b"\1"
    if tag in _WORDS:
        return _text(data)
    if tag in (0x35, 0x36):  # text and name with language: each a field of its own
        _, at = _field(data, 0)
        words, _ = _field(data, at)
        return _text(words)
    return None


def _field(message: bytes, at: int) -> tuple[bytes, int]:
    length = int.from_bytes(_bytes(message, at, 2), "big")
    return _bytes(message, at + 2, length), at + 2 + length


def _bytes(message: bytes, at: int, length: int) -> bytes:
    if at + length > len(message):
        raise Malformed("cut off")
    return message[at : at + length]


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
