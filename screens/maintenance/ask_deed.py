"""One question before a deed, and the page that stands there while a device works."""

from __future__ import annotations

from typing import ClassVar

from screens import say_maintenance as say
from screens.key import Kind
from screens.keys import Button
from screens.maintenance import samples, samples_tests
from screens.maintenance.screen import MaintenanceScreen, asked
from screens.pages import AskDeed, AtWork
from screens.screen import Samples
from screens.theme import BUTTON


class AskDeedScreen(MaintenanceScreen[AskDeed]):
    """What will happen, the key that says the deed, and the way back. What is grave has an edge of warning."""

    SAMPLES: ClassVar[Samples] = {"restart": samples.RESTART, "off": samples.SWITCH_OFF}

    def build(self, page: AskDeed) -> None:
        self.banner(asked(self.theme, page.icon, self.say(page.title), self.say(page.lead), page.grave))
        back = Button(self.theme, "back", self.say(say.RETURN), "arrow-left", Kind.SECONDARY, BUTTON, 136)
        deed = self.key("primary", page.deed, page.icon, "deed", Kind.PRIMARY)
        self.foot(self.wire(back, "back"), deed, shares=(2, 3))


class AtWorkScreen(MaintenanceScreen[AtWork]):
    """An hourglass, and what is being done."""

    SAMPLES: ClassVar[Samples] = {"print": samples_tests.AT_WORK}

    def build(self, page: AtWork) -> None:
        self.banner(asked(self.theme, "hourglass", self.say(page.title), self.say(page.lead)))
