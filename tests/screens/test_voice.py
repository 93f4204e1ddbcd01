"""Sounds through the real player into ALSA's file device; sentences through the real speaker."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens import sounds
from screens.look import Look
from screens.voice import Sound, Voice
from screens.words import Language, Words
from tests.stand.ears import Ears
from tests.stand.kiosk import until


@pytest.fixture
def ears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ears:
    ears = Ears(tmp_path / "heard")
    for name, value in ears.environment().items():
        monkeypatch.setenv(name, value)
    return ears


@pytest.fixture
def lost() -> list[str]:
    return []


@pytest.fixture
def voice(ears: Ears, lost: list[str]) -> Iterator[Voice]:
    voice = Voice("aplay", "espeak-ng", lost.append)
    yield voice
    voice.stop()


@pytest.mark.parametrize("sound", Sound)
def test_a_sound_comes_out_of_the_device_sample_for_sample(voice: Voice, ears: Ears, sound: Sound) -> None:
    voice.play(sound)
    until("the sound", lambda: ears.heard(Path(sounds.__file__).parent / f"{sound}.wav"))


@pytest.mark.parametrize("language", Language)
def test_a_sentence_is_spoken_in_the_language_of_the_visit(
    voice: Voice, ears: Ears, lost: list[str], tmp_path: Path, language: Language
) -> None:
    voice.say(Words("您还在吗？请碰一下屏幕。", "Are you still there? Please touch the screen."), Look(language))
    until("a second of speech", lambda: any(f.stat().st_size > 44_100 for f in (tmp_path / "heard").glob("*.wav")))
    assert lost == []


def test_a_program_that_is_missing_costs_the_sound_and_is_told_once(lost: list[str]) -> None:
    voice = Voice("no-such-player", "", lost.append)
    voice.play(Sound.TOUCH)
    voice.play(Sound.TOUCH)
    until("the loss", lambda: lost)
    voice.stop()
    assert lost == ["no-such-player"]


def test_silence_is_a_setting() -> None:
    voice = Voice("", "", pytest.fail)
    voice.play(Sound.ALARM)
    voice.say(Words("一", "one"), Look())
    voice.stop()


def test_the_files_are_what_the_notes_say() -> None:
    for name, notes in sounds.SOUNDS.items():
        with wave.open(str(sounds.HERE / f"{name}.wav")) as file:
            assert file.readframes(file.getnframes()) == sounds.samples(notes)
