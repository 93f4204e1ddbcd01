"""What the kiosk lets be heard of a visit: four sounds, two requests, and in the mode for it every page."""

from __future__ import annotations

from screens.voice import Sound, Voice
from screens.window import KioskWindow
from screens.words import Words


class Aloud:
    """Speaks as the window looks: in its language, and pages only in the mode that reads them."""

    def __init__(self, voice: Voice, window: KioskWindow) -> None:
        self._voice = voice
        self._window = window

    def read(self, _look: object = None) -> None:
        """The page as it stands; what is masked on it stays masked."""
        look = self._window.look()
        if look.speak:
            self._voice.hush()
            self._voice.say_text(self._window.words_of_page(), look)

    def touched(self) -> None:
        self._voice.play(Sound.TOUCH)

    def accepted(self) -> None:
        """The document is good."""
        self._voice.play(Sound.ACCEPTED)

    def take(self) -> None:
        """What was come for is there."""
        self._voice.play(Sound.TAKE)

    def still_there(self) -> None:
        self._say(Words("您还在吗？请碰一下屏幕。", "Are you still there? Please touch the screen."))

    def take_card(self) -> None:
        """The alarm, for whoever is on the way out."""
        self._voice.play(Sound.ALARM)
        self._say(Words("请取回您的证件。", "Please take your card."))

    def _say(self, words: Words) -> None:
        self._voice.say(words, self._window.look())
