"""Everything the ticket will say, before it is printed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from screens import say
from screens.glyph import Count, line
from screens.key import Kind
from screens.keys import Button, Row
from screens.layout import Across, Down, Panel, panels
from screens.pages import About, ActingFor, Booked, Confirmed, Matter, Nav, Review, Wait
from screens.screen import Samples, Screen
from screens.spread import LIST, SECTION
from screens.text import RIGHT, Text
from screens.theme import BODY, CAPTION, H2, H3, LEAD_BOLD
from screens.words import Words

_TRANSFER = Matter(
    "si-transfer",
    Words("社保关系转移接续", "Transfer of social insurance"),
    Words("窗口 · 约 15 分钟", "Window · about 15 min"),
    frozenset({"work"}),
    15,
)
_REMOTE = Matter(
    "mi-remote",
    Words("异地就医备案", "Medical care elsewhere"),
    Words("窗口 · 约 10 分钟", "Window · about 10 min"),
    frozenset({"health"}),
    10,
)
_WINDOW = Words("二楼综合窗口", "Floor 2, general windows")
_BRING = (
    Words("身份证或社保卡", "ID card or social security card"),
    Words("原参保地缴费凭证", "Proof of payment from the former place"),
    Words("异地居住承诺书", "Statement of residence"),
)


_MANY = tuple(replace(_TRANSFER if at % 2 else _REMOTE, id=f"many-{at}") for at in range(5))


class ReviewScreen(Screen[Review]):
    """The matters, what to bring, how long it may take, and the key that prints."""

    SAMPLES: ClassVar[Samples] = {
        "two": Review((_TRANSFER, _REMOTE), _WINDOW, Wait(6, 18), _BRING, "王*明 990***********0028"),
        "many": Review(_MANY, _WINDOW, Wait(26, 78), _BRING * 4, "王*明 990***********0028"),
        "one-offline": Review((_REMOTE,), _WINDOW, Wait(6, 18, "14:05"), _BRING[:1], ""),
        "booked": Review(
            (_TRANSFER,),
            _WINDOW,
            None,
            _BRING[:2],
            "王*明 990***********0028",
            Booked("b", _TRANSFER.name, "10:00–10:15", _WINDOW),
        ),
        "for-another": Review(
            (_TRANSFER, _REMOTE),
            _WINDOW,
            Wait(6, 18),
            _BRING,
            "王*明 990***********0028",
            acting=ActingFor(Words("被监护人", "Ward"), "王*宁 990***********0036"),
        ),
    }

    def build(self, page: Review) -> None:
        theme = self.theme
        self.head(say.check(len(page.matters)))
        put = self.see if theme.reach else self.touch
        most = 1 if theme.elder else 3 if theme.reach or theme.landscape else 6
        for panel in panels(theme, self._listed(page), most):
            put(panel, LIST)
        if theme.reach:
            self._keys_apart(page)
            self._estimate(page)
            self._materials(page)
        else:
            self._materials(page)
            self._estimate(page)
        self.foot(self.key("primary", say.PRINT_TICKET, "printer", Confirmed(), Kind.PRIMARY))

    def _listed(self, page: Review) -> list[QWidget]:
        theme = self.theme
        rows: list[QWidget] = []
        for at, matter in enumerate(page.matters):
            rows.append(self._matter(page, at + 1, matter))
        if page.booked:
            words = f"{self.say(say.BOOKING)} {page.booked.when}"
            rows.append(line(theme, "calendar-check", words))
        last: list[QWidget] = []
        if page.acting:
            last.append(self._both(page.holder, page.acting))
        elif page.holder:
            last.append(Text(theme, f"{self.say(say.HOLDER)} {page.holder}", BODY))
        if not theme.reach:
            last.append(self._small("add", say.ADD_ONE, Nav.BACK, "plus"))
        if theme.elder and last:
            rows.append(Down(theme, last))
        elif last:
            shares = (1, 0) if len(last) > 1 else (1,)
            rows.append(Across(theme, last, shares, stretch=False))
        return rows

    def _both(self, holder: str, acting: ActingFor) -> QWidget:
        """Who stands here, and below whose matter it is."""
        theme = self.theme
        here = Text(theme, f"{self.say(say.STANDS_HERE)} {holder}", BODY, private=True)
        other = Text(theme, f"{self.say(acting.label)} {acting.who}", BODY.bolder(), private=True)
        return Down(theme, [here, other], gap=4)

    def _matter(self, page: Review, number: int, matter: Matter) -> QWidget:
        theme = self.theme
        title = Text(theme, self.say(matter.name), LEAD_BOLD)
        below = Text(theme, f"{self.say(page.window)} · {self.say(say.about(matter.minutes))}", CAPTION, "ink2")
        words = Down(theme, [title, below], gap=2)
        parts: list[QWidget] = [Count(theme, number), words]
        shares = [0, 1]
        keys: list[QWidget] = []
        if not theme.reach:
            keys.append(self._small(f"about:{matter.id}", say.MORE, About(matter.id)))
            if len(page.matters) > 1:
                keys.append(self._small(f"remove:{matter.id}", say.REMOVE, About(matter.id, remove=True)))
        if theme.elder and not theme.landscape:
            block: QWidget = Across(theme, parts, shares, stretch=False)
            return Down(theme, [block, Across(theme, keys)], gap=12) if keys else block
        return Across(theme, [*parts, *keys], [*shares, *(0 for _ in keys)], 16, stretch=False)

    def _small(self, name: str, words: Words, answer: object, icon: str = "") -> QWidget:
        button = Button(self.theme, name, self.say(words), icon, face=LEAD_BOLD, height=88, padding=24)
        self.wire(button, answer)
        return button

    def _keys_apart(self, page: Review) -> None:
        """In reach mode and on a wide panel the keys of the list stand where hands are."""
        for at, matter in enumerate(page.matters):
            title = f"{at + 1} · {self.say(matter.name)}"
            about = self.wire(Row(self.theme, f"about:{matter.id}", title, height=96), About(matter.id))
            row: QWidget = about
            if len(page.matters) > 1:
                remove = self._small(f"remove:{matter.id}", say.REMOVE, About(matter.id, remove=True))
                row = Across(self.theme, (about, remove), (1, 0), 16)
            self.touch(row, 0 if at == 0 else LIST)
        self.touch(self._small("add", say.ADD_ONE, Nav.BACK, "plus"))

    def _materials(self, page: Review) -> None:
        if not page.materials:
            return
        theme = self.theme
        heading: QWidget = Text(theme, self.say(say.BRING), LEAD_BOLD)
        if len(page.matters) > 1 and not theme.elder:
            merged = Text(theme, self.say(say.MERGED), CAPTION, "ink2", RIGHT)
            heading = Across(theme, (heading, merged), (1, 1), stretch=False)
        aside = not theme.elder
        self.see(heading, SECTION, heading=True, aside=aside)
        rows = [line(theme, "file-text", self.say(words)) for words in page.materials]
        for panel in panels(theme, rows, 1 if theme.elder else 3 if theme.reach or theme.landscape else 6):
            self.see(panel, LIST, aside=aside)

    def _estimate(self, page: Review) -> None:
        theme = self.theme
        if page.wait is None:
            self.see(Text(theme, self.say(say.NO_ESTIMATE), CAPTION, "ink2"), SECTION)
            return
        minutes = sum(matter.minutes for matter in page.matters)
        pairs = (
            (say.AHEAD, say.people(page.wait.ahead)),
            (say.WAITING, say.minutes(page.wait.minutes)),
            (say.HANDLING, say.minutes(minutes)),
        )
        boxes = [self._figure(label, value) for label, value in pairs]
        note = say.as_of(page.wait.as_of) if page.wait.as_of else say.ESTIMATE_NOTE
        row: QWidget = Down(theme, boxes, gap=12) if theme.elder else Across(theme, boxes)
        if not theme.elder and not theme.landscape:
            self.see(Text(theme, self.say(say.ESTIMATE), LEAD_BOLD), SECTION, heading=True)
        self.see(row, LIST)
        self.see(Text(theme, self.say(note), CAPTION, "ink2"), 12)

    def _figure(self, label: Words, value: Words) -> QWidget:
        theme = self.theme
        name = Text(theme, self.say(label), CAPTION, "ink2")
        figure = Text(theme, self.say(value), H3 if theme.elder else H2, most_lines=1)
        if theme.elder:
            figure = Text(theme, self.say(value), H3, align=RIGHT)
            return Panel(theme, [Across(theme, (name, figure), (1, 1), stretch=False)], padding=24)
        return Panel(theme, [name, figure], gap=2, padding=28)
