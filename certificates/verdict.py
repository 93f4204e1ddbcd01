"""What a verifier answers: one of ten results, why, and what the certificate says where that may be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from certificates.claims import HALL_ZONE, Claims
from certificates.form import Said, day
from certificates.wording import Sentence, Wording


class Result(StrEnum):
    """docs/certificate-format.md, section 5. The value is the word in ``--json`` and on the wire."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_YET_REGISTERED = "not-yet-registered"
    STATUS_UNKNOWN = "status-unknown"
    FORGED = "forged"
    UNKNOWN_KEY = "unknown-key"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"
    CHECK_CLOCK = "check-clock"


class Reason(StrEnum):
    """Which check was the first to apply. Each reason belongs to one result (``RESULT_OF``)."""

    NO_CODE = "no-code"
    SHAPE = "shape"
    HOST = "host"
    NO_CONTENT = "no-content"
    MALFORMED = "malformed"
    NEWER_FORMAT = "newer-format"
    NO_LIST = "no-list"
    UNKNOWN_KEY = "unknown-key"
    SIGNATURE = "signature"
    PATH = "path"
    KEY_TIME = "key-time"
    KEY_CUT_OFF = "key-cut-off"
    CLOCK = "clock"
    NEWER_TEMPLATE = "newer-template"
    FIELDS = "fields"
    STATUS = "status"
    EXPIRED = "expired"
    OLD_LIST = "old-list"
    INDEX = "index"
    NOT_REGISTERED = "not-registered"
    NONE = ""


class Why(StrEnum):
    """Why a certificate was taken back, as anybody may know it. The value is the word on the wire."""

    CHANGED = "changed"
    MISTAKEN = "mistaken"
    LOST = "lost"
    ASKED = "asked"
    UNPRINTED = "unprinted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Revoked:
    """What the hall's registry tells of a revocation. ``at`` is seconds since 1970."""

    at: int
    why: Why | None = None

    @property
    def day(self) -> Said:
        return _day(self.at)


RESULT_OF: Final = {
    Reason.NO_CODE: Result.UNREADABLE,
    Reason.SHAPE: Result.NOT_OURS,
    Reason.HOST: Result.NOT_OURS,
    Reason.NO_CONTENT: Result.UNREADABLE,
    Reason.MALFORMED: Result.FORGED,
    Reason.NEWER_FORMAT: Result.UNREADABLE,
    Reason.NO_LIST: Result.UNKNOWN_KEY,
    Reason.UNKNOWN_KEY: Result.UNKNOWN_KEY,
    Reason.SIGNATURE: Result.FORGED,
    Reason.PATH: Result.FORGED,
    Reason.KEY_TIME: Result.FORGED,
    Reason.KEY_CUT_OFF: Result.REVOKED,
    Reason.CLOCK: Result.CHECK_CLOCK,
    Reason.NEWER_TEMPLATE: Result.UNREADABLE,
    Reason.FIELDS: Result.FORGED,
    Reason.STATUS: Result.REVOKED,
    Reason.EXPIRED: Result.EXPIRED,
    Reason.OLD_LIST: Result.STATUS_UNKNOWN,
    Reason.INDEX: Result.STATUS_UNKNOWN,
    Reason.NOT_REGISTERED: Result.NOT_YET_REGISTERED,
    Reason.NONE: Result.VALID,
}

SHOWS_CONTENT: Final = frozenset(
    {Reason.STATUS, Reason.EXPIRED, Reason.OLD_LIST, Reason.INDEX, Reason.NOT_REGISTERED, Reason.NONE}
)
"""Only with these may anything that the certificate says be shown."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a genuine certificate says, to be compared with the paper.

    ``stars`` is the masked citizen number; ``issued`` and ``valid_until`` (exclusive) are seconds since 1970.
    """

    kind: str
    title: Said
    issuer: Said
    number: str
    name: str = field(repr=False)
    stars: str = field(repr=False)
    rows: tuple[tuple[Said, Said], ...] = field(repr=False)
    issued: int
    valid_until: int
    copy: int
    sentence: Sentence = field(repr=False)

    @property
    def issued_on(self) -> Said:
        """The day of issue, as it is printed."""
        return _day(self.issued)

    @property
    def last_day(self) -> Said:
        """The last day on which it is good, as it is printed."""
        return _day(self.valid_until - 1)

    def json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "title": self.title.model_dump(),
            "issuer": self.issuer.model_dump(),
            "number": self.number,
            "name": self.name,
            "stars": self.stars,
            "rows": [{"label": label.model_dump(), "value": value.model_dump()} for label, value in self.rows],
            "issued": self.issued,
            "valid_until": self.valid_until,
            "copy": self.copy,
            "sentence": self.sentence.model_dump(),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """``list_age_s``: how old the index is that the answer rests on, in seconds; None where it rests on none.

    ``short_code`` is the signed one, so it is there from check 13 on. ``asked``: the hall's registry was, and answered.
    ``revoked`` is the registry's word, which is not signed: it is told beside a result and never makes one.
    """

    result: Result
    reason: Reason
    content: Content | None = field(default=None, repr=False)
    list_age_s: int | None = None
    short_code: str | None = field(default=None, repr=False)
    asked: bool = False
    revoked: Revoked | None = None

    def json(self) -> dict[str, Any]:
        return {
            "result": self.result.value,
            "reason": self.reason.value,
            "content": self.content and self.content.json(),
            "list_age_s": self.list_age_s,
            "short_code": self.short_code,
        }


def verdict(
    reason: Reason, age: int | None = None, short_code: str | None = None, content: Content | None = None
) -> Verdict:
    """The verdict of ``reason``; content that may not be shown with it is left out."""
    return Verdict(RESULT_OF[reason], reason, content if reason in SHOWS_CONTENT else None, age, short_code)


def content(claims: Claims, template: Wording) -> Content:
    """What ``claims`` say in the words of their template, which they fit (``Template.check``)."""
    return Content(
        kind=template.kind,
        title=template.title,
        issuer=template.issuer,
        number=claims.number(template.prefix),
        name=claims.name,
        stars=claims.stars,
        rows=tuple(template.rows(claims)),
        issued=claims.iat,
        valid_until=claims.exp,
        copy=claims.copy,
        sentence=template.sentence(claims, template.body),
    )


def _day(moment: int) -> Said:
    return day(datetime.fromtimestamp(moment, HALL_ZONE).date())
