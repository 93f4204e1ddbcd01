"""What this kiosk may issue and check: the hall's lists, its own listed key, its status indices."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from certificates import code, holding, verify
from certificates.cbor import Refused
from certificates.claims import HALL_ZONE, Claims, Value, masked
from certificates.cose import WrongSignature, parsed
from certificates.keys import KeysGone, SigningKey
from certificates.library import newest
from certificates.lists import Lists
from certificates.root import Root
from certificates.template import Template
from certificates.verdict import Verdict
from certificates.verify import Registry
from devices.holder import Holder
from kiosk.paper_key import PaperKeys
from offline_cache.board import Board
from offline_cache.cache import Cache
from offline_cache.certificates import Signed, Spent
from offline_cache.errors import HallRefused
from offline_cache.hall_client import HallClient

FEW_INDICES: Final = 60
"""Status indices left at which more are asked for."""


@dataclass(frozen=True, slots=True)
class Authority:
    """What there is to issue with. Times are seconds since 1970.

    ``signs_until``: when the listed key ends, 0 without one. ``listed``: when the lists were made.
    ``clock_doubted``: nobody knows what day it is, so nothing can be dated.
    """

    templates: tuple[Template, ...] = ()
    signs_until: int = 0
    indices: int = 0
    listed: int = 0
    clock_doubted: bool = False


class Undated(Exception):
    """Nothing can be signed: the clock is suspect, and the hall has not told the time since the start."""


class Papers:
    """``tend`` belongs to the sender's thread; everything else may be called from any."""

    def __init__(self, cache: Cache, keys: PaperKeys, pinned: Root, note: Callable[..., None]) -> None:
        self._cache, self._keys, self._pinned, self._note = cache, keys, pinned, note
        self._lists: Lists | None = None
        self._told: Authority | None = None
        self._gone = ""
        self._declined = 0
        self.tell: Callable[[dict[str, Any]], None] = _no_one

    @property
    def host(self) -> str:
        """The hall's authority, as codes carry it in capitals."""
        return self._pinned.host

    @property
    def root(self) -> Root:
        """The newest root that is known here."""
        return self._lists.root if self._lists else self._pinned

    def recall(self) -> None:
        """At the start: the lists that were held when the kiosk went off."""
        self._lists = holding.load(self._cache.published, self._pinned)
        self.take_stock()

    def look(self) -> None:
        """Find the keys, which may take seconds. On the keys' lane, at the start and while nothing can be signed."""
        try:
            self._keys.look()
        except KeysGone as gone:
            self._keys_gone(gone.why)
        else:
            self._keys_here()
        self.take_stock()

    def close(self) -> None:
        self._keys.close()

    def tend(self, client: HallClient, board: Board) -> None:
        """Keep lists, key and indices fresh. Raises ``SyncError``, ``StoreError``."""
        self._refresh(client, board)
        for chore in (self._tend_keys, self._tend_indices):
            try:
                chore(client)
            except HallRefused as refused:
                if refused.status in (401, 403):
                    raise
        self.take_stock()

    def now(self) -> int:
        """Seconds since 1970, by the time that can be trusted."""
        return self._cache.clock.now() // 1000

    def _clock_doubted(self) -> bool:
        """The hall's word ends the doubt, also where the computer's own clock stays wrong."""
        skew = self._cache.clock.skew()
        return skew.suspect and not skew.confirmed

    def signed(self, template: Template, holder: Holder, fields: tuple[Value, ...], index: int) -> Signed:
        """A certificate that nobody has seen yet.

        Raises ``Undated`` while the clock is in doubt, ``Spent`` without a listed key that signs, ``Malformed`` for
        what cannot be a certificate.
        """
        if self._clock_doubted():
            raise Undated
        signer = self._keys.signer(self._lists, self.now())
        if signer is None:
            raise Spent("no key is listed")
        iat = self.now()
        claims = Claims(
            type=template.type,
            version=template.version,
            iat=iat,
            exp=_ends(iat, template.issue.valid_days),
            cti=os.urandom(10),
            status=index,
            name=holder.name,
            masked=masked(holder.number),
            fields=fields,
        )
        template.check(claims)
        return self._sign(claims, signer.key, signer.kid)

    def signed_again(self, first: bytes, copy: int) -> Signed:
        """The same certificate as copy ``copy``, by the key of the original. Raises ``Spent`` where that is gone."""
        message = parsed(first, code.LONGEST)
        key = self._keys.of(message.kid)
        if key is None or (self._lists and self._lists.cut(message.kid)):
            raise Spent("the key of the original is gone, or no good any more")
        claims = replace(code.claims(message), copy=copy)
        return self._sign(claims, key, message.kid)

    def _sign(self, claims: Claims, key: SigningKey, kid: bytes) -> Signed:
        try:
            return Signed(claims.short_code, code.sign(claims, key, kid), kid, claims.iat, claims.exp)
        except KeysGone as gone:
            self._keys_gone(gone.why)
            raise Spent("the key can't be reached") from None
        except WrongSignature:
            self._keys_gone("unfit")
            raise Spent("the key signs wrongly") from None

    def claims(self, message: bytes) -> tuple[Claims, Template]:
        """What a message of ours says, and in which words."""
        claims = code.claims(parsed(message, code.LONGEST))
        template = self._lists.template(claims.type, claims.version) if self._lists else None
        assert template is not None
        return claims, template

    def verdict(self, text: str, registry: Registry | None) -> Verdict:
        """Is this paper genuine? ``registry`` asks the hall, where it can be asked."""
        return verify.verify(text, self._lists, self.host, self.now(), registry)

    def _refresh(self, client: HallClient, board: Board) -> None:
        held = self._lists.index.version if self._lists else 0
        if board.index <= held:
            return
        try:
            self._lists = holding.refresh(self._cache.published, self._pinned, client.published, self.now())
        except Refused:  # what is held stays in force, and grows old
            if self._declined != board.index:
                self._declined = board.index
                self._note("hall.declined", what="lists")

    def _tend_keys(self, client: HallClient) -> None:
        enrolment = self._cache.enrolment
        assert enrolment is not None
        try:
            self._keys.tend(client, enrolment.kiosk, enrolment.epoch, self._lists, self.now())
        except KeysGone as gone:
            self._keys_gone(gone.why)
        else:
            self._keys_here()

    def _tend_indices(self, client: HallClient) -> None:
        left = self._cache.certificates.indices_left()
        if left < FEW_INDICES and self._lists is not None:
            self._cache.certificates.add_indices(client.indices(left))

    def _keys_gone(self, why: str) -> None:
        """Closes the service at once, also in the middle of a transaction."""
        if self._gone != why:
            self._gone = why
            self._note("keys.gone", why=why)
        if self._told and self._told.signs_until:
            self._say(replace(self._told, signs_until=0))

    def _keys_here(self) -> None:
        if self._gone:
            self._gone = ""
            self._note("keys.back")

    def take_stock(self) -> None:
        """Say what is left to issue with: an empty lease closes the service before the next citizen starts it.

        Raises ``StoreError``.
        """
        lists = self._lists
        signer = self._keys.signer(lists, self.now())
        self._say(
            Authority(
                templates=newest(lists.templates) if lists else (),
                signs_until=signer.exp if signer else 0,
                indices=self._cache.certificates.indices_left(),
                listed=lists.iat if lists else 0,
                clock_doubted=self._clock_doubted(),
            )
        )

    def _say(self, authority: Authority) -> None:
        if authority != self._told:
            self._told = authority
            self.tell({"authority": authority})


def _ends(iat: int, days: int) -> int:
    """The midnight of the hall that ends the last of ``days`` after the day of ``iat``."""
    issued: date = datetime.fromtimestamp(iat, HALL_ZONE).date()
    return int(datetime.combine(issued + timedelta(days=days + 1), time(), HALL_ZONE).timestamp())


def _no_one(_news: Mapping[str, Any]) -> None:
    """Nobody listens yet."""
