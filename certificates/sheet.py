"""A certificate on A4: one page of PDF/A, the same bytes for the same certificate.

Values reach the layout as data and are never read as its markup. PDF/A-2a and
PDF/UA-1 are claimed by the compiler, which also refuses a page with a glyph
that the pinned faces lack.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from certificates import qr
from certificates.claims import HALL_ZONE, Claims
from certificates.code import parts
from certificates.fonts import SANS, SERIF, FontsDiffer, pinned
from certificates.form import Said, day
from certificates.guilloche import band
from certificates.short_code import grouped
from certificates.template import Template

LAYOUTS: Final = Path(__file__).parent / "layouts"
STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]

_KEPT: Final = 10
"""Compilations for which Typst's cache, one for the process, keeps what a page was set from."""

_lock = threading.Lock()
_remembers = threading.Event()
_UNBROKEN: Final = re.compile(r"[!-~À-ɏ]{24,}")
_LATIN: Final = re.compile(r"[!-~À-ɏ][ -~À-ɏ]{19,}")
_BREAK: Final = "\u200b"


class NotSet(Exception):
    """The layout cannot set these words on one page; the text is the compiler's."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One copy on A4. ``machine`` (``03 号机 K-0203``), ``serial`` of the print and ``printed`` (``2026-11-20 09:12``)
    stand at its foot; ``specimen`` marks a sample across the page."""

    template: Template
    claims: Claims
    message: bytes = field(repr=False)
    host: str
    hall: Said
    machine: str
    serial: str
    printed: str
    hotline: str = "12345"
    specimen: bool = False


def pdf(sheet: Sheet) -> bytes:
    """The page. Raises ``NotSet``, ``qr.TooLong``, ``FontsDiffer``.

    One compiler serves the process and one call at a time; any thread may call. The first call
    takes half a second, later ones some 20 ms.
    """
    return set_page(sheet.template.issue.layout, _said(sheet), sheet.claims.iat)


def set_page(layout: str, said: Mapping[str, Any], at: int) -> bytes:
    """A PDF by a layout of ``layouts/``, which is told ``said``; ``at`` is the date in it, seconds since 1970.

    Raises ``NotSet``, ``FontsDiffer``.
    """
    told = json.dumps(said, ensure_ascii=False)
    with _lock:
        compiler = _compiler()
        _remembers.set()
        try:
            made = compiler.compile(
                LAYOUTS / f"{layout}.typ",
                format="pdf",
                sys_inputs={"sheet": told},
                pdf_standards=STANDARDS,
                timestamp=at,
            )
        except typst.TypstError as error:
            raise NotSet(error.message) from None
    if not isinstance(made, bytes):
        raise NotSet("not one file")
    return made


def forget() -> None:
    """Let go of the words of every page that was set: some 15 ms of empty pages, or nothing where none was set.

    Typst's cache can't be emptied; what is not used again is let go of as more pages are set.
    """
    with _lock:
        if _remembers.is_set():
            for _ in range(_KEPT + 1):
                _compiler().compile(b"", format="pdf", sys_inputs={})
            _remembers.clear()


def title(sheet: Sheet) -> str:
    """What the document is called: kind and number, nobody's name."""
    return f"{sheet.template.title.zh} {sheet.claims.number(sheet.template.prefix)}"


def _said(sheet: Sheet) -> dict[str, Any]:
    """All that the layout is told."""
    kind, claims = sheet.template, sheet.claims
    code = qr.modules(*parts(sheet.message, claims.short_code, sheet.host))
    issued = day(datetime.fromtimestamp(claims.iat, HALL_ZONE).date())
    until = day(datetime.fromtimestamp(claims.exp - 1, HALL_ZONE).date())
    body = kind.paragraphs(claims)
    english = kind.sentence(claims, kind.body).en
    long_latin = any(_LATIN.search(run.text) for runs in body for run in runs)  # would tear a justified line apart
    return {
        "title": kind.title.model_dump(),
        "document": title(sheet),
        "issuer": kind.issuer.model_dump(),
        "hall": sheet.hall.model_dump(),
        "number": claims.number(kind.prefix),
        "body": [[{"text": _breakable(run.text), "value": run.is_value} for run in runs] for runs in body],
        "justify": not long_latin,
        "rows": [
            {"label": label.model_dump(), "value": value.model_dump()} for label, value in kind.rows_apart(claims)
        ],
        "english": [_breakable(line) for line in english.splitlines()],
        "note": kind.sentence(claims, kind.note).model_dump(),
        "issued": issued.model_dump(),
        "until": until.model_dump(),
        "seal": kind.issue.seal.model_dump(),
        "band": band(210, 5.2),
        "qr": qr.svg(code.rows),
        "modules": len(code.rows),
        "host": sheet.host.upper(),
        "short": grouped(claims.short_code),
        "copy": claims.copy,
        "machine": sheet.machine,
        "serial": sheet.serial,
        "printed": sheet.printed,
        "hotline": sheet.hotline,
        "specimen": sheet.specimen,
    }


def _breakable(text: str) -> str:
    """``text`` with places to break in Latin runs that no line could hold."""
    return _UNBROKEN.sub(lambda run: _BREAK.join(run[0][at : at + 8] for at in range(0, len(run[0]), 8)), text)


@cache
def _compiler() -> typst.Compiler:
    """Raises ``FontsDiffer`` where the faces would come from other files than the pinned ones."""
    paths = pinned()
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({path.parent for path in paths}),
    )
    used = [face.path for face in fonts.fonts() if face.family in (SERIF, SANS) and face.weight in (400, 700)]
    if sorted(map(str, used)) != sorted(map(str, paths)):
        raise FontsDiffer("another file beside the pinned ones holds the same face")
    return typst.Compiler(root=LAYOUTS, font_paths=fonts, ignore_system_fonts=True)
