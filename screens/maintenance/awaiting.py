"""Something is waited for that nobody presses: a card that is laid down, a code under the scanner."""

from __future__ import annotations

from typing import ClassVar

from screens.maintenance import samples_tests
from screens.maintenance.screen import MaintenanceScreen, asked
from screens.pages import Awaiting
from screens.screen import Samples


class AwaitingScreen(MaintenanceScreen[Awaiting]):
    """What to do, large enough to be read with both hands at the machine, and keys for what else can be done."""

    SAMPLES: ClassVar[Samples] = {"card": samples_tests.AWAIT_CARD}

    def build(self, page: Awaiting) -> None:
        self.banner(asked(self.theme, page.icon, self.say(page.title), self.say(page.lead)))
        self.others(page.deeds)
