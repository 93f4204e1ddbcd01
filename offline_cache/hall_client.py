"""The hall as the kiosk speaks to it: every request signed, every answer authentic or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from cryptography.hazmat.primitives.asymmetric import ec

from offline_cache import board as says
from offline_cache import people
from offline_cache.board import Board, CertificateKey
from offline_cache.enrolment import Enrolment
from offline_cache.envelope import DOCUMENT_LIMIT, Refused, canonical, opened
from offline_cache.errors import HallRefused, Offline, Portal, WrongHall
from offline_cache.facts import Counter
from offline_cache.kiosk_key import KioskKey
from offline_cache.leases import Lease
from offline_cache.outbox import Ack
from offline_cache.people import Who
from offline_cache.signing import signed
from offline_cache.wire import DEADLINE, Wire

_T = TypeVar("_T")

_SMALL: Final = 64 * 1024
_SIGNED_DOCUMENT: Final = 0xD2
"""CBOR tag 18: how every answer of the hall begins."""


class HallClient:
    """Requests of one enrolment, one at a time. All raise ``SyncError`` and ``StoreError``."""

    def __init__(
        self, enrolment: Enrolment, key: KioskKey, counter: Counter, ca: Path, deadline: float = DEADLINE
    ) -> None:
        self._enrolment, self._key, self._counter = enrolment, key, counter
        self._wire = Wire(ca, deadline)

    def events(self, batch: Sequence[bytes]) -> Ack:
        """Hand over events; the answer is how far the hall durably is."""
        return _said(says.ack, self._ask("POST", "/v1/events", canonical(list(batch)), "ack", _SMALL))

    def heartbeat(self, report: Mapping[str, Any]) -> Board:
        return _said(says.board, self._ask("POST", "/v1/heartbeat", canonical(dict(report)), "board", DOCUMENT_LIMIT))

    def lease(self, day: str, queue: str, left: int) -> Lease:
        body = canonical({"day": day, "queue": queue, "left": left})
        lease = _said(says.lease, self._ask("POST", "/v1/leases", body, "lease", _SMALL))
        if (lease.day, lease.queue) != (day, queue):
            raise WrongHall("a lease that was not asked for")
        return lease

    def indices(self, left: int) -> list[int]:
        """Status indices for this kiosk alone, which has ``left`` of them."""
        return _said(says.indices, self._ask("POST", "/v1/indices", canonical({"left": left}), "indices", _SMALL))

    def certificate_key(self, key: bytes, proof: bytes) -> CertificateKey:
        """Have a key for certificates listed; ``proof`` is its signature over who asks."""
        body = canonical({"key": key, "proof": proof})
        return _said(says.certificate_key, self._ask("POST", "/v1/certificate-key", body, "certificate-key", _SMALL))

    def record(self, kind: str, name: str, number: str) -> Mapping[str, str | int | None] | None:
        """What the hall's departments know of a holder for one kind of certificate; None where nothing."""
        body = canonical({"kind": kind, "name": name, "number": number})
        return _said(says.record, self._ask("POST", "/v1/record", body, "record", _SMALL))

    def account(self, who: Who) -> people.Account:
        """Whether this person has an account, and what phones are bound to it."""
        return self._about(people.account, "/v1/account", people.asked(who), "account")

    def me(self, who: Who) -> people.Me | None:
        """The person's own page; None without an account."""
        return self._about(people.mine, "/v1/me", people.asked(who), "me")

    def older(self, who: Who, of: people.Of, before: int) -> people.Part:
        """More of a list of that page; ``before`` is what ``Me.older`` or the part before it said."""
        body = people.asked(who, list=of, before=before)
        return self._about(partial(people.part, of), "/v1/me/older", body, "me-older")

    def begin_binding(self, who: Who, purpose: str, nonce: bytes) -> people.Begun:
        """A code for this visit alone; ``purpose`` is ``bind`` or ``prove``."""
        body = people.asked(who, purpose=purpose, nonce=nonce)
        return self._about(people.begun, "/v1/bind/begin", body, "bind-begun")

    def compare(self, bind: str, digits: str) -> people.Compared:
        """Whether these are the four digits that the phone shows."""
        return self._about(people.compared, "/v1/bind/number", {"bind": bind, "digits": digits}, "bind-number")

    def confirm_binding(self, bind: str, nonce: bytes, phone: bytes) -> people.Bound:
        """The yes to exactly this ``phone``, in this visit."""
        body = {"bind": bind, "nonce": nonce, "phone": phone}
        return self._about(people.bound, "/v1/bind/confirm", body, "bind-confirmed")

    def unbind(self, who: Who, channel: str) -> bool:
        return self._about(people.unbound, "/v1/unbind", people.asked(who, channel=channel), "unbound")

    def _about(self, read: Callable[[dict[str, Any]], _T], path: str, body: Mapping[str, object], kind: str) -> _T:
        return _said(read, self._ask("POST", path, canonical(dict(body)), kind, _SMALL))

    def published(self, path: str, limit: int = DOCUMENT_LIMIT) -> bytes | None:
        """What anybody may fetch, as it came; None where there is no such thing."""
        headers = {"Accept": "*/*"}
        request = self._wire.prepare("GET", self._enrolment.url + path, headers, None)
        try:
            return self._wire.exchange(request, limit)
        except HallRefused as refused:
            if refused.status == 404:
                return None
            raise

    def bundle(self) -> bytes:
        """The signed document as it came; ``Documents.offer`` opens it."""
        return self._fetch("GET", "/v1/bundle", None, DOCUMENT_LIMIT)[0]

    def day_sheet(self) -> bytes:
        return self._fetch("GET", "/v1/day", None, DOCUMENT_LIMIT)[0]

    def cut(self) -> None:
        """End what is under way, from another thread; nothing can be asked after it."""
        self._wire.cut()

    def close(self) -> None:
        self._wire.close()

    def _ask(self, method: str, path: str, body: bytes | None, kind: str, limit: int) -> dict[str, Any]:
        answer, counter = self._fetch(method, path, body, limit)
        payload = _open(kind, answer, self._enrolment.reply_key)
        about = (payload.get("kiosk"), payload.get("epoch"), payload.get("counter"))
        if about != (self._enrolment.kiosk, self._enrolment.epoch, counter):
            raise WrongHall(f"{kind} for another request")
        return payload

    def _fetch(self, method: str, path: str, body: bytes | None, limit: int) -> tuple[bytes, int]:
        counter = self._counter.take()
        headers = {"Accept": "application/cbor"} | ({"Content-Type": "application/cbor"} if body is not None else {})
        request = self._wire.prepare(method, self._enrolment.url + path, headers, body)
        signed(request, self._enrolment.kiosk, self._enrolment.epoch, counter, self._key)
        answer = self._wire.exchange(request, limit)
        if not answer:
            raise Offline("cut before the first byte")
        if answer[0] != _SIGNED_DOCUMENT:
            raise Portal("not the hall's kind of answer")
        return answer, counter


def _open(kind: str, data: bytes, key: ec.EllipticCurvePublicKey) -> dict[str, Any]:
    try:
        return opened(kind, data, key)
    except Refused as error:
        raise WrongHall(str(error)) from None


def _said(read: Callable[[dict[str, Any]], _T], payload: dict[str, Any]) -> _T:
    try:
        return read(payload)
    except Refused as error:
        raise WrongHall(str(error)) from None
