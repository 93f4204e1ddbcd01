"""The parsers of passports: printed lines, files, messages and certificates, and what a chip says in a session.

The states' keys are drawn anew each time: what was found is kept as bytes, not as a seed.
"""

from __future__ import annotations

from datetime import date

from devices.card import tlv
from devices.card.apdu import Card, Garbled, NoAnswer
from devices.passport import bac, chip, files, keys, mrz
from devices.passport import security as sod
from devices.passport.certificate import certificate
from devices.passport.faults import Forged, NotPassport, Unverifiable, WrongKey
from devices.passport.mrz import LINE, BadLines, check_digit
from devices.passport.sim import DG1, DG14, DG15, SOD, ChipHalf, Country, Passport, Person
from devices.passport.sim_keys import CurveActive, RsaActive
from devices.passport.sim_pki import Kind
from devices.passport.trust import Trust
from tests.fuzz import script
from tests.fuzz.target import Target

TODAY = date(2026, 11, 30)
PEOPLE = (Person(), Person(given="A", number="X0009", other="99007"), Person(birth="88<<<<", sex="<"))
PASSPORTS = tuple(
    Passport(person, Country("UT", kind), active, half)
    for person, kind, active, half in (
        (PEOPLE[0], Kind.CURVE, CurveActive(), None),
        (PEOPLE[1], Kind.EXPLICIT, None, ChipHalf(16, number=1)),
        (PEOPLE[0], Kind.RSA, RsaActive(), None),
        (PEOPLE[2], Kind.PSS, None, ChipHalf(spelled_out=True, silent=True)),
    )
)
COUNTRY = Country("UT")
TRUST = Trust([certificate(COUNTRY.root.certificate)])
SIGNED = COUNTRY.security_object({1: PEOPLE[0].group})
CERTIFICATES = tuple(Country("UT", kind).root.certificate for kind in Kind)
LINES = tuple("".join(person.lines).encode() for person in PEOPLE)
_TAGS = tuple(
    bytes.fromhex(each) for each in ("3000", "3080", "a080", "0500", "0400", "020100", "7f49", "5f1f", "84ffffffff")
)
_SIGNS = (b"<", b"<<", b"P<", b"UTO", b"\r\n", b"880229", b"000000", b"I", b"O")


def _scanned(data: bytes) -> object:
    key = mrz.key_in(data)
    assert len(key.information) == 24
    return key


def _scanned_text(data: bytes) -> object:
    return mrz.key_in(data.decode("utf-8", "replace"))


def _typed(data: bytes) -> object:
    number, birth, expiry, *_ = *data.decode("utf-8", "replace").split("|"), "", "", ""
    return mrz.access_key(number, birth, expiry)


def _zone(data: bytes) -> object:
    lines = mrz.lines_in(data.decode("latin-1"), TODAY)
    assert lines.name.strip("< ")
    assert lines.birth is None or lines.birth <= TODAY
    return lines


def _zone_with_right_digits(data: bytes) -> object:
    """All five check digits are made right, where the characters are the zone's: what lies behind them is reached."""
    text = data.decode("latin-1").ljust(2 * LINE, "<")[: 2 * LINE]
    second = text[LINE:]
    if set(second) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"):
        number, birth, expiry, other = second[:9], second[13:19], second[21:27], second[28:42]
        second = number + check_digit(number) + second[10:13] + birth + check_digit(birth) + second[20:21]
        second += expiry + check_digit(expiry) + other + check_digit(other)
        second += check_digit(second[:10] + second[13:20] + second[21:43])
    return _zone((text[:LINE] + second).encode("latin-1"))


def _tlv(data: bytes) -> object:
    tlv.extent(data[:6])
    assert tlv.nested(data) == data
    found = tlv.items(data)
    assert sum(len(value) for _, value in found) <= len(data)
    return tlv.distinct(data)


def _signed(data: bytes) -> object:
    told = sod.security(data)
    told.hold(1, PEOPLE[0].group)
    told.authenticate(TRUST, "UTO")
    assert told.message.content in SIGNED, "somebody else's words were taken for the state's"
    return told


def _certificate(data: bytes) -> object:
    found = certificate(data)
    return found.key, found.scheme


def _public_key(data: bytes) -> object:
    return keys.public_key(tlv.one(data, files.ACTIVE_KEY.tag))


def _session(data: bytes) -> object:
    channel, liar = script.chip(data)
    return files.read(channel, liar, files.HOLDER)


def _opened(card: Card) -> object:
    return bac.opened(card, mrz.key_in(LINES[0]), random=bytes)


def _opening(data: bytes) -> object:
    return _opened(script.card(data))


def _opening_script() -> bytes:
    """A good chip's answers to a reader whose random numbers are always the same."""
    chip = PASSPORTS[0]
    bac.selected(script.good(chip))
    return script.said_to(_opened, chip)


def _group_script() -> bytes:
    """A good chip's answers: its file is there, its first four bytes, the rest."""
    group = PEOPLE[0].group
    parts = (b"\x90\x00", group[:4], group[4:])
    return b"".join(bytes([how, len(part)]) + part for how, part in zip((1, 0, 0), parts, strict=True))


TARGETS = (
    Target("passport.scanned-lines", _scanned, (BadLines,), (*LINES, *(each[LINE:] for each in LINES)), _SIGNS),
    Target("passport.scanned-text", _scanned_text, (BadLines,), LINES, (*_SIGNS, "Ｐ＜".encode(), "ß".encode())),
    Target("passport.typed", _typed, (BadLines,), (b"X00099999|880229|340531", b"x 000-9|88<<<<|340531"), _SIGNS),
    Target("passport.zone", _zone, (BadLines,), LINES, _SIGNS),
    Target("passport.zone-right-digits", _zone_with_right_digits, (BadLines,), LINES, _SIGNS),
    Target(
        "passport.tlv",
        _tlv,
        (Garbled,),
        tuple(each for one in PASSPORTS for each in one.files.values()),
        _TAGS,
        share=2,
    ),
    Target(
        "passport.security-object",
        _signed,
        (Garbled, Unverifiable, Forged),
        (SIGNED, *(one.files[SOD] for one in PASSPORTS)),
        _TAGS,
        share=0.3,
    ),
    Target("passport.certificate", _certificate, (Garbled, Unverifiable), CERTIFICATES, _TAGS, share=0.5),
    Target(
        "passport.chip-keys",
        chip.told,
        (Garbled,),
        tuple(one.files[DG14] for one in PASSPORTS if DG14 in one.files),
        _TAGS,
        share=0.5,
    ),
    Target(
        "passport.active-key",
        _public_key,
        (Garbled, Unverifiable),
        tuple(one.files[DG15] for one in PASSPORTS if DG15 in one.files),
        _TAGS,
        share=0.5,
    ),
    Target("passport.session", _session, (Garbled, NoAnswer), (_group_script(),), (b"\x87\x09\x01", b"\x99\x02\x90\0")),
    Target(
        "passport.opening",
        _opening,
        (Garbled, NoAnswer, NotPassport, WrongKey),
        (_opening_script(), script.written((bytes(8) + b"\x90\0", b"\x63\0"))),
    ),
)
assert DG1 in PASSPORTS[0].files
