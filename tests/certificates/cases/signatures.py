"""Checks 7 to 14: whose signature it is, over what, and when it was made."""

from __future__ import annotations

from dataclasses import replace

from certificates.cose import ORDER, protected_header
from certificates.verdict import Reason
from tests.certificates.cases.case import Case
from tests.certificates.cases.wire import HEADER, PAYLOAD, der, numbers, raw, whole
from tests.certificates.office import (
    CLAIMS,
    DAY,
    INCOME,
    KIOSK,
    LISTED,
    NOW,
    RETIRED,
    ROOT_ENDS,
    STOLEN,
    TIMES,
    key,
    kiosk_key,
    known_of_the_stolen_kiosk,
    other,
    paper,
    sign,
    text,
)

_R, _S = numbers()
_STRANGER = bytes.fromhex("0a000009")
_NOWHERE = bytes.fromhex("7f000001")


def _unlisted(kid: bytes) -> str:
    return text(raw(protected_header(kid, "GC1"), key=kiosk_key(kid)))


def _signature(name: str, message: bytes) -> Case:
    return Case(name, 9, Reason.SIGNATURE, text(message))


def _changed(position: int) -> bytes:
    message = bytearray(sign())
    message[position] ^= 1
    return bytes(message)


CASES = (
    Case("no lists", 7, Reason.NO_LIST, paper(), listed=False),
    Case("no lists, and a wrong signature", 7, Reason.NO_LIST, text(_changed(-1)), listed=False),
    Case("the root expires this second", 7, Reason.NO_LIST, paper(), now=ROOT_ENDS),
    Case("the root expired long ago", 7, Reason.NO_LIST, paper(), now=ROOT_ENDS + DAY),
    Case("a key that its shard does not have", 8, Reason.UNKNOWN_KEY, _unlisted(_STRANGER)),
    Case("a key whose shard does not exist", 8, Reason.UNKNOWN_KEY, _unlisted(_NOWHERE)),
    Case("an unknown key and an old index", 8, Reason.UNKNOWN_KEY, _unlisted(_STRANGER), now=NOW + 300 * DAY),
    _signature("the last bit of the signature changed", _changed(-1)),
    _signature("the last bit of the payload changed", _changed(-67)),
    _signature("another payload below the signature", raw(signature=sign(INCOME)[-64:])),
    _signature("the key id of another kiosk", raw(protected_header(RETIRED, "GC1"), signature=whole(_R, _S))),
    _signature("signed by another kiosk", raw(key=kiosk_key(RETIRED))),
    _signature("signed by the lists' key", raw(key=key("lists"))),
    _signature("signed by the kiosks' key", raw(key=key("kiosks"))),
    _signature("signed by the root", raw(key=key("root"))),
    _signature("the high twin of s", raw(signature=whole(_R, ORDER - _S))),
    _signature("a DER signature cut to 64 bytes", raw(signature=der(_R, _S)[:64])),
    _signature("r is 0", raw(signature=whole(0, _S))),
    _signature("s is 0", raw(signature=whole(_R, 0))),
    _signature("r and s are 0", raw(signature=bytes(64))),
    _signature("r and s are 1", raw(signature=whole(1, 1))),
    _signature("r is the order", raw(signature=whole(ORDER, _S))),
    _signature("s is the order", raw(signature=whole(_R, ORDER))),
    _signature("r and s are the order", raw(signature=whole(ORDER, ORDER))),
    _signature("r and s are all ones", raw(signature=b"\xff" * 64)),
    _signature("r and s change places", raw(signature=whole(_S, _R))),
    _signature("r and s written from the end", raw(signature=_R.to_bytes(32, "little") + _S.to_bytes(32, "little"))),
    _signature("an empty payload below the signature", raw(payload=b"", signature=whole(_R, _S))),
    _signature("a bomb that nobody signed", raw(HEADER, b"\x00" * len(PAYLOAD), signature=whole(_R, _S))),
    Case("the short code of another", 11, Reason.PATH, text(sign(), other(CLAIMS.short_code))),
    Case("the short code one bit off", 11, Reason.PATH, text(sign(), CLAIMS.short_code[:-1] + "B")),
    Case("another genuine one's address", 11, Reason.PATH, text(sign(), INCOME.short_code)),
    Case("a second before the key", 12, Reason.KEY_TIME, paper(replace(CLAIMS, iat=TIMES[KIOSK][0] - 1))),
    Case("the second the key expires", 12, Reason.KEY_TIME, paper(replace(CLAIMS, iat=TIMES[RETIRED][1]), RETIRED)),
    Case(
        "dated back to a key's time, with another key", 12, Reason.KEY_TIME, paper(replace(CLAIMS, iat=NOW - 40 * DAY))
    ),
    Case("new paper of a key that has expired", 12, Reason.KEY_TIME, paper(CLAIMS, RETIRED)),
    Case("a new paper of a cut key", 13, Reason.KEY_CUT_OFF, paper(CLAIMS, STOLEN)),
    Case(
        "a paper of a cut key from before the cut, never received",
        13,
        Reason.KEY_CUT_OFF,
        paper(replace(CLAIMS, iat=NOW - 9 * DAY), STOLEN),
    ),
    Case(
        "a known name and index, signed again by the thief",
        13,
        Reason.KEY_CUT_OFF,
        paper(replace(CLAIMS, cti=bytes(range(10)), name="另一人"), STOLEN),
    ),
    Case(
        "the thief's reprint of a known paper",
        13,
        Reason.KEY_CUT_OFF,
        paper(replace(CLAIMS, cti=bytes(range(10)), copy=2), STOLEN),
    ),
    Case(
        "a known message with the twin of its s",
        9,
        Reason.SIGNATURE,
        text(
            known_of_the_stolen_kiosk()[:-32]
            + (ORDER - int.from_bytes(known_of_the_stolen_kiosk()[-32:])).to_bytes(32),
            "000G40R40M30E209",
        ),
    ),
    Case("a clock 301 seconds behind the index", 14, Reason.CLOCK, paper(), now=LISTED - 301),
    Case("a clock of 1970", 14, Reason.CLOCK, paper(), now=0),
    Case("issued 301 seconds ahead", 14, Reason.CLOCK, paper(replace(CLAIMS, iat=NOW + 301))),
    Case("issued in the future, by the index too", 14, Reason.CLOCK, paper(replace(CLAIMS, iat=NOW + DAY))),
)
