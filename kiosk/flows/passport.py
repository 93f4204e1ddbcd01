"""An e-passport: what is printed in it opens the chip, and then it is a document like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from devices.holder import Holder
from devices.passport.mrz import AccessKey, BadLines, access_key, key_in
from devices.reader import Fault
from devices.scanner import Fault as ScanFault
from kiosk import say_people as words
from kiosk.desk import Desk
from kiosk.flows import card
from kiosk.refusal import refused
from kiosk.steps import Ask, Cancelled, WentHome, Work
from kiosk.visitor import Visitor
from screens.pages import Fill, FillForm, LayAgain, Nav, TypeCode
from screens.words import Words

LONGEST: Final = 9
"""Characters of a passport's number. Source: ICAO Doc 9303-4, 4.2.2."""

_OPENING: Final = LayAgain(
    words.PASSPORT_WAIT_TITLE, words.PASSPORT_WAIT_LEAD, words.PASSPORT_LABEL, "book-user", own=True
)


async def visit(desk: Desk, visitor: Visitor) -> None:
    """Ask for what is printed until it fits; then the visit of its holder."""
    problem: Words | None = None
    while True:
        try:
            key = await _key(problem)
            await Work("store", partial(desk.unlock, key))
            seen = await Ask(_OPENING)
        except WentHome:
            problem = None
            continue
        match seen:
            case Holder() as holder:
                return await card.visit(desk, replace(visitor, holder=holder))
            case Fault.PASSPORT_KEY:
                problem = words.PASSPORT_WRONG
            case Fault() as fault:
                return await refused(fault)
            case _:
                raise Cancelled


async def _key(problem: Words | None) -> AccessKey:
    """From the scanner all at once, or typed in three steps."""
    number, birth = "", ""
    while True:
        page = TypeCode(
            words.PASSPORT_TITLE, words.PASSPORT_LEAD, words.PASSPORT_LABEL, LONGEST, 1, problem=problem, masked=True
        )
        said = await Ask(page)
        if isinstance(said, Nav):
            raise Cancelled  # there is nothing before the first page
        try:
            if isinstance(said, bytes):
                return key_in(said)
        except BadLines:
            problem = words.PASSPORT_WRONG
            continue
        if isinstance(said, ScanFault):
            problem = words.PASSPORT_WRONG
            continue
        number = said
        birth = await _day(words.PASSPORT_BIRTH, words.PASSPORT_BIRTH_LABEL)
        expiry = await _day(words.PASSPORT_EXPIRY, words.PASSPORT_EXPIRY_LABEL) if birth else ""
        try:
            if birth and expiry:
                return access_key(number, _short(birth), _short(expiry))
        except (BadLines, ValueError):
            problem = words.PASSPORT_WRONG


async def _day(title: Words, label: Words) -> str:
    """``2019-03-05``; empty for a step back."""
    said = await Ask(Fill(title, label, FillForm.DATE))
    return "" if isinstance(said, Nav) else said


def _short(day: str) -> str:
    """YYMMDD, as the machine-readable lines write it. Raises ``ValueError``."""
    return date.fromisoformat(day).strftime("%y%m%d")
