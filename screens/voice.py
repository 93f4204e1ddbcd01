"""What the kiosk says aloud: four sounds and short sentences, on a thread of its own.

Sounds go to a player that takes a WAV on standard input (``aplay``), sentences
first through a speaker that makes one (``espeak-ng``). Nobody waits for either;
a program that is missing or hangs costs the sound and nothing else. Personal
data is never spoken into the room.
"""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import wave
from array import array
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from queue import Empty, Full, Queue
from typing import Final

from screens.look import Look
from screens.words import Language, Words

_SOUNDS: Final = Path(__file__).parent / "sounds"
_VOICES: Final = {Language.ZH: "cmn", Language.EN: "en"}
_SECONDS: Final = 60.0
_AHEAD: Final = 4
_LONGEST: Final = 1_500


class Sound(StrEnum):
    """A file in ``sounds/`` each."""

    TOUCH = "touch"
    ACCEPTED = "accepted"
    TAKE = "take"
    ALARM = "alarm"


class Voice:
    """``lost`` is told of a program that can't be run, by name, on the voice's thread; again only after it worked."""

    def __init__(self, player: str, speaker: str, lost: Callable[[str], None]) -> None:
        self._player = player
        self._speaker = speaker
        self._lost = lost
        self.volume = 1.0
        """From 0, which is silence, to 1: as loud as the sounds are."""
        self._silent: set[str] = set()
        self._running: subprocess.Popen[bytes] | None = None
        self._queue: Queue[Callable[[], None] | None] = Queue(_AHEAD)
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    def play(self, sound: Sound) -> None:
        self._add(partial(self._sound, sound))

    def say(self, words: Words, look: Look) -> None:
        self.say_text(words.into(look.language), look)

    def say_text(self, text: str, look: Look) -> None:
        """Read a text aloud, the first ``_LONGEST`` characters of it."""
        if self._speaker:
            self._add(partial(self._speak, text[:_LONGEST], _VOICES[look.language]))

    def hush(self) -> None:
        """Stop what is being said, and forget what was going to be."""
        with suppress(Empty):
            while True:
                self._queue.get_nowait()
        if self._running is not None:
            self._running.kill()

    def stop(self) -> None:
        self.hush()
        self._queue.put(None)
        self._thread.join(3.0)

    def _add(self, deed: Callable[[], None]) -> None:
        """Old news is not worth saying: what does not fit the queue is dropped."""
        if self._player:
            with suppress(Full):
                self._queue.put_nowait(deed)

    def _run(self) -> None:
        while (deed := self._queue.get()) is not None:
            deed()

    def _sound(self, sound: Sound) -> None:
        self._play((_SOUNDS / f"{sound}.wav").read_bytes())

    def _speak(self, text: str, voice: str) -> None:
        if wav := self._through([self._speaker, "-v", voice, "-s", "150", "--stdin", "--stdout"], text.encode()):
            self._play(wav)

    def _play(self, wav: bytes) -> None:
        if volume := self.volume:
            self._through([self._player, "-q", "-"], wav if volume == 1 else softer(wav, volume))

    def _through(self, command: list[str], data: bytes) -> bytes:
        """What a program makes of ``data``; nothing where it is missing, fails, hangs or was hushed."""
        try:
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            ) as running:
                self._running = running
                try:
                    out, _ = running.communicate(data, _SECONDS)
                except subprocess.TimeoutExpired:
                    running.kill()
                    raise
                finally:
                    self._running = None
        except (OSError, subprocess.TimeoutExpired):
            return self._failed(command[0])
        if running.returncode > 0:
            return self._failed(command[0])
        self._silent.discard(command[0])
        return out if running.returncode == 0 else b""

    def _failed(self, program: str) -> bytes:
        if program not in self._silent:
            self._silent.add(program)
            self._lost(program)
        return b""


def softer(wav: bytes, volume: float) -> bytes:
    """The same sound at ``volume`` of its height; what has other samples than 16 bit is left as it is."""
    try:
        with wave.open(io.BytesIO(wav)) as read:
            about = read.getparams()
            frames = read.readframes(about.nframes)  # a speaker writes its header before it knows: fewer may come
    except (EOFError, wave.Error):
        return wav
    if about.sampwidth != 2:
        return wav
    samples = array("h", frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    quieter = array("h", [round(sample * volume) for sample in samples])
    if sys.byteorder == "big":
        quieter.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setnchannels(about.nchannels)
        written.setsampwidth(about.sampwidth)
        written.setframerate(about.framerate)
        written.writeframes(quieter.tobytes())
    return out.getvalue()
