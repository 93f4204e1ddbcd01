"""The templates that verifiers have seen: added to, never changed, never taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates.cbor import decoded, encoded
from certificates.documents import DEPTH, TEMPLATES, TYPES
from certificates.template import Template, template
from hall.certificates.models import PublishedTemplate
from hall.state import Templates


class Changed(ValueError):
    """A version that was published is another one now; papers that name it would read differently."""


def adopt(session: Session, loaded: Iterable[Template]) -> Templates:
    """All versions there ever were, those of ``loaded`` among them. Raises ``Changed``; then nothing was kept."""
    known = {(row.type, row.version): _read(row.data) for row in session.scalars(select(PublishedTemplate))}
    for each in loaded:
        which = (each.type, each.version)
        if known.setdefault(which, each) != each:
            raise Changed(
                f"version {each.version} of {each.kind} was published and has changed since: give it a new version"
            )
    for (kind, number), each in known.items():
        if session.get(PublishedTemplate, (kind, number)) is None:
            data = encoded(each.data())
            session.add(PublishedTemplate(type=kind, version=number, sha256=hashlib.sha256(data).digest(), data=data))
    return known


def _read(data: bytes) -> Template:
    return template(decoded(data, TYPES[TEMPLATES].limit, DEPTH))
