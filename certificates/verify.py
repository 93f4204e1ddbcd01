"""Is this paper genuine? The checks of docs/certificate-format.md, section 5, in their order.

The first check that applies is the answer. Nothing that the code says is looked
at before its signature holds, and nothing is told of what is forged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from certificates import code as paper
from certificates.cbor import Malformed
from certificates.claims import Claims
from certificates.code import Code, Newer, NoContent, NotOurs
from certificates.cose import WrongSignature
from certificates.lists import KioskKey, Lists
from certificates.template import Template
from certificates.verdict import Reason, Verdict, content, verdict

TOLERANCE_S: Final = 300
"""How far two honest clocks may differ."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What the hall's registry says of a short code."""

    registered: bool


def registered(answer: bytes) -> Registered | None:
    """What the registry's JSON says (section 5); None for an answer that is none."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    match said:
        case {"registered": bool() as known}:
            return Registered(known)
    return None


Registry = Callable[[str], Registered | None]
"""Asks the hall about a signed short code. None or ``OSError``: it can't be asked now."""


class _Ends(Exception):
    """A check that applies; no later one is made."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def verify(text: str, lists: Lists | None, host: str, now: int, registry: Registry | None = None) -> Verdict:
    """The verdict on ``text``, what a QR code held. Never raises, whatever the text is.

    ``host`` is the authority that the verifier answers for, ``now`` its clock in seconds since 1970.
    Without ``registry`` nothing leaves this machine, and check 21 is not made.
    """
    age: int | None = None
    short: str | None = None
    said = None
    try:
        code = _read(text, host)
        lists = _usable(lists, now)
        age = now - lists.index.iat
        key = _key(code, lists)
        claims = _signed(code, key)
        short = claims.short_code
        _not_cut_off(code, lists)
        _clocks_agree(claims, lists, now)
        template = _template(claims, lists)
        revoked = _status(claims, lists)
        said = content(claims, template)
        _still_good(revoked, claims, lists, now)
        _registered(short, registry)
    except _Ends as end:
        return verdict(end.reason, age, short, said)
    return verdict(Reason.NONE, age, short, said)


def _read(text: str, host: str) -> Code:
    """Checks 1 to 6."""
    try:
        return paper.read(text, host)
    except NotOurs as error:
        raise _Ends(Reason(error.args[0])) from None
    except NoContent:
        raise _Ends(Reason.NO_CONTENT) from None
    except Newer:
        raise _Ends(Reason.NEWER_FORMAT) from None
    except Malformed:
        raise _Ends(Reason.MALFORMED) from None


def _usable(lists: Lists | None, now: int) -> Lists:
    """Check 7."""
    if lists is None or lists.expired(now):
        raise _Ends(Reason.NO_LIST)
    return lists


def _key(code: Code, lists: Lists) -> KioskKey:
    """Check 8."""
    key = lists.key(code.message.kid)
    if key is None:
        raise _Ends(Reason.UNKNOWN_KEY)
    return key


def _signed(code: Code, key: KioskKey) -> Claims:
    """Checks 9 to 12: what the key signed, in its time, for this address."""
    try:
        code.message.check(key.key)
        claims = paper.claims(code.message)
    except WrongSignature:
        raise _Ends(Reason.SIGNATURE) from None
    except Malformed:
        raise _Ends(Reason.MALFORMED) from None
    if claims.short_code != code.short_code:
        raise _Ends(Reason.PATH)
    if not key.nbf <= claims.iat < key.exp:
        raise _Ends(Reason.KEY_TIME)
    return claims


def _not_cut_off(code: Code, lists: Lists) -> None:
    """Check 13. A thief can sign a known name and index again, but not the known bytes."""
    cut = lists.cut(code.message.kid)
    if cut is not None and hashlib.sha256(code.signed).digest() not in cut.known:
        raise _Ends(Reason.KEY_CUT_OFF)


def _clocks_agree(claims: Claims, lists: Lists, now: int) -> None:
    """Check 14. The newest signed time that we know is a floor for a clock that went back."""
    listed = lists.index.iat
    if now + TOLERANCE_S < listed or claims.iat > max(now, listed) + TOLERANCE_S:
        raise _Ends(Reason.CLOCK)


def _template(claims: Claims, lists: Lists) -> Template:
    """Checks 15 and 16."""
    template = lists.template(claims.type, claims.version)
    if template is None:
        raise _Ends(Reason.NEWER_TEMPLATE)
    try:
        template.check(claims)
    except Malformed:
        raise _Ends(Reason.FIELDS) from None
    return template


def _status(claims: Claims, lists: Lists) -> bool:
    """Check 17, and the bit for check 18."""
    revoked = lists.status(claims.status)
    if revoked is None:
        raise _Ends(Reason.INDEX)
    return revoked


def _still_good(revoked: bool, claims: Claims, lists: Lists, now: int) -> None:
    """Checks 18 to 20."""
    if revoked:
        raise _Ends(Reason.STATUS)
    if claims.exp <= now:
        raise _Ends(Reason.EXPIRED)
    if now > lists.index.next:
        raise _Ends(Reason.OLD_LIST)


def _registered(short: str, registry: Registry | None) -> None:
    """Check 21."""
    if registry is None:
        return
    try:
        found = registry(short)
    except OSError:
        return
    if found is not None and not found.registered:
        raise _Ends(Reason.NOT_REGISTERED)
