"""A code with anything changed is refused, quietly and quickly."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from certificates.verdict import Reason, Result
from tests.certificates.office import CLAIMS, INCOME, judged, paper, sign, text

REFUSED = {Result.FORGED, Result.UNREADABLE, Result.UNKNOWN_KEY, Result.NOT_OURS}
CODES = [
    paper(CLAIMS),
    paper(INCOME),
    paper(replace(CLAIMS, copy=3, name="阿卜杜热西提·测试")),
    paper(replace(INCOME, fields=(0, 0, 0))),
]


def refused(changed: str) -> Reason:
    verdict = judged(changed)
    assert verdict.result in REFUSED, verdict
    assert (verdict.content, verdict.short_code) == (None, None)
    return verdict.reason


def test_every_single_bit_of_a_message_counts() -> None:
    message = sign()
    reasons = Counter(
        refused(text((int.from_bytes(message) ^ 1 << bit).to_bytes(len(message)))) for bit in range(8 * len(message))
    )
    assert sum(reasons.values()) == 8 * len(message)
    assert set(reasons) == {Reason.MALFORMED, Reason.SIGNATURE, Reason.UNKNOWN_KEY}
    assert reasons[Reason.SIGNATURE] > 8 * 64  # r, s and what they are over


def test_a_hundred_thousand_changed_codes_are_refused_without_one_exception() -> None:
    chance = random.Random(20261122)
    reasons = Counter(refused(changed) for changed in islice(mutations(chance), 100_000))
    assert sum(reasons.values()) == 100_000
    assert reasons[Reason.SIGNATURE] > 10_000  # many are well formed to the last
    assert reasons[Reason.MALFORMED] > 10_000


def mutations(chance: random.Random) -> Iterator[str]:
    """Real codes, changed in one to three places of their digits or of their bytes."""
    ways = (_digits, _bytes)
    while True:
        code = chance.choice(CODES)
        changed = chance.choice(ways)(code, chance)
        if changed != code:
            yield changed


def _digits(code: str, chance: random.Random) -> str:
    address, digits = code.split("#")
    for _ in range(chance.randint(1, 3)):
        digits = chance.choice(DIGIT_WAYS)(digits, chance)
    return f"{address}#{digits}"


def _bytes(code: str, chance: random.Random) -> str:
    address, digits = code.split("#")
    data = int(digits).to_bytes(480, "big").lstrip(b"\x00")
    for _ in range(chance.randint(1, 3)):
        data = data[:1] + chance.choice(BYTE_WAYS)(data[1:], chance)
    return f"{address}#{int.from_bytes(data)}"


def _one_digit(digits: str, chance: random.Random) -> str:
    at = chance.randrange(len(digits))
    return digits[:at] + chance.choice("0123456789") + digits[at + 1 :]


def _swapped(digits: str, chance: random.Random) -> str:
    at = chance.randrange(len(digits) - 1)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _inserted(digits: str, chance: random.Random) -> str:
    at = chance.randrange(len(digits) + 1)
    return digits[:at] + chance.choice("0123456789 +-_.e٣") + digits[at:]


def _cut(digits: str, chance: random.Random) -> str:
    at = chance.randrange(len(digits))
    return digits[:at] + digits[at + chance.randint(1, 40) :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _other_bytes(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.randint(1, 8)
    return data[:at] + chance.randbytes(length) + data[at + length :]


def _moved(data: bytes, chance: random.Random) -> bytes:
    """A piece goes elsewhere: what a copyist of structures does."""
    start, length = chance.randrange(len(data)), chance.randint(1, 40)
    piece, rest = data[start : start + length], data[:start] + data[start + length :]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + piece + rest[at:]


def _again(data: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(data)), chance.randint(1, 16)
    return data[: start + length] + data[start:]


def _less(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return (data[:start] + data[start + chance.randint(1, 16) :]) or b"\x00"


def _head(data: bytes, chance: random.Random) -> bytes:
    """Another type or length in one of CBOR's heads, where the tag, the array and the strings begin."""
    at = chance.choice([at for at in (0, 1, 2, 3, 17, 18, 19, len(data) - 66, len(data) - 65) if at < len(data)])
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _grafted(data: bytes, chance: random.Random) -> bytes:
    """The signature of another real code."""
    other = int(chance.choice(CODES).split("#")[1])
    return data[:-64] + other.to_bytes(480)[-64:] if len(data) > 64 else data


DIGIT_WAYS: tuple[Callable[[str, random.Random], str], ...] = (_one_digit, _swapped, _inserted, _cut)
BYTE_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped,
    _other_bytes,
    _moved,
    _again,
    _less,
    _head,
    _grafted,
)
