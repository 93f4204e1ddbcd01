"""The keys for what people carry, as data: cards, passports, phones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from tests.dock.card_hands import CardHands
from tests.dock.documents import DOCUMENTS, Document
from tests.dock.hands import Hands
from tests.dock.moves import Deed, Move
from tests.dock.people import OWNERS, PEOPLE
from tests.dock.phone_hands import PhoneHands
from tests.dock.seen import Seen
from tests.dock.work_cards import WORK_CARDS, WorkCard

_STRANGER: Final = len(OWNERS) - 1


def _at_readers(do: Callable[[CardHands], None]) -> Callable[[Hands], None]:
    return lambda hands: do(hands.cards)


def _with_phone(do: Callable[[PhoneHands], None]) -> Callable[[Hands], None]:
    return lambda hands: do(hands.phone)


def _card(who: int, seen: Seen) -> Deed:
    if seen.card == who:
        return Deed("Card out", "credit-card", _at_readers(CardHands.take_out), on=True)
    empty = seen.card is None and seen.document is None and seen.work is None
    return Deed("Card in" if empty else "Swap card", "credit-card", lambda hands: hands.cards.put_in(who))


def _id_card(who: int, seen: Seen) -> Deed:
    if seen.id_card == who:
        return Deed("ID away", "id-card", _at_readers(CardHands.take_up), on=True)
    return Deed("ID down" if seen.id_card is None else "Swap ID", "id-card", lambda hands: hands.cards.lay_down(who))


def _document(document: Document, seen: Seen) -> Deed:
    title = f"{document.zh}\n{document.en}"
    if seen.document == document:
        return Deed(title, document.icon, _at_readers(CardHands.take_out), on=True)
    return Deed(title, document.icon, lambda hands: hands.cards.lay_on(document))


def _work(card: WorkCard, seen: Seen) -> Deed:
    title = f"{card.zh} {card.name}\n{'Revoked' if card.revoked else card.role.value.capitalize().replace('-', ' ')}"
    if seen.work == card:
        return Deed(title, "wrench", _at_readers(CardHands.take_out), on=True)
    return Deed(title, "wrench", lambda hands: hands.cards.put_in_work(card))


def _lines(seen: Seen) -> Deed:
    if seen.under == "lines":
        return Deed("Lines away", "scan-line", Hands.hide, on=True)
    possible = seen.document is not None and seen.document.person is not None
    return Deed("Scan lines", "scan-line", Hands.hold_lines, possible=possible)


def _owner(seen: Seen) -> Deed:
    who = seen.whose
    if who is None:
        return Deed("手机\nPhone", "smartphone", _with_phone(PhoneHands.put_away), possible=False)
    return Deed("手机\nPhone", "smartphone", lambda hands: hands.phone.take(who))


def _other(_seen: Seen) -> Deed:
    return Deed("别人的手机\nAnother's", "user-round-x", lambda hands: hands.phone.take(_STRANGER))


def _away(_seen: Seen) -> Deed:
    return Deed("Put it away", "undo-2", _with_phone(PhoneHands.put_away))


def _scan(seen: Seen) -> Deed:
    return Deed(
        "Scan the screen", "scan-qr-code", _with_phone(PhoneHands.scan), possible=seen.kiosk and not seen.frozen
    )


def _letter(seen: Seen) -> Deed:
    letters = seen.handset.letters if seen.handset else ()
    title = f"Read: {letters[0].title}" if letters else ""
    return Deed(title, "message-circle", _with_phone(PhoneHands.open_letter), possible=bool(letters))


def _offer(at: int, seen: Seen) -> Deed:
    """A key of the page on the phone; without words where the page has none."""
    page = seen.handset.page if seen.handset else None
    if page is None or at >= len(page.offers):
        return Deed("", "", _with_phone(PhoneHands.put_away), possible=False)
    offer = page.offers[at]
    return Deed(offer.title, "", lambda hands: hands.phone.press(offer))


CARDS: Final = tuple(
    (Move(f"card:{who}", partial(_card, who)), Move(f"id:{who}", partial(_id_card, who))) for who in range(len(PEOPLE))
)
"""For each of ``PEOPLE``: the social security card and the ID card."""

READER: Final = tuple(Move(f"lay:{each.name}", partial(_document, each)) for each in DOCUMENTS)
"""For each of ``DOCUMENTS``."""

WORK: Final = tuple(Move(f"work:{each.name}", partial(_work, each)) for each in WORK_CARDS)
"""For each of ``WORK_CARDS``."""

LINES: Final = Move("lines", _lines)
PHONES: Final = (Move("phone:own", _owner), Move("phone:other", _other))
IN_HAND: Final = (
    (Move("phone:scan", _scan), Move("phone:away", _away)),
    (Move("phone:letter", _letter),),
    (Move("phone:offer:0", partial(_offer, 0)), Move("phone:offer:1", partial(_offer, 1))),
)
"""With a phone in the hand; the last row is what its page offers first."""
