"""The pages of a person's own affairs as the flows show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from kiosk import say
from kiosk import say_people as words
from kiosk.assurance import Level
from kiosk.desk import Desk
from kiosk.masking import masked_number, slip_name
from kiosk.phone_desk import Code
from kiosk.visitor import DOCUMENTS, Visitor
from offline_cache.clock import HALL_ZONE
from offline_cache.extracts import RecordedExtract
from offline_cache.people import Channel, Expiring, Me, Read, Said
from screens.pages import (
    Bind,
    Choice,
    Confirm,
    Kept,
    LayAgain,
    Listing,
    MyPage,
    Notice,
    Notify,
    Printing,
    Progress,
    Seen,
    Step,
    StepUp,
    Tone,
)
from screens.words import Words, same

SOON = 90
"""Days before its end at which a document that lies here is called soon to end."""


def notice(visitor: Visitor) -> Notify:
    """What the law wants said before anything of a person is kept."""
    assert visitor.holder is not None
    kept = tuple(Kept(*row) for row in words.NOTICE_KEPT)
    return Notify(
        words.NOTICE_TITLE,
        words.NOTICE_LEAD,
        kept,
        words.NOTICE_RIGHTS,
        words.NOTICE_AGREE,
        words.NOTICE_DECLINE,
        f"{_masked_name(visitor)} {masked_number(visitor.holder.number)}",
    )


def code(desk: Desk, visitor: Visitor, shown: Code, purpose: str, problem: Words | None) -> Bind:
    title, lead, skip = (
        (words.BIND_TITLE, words.BIND_LEAD, words.BIND_SKIP)
        if purpose == "bind"
        else (words.PROVE_TITLE, words.PROVE_LEAD, words.PROVE_SKIP)
    )
    return Bind(
        code=shown.text,
        lives=desk.people.phone.left(shown),
        kiosk=desk.place,
        holder=_masked_name(visitor),
        purpose=title,
        lead=lead,
        skip=skip,
        problem=problem,
    )


def this_phone(shown: str) -> Confirm:
    lead = say.fill(words.THIS_PHONE_LEAD, shown=shown)
    return Confirm(words.THIS_PHONE_TITLE, lead, words.THIS_PHONE_DEED, "smartphone")


def unbind(shown: str) -> Confirm:
    return Confirm(words.UNBIND_TITLE, say.fill(words.UNBIND_LEAD, shown=shown), words.UNBIND_DEED, "unlink")


def lay_again(visitor: Visitor, problem: Words | None) -> LayAgain:
    assert visitor.holder is not None
    document = DOCUMENTS[visitor.holder.document]
    return LayAgain(words.LAY_AGAIN_TITLE, words.LAY_AGAIN_LEAD, document, "id-card", problem)


def lay_id_card(problem: Words | None) -> LayAgain:
    return LayAgain(words.LAY_ID_TITLE, words.LAY_ID_LEAD, words.LEVELS[Level.ID_CARD], "id-card", problem)


def step_up(visitor: Visitor, needs: Level, ways: tuple[Choice, ...]) -> StepUp:
    return StepUp(words.STEP_TITLE, words.STEP_LEAD, words.LEVELS[visitor.level], words.LEVELS[needs], ways)


def told(tone: Tone, title: Words, lead: Words, code: str = "") -> Notice:
    """What became of it; the visit goes on."""
    can = (say.ASK_12345,) if tone is not Tone.OK else ()
    return Notice(tone, title, lead, can, (Choice("go-on", "arrow-right", say.GO_ON),), code=code)


def printing_list(recorded: RecordedExtract) -> Printing:
    steps = ((words.EXTRACT_RECORDED, Step.DONE), (words.EXTRACT_STEP, Step.NOW), (words.EXTRACT_TAKE, Step.LATER))
    return Printing(recorded.reference, steps)


def mine(visitor: Visitor, me: Me, today: date) -> MyPage:
    holder = visitor.holder
    assert holder is not None
    return MyPage(
        name=_masked_name(visitor),
        name_full=holder.name,
        number=masked_number(holder.number),
        applied=tuple(
            Progress(said(one.what), _on(one.at, said(one.where)), one.step, one.steps) for one in me.applied
        ),
        seen=tuple(seen(one) for one in _newest(me)),
        seen_count=me.read_count,
        certificates=me.certificate_count,
        expiring=tuple(_ends(one) for one in ending(visitor, me, today)),
        channels=tuple(same(one.shown) for one in me.channels),
    )


def applied(me: Me) -> Listing:
    rows = (_row("clipboard-list", said(one.what), _on(one.at, said(one.where))) for one in me.applied)
    return Listing(words.APPLIED_TITLE, _behind(me.older.applied), tuple(rows), empty=words.NO_APPLIED)


def reads(me: Me) -> Listing:
    rows = (
        _row("eye", _joined(same(seen(one).at), seen(one).who), _joined(seen(one).what, seen(one).why))
        for one in me.reads
    )
    told = words.READS_LEAD_ALL if len(me.reads) > me.read_count else words.READS_LEAD
    lead = say.fill(words.READS_LEAD_PHONE if me.older.reads is not None else told, n=me.read_count)
    return Listing(words.READS_TITLE, lead, tuple(rows), empty=words.NO_READS)


def papers(me: Me) -> Listing:
    rows = (
        _row("file-text", said(one.what), _paper(_day(one.at), one.until, said(one.state))) for one in me.certificates
    )
    return Listing(words.PAPERS_TITLE, _behind(me.older.certificates), tuple(rows), empty=words.NO_PAPERS)


def expiring(visitor: Visitor, me: Me, today: date) -> Listing:
    ends = ending(visitor, me, today)
    rows = (_row("hourglass", said(one.what), say.fill(words.UNTIL, until=one.until)) for one in ends)
    return Listing(words.EXPIRING_TITLE, None, tuple(rows), empty=words.NO_EXPIRING)


def channels(me: Me, now: datetime) -> Listing:
    by_channel: dict[str, list[Channel]] = {}
    for one in me.channels:
        by_channel.setdefault(one.channel, []).append(one)
    phones = tuple(
        Choice(name, "smartphone", same("、".join(one.shown for one in each)), _since(each[0], now))
        for name, each in by_channel.items()
    )
    close = Choice("close", "user-x", words.CLOSE_KEY, words.CLOSE_LINE)
    deed = Choice("bind", "qr-code", words.BIND_DEED)
    lead = words.CHANNELS_LEAD if phones else words.NO_CHANNELS
    return Listing(words.CHANNELS_TITLE, lead, (*phones, close), deed)


def ending(visitor: Visitor, me: Me, today: date) -> tuple[Expiring, ...]:
    """What ends soon: the document that lies here, by its own word, and what the hall knows of."""
    holder = visitor.holder
    assert holder is not None
    known = [one for one in me.expiring if one.what.zh]
    if holder.expires and (holder.expires - today).days <= SOON:
        name = say.fill(words.ID_ENDS, document="{document}")
        document = DOCUMENTS[holder.document]
        what = Said(zh=name.zh.format(document=document.zh), en=name.en.format(document=document.en))
        until = holder.expires.isoformat()
        known = [Expiring(what=what, until=until), *(one for one in known if one.until != until)]
    return tuple(known)


def seen(one: Read) -> Seen:
    at = datetime.fromtimestamp(one.at / 1000, HALL_ZONE).strftime("%m-%d %H:%M")
    return Seen(at, said(one.who), said(one.what), said(one.why))


def said(told: Said) -> Words:
    return Words(told.zh, told.en)


def _newest(me: Me) -> list[Read]:
    """One less than there were in 30 days where there are earlier ones too: then the page has a key to all of them."""
    return me.reads if me.older.reads is None else me.reads[: max(me.read_count - 1, 1)]


def _behind(before: int | None) -> Words | None:
    """What of a list did not come from the hall."""
    return words.OLDER_ON_PHONE if before is not None else None


def _masked_name(visitor: Visitor) -> str:
    return slip_name(visitor.holder.name) if visitor.holder else ""


def _row(icon: str, title: Words, line: Words) -> Choice:
    return Choice("", icon, title, line)


def _joined(*parts: Words) -> Words:
    return Words(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, HALL_ZONE).strftime("%Y-%m-%d")


def _on(at: int, where: Words) -> Words:
    day = datetime.fromtimestamp(at / 1000, HALL_ZONE)
    return Words(f"{day.month}月{day.day}日，{where.zh}", f"{day:%d %b}, {where.en}")


def _paper(day: str, until: str, state: Words) -> Words:
    line = words.PAPER_LINE
    return Words(
        line.zh.format(day=day, until=until, state=state.zh), line.en.format(day=day, until=until, state=state.en)
    )


def _ends(one: Expiring) -> Words:
    what, until = said(one.what), one.until
    return Words(f"{what.zh} {until}", f"{what.en} {until}")


def _since(one: Channel, now: datetime) -> Words:
    if one.counts_from > now.timestamp() * 1000:
        when = datetime.fromtimestamp(one.counts_from / 1000, HALL_ZONE).strftime("%m-%d %H:%M")
        return say.fill(words.COUNTS_FROM, when=when)
    return say.fill(words.SINCE, day=_day(one.since))


def ways_said(ways: Iterable[str]) -> tuple[Choice, ...]:
    """The keys of the ways to more proof, by their names."""
    known = {
        "id-card": Choice("id-card", "id-card", words.WAY_ID, words.WAY_ID_LINE),
        "phone": Choice("phone", "smartphone", words.WAY_PHONE, words.WAY_PHONE_LINE),
    }
    return tuple(known[way] for way in ways)
