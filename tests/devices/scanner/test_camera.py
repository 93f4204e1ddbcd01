from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from multiprocessing.context import SpawnProcess
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from devices.scanner import Fault, Scanned, ScannerLost, ScannerReady, ScanRefused
from devices.scanner.camera import CameraScanner
from devices.scanner.sim import StreamCamera, code, scene
from tests.devices.descriptors import no_descriptor_left
from tests.devices.scanner.conftest import Kiosk, started, until

READY = ScannerReady("eye")
LOST = ScannerLost("eye", Fault.SCANNER_GONE)
BOOKING = b"KETING-BOOKING-0001"


def worker() -> psutil.Process:
    """The process that sees; the other children of a test are multiprocessing's own."""
    (found,) = [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]
    return found


def test_a_code_held_before_the_camera_is_told_once(kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner) -> None:
    scanner.look()
    camera.show(scene(code(BOOKING, 6)))
    assert kiosk.code() == BOOKING
    assert kiosk.hears_nothing(0.5)


def test_the_eye_is_closed_except_while_asked_to_look(
    kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner
) -> None:
    camera.show(scene(code(BOOKING, 6)))
    assert kiosk.hears_nothing(0.3)
    assert camera.viewers() == 0
    for _ in range(2):
        scanner.look()
        assert kiosk.code() == BOOKING
        assert camera.viewers() == 1
        scanner.rest()
        until(lambda: camera.viewers() == 0)
    assert kiosk.hears_nothing(0.1)


def test_two_codes_are_refused_and_the_one_that_is_left_is_told(
    kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner
) -> None:
    camera.show(scene(code(b"mine", 6), code(b"yours", 6)))
    scanner.look()
    assert kiosk.next() == ScanRefused("eye", Fault.TWO_CODES)
    camera.show(scene(code(b"mine", 6)))
    assert kiosk.code() == b"mine"


def test_a_code_that_is_not_wanted_hides_no_worn_one_that_is(camera: StreamCamera) -> None:
    data = b"HTTPS://HALL.EXAMPLE/C/" + b"7" * 200
    worn = np.asarray(cv2.GaussianBlur(code(data, 5), (0, 0), 2.75), np.uint8)
    shop = code(b"https://shop.example/pay", 6)
    scanner = CameraScanner("eye", camera.url, wanted=(b"HTTPS://HALL.EXAMPLE/C/", b"KETING-"))
    kiosk = started(scanner)
    camera.show(scene(shop, worn))
    scanner.look()
    assert kiosk.code() == data
    camera.show(scene(shop))
    assert kiosk.code() == b"https://shop.example/pay"
    camera.show(scene(shop, code(BOOKING, 6)))
    assert kiosk.code() == BOOKING
    assert kiosk.hears_nothing(0.5)
    scanner.stop()


def test_a_code_of_2900_bytes_is_refused_unread(kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner) -> None:
    camera.show(scene(code(np.random.default_rng(1).bytes(2900), 3)))
    scanner.look()
    assert kiosk.next() == ScanRefused("eye", Fault.CODE_TOO_LONG)
    camera.show(scene(code(BOOKING, 6)))
    assert kiosk.code() == BOOKING


def test_hostile_content_is_handed_on_as_it_is(kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner) -> None:
    scanner.look()
    for data in (b"\0" * 40, b"\xff\xfe\x80\xc0\xaf", b"'); DROP TABLE outbox;--", b"https://example.invalid/#1"):
        camera.show(scene(code(data, 6)))
        assert kiosk.code() == data


@pytest.mark.parametrize(
    "jpeg",
    [
        cv2.imencode(".jpg", np.full((720, 1280), 255, np.uint8))[1].tobytes(),
        cv2.imencode(".jpg", scene(code(BOOKING, 6)))[1].tobytes()[:9000],
    ],
    ids=["overexposed", "torn"],
)
def test_frames_without_a_picture_do_no_harm(
    camera: StreamCamera, scanner: CameraScanner, jpeg: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    kiosk = started(scanner)  # here, so that the worker inherits the captured files
    camera.show(scene(code(b"before", 6)))
    scanner.look()
    assert kiosk.code() == b"before"
    camera.show_bytes(jpeg)
    assert kiosk.hears_nothing(0.4)
    camera.show(scene(code(BOOKING, 6)))
    assert kiosk.code() == BOOKING
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "jpeg", [b"no picture at all", b"", np.random.default_rng(4).bytes(20_000)], ids=["text", "empty", "noise"]
)
def test_a_stream_that_holds_no_pictures_is_lost_until_it_does(
    camera: StreamCamera, scanner: CameraScanner, jpeg: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    kiosk = started(scanner)  # here, so that the worker inherits the captured files
    camera.show(scene(code(b"before", 6)))
    scanner.look()
    assert kiosk.code() == b"before"
    camera.show_bytes(jpeg)
    assert kiosk.next() == LOST
    camera.show(scene(code(BOOKING, 6)))
    assert [kiosk.next(), kiosk.code()] == [READY, BOOKING]
    assert capfd.readouterr() == ("", "")


def test_a_camera_unplugged_while_looking_is_lost_and_comes_back_by_itself(
    kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner
) -> None:
    scanner.look()
    until(lambda: camera.viewers() == 1)
    camera.unplug()
    assert kiosk.next() == LOST
    assert kiosk.hears_nothing(0.5)
    camera.plug_in()
    assert kiosk.next() == READY
    camera.show(scene(code(BOOKING, 6)))
    assert kiosk.code() == BOOKING


def test_a_camera_unplugged_at_rest_is_lost_before_anybody_needs_it(kiosk: Kiosk, camera: StreamCamera) -> None:
    camera.unplug()
    assert kiosk.next() == LOST
    camera.plug_in()
    assert kiosk.next() == READY


def test_a_camera_that_hangs_is_lost_within_four_seconds(
    kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner
) -> None:
    scanner.look()
    until(lambda: camera.viewers() == 1)
    camera.hang()
    assert kiosk.next(4) == LOST
    camera.go_on()
    assert kiosk.next() == READY


def test_a_stream_that_is_cut_is_opened_again(kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner) -> None:
    scanner.look()
    until(lambda: camera.viewers() == 1)
    camera.drop()
    assert [kiosk.next(), kiosk.next()] == [LOST, READY]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_is_replaced_and_looks_on(
    kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner, end: signal.Signals
) -> None:
    scanner.look()
    until(lambda: camera.viewers() == 1)
    worker().send_signal(end)
    assert [kiosk.next(), kiosk.next(20)] == [LOST, READY]
    camera.show(scene(code(BOOKING, 6)))
    assert kiosk.code() == BOOKING


def test_a_worker_that_hangs_is_replaced(kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner) -> None:
    scanner.look()
    until(lambda: camera.viewers() == 1)
    worker().send_signal(signal.SIGSTOP)
    assert [kiosk.next(9), kiosk.next(20)] == [LOST, READY]


@pytest.mark.parametrize("given_back", [True, False], ids=["no worker", "no pipe to it"])
def test_where_no_worker_can_be_started_the_camera_is_lost_until_one_can(
    kiosk: Kiosk, scanner: CameraScanner, given_back: bool
) -> None:
    dies = worker().pid
    with no_descriptor_left(given_back):
        os.kill(dies, signal.SIGKILL)
        assert kiosk.next() == LOST
        scanner.look()
        assert kiosk.hears_nothing(0.6)  # it is tried again and again
        scanner.rest()
    assert kiosk.next(20) == READY


def test_a_worker_that_cannot_be_killed_is_waited_for_and_not_followed_by_another(
    kiosk: Kiosk, scanner: CameraScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that hangs in a driver: no signal reaches it until the driver comes back."""
    monkeypatch.setattr(SpawnProcess, "kill", lambda _: None)
    hung = worker()
    hung.send_signal(signal.SIGSTOP)
    assert kiosk.next(9) == LOST
    scanner.look()
    scanner.rest()
    assert kiosk.hears_nothing(1.5)
    assert worker() == hung
    hung.kill()
    assert kiosk.next(20) == READY


def test_a_worker_that_cannot_be_killed_does_not_hold_up_the_end(
    kiosk: Kiosk, scanner: CameraScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpawnProcess, "kill", lambda _: None)
    hung = worker()
    hung.send_signal(signal.SIGSTOP)
    before = threading.active_count()
    scanner.stop()
    assert threading.active_count() < before
    hung.kill()
    until(lambda: multiprocessing.active_children() == [])  # not by psutil: who waits for a child takes its end from us


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_whatever_ends_the_thread_the_camera_is_lost_and_looking_harms_nobody(
    kiosk: Kiosk, scanner: CameraScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(scanner, "_attend", fails)
    worker().send_signal(signal.SIGKILL)
    assert kiosk.next() == LOST
    until(lambda: not any(thread.name == "scanner eye" for thread in threading.enumerate()))
    scanner.look()
    scanner.rest()


def test_a_hung_worker_does_not_hold_up_the_end(kiosk: Kiosk, scanner: CameraScanner) -> None:
    hung = worker()
    hung.send_signal(signal.SIGSTOP)
    scanner.stop()
    assert not hung.is_running()


def test_whoever_is_told_may_close_the_eye_there_and_then(
    kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner
) -> None:
    told = threading.Event()

    def once(event: object) -> None:
        if isinstance(event, Scanned):
            scanner.rest()
            told.set()

    scanner.stop()
    scanner.start(once)
    camera.show(scene(code(BOOKING, 6)))
    scanner.look()
    assert told.wait(20)
    until(lambda: camera.viewers() == 0)


def test_what_an_ended_look_saw_is_never_told(camera: StreamCamera, scanner: CameraScanner) -> None:
    """The kiosk is slow to take the first code; meanwhile the worker sees and reports a second."""
    told: list[object] = []
    rested = threading.Event()

    def slow(event: object) -> None:
        told.append(event)
        if isinstance(event, Scanned):
            camera.show(scene(code(b"second", 6)))
            enough = camera.sent + 30
            until(lambda: camera.sent > enough)
            scanner.rest()
            rested.set()

    camera.show(scene(code(b"first", 6)))
    scanner.start(slow)
    scanner.look()
    assert rested.wait(20)
    until(lambda: camera.viewers() == 0)
    scanner.stop()
    assert [event for event in told if isinstance(event, Scanned)] == [Scanned("eye", b"first")]


@pytest.mark.parametrize("name", ["code.png", "code7.jpg", "film.avi"])
def test_a_file_is_a_camera_too(tmp_path: Path, name: str) -> None:
    path, picture = str(tmp_path / name), scene(code(BOOKING, 6))
    if name.endswith(".avi"):
        film = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*"MJPG"), 25, (1280, 720), isColor=False)
        for _ in range(5):
            film.write(picture)
        film.release()
    else:
        cv2.imwrite(path, picture)
    kiosk, scanner = Kiosk(), CameraScanner("eye", path)
    scanner.start(kiosk.heard.put)
    scanner.look()
    assert kiosk.next(20) == READY
    assert kiosk.code() == BOOKING
    os.unlink(path)
    assert kiosk.next() == LOST
    scanner.stop()


def test_a_source_that_is_not_there_is_lost_at_once_and_told_once() -> None:
    kiosk, scanner = Kiosk(), CameraScanner("eye", "/no/such/camera")
    scanner.start(kiosk.heard.put)
    assert kiosk.next(20) == LOST
    scanner.look()
    assert kiosk.hears_nothing(0.5)
    scanner.stop()


def test_a_file_that_is_no_picture_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"no picture")
    kiosk, scanner = Kiosk(), CameraScanner("eye", str(path))
    scanner.start(kiosk.heard.put)
    assert kiosk.next(20) == READY
    scanner.look()
    assert kiosk.next() == LOST
    scanner.stop()


def test_nothing_is_left_after_stop_and_nothing_is_told(
    kiosk: Kiosk, camera: StreamCamera, scanner: CameraScanner
) -> None:
    scanner.stop()
    until(lambda: camera.viewers() == 0)
    camera.show(scene(code(BOOKING, 6)))
    here = psutil.Process()
    until(lambda: here.num_threads() <= 100)
    left = here.num_fds(), threading.active_count(), len(here.children())
    for _ in range(4):
        again, other = Kiosk(), CameraScanner("eye", camera.url)
        other.start(again.heard.put)
        other.look()
        assert again.next(20) == READY
        assert again.code() == BOOKING
        other.stop()
        assert again.hears_nothing(0.01)
    until(lambda: (here.num_fds(), threading.active_count(), len(here.children())) == left)


def test_the_eye_closes_when_the_kiosk_is_killed(camera: StreamCamera) -> None:
    play = f"from devices.scanner.camera import *; s = CameraScanner('eye', {camera.url!r}); s.start(print); s.look()"
    kiosk = subprocess.Popen([sys.executable, "-c", f"{play}; input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with kiosk:
        until(lambda: camera.viewers() == 1, within=20)
        kiosk.kill()
        until(lambda: camera.viewers() == 0)


def test_the_kiosk_itself_never_loads_the_image_libraries() -> None:
    asked = "import sys, devices.scanner.camera, devices.scanner.serial; print({'cv2', 'zxingcpp'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=30)
    assert told.stdout.strip() == "set()"


def test_what_was_scanned_is_not_shown() -> None:
    assert "BOOKING" not in repr(Scanned("eye", BOOKING))
