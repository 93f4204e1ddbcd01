"""What an operator can ask of the hall on the command line."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from certificates import qr
from hall import authority, backup, bookings, demo, enrol, marks, serve
from hall.app import compose
from hall.catalogue import lint, load
from hall.certificates import registry
from hall.models import Role
from hall.settings import Settings
from hall.store import Store
from hall.web import staff


def init(settings: Settings, _args: Namespace) -> list[str]:
    """Make keys and database where they are missing."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority.create(settings.keys, settings.name, datetime.now(UTC))
    store = Store(settings.database)
    store.migrate()
    with store.writing() as session:
        marks.put(session, marks.INCARNATION, max(1, marks.number(session, marks.INCARNATION)))
    store.close()
    return [f"a hall is in {settings.data}"]


def run(settings: Settings, _args: Namespace) -> list[str]:
    """Serve until interrupted; one line of JSON says when it is ready."""
    serve.serve(settings)
    return []


def enrol_code(settings: Settings, args: Namespace) -> list[str]:
    """A one-time code for a kiosk, good for 24 hours."""
    hall = compose(settings)
    with hall.store.writing() as session:
        code, _ = enrol.code(
            session,
            hall.keys.fingerprint,
            settings.code,
            hall.now(),
            enrol.Place(args.place_zh, args.place_en),
            args.kiosk,
        )
    if args.picture:
        args.picture.write_text(qr.svg(qr.of_text(enrol.said(code, settings.url)).rows), "utf-8")
    return [code]


def revoke(settings: Settings, args: Namespace) -> list[str]:
    """Shut a kiosk out and cut off its certificate keys."""
    hall = compose(settings)
    with hall.store.writing() as session:
        enrol.revoke(session, args.kiosk, None, hall.now())
    with hall.store.writing() as session:  # whatever hinders the cut, the kiosk is out
        registry.cut(session, hall, args.kiosk, None)
    return [f"{args.kiosk} is revoked"]


def booking(settings: Settings, args: Namespace) -> list[str]:
    """Book a slot; with ``--citizen`` the card holder's number is read from standard input."""
    hall = compose(settings)
    if args.queue not in hall.queues:
        raise ValueError(f"no queue {args.queue}")
    citizen = sys.stdin.readline().strip() if args.citizen else None
    slot = bookings.Slot(args.day or hall.today(), args.start, args.end)
    with hall.store.writing() as session:
        code = bookings.book(session, slot, args.queue, args.matter, citizen)
    return [f"{bookings.QR_PREFIX}{code}"]


def make_backup(settings: Settings, _args: Namespace) -> list[str]:
    """Copy the database, check the copy, and let the kiosks erase what it holds."""
    return [str(backup.backup(settings, datetime.now(UTC)))]


def restore(settings: Settings, args: Namespace) -> list[str]:
    """Go back to a copy; the hall must not be running."""
    backup.restore(settings, Path(args.copy), datetime.now(UTC), args.forget_revocations)
    return [f"restored from {args.copy}"]


def staff_add(settings: Settings, args: Namespace) -> list[str]:
    """Add a member of staff; the password is the first line of standard input."""
    password = sys.stdin.readline().rstrip("\n")
    store = Store(settings.database)
    with store.writing() as session:
        staff.add(session, args.name, password, Role(args.role), args.counter)
    store.close()
    return [f"{args.name} can sign in as {args.role}"]


def catalog_lint(_settings: Settings, _args: Namespace) -> list[str]:
    """Check the catalogue; raises ``ValueError`` with every fault."""
    catalogue = load()
    faults = lint(catalogue)
    if faults:
        raise ValueError("\n".join(faults))
    return [f"{len(catalogue.services)} services, 0 faults"]


def demo_seed(settings: Settings, args: Namespace) -> list[str]:
    """Staff and bookings for a demonstration; the bookings' QR texts."""
    hall = compose(settings)
    with hall.store.writing() as session:
        return [f"{bookings.QR_PREFIX}{code}" for code in demo.seed(session, hall, args.password)]
