"""我的: what the hall keeps of this person, how it stands, who read it; and what they may undo."""

from __future__ import annotations

from functools import partial

from kiosk import pages as first_pages
from kiosk import people_pages as pages
from kiosk import say_people as words
from kiosk.assurance import Level
from kiosk.desk import Desk
from kiosk.flows.extract import print_list
from kiosk.flows.holding import look_after
from kiosk.flows.introduce import agreed
from kiosk.flows.phone import bind
from kiosk.flows.proof import step_up
from kiosk.people_tools import HALL_SECONDS, HallAway
from kiosk.steps import Ask, Overdue, WentHome, Work
from kiosk.visitor import Visitor
from offline_cache.people import Me, Of
from screens.pages import Choice, Confirm, Confirmed, Listing, Nav, Notice, Tone

NEEDS = Level.PHONE
"""A social security card can be copied by whoever held it once: it does not show a life."""

_WAIT = 2 * HALL_SECONDS + 2


async def mine(desk: Desk, visitor: Visitor) -> None:
    """Until the person goes home (raises ``WentHome``), or the visit is done."""
    proven = await step_up(desk, visitor, NEEDS)
    if proven is None:
        raise WentHome
    if not proven.may(NEEDS):
        await Ask(first_pages.not_proven(NEEDS))
        raise WentHome
    while True:
        try:
            me = await Work("hall", partial(desk.people.me, proven), seconds=_WAIT)
            if me is None:
                await _open(desk, proven)
                continue
        except (HallAway, Overdue) as away:
            code = away.code if isinstance(away, HallAway) else "N101"
            await Ask(pages.told(Tone.WARN, words.MINE_AWAY_TITLE, words.MINE_AWAY_LEAD, code))
            raise WentHome from None
        if await _look(desk, proven, me):
            return


async def _open(desk: Desk, visitor: Visitor) -> None:
    """Nobody is kept without having agreed to it. Raises ``HallAway``, ``Overdue``."""
    offer = Notice(
        Tone.OK,
        words.NO_ACCOUNT_TITLE,
        words.NO_ACCOUNT_LEAD,
        keys=(Choice("open", "user-plus", words.OPEN_KEY),),
    )
    if await Ask(offer) != "open" or not await agreed(desk, visitor) or desk.people.attached()[0] is None:
        raise WentHome
    await Work("store", desk.people.open_account)
    await Work("hall", partial(desk.people.arrived, visitor), seconds=_WAIT)


async def _look(desk: Desk, visitor: Visitor, me: Me) -> bool:
    """True where the visit is done; False to ask the hall anew."""
    today = desk.now().date()
    while True:
        match await Ask(pages.mine(visitor, me, today)):
            case "applied":
                await Ask(pages.applied(await _whole(desk, visitor, me, "applied")))
            case "reads":
                await Ask(pages.reads(await _whole(desk, visitor, me, "reads")))
            case "certificates":
                await Ask(pages.papers(await _whole(desk, visitor, me, "certificates")))
            case "expiring":
                await Ask(pages.expiring(visitor, me, today))
            case "question":
                await Ask(pages.told(Tone.OK, words.QUESTION_TITLE, words.QUESTION_LEAD))
            case "tickets":
                await look_after(desk, visitor)
                return True
            case "channels":
                await _channels(desk, visitor, me)
                return False
            case "print":
                await print_list(desk, visitor, me)
            case _:
                raise WentHome


async def _whole(desk: Desk, visitor: Visitor, me: Me, of: Of) -> Me:
    """The page with all of one list; with what it has of it where the hall does not answer any more."""
    if getattr(me.older, of) is None:
        return me
    try:
        return await Work("hall", partial(desk.people.whole, visitor, me, of), seconds=_WAIT)
    except Overdue:
        return me


async def _channels(desk: Desk, visitor: Visitor, me: Me) -> None:
    """The phones, channel by channel; each is as easily unbound as it was bound."""
    listing: Listing = pages.channels(me, desk.now())
    answer = await Ask(listing)
    if isinstance(answer, Nav):
        return
    if answer == "bind":
        await bind(desk, visitor)
    elif answer == "close":
        await _close(desk)
    else:
        await _unbind(desk, visitor, me, answer)


async def _unbind(desk: Desk, visitor: Visitor, me: Me, channel: str) -> None:
    shown = "、".join(one.shown for one in me.channels if one.channel == channel)
    if await Ask(pages.unbind(shown)) != Confirmed():
        return
    try:
        done = await Work("hall", partial(desk.people.phone.unbind, visitor, channel), seconds=_WAIT)
    except (HallAway, Overdue) as away:
        code = away.code if isinstance(away, HallAway) else "N101"
        await Ask(pages.told(Tone.WARN, words.NOT_UNBOUND_TITLE, words.MINE_AWAY_LEAD, code))
        return
    if done:
        await Ask(pages.told(Tone.OK, words.UNBOUND_TITLE, words.UNBOUND_LEAD))
    else:
        await Ask(pages.told(Tone.WARN, words.NOT_UNBOUND_TITLE, words.NOTHING_CHANGED))


async def _close(desk: Desk) -> None:
    question = Confirm(words.CLOSE_TITLE, words.CLOSE_LEAD, words.CLOSE_DEED)
    if await Ask(question) != Confirmed():
        return
    try:
        await Work("store", desk.people.close_account)
    except HallAway as failed:
        await Ask(pages.told(Tone.BAD, words.MINE_AWAY_TITLE, words.NOTHING_CHANGED, failed.code))
    else:
        await Ask(pages.told(Tone.OK, words.CLOSED_TITLE, words.CLOSED_LEAD))
    raise WentHome
