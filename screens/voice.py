"""What the kiosk says aloud: four sounds and short sentences, on a thread of its own.

Sounds go to a player that takes a WAV on standard input (``aplay``), sentences
first through a speaker that makes one (``espeak-ng``). Nobody waits for either;
a program that is missing or hangs costs the sound and nothing else. Personal
data is never spoken into the room.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from queue import Full, Queue
from typing import Final

from screens.look import Look
from screens.words import Language, Words

_SOUNDS: Final = Path(__file__).parent / "sounds"
_VOICES: Final = {Language.ZH: "cmn", Language.EN: "en"}
_SECONDS: Final = 15.0
_AHEAD: Final = 4


class Sound(StrEnum):
    """A file in ``sounds/`` each."""

    TOUCH = "touch"
    ACCEPTED = "accepted"
    TAKE = "take"
    ALARM = "alarm"


class Voice:
    """``lost`` is told once, with the program's name, when one of them can't be run."""

    def __init__(self, player: str, speaker: str, lost: Callable[[str], None]) -> None:
        self._player = player
        self._speaker = speaker
        self._lost = lost
        self._missing: set[str] = set()
        self._queue: Queue[Callable[[], None] | None] = Queue(_AHEAD)
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    def play(self, sound: Sound) -> None:
        self._add(lambda: self._sound((_SOUNDS / f"{sound}.wav").read_bytes()))

    def say(self, words: Words, look: Look) -> None:
        self._add(lambda: self._speak(words.into(look.language), _VOICES[look.language]))

    def stop(self) -> None:
        self._queue.put(None)
        self._thread.join(_SECONDS)

    def _add(self, deed: Callable[[], None]) -> None:
        """Old news is not worth saying: what does not fit the queue is dropped."""
        if self._player:
            try:
                self._queue.put_nowait(deed)
            except Full:
                return

    def _run(self) -> None:
        while (deed := self._queue.get()) is not None:
            deed()

    def _sound(self, wav: bytes) -> None:
        self._through([self._player, "-q", "-"], wav)

    def _speak(self, text: str, voice: str) -> None:
        if self._speaker and (wav := self._through([self._speaker, "-v", voice, "-s", "150", "--stdout"], text.encode())):
            self._sound(wav)

    def _through(self, command: list[str], data: bytes) -> bytes:
        if command[0] in self._missing:
            return b""
        try:
            return subprocess.run(  # noqa: S603 - the program is named in kiosk.toml
                command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=True
            ).stdout
        except (OSError, subprocess.SubprocessError):
            self._missing.add(command[0])
            self._lost(command[0])
            return b""
