"""A real process behind real TLS: who may talk to it, what it leaves behind, and how it comes back."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from tests.hall.conftest import heartbeat, issued
from tests.hall.terminal import Terminal, batch, cbor, enrolment
from tests.stand.hall import RunningHall


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with RunningHall(tmp_path_factory.mktemp("served"), enrolments_per_minute=100_000) as hall:
        yield hall


def enrol(hall: RunningHall) -> Terminal:
    key = ec.generate_private_key(ec.SECP256R1())
    body = enrolment(hall.code(), key)
    answer = requests.post(f"{hall.url}/v1/enrol", json=body, verify=str(hall.ca), timeout=10)
    assert answer.status_code == 200, answer.text
    return Terminal(key, answer.json(), f"localhost:{hall.port}")


def ask(hall: RunningHall, terminal: Terminal, path: str, value: Any) -> requests.Response:
    body = value if isinstance(value, bytes) else cbor(value)
    headers = terminal.headers("POST", path, body)
    return requests.post(hall.url + path, data=body, headers=headers, verify=str(hall.ca), timeout=10)


def test_a_kiosk_enrols_sends_and_is_answered_over_tls(running: RunningHall) -> None:
    terminal = enrol(running)
    event = terminal.event("ticket.issued", issued("SERVED2", f"{terminal.number}-A001"), 1)
    answer = ask(running, terminal, "/v1/events", batch([event]))
    assert terminal.reply("ack", answer.content)["watermark"] == 1
    assert running.rows("SELECT number FROM ticket WHERE id = ?", "SERVED2AAAAAAAAA") == [(f"{terminal.number}-A001",)]
    assert terminal.answer["url"] == running.url


def test_only_the_halls_own_ca_vouches_for_it_and_only_on_its_name(running: RunningHall) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{running.url}/v1/ca", timeout=10)
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"https://127.0.0.1:{running.port}/v1/ca", verify=str(running.ca), timeout=10)
    trusting = ssl.create_default_context(cafile=str(running.ca))
    with (
        socket.create_connection(("localhost", running.port), timeout=10) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as connection,
    ):
        assert connection.version() == "TLSv1.3"


def test_without_tls_there_is_no_answer(running: RunningHall) -> None:
    with socket.create_connection(("localhost", running.port), timeout=10) as plain:
        plain.sendall(b"GET /v1/ca HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"HTTP/1.1 200" not in plain.recv(1000)


def test_kiosks_that_come_at_once_are_all_served(running: RunningHall) -> None:
    terminals = [enrol(running) for _ in range(4)]

    def work(terminal: Terminal) -> list[int]:
        statuses = []
        for n in range(5):
            statuses.append(ask(running, terminal, "/v1/heartbeat", heartbeat(n)).status_code)
            lease = {"day": running.today(), "queue": "A", "left": 0}
            statuses.append(ask(running, terminal, "/v1/leases", lease).status_code)
        return statuses

    with ThreadPoolExecutor(4) as pool:
        assert {status for statuses in pool.map(work, terminals) for status in statuses} == {200}
    leased = [
        number
        for first, last in running.rows("SELECT first, last FROM lease WHERE queue = 'A'")
        for number in range(first, last + 1)
    ]
    assert len(leased) == len(set(leased)) == 400


def test_what_was_acknowledged_outlives_a_kill_and_the_port_stays(tmp_path: Path) -> None:
    with RunningHall(tmp_path / "hall") as hall:
        terminal, port = enrol(hall), hall.port
        event = terminal.event("ticket.issued", issued("KEPT2", f"{terminal.number}-A001"), 1)
        ack = terminal.reply("ack", ask(hall, terminal, "/v1/events", batch([event])).content)
        hall.kill()
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get(f"{hall.url}/v1/ca", verify=str(hall.ca), timeout=10)
        hall.start()
        assert hall.port == port
        again = terminal.reply("ack", ask(hall, terminal, "/v1/events", batch([event])).content)
        assert (again["watermark"], again["head"]) == (ack["watermark"], ack["head"])
        assert hall.rows("SELECT count(*) FROM ticket") == [(1,)]


def test_a_backup_is_made_and_restored_around_a_running_hall(tmp_path: Path) -> None:
    with RunningHall(tmp_path / "hall") as hall:
        terminal = enrol(hall)
        events = [
            terminal.event("ticket.issued", issued(f"KEPT{n}", f"{terminal.number}-A00{n}"), n) for n in (2, 3, 4)
        ]
        ask(hall, terminal, "/v1/events", batch(events[:1]))
        assert requests.get(hall.url + "/lists/index", verify=str(hall.ca), timeout=10).status_code == 200
        copy = hall.backup()
        ack = terminal.reply("ack", ask(hall, terminal, "/v1/events", batch(events[1:])).content)
        assert (ack["watermark"], ack["backup"]) == (3, 1)
        hall.restore(copy)
        ack = terminal.reply("ack", ask(hall, terminal, "/v1/events", batch([])).content)
        assert ack["expected"] == 2
        ack = terminal.reply("ack", ask(hall, terminal, "/v1/events", batch(events[1:])).content)
        assert ack["watermark"] == 3
        assert hall.rows("SELECT count(*) FROM ticket") == [(3,)]


def test_a_second_hall_on_the_same_data_does_not_start(running: RunningHall) -> None:
    settings = running.folder / "second.toml"
    settings.write_text('data = "data"\nport = 0\n')
    command = [sys.executable, "-m", "hall", "--settings", str(settings), "serve"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "is running" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_nothing_that_was_asked_is_ever_logged(tmp_path: Path) -> None:
    with RunningHall(tmp_path / "hall") as hall:
        for path in ("/T/ABCDEFGHIJKLMNOP", "/no/such/page?name=canary", "/v1/events"):
            requests.get(hall.url + path, verify=str(hall.ca), timeout=10)
        with socket.create_connection(("localhost", hall.port), timeout=10) as rude:
            rude.sendall(b"GET /canary HTTP/1.1\r\n\r\n")
        hall.stop()
        said = "".join((hall.folder / name).read_text("utf-8") for name in ("hall.err", "hall.out"))
    assert "canary" not in said
    assert "ABCDEFGHIJKLMNOP" not in said
