"""A real hall in a process of its own: ``python -m hall serve`` over TLS, on a port the system chose."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import tomli_w
from sqlalchemy.orm import Session

from certificates import ceremony
from certificates.technicians import Role as CardRole
from certificates.verdict import Why
from hall import authority, backup, bookings, commands, enrol, settings
from hall.app import compose
from hall.certificates import registry, roots
from hall.models import Role
from hall.state import Hall
from hall.store import Store
from hall.technicians import register
from hall.web import staff

START_DEADLINE: Final = 30.0
STOP_DEADLINE: Final = 15.0

_ROOT: Final = Path(__file__).resolve().parents[2]


class RunningHall:
    """A hall with its own data folder. Starting it again keeps port and data.

    What it writes is in ``hall.err`` and, once it has ended, ``hall.out``.

    ``with RunningHall(folder) as hall:`` makes, starts and stops it. ``environment``
    is added to the process's, ``options`` are lines of ``hall.toml``. With its first
    start comes the root ceremony, unless ``root`` is False: the root's key stays in
    ``folder/ceremony``, outside the hall's data.
    """

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        *,
        root: bool = True,
        **options: Any,
    ) -> None:
        self.folder = folder
        self._rooted = root
        self._environment = {**os.environ, "PYTHONPATH": str(_ROOT), **(environment or {})}
        self.port = 0
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self._write_settings()
        commands.init(self.settings, Namespace())

    def __enter__(self) -> RunningHall:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def settings(self) -> settings.Settings:
        return settings.load(self.folder / "hall.toml")

    @property
    def url(self) -> str:
        """``https://localhost:port``"""
        return self.settings.url

    @property
    def ca(self) -> Path:
        """The CA certificate that a client of this hall trusts."""
        return self.settings.keys / "ca.pem"

    @property
    def pid(self) -> int:
        """The process that serves. Raises ``AssertionError`` where none does."""
        assert self._process is not None
        return self._process.pid

    @property
    def host(self) -> str:
        """The authority that certificates of this hall name: ``localhost:8443``."""
        return self.settings.authority

    @property
    def root(self) -> Path:
        """The first root document, as it is handed to those who verify."""
        return self.folder / "ceremony" / "root-1.cbor"

    def hold_ceremony(self, new_key: bool = False) -> Path:
        """The next version of the root, made beside the hall and installed at it while it runs.

        With ``new_key`` the root's key is another one from then on.
        """
        folder, now = self.folder / "ceremony", self.settings
        folder.mkdir(exist_ok=True)
        version = roots.newest(now.roots) + 1
        request, out = folder / f"request-{version}.json", folder / f"root-{version}.cbor"
        request.write_text(json.dumps(roots.request(now.authority, self.keys)), "utf-8")
        previous = folder / f"root-{version - 1}.cbor" if version > 1 else None
        key, fresh = folder / "root.key", folder / f"root-{version}.key" if new_key else None
        papers = ceremony.Papers(request, key, out, previous, fresh)
        ceremony.held(papers, now.authority, 10, _now_ms() // 1000)
        if fresh is not None:
            fresh.replace(key)
        roots.install(now.roots, now.authority, self.keys, out.read_bytes())
        return out

    def revoke_certificate(self, short: str, why: Why) -> None:
        """As ``hall certificate revoke`` does it, while the hall runs."""
        with self.beside() as (hall, session):
            registry.revoke(session, hall, short, why, "", None)

    def cut(self, kiosk: str) -> int:
        """Cut off the certificate keys of ``kiosk``, while the hall runs; how many there were."""
        with self.beside() as (hall, session):
            return registry.cut(session, hall, kiosk, None)

    def technician(self, csr_pem: bytes, name: str, role: str = CardRole.TECHNICIAN, days: int = 365) -> bytes:
        """As ``hall technician certify`` does it, while the hall runs; the certificate, DER."""
        with self.beside() as (hall, session):
            return register.certify(session, hall, csr_pem, name, CardRole(role), days).certificate

    def revoke_technician(self, name: str) -> None:
        """As ``hall technician revoke`` does it; the hall serves the new list at once."""
        with self.beside() as (hall, session):
            register.revoke(session, hall, name)

    def today(self) -> str:
        """The hall's business date now."""
        return datetime.now(self.settings.zone).date().isoformat()

    @property
    def keys(self) -> authority.Keys:
        return authority.load(self.settings.keys, self.settings.hosts, datetime.now(UTC))

    def store(self) -> Store:
        """A second way into the database, beside the running hall; the caller closes it."""
        return Store(self.settings.database)

    def start(self) -> None:
        """Serve, and return when it is ready. Raises ``TimeoutError`` or ``RuntimeError`` with what it said."""
        assert self._process is None
        errors = self.folder / "hall.err"
        with errors.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "hall", "--settings", str(self.folder / "hall.toml"), "serve"],
                cwd=_ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=self._environment,
            )
        self.port = self._ready(errors)["port"]
        self._write_settings()
        if self._rooted and not self.root.exists():
            self.hold_ceremony()

    def stop(self) -> None:
        """As an operator stops it: what was asked is answered first. Nothing happens where it does not run."""
        if self._process is not None:
            self._process.terminate()
            self._end()

    def kill(self) -> None:
        """As a power cut stops it."""
        if self._process is not None:
            self._process.kill()
            self._end()

    def restart(self) -> None:
        """Stop and start on the same port."""
        self.stop()
        self.start()

    def code(self, kiosk: str | None = None, zh: str = "大厅东侧", en: str = "Main hall, east") -> str:
        """A one-time enrolment code, for a new kiosk or for ``kiosk`` once more."""
        store = self.store()
        try:
            with store.writing() as session:
                code, _ = enrol.code(
                    session, self.keys.fingerprint, self.settings.code, _now_ms(), enrol.Place(zh, en), kiosk
                )
        finally:
            store.close()
        return code

    def booking(
        self,
        queue: str,
        matters: Sequence[str],
        start: str = "00:00",
        end: str = "23:59",
        citizen: str | None = None,
        day: str = "",
    ) -> str:
        """The QR text of a booking for ``day``, or for today."""
        store = self.store()
        try:
            with store.writing() as session:
                code = bookings.book(session, bookings.Slot(day or self.today(), start, end), queue, matters, citizen)
        finally:
            store.close()
        return bookings.QR_PREFIX + code

    def clerk(self, name: str, password: str, role: Role = Role.CLERK, counter: str = "1") -> None:
        """Somebody who can sign in on the staff pages."""
        store = self.store()
        try:
            with store.writing() as session:
                staff.add(session, name, password, role, counter)
        finally:
            store.close()

    def backup(self) -> Path:
        """A verified copy, made while the hall runs; the kiosks' backup watermarks rise."""
        return backup.backup(self.settings, datetime.now(UTC))

    def restore(self, copy: Path) -> None:
        """Stop, go back to ``copy``, and serve again on the same port."""
        self.stop()
        backup.restore(self.settings, copy, datetime.now(UTC))
        self.start()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database holds now."""
        store = self.store()
        try:
            with store.reading() as session:
                return [tuple(row) for row in session.connection().exec_driver_sql(sql, values)]
        finally:
            store.close()

    @contextmanager
    def beside(self) -> Iterator[tuple[Hall, Session]]:
        """The same hall in this process, and one step in its database."""
        hall = compose(self.settings)
        try:
            with hall.store.writing() as session:
                yield hall, session
        finally:
            hall.store.close()

    def _ready(self, errors: Path) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        until = time.monotonic() + START_DEADLINE
        if not select.select([self._process.stdout], [], [], until - time.monotonic())[0]:
            self.kill()
            raise TimeoutError(f"the hall did not start: {errors.read_text('utf-8', 'replace')}")
        line = self._process.stdout.readline()
        if not line:
            self.kill()
            raise RuntimeError(f"the hall did not start: {errors.read_text('utf-8', 'replace')}")
        ready: dict[str, Any] = json.loads(line)
        return ready

    def _end(self) -> None:
        assert self._process is not None
        try:
            self._process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_DEADLINE)
        finally:
            if self._process.stdout is not None:
                with self._process.stdout as said, (self.folder / "hall.out").open("a", encoding="utf-8") as kept:
                    kept.write(said.read())
            self._process = None

    def _write_settings(self) -> None:
        options = {"data": "data", "port": self.port, **self._options}
        (self.folder / "hall.toml").write_text(tomli_w.dumps(options), "utf-8")


def _now_ms() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)
