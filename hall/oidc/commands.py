"""What an operator can ask of the hall about departments."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from hall.oidc import clients, shut_out
from hall.oidc.clients import Said
from hall.settings import Settings
from hall.store import Store


def add(settings: Settings, args: Namespace) -> list[str]:
    """Let a department sign people in; its id and its secret, shown only now."""
    said = Said(args.name_zh, args.name_en, args.purpose_zh, args.purpose_en)
    with _store(settings) as store, store.writing() as session:
        secret = clients.add(session, args.id, said, args.redirect, args.scope, _now())
    return [f"id {args.id}", f"secret {secret}"]


def revoke(settings: Settings, args: Namespace) -> list[str]:
    """Shut a department out at once."""
    with _store(settings) as store, store.writing() as session:
        clients.revoke(session, args.id, _now())
        shut_out.note(settings, args.id)  # before the commit: what is shut out is never missing from the list
    return [f"{args.id} is revoked"]


def show(settings: Settings, _args: Namespace) -> list[str]:
    """All departments, what each may ask for and where it sends people back to."""
    with _store(settings) as store, store.reading() as session:
        return [
            f"{each.id} {each.name_zh}: {' '.join(each.scopes)}; {' '.join(each.redirects)}"
            f"{'; revoked' if each.revoked else ''}"
            for each in clients.every(session)
        ]


@contextmanager
def _store(settings: Settings) -> Iterator[Store]:
    store = Store(settings.database)
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def _now() -> int:
    return int(datetime.now(UTC).timestamp() * 1000)
