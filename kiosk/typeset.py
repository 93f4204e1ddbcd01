"""From a certificate on record to the page that is printed: one page, looked at and printed from the same bytes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from certificates import code, qr, results, sheet
from certificates.claims import HALL_ZONE, Claims
from certificates.extremes import usual
from certificates.fonts import FontsDiffer, glyphs_missing
from certificates.form import Said, day
from certificates.keys import FileKey
from certificates.picture import NoPage, picture
from certificates.template import Paper, Template
from certificates.verdict import content
from kiosk import say
from offline_cache.certificates import RecordedCertificate
from screens.certificate_slip import CertificateSlip, Unprintable, certificate
from screens.pages import Picture
from screens.paper import Bitmap
from screens.words import Words

UNMAKABLE: Final = (sheet.NotSet, NoPage, FontsDiffer, qr.TooLong, Unprintable)
"""What keeps a page from being made."""

_DPI: Final = 110
"""Of the picture of a sheet: 1,286 dots high, more than any screen shows of it at once."""


@dataclass(frozen=True, slots=True)
class Made:
    """One copy ready to be printed: a PDF for the sheet printer or dots for the slip printer, and its picture.

    ``job`` names this print at the sheet printer and nowhere else.
    """

    recorded: RecordedCertificate
    paper: Paper
    number: str
    until: Words
    picture: Picture = field(repr=False)
    job: str
    pdf: bytes = field(default=b"", repr=False)
    slip: Bitmap = field(default=Bitmap(0, 0, b""), repr=False)


@dataclass(frozen=True, slots=True)
class Typeset:
    """Who prints. ``hall`` names the authority, ``machine`` this kiosk in it."""

    hall: Words
    machine: Words
    hotline: str

    def made(self, recorded: RecordedCertificate, claims: Claims, template: Template, paper: Paper, host: str) -> Made:
        """The page of a record. Raises one of ``UNMAKABLE`` for what cannot stand on this paper."""
        number = claims.number(template.prefix)
        until = say.both(_day(claims.exp - 1))
        job = f"{claims.short_code}-{claims.copy}-{recorded.reference}"
        printed = datetime.fromtimestamp(recorded.at / 1000, HALL_ZONE).strftime("%Y-%m-%d %H:%M")
        serial = f"{recorded.reference}-{claims.copy}"
        if paper is Paper.SLIP:
            slip = certificate(self._slip(recorded, claims, template, host, serial, printed))
            return Made(recorded, paper, number, until, slip, job, slip=slip)
        pdf = sheet.pdf(self._sheet(template, claims, recorded.message, host, serial, printed))
        return Made(recorded, paper, number, until, picture(pdf, _DPI), job, pdf=pdf)

    def _sheet(
        self, template: Template, claims: Claims, message: bytes, host: str, serial: str, printed: str
    ) -> sheet.Sheet:
        return sheet.Sheet(
            template=template,
            claims=claims,
            message=message,
            host=host,
            hall=Said(zh=self.hall.zh, en=self.hall.en),
            machine=self.machine.zh,
            serial=serial,
            printed=printed,
            hotline=self.hotline,
        )

    def _slip(
        self, recorded: RecordedCertificate, claims: Claims, template: Template, host: str, serial: str, printed: str
    ) -> CertificateSlip:
        address, digits = code.parts(recorded.message, claims.short_code, host)
        body = template.sentence(claims, template.body)
        apart = ("title", "issuer", "number", "copy")
        rows = [row for row in results.rows(content(claims, template)) if row.what not in apart]
        return CertificateSlip(
            issuer=say.both(template.issuer),
            title=say.both(template.title),
            number=claims.number(template.prefix),
            rows=tuple((row.label.zh, row.value.zh) for row in rows),
            sentence=say.both(body),
            code=qr.modules(address, digits).rows,
            short_code=claims.short_code,
            host=host.upper(),
            machine=self.machine,
            serial=serial,
            printed_at=printed,
            copy=claims.copy,
        )


def warm_up(template: Template) -> None:
    """Set a page that names nobody: fonts and compiler are ready before the first citizen waits for them."""
    nobody = Words("样张", "Specimen")
    claims = next(usual(template))
    message = code.sign(claims, FileKey.fresh(), bytes(4))
    with suppress(*UNMAKABLE):
        glyphs_missing(claims.name)
        page = Typeset(nobody, nobody, "12345")._sheet(template, claims, message, "hall.example", "", "")
        picture(sheet.pdf(page), _DPI)


def _day(moment: int) -> Said:
    return day(datetime.fromtimestamp(moment, HALL_ZONE).date())
