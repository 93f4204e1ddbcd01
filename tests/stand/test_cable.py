"""The cable carries what it is given, breaks when it is cut, and carries again when it is mended."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.stand.cable import Cable


class Echo:
    """A server that gives back what it gets, and counts who came."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.came = 0
        self._threads: list[threading.Thread] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.came += 1
            self._threads.append(threading.Thread(target=self._serve, args=(line,), daemon=True))
            self._threads[-1].start()

    def _serve(self, line: socket.socket) -> None:
        with line:
            try:
                while data := line.recv(65_536):
                    line.sendall(data)
            except OSError:
                return

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)
        for thread in self._threads:
            thread.join(5)


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.stop()


@pytest.fixture
def cable(echo: Echo) -> Iterator[Cable]:
    cable = Cable(echo.port)
    yield cable
    cable.stop()


def plugged(cable: Cable) -> socket.socket:
    return socket.create_connection(("127.0.0.1", cable.port), timeout=5)


def exchange(line: socket.socket, data: bytes) -> bytes:
    """What comes back for ``data``; nothing more where the line broke."""
    back = b""
    try:
        line.sendall(data)
        while len(back) < len(data) and (part := line.recv(65_536)):
            back += part
    except OSError:
        return back
    return back


def test_what_goes_in_comes_out_whole(cable: Cable) -> None:
    data = bytes(range(256)) * 2_000
    with plugged(cable) as line:
        sender = threading.Thread(target=line.sendall, args=(data,))
        sender.start()
        back = b""
        while len(back) < len(data):
            back += line.recv(65_536)
        sender.join(5)
    assert back == data


def test_several_lines_run_beside_each_other(cable: Cable) -> None:
    with plugged(cable) as one, plugged(cable) as other:
        assert exchange(other, b"other") == b"other"
        assert exchange(one, b"one") == b"one"


def test_cut_it_breaks_what_is_under_way_and_lets_nothing_through(cable: Cable, echo: Echo) -> None:
    with plugged(cable) as line:
        assert exchange(line, b"before") == b"before"
        cable.cut()
        assert exchange(line, b"after") == b""
    with plugged(cable) as late:
        assert exchange(late, b"late") == b""
    assert echo.came == 1


def test_mended_it_carries_again(cable: Cable) -> None:
    cable.cut()
    with plugged(cable) as line:
        assert exchange(line, b"cut") == b""
    cable.mend()
    with plugged(cable) as line:
        assert exchange(line, b"whole") == b"whole"


def test_a_hall_that_is_not_there_refuses_and_the_next_one_is_reached(cable: Cable, echo: Echo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        free: int = nobody.getsockname()[1]
    there, cable.target = cable.target, free
    with plugged(cable) as line:
        assert exchange(line, b"anybody?") == b""
    cable.target = there
    with plugged(cable) as line:
        assert exchange(line, b"hello") == b"hello"


def test_a_side_that_hangs_up_ends_the_line_for_the_other(cable: Cable, echo: Echo) -> None:
    line = plugged(cable)
    assert exchange(line, b"x") == b"x"
    line.close()
    echo._threads[0].join(5)
    assert not echo._threads[0].is_alive()


def test_stopped_it_is_gone(echo: Echo) -> None:
    cable = Cable(echo.port)
    cable.stop()
    with pytest.raises(ConnectionRefusedError):
        plugged(cable)
