"""Is this paper genuine? The checks of docs/certificate-format.md, section 5, in their order.

The first check that applies is the answer. Nothing that the code says is looked
at before its signature holds, and nothing is told of what is forged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from certificates import code as paper
from certificates.cbor import Malformed
from certificates.claims import Claims
from certificates.code import Code, Newer, NoContent, NotOurs
from certificates.cose import WrongSignature
from certificates.lists import KioskKey, Lists
from certificates.verdict import Reason, Revoked, Verdict, Why, content, verdict
from certificates.wording import Wording

TOLERANCE_S: Final = 300
"""How far two honest clocks may differ."""


LONGEST_ENTRY: Final = 65_536
"""Bytes of what the registry says."""

Registry = Callable[[str], bytes | None]
"""What the hall answers at an address, ``/c/….json``; None for nothing. Raises ``OSError`` where it can't be asked."""


class _Ends(Exception):
    """A check that applies; no later one is made."""

    def __init__(self, reason: Reason, revoked: Revoked | None = None) -> None:
        super().__init__(reason)
        self.reason, self.revoked = reason, revoked


def verify(text: str, lists: Lists | None, host: str, now: int, registry: Registry | None = None) -> Verdict:
    """The verdict on ``text``, what a QR code held. Never raises, whatever the text is.

    ``host`` is the authority that the verifier answers for, ``now`` its clock in seconds since 1970.
    Without ``registry`` nothing leaves this machine, checks 21 and 22 are not made, and of a revoked paper nobody
    tells since when and why.
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
        said = content(claims, template)
        entry = partial(_entry, registry, short, code)
        _still_good(claims, lists, now, entry)
        told = entry()
        _registered(told)
    except _Ends as end:
        return replace(verdict(end.reason, age, short, said), revoked=end.revoked)
    return replace(verdict(Reason.NONE, age, short, said), asked=bool(told))


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
    if cut is not None and _digest(code) not in cut.known:
        raise _Ends(Reason.KEY_CUT_OFF)


def _clocks_agree(claims: Claims, lists: Lists, now: int) -> None:
    """Check 14. The newest signed time that we know is a floor for a clock that went back, here and in check 18."""
    listed = lists.index.iat
    if now + TOLERANCE_S < listed or claims.iat > max(now, listed) + TOLERANCE_S:
        raise _Ends(Reason.CLOCK)


def _template(claims: Claims, lists: Lists) -> Wording:
    """Checks 15 and 16."""
    template = lists.wording(claims.type, claims.version)
    if template is None:
        raise _Ends(Reason.NEWER_TEMPLATE)
    try:
        template.check(claims)
    except Malformed:
        raise _Ends(Reason.FIELDS) from None
    return template


def _still_good(claims: Claims, lists: Lists, now: int, entry: Callable[[], dict[str, Any]]) -> None:
    """Checks 17 to 20."""
    revoked = lists.status(claims.status)
    if revoked:
        raise _Ends(Reason.STATUS, _told(entry()))
    if claims.exp <= max(now, lists.index.iat):
        raise _Ends(Reason.EXPIRED)
    if now > lists.index.next:
        raise _Ends(Reason.OLD_LIST)
    if revoked is None:
        raise _Ends(Reason.INDEX)


def _registered(entry: dict[str, Any]) -> None:
    """Checks 21 and 22. The registry's answer is not signed, so it makes no paper better."""
    match entry:
        case {"status": "revoked"}:
            raise _Ends(Reason.STATUS, _told(entry))
        case {"registered": False}:
            raise _Ends(Reason.NOT_REGISTERED)


def _entry(registry: Registry | None, short: str, code: Code) -> dict[str, Any]:
    """What the registry says of this very copy; nothing where it can't be asked or says nothing that makes sense."""
    if registry is None:
        return {}
    try:
        answer = registry(f"/c/{short}.json?copy={_digest(code).hex()}") or b""
        said = json.loads(answer) if len(answer) <= LONGEST_ENTRY else None
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("registered"), bool) else {}


def _told(entry: dict[str, Any]) -> Revoked | None:
    """Since when and why. A word that this verifier does not know is left out."""
    at, why = entry.get("revoked_at"), entry.get("revoked_why")
    if type(at) is not int or not 0 < at < 2**32:
        return None
    return Revoked(at, next((each for each in Why if each == why), None))


def _digest(code: Code) -> bytes:
    return hashlib.sha256(code.signed).digest()
