from __future__ import annotations

import pytest

from devices.scanner.sim import StreamCamera
from devices.scanner.source import frames, is_there


@pytest.mark.parametrize(
    "source", ["7", "", "/no/such/camera", "http://127.0.0.1:1/stream", "http://[/", "http://", "concat:/etc/passwd"]
)
def test_a_source_that_is_not_there_gives_no_frame_and_raises_nothing(source: str) -> None:
    assert not is_there(source)
    assert list(frames(source, lambda seconds: True)) == []


def test_to_know_that_a_stream_is_there_nobody_looks_at_it(camera: StreamCamera) -> None:
    assert is_there(camera.url)
    assert (camera.viewers(), camera.sent) == (0, 0)


def test_frames_end_when_nobody_wants_them(camera: StreamCamera) -> None:
    left = 3

    def wanted(seconds: float) -> bool:
        return seen < left

    seen = 0
    for frame in frames(camera.url, wanted):
        assert frame.shape == (720, 1280)
        seen += 1
    assert seen == left
