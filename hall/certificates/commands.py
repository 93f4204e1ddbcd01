"""What an operator can ask of the hall about certificates."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import UTC, datetime

from certificates.ceremony import said
from certificates.short_code import grouped, typed
from certificates.verdict import Why
from hall import authority
from hall.app import compose
from hall.certificates import registry, roots
from hall.certificates.models import Revocation
from hall.settings import Settings

_ROOT_LIMIT = 4_096


def root_request(settings: Settings, _args: Namespace) -> list[str]:
    """What to carry to the root ceremony: the hall's host and public keys, as JSON."""
    return [json.dumps(roots.request(settings.authority, _keys(settings)), indent=2)]


def root_install(settings: Settings, args: Namespace) -> list[str]:
    """Take the root document that came back; a running hall publishes with it at once."""
    with args.file.open("rb") as file:
        data = file.read(_ROOT_LIMIT + 1)
    root = roots.install(settings.roots, settings.authority, _keys(settings), data)
    return [*said(root).splitlines(), "Compare this with what was read aloud."]


def revoke(settings: Settings, args: Namespace) -> list[str]:
    """Take a certificate back."""
    hall, short = compose(settings), typed(args.short)
    with hall.store.writing() as session:
        registry.revoke(session, hall, short, Why(args.why), args.note, None)
    return [f"{grouped(short)} is revoked"]


def cut(settings: Settings, args: Namespace) -> list[str]:
    """Cut off a kiosk's certificate keys: only papers that have arrived here stay good."""
    hall = compose(settings)
    with hall.store.writing() as session:
        keys = registry.cut(session, hall, args.kiosk, None)
    return [f"{keys} keys of {args.kiosk} are cut off"]


def show(settings: Settings, args: Namespace) -> list[str]:
    """What is registered under a short code; nobody's name."""
    hall, short = compose(settings), typed(args.short)
    with hall.store.reading() as session:
        entry = registry.find(session, short)
        if entry is None:
            raise LookupError(f"no certificate {grouped(short)}")
        known = entry.certificate
        template = hall.templates[known.type, known.version]
        return [
            f"{grouped(short)}  {template.title.zh}  {entry.standing(hall.now())}",
            f"issued {_moment(known.iat, settings)} by {known.kiosk}, until {registry.last_day(known)}",
            *(
                f"copy {copy.copy} on {copy.paper}: {copy.outcome or 'not yet known'}{' (late)' if copy.late else ''}"
                for copy in entry.copies
            ),
            *([_revoked(entry.revocation)] if entry.revocation else []),
        ]


def _revoked(revocation: Revocation) -> str:
    return f"revoked: {revocation.why or 'why is not known'}; {revocation.note}".rstrip("; ")


def _keys(settings: Settings) -> authority.Keys:
    return authority.load(settings.keys, settings.hosts, datetime.now(UTC))


def _moment(seconds: int, settings: Settings) -> str:
    return datetime.fromtimestamp(seconds, settings.zone).strftime("%Y-%m-%d %H:%M")
