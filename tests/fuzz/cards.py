"""The parsers of cards: social security cards and strangers over APDUs, ID cards over the SDT line."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from devices import citizen_number
from devices.card import records, social_security, strangers
from devices.card.apdu import Garbled, NoAnswer
from devices.card.sim_cards import SocialCard
from devices.card.sim_strangers import ResidentCard, bank_card, phone, transport_card
from devices.card.social_security import HOLDER_FILE, NAME, NUMBER, Unknown
from devices.idcard.frame import FrameError, Incoming, checksum
from devices.idcard.layout import holder_in, newest_address_in, text_in
from devices.idcard.sim_cards import Card, Chip, ForeignCard2017, ForeignCard2023, ResidencePermit
from devices.idcard.text import Refused
from tests.fuzz.script import card, good, said_to
from tests.fuzz.target import Target

_BODY = "99000019510307001"
NUMBER_OF_NOBODY = _BODY + citizen_number.check_digit(_BODY)
_PERMIT = "81000019880512112"
_FOREIGN = "99915619790404112"

SOCIAL = tuple(
    SocialCard(name, NUMBER_OF_NOBODY, by_tag=by_tag)
    for by_tag in (True, False)
    for name in ("王小明", "阿卜杜拉·买买提·吐尔逊江·木合塔尔", "𠮷野")
)
STRANGERS = (ResidentCard(), bank_card(), transport_card(), phone())
CHIPS: tuple[Chip, ...] = (
    Card("王小明", NUMBER_OF_NOBODY),
    replace(Card("欧阳小明", NUMBER_OF_NOBODY), until="长期"),
    ResidencePermit("陈港生", _PERMIT + citizen_number.check_digit(_PERMIT)),
    ForeignCard2017("NIEMAND, ERIKA MARIA", "UTO990019880203", "19880203"),
    ForeignCard2023("NIEMAND, ERIKA", _FOREIGN + citizen_number.check_digit(_FOREIGN), chinese="王爱丽"),
)
TEXTS = tuple(chip.text() for chip in CHIPS)
READ = (
    *(bytes.fromhex("0100 0000") + text for text in TEXTS),
    bytes.fromhex("0100 0400") + TEXTS[0] + bytes(1024),
    bytes.fromhex("0100 0400 0400") + TEXTS[0] + bytes(2048),
)


def _records(data: bytes) -> object:
    return records.values(card(data), (NUMBER, NAME))


def _social_card(data: bytes) -> object:
    holder = social_security.read(card(data))
    assert citizen_number.checked(holder.number) == holder.number
    assert holder.name.strip()
    return holder


def _stranger(data: bytes) -> object:
    return strangers.named(card(data[20:]), data[:20].rstrip(b"\0"))


def _apdu(data: bytes) -> object:
    answer = card(data[1:]).send(b"\x00\xb2\x01\x04", data[0] if data else None)
    assert len(answer.data) <= 1024 + 256
    return answer


def _into_file(chip: SocialCard) -> bytes:
    """What it answers to who reads its records, in the file where they are."""
    reader = good(chip)
    social_security.is_one(reader)
    records.select_file(reader, HOLDER_FILE)
    return said_to(partial(records.values, tags=(NUMBER, NAME)), chip)


def _frame(data: bytes) -> object:
    """In pieces of the size that the first byte says; every frame that comes is taken."""
    size, incoming, taken, broken = max(1, data[0] if data else 1), Incoming(), [], None
    for at in range(1, len(data), size):
        incoming.feed(data[at : at + size])
        for _ in range(len(data)):
            try:
                reply = incoming.take()
            except FrameError as error:
                broken = error
                continue
            if reply is None:
                break
            taken.append(reply)
    if broken is not None:
        raise broken
    return taken


def _whole_frame(data: bytes) -> object:
    """As the line sends it, with a right checksum, up to whose card it is."""
    body = (len(data) + 4).to_bytes(2) + b"\x00\x00\x90" + data
    incoming = Incoming()
    incoming.feed(b"\xaa\xaa\xaa\x96\x69" + body + bytes([checksum(body)]))
    reply = incoming.take()
    assert reply is not None
    return _sound(reply.data)


def _sound(data: bytes, fingerprints: bool = False) -> object:
    holder = holder_in(text_in(data, fingerprints))
    assert holder.name.strip()
    assert len(holder.number) == 15 or citizen_number.checked(holder.number) == holder.number
    return holder


def _framed(text: bytes) -> bytes:
    body = (len(text) + 4).to_bytes(2) + b"\x00\x00\x90" + text
    return b"\xaa\xaa\xaa\x96\x69" + body + bytes([checksum(body)])


TARGETS = (
    Target(
        "card.apdu", _apdu, (Garbled, NoAnswer), (b"\x05\x02\x61\x04\x06abcd\x90\x00", b"\0\x02\x6c\x03\x05abc\x90\0")
    ),
    Target("card.records", _records, (Garbled, NoAnswer), tuple(map(_into_file, SOCIAL))),
    Target(
        "card.social-security",
        _social_card,
        (Garbled, NoAnswer, Unknown),
        tuple(said_to(social_security.read, chip) for chip in SOCIAL),
        (b"\x02\x90\x00", b"\x02\x6a\x83", b"\x02\x61\x20", b"\x02\x6c\x12"),
        share=2,
    ),
    Target("card.name", social_security.name_in, (Garbled,), ("王小明".encode("gbk"), "𠮷野".encode("gb18030"))),
    Target("card.date", social_security.date_in, (Garbled,), (bytes.fromhex("20991231"), b"20991231", b"\0\0\0\0")),
    Target(
        "card.strangers",
        _stranger,
        (NoAnswer,),
        tuple(each.atr.ljust(20, b"\0") + said_to(partial(strangers.named, atr=each.atr), each) for each in STRANGERS),
    ),
    Target(
        "idcard.frame",
        _frame,
        (FrameError,),
        tuple(
            bytes([size]) + _framed(each) + _framed(b"")
            for size, each in zip((1, 7, 64, 255, 200, 3, 90), READ, strict=True)
        ),
        (b"\xaa\xaa\xaa\x96\x69", b"\xaa", b"\x00\x04"),
        share=0.5,
    ),
    Target("idcard.whole-answer", _whole_frame, (FrameError, Refused), READ, share=2),
    Target("idcard.fingerprints", partial(_sound, fingerprints=True), (Refused,), READ[-1:], share=0.5),
    Target(
        "idcard.layout",
        holder_in,
        (Refused,),
        TEXTS,
        ("长期".encode("utf-16-le"), " ".encode("utf-16-le"), b"\x00\xd8", b"J\0", b"I\0", b"Y\0"),
        share=2,
    ),
    Target("idcard.newest-address", newest_address_in, (), ("无名市新居路9号".ljust(35).encode("utf-16-le"),)),
)
