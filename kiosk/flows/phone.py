"""Scan and type: a phone is bound to the account, or one that is bound says yes to this visit.

The number is shown on the phone and typed here, so whoever films the screen has nothing. The last word is this
kiosk's: it names one phone, for the document that lies here, and is signed as every request is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from devices.holder import Holder
from kiosk import people_pages as pages
from kiosk import say_people as words
from kiosk.desk import Desk
from kiosk.people_tools import HALL_SECONDS, HallAway
from kiosk.phone_desk import Code
from kiosk.steps import Ask, Overdue, WalkedAway, Work
from kiosk.visitor import Visitor
from offline_cache.people import Bound, Compared
from screens.pages import Confirmed, Nav, Tone
from screens.words import Words

_WAIT = HALL_SECONDS + 6

MOST_CODES: Final = 8
"""Codes that one person is shown in a row."""


@dataclass(frozen=True, slots=True)
class _Matched:
    code: Code
    found: Compared


async def bind(desk: Desk, visitor: Visitor) -> bool:
    """Bind a phone to this person's account. True where it is bound."""
    try:
        matched = await _matched(desk, visitor, "bind")
        if matched is None or await Ask(pages.this_phone(matched.found.shown)) != Confirmed():
            return False
        if not _is_watched(visitor) and not await _lies_here(visitor):
            return False
        done = await _yes(desk, matched)
    except (HallAway, Overdue) as away:
        await _failed(words.NOT_BOUND_TITLE, words.MINE_AWAY_LEAD, away)
        return False
    if not done.done:
        await _refused(words.NOT_BOUND_TITLE, done.why)
        return False
    later = done.counts_from is not None and done.counts_from > desk.now().timestamp() * 1000
    await Ask(pages.told(Tone.OK, words.BOUND_TITLE, words.BOUND_LATER if later else words.BOUND_LEAD))
    return True


async def prove(desk: Desk, visitor: Visitor) -> Visitor | None:
    """The same person, with the word of their bound phone; None where it did not say so."""
    try:
        matched = await _matched(desk, visitor, "prove")
        if matched is None:
            return None
        done = await _yes(desk, matched)
    except (HallAway, Overdue) as away:
        await _failed(words.NOT_PROVEN_TITLE, words.MINE_AWAY_LEAD, away)
        return None
    if not done.done:
        await _refused(words.NOT_PROVEN_TITLE, done.why)
        return None
    return replace(visitor, phone=True)


async def _matched(desk: Desk, visitor: Visitor, purpose: str) -> _Matched | None:
    """Show codes until one was scanned and its number typed; None where the person turns away."""
    problem: Words | None = None
    for _ in range(MOST_CODES):
        code = await Work("hall", partial(desk.people.phone.begin, visitor, purpose), seconds=_WAIT)
        while (said := await Ask(pages.code(desk, visitor, code, purpose, problem))) not in ("expired", "skip"):
            if isinstance(said, Nav):
                return None
            found = await Work("hall", partial(desk.people.phone.compare, code, str(said)), seconds=_WAIT)
            if found.state == "matched":
                return _Matched(code, found)
            if found.state == "void":
                problem = words.BIND_WHY.get(found.why, words.ANOTHER_CODE)
                break
            problem = words.BIND_WHY["not-scanned"] if found.state == "waiting" else words.WRONG_DIGITS
        else:
            if said == "skip":
                return None
            if problem == words.BIND_WHY["expired"]:
                raise WalkedAway  # two codes in a row, and nobody touched anything
            problem = words.BIND_WHY["expired"]
    return None


def _is_watched(visitor: Visitor) -> bool:
    """Whether the very document that proves who stands there would be missed if it were taken."""
    return visitor.watched and visitor.inside is None


async def _yes(desk: Desk, matched: _Matched) -> Bound:
    assert matched.found.phone is not None
    return await Work("hall", partial(desk.people.phone.confirm, matched.code, matched.found.phone), seconds=_WAIT)


async def _lies_here(visitor: Visitor) -> bool:
    """A reader that cannot tell when a card is taken must see it once more before the yes."""
    assert visitor.holder is not None
    problem: Words | None = None
    while not isinstance(seen := await Ask(pages.lay_again(visitor, problem)), Nav):
        if isinstance(seen, Holder) and (seen.identity, seen.document) == (
            visitor.holder.identity,
            visitor.holder.document,
        ):
            return True
        problem = words.NOT_YOURS if isinstance(seen, Holder) else words.NOT_READ
    return False


async def _refused(title: Words, why: str) -> None:
    await Ask(pages.told(Tone.WARN, title, words.REFUSED_WHY.get(why, words.NOTHING_CHANGED)))


async def _failed(title: Words, lead: Words, away: HallAway | Overdue) -> None:
    code = away.code if isinstance(away, HallAway) else "N101"
    await Ask(pages.told(Tone.WARN, title, lead, code))
