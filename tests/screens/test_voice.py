"""Sounds through the real player into ALSA's file device; sentences through the real speaker."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens import sounds
from screens.look import Look
from screens.voice import Sound, Voice, softer
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


def test_half_as_loud_is_each_sample_halved(voice: Voice, ears: Ears, tmp_path: Path) -> None:
    voice.volume = 0.5
    voice.play(Sound.TAKE)
    quiet = tmp_path / "quiet.wav"
    quiet.write_bytes(softer((sounds.HERE / "take.wav").read_bytes(), 0.5))
    until("the softer sound", lambda: ears.heard(quiet))
    assert samples(quiet.read_bytes()) == [round(each * 0.5) for each in samples(loud())]


def test_volume_0_is_silence_and_costs_nothing_else(ears: Ears, lost: list[str], tmp_path: Path) -> None:
    voice = Voice("aplay", "", lost.append)
    voice.volume = 0.0
    voice.play(Sound.ALARM)
    voice.stop()
    assert list((tmp_path / "heard").glob("*.wav")) == []
    assert lost == []


@pytest.mark.parametrize("volume", [0.0, 0.1, 0.7, 1.0])
def test_a_softer_sound_is_as_long_and_of_the_same_kind(volume: float) -> None:
    with wave.open(io.BytesIO(softer(loud(), volume))) as made, wave.open(io.BytesIO(loud())) as file:
        assert made.getparams() == file.getparams()
    assert max(map(abs, samples(softer(loud(), volume)))) <= max(map(abs, samples(loud()))) * volume + 1


@pytest.mark.parametrize("junk", [b"", b"RIFF", b"RIFF\xff\xff\xff\xffWAVE", bytes(100), b"no sound at all"])
def test_what_is_no_sound_is_left_as_it_is(junk: bytes) -> None:
    assert softer(junk, 0.5) == junk


def test_samples_of_another_width_are_left_as_they_are() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8_000)
        file.writeframes(bytes(range(200)))
    assert softer(out.getvalue(), 0.5) == out.getvalue()


def test_a_sound_cut_off_in_the_middle_is_played_as_far_as_it_goes() -> None:
    """A speaker writes its header before it knows how much comes."""
    whole = loud()
    assert (
        samples(softer(whole[: len(whole) // 2 + 1], 1.0)) == samples(whole)[: len(samples(whole[: len(whole) // 2]))]
    )


def loud() -> bytes:
    return (sounds.HERE / "take.wav").read_bytes()


def samples(wav: bytes) -> list[int]:
    """Of 16 bit, as far as there are any."""
    with wave.open(io.BytesIO(wav)) as file:
        frames = file.readframes(file.getnframes())
    return list(memoryview(frames[: len(frames) // 2 * 2]).cast("h"))


def test_the_files_are_what_the_notes_say() -> None:
    for name, notes in sounds.SOUNDS.items():
        with wave.open(str(sounds.HERE / f"{name}.wav")) as file:
            assert file.readframes(file.getnframes()) == sounds.samples(notes)
