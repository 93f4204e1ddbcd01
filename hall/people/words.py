"""How the trail of a person's data and what they came for read in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from hall.models import Kiosk
from hall.oidc.models import DepartmentClient
from hall.people.models import DataRead
from hall.state import Hall
from hall.web.words import WORDS, Both


class Names:
    """The names of services, departments, issuers and kiosks of one hall. What is not known shows itself."""

    def __init__(self, session: Session, hall: Hall) -> None:
        self._session = session
        self._services = {service["id"]: _both(service["name"]) for service in hall.content["services"]}
        self._departments = {each["id"]: _both(each["name"]) for each in hall.content["departments"]}
        self._departments |= {t.issuer.zh: Both(t.issuer.zh, t.issuer.en) for t in hall.templates.values()}

    def matters(self, ids: Sequence[str]) -> Both:
        """The first of some matters, and how many more."""
        first = self._services.get(ids[0], Both(ids[0], ids[0]))
        if len(ids) == 1:
            return first
        more = {"count": len(ids), "more": len(ids) - 1}
        words = WORDS["matters-more"]
        return Both(words.zh.format(first=first.zh, **more), words.en.format(first=first.en, **more))

    def document(self, name: str) -> Both:
        return WORDS[f"document-{name}"]

    def reader(self, row: DataRead) -> Both:
        """Who read; a member of staff by a masked name."""
        match row.who_kind:
            case "kiosk":
                return self._kiosk(row.who)
            case "department":
                client = self._session.get(DepartmentClient, row.who)
                signed_in = Both(client.name_zh, client.name_en) if client else Both(row.who, row.who)
                return self._departments.get(row.who, signed_in)
            case "clerk":
                shown = row.who[:1] + "*"
            case _:
                shown = row.who
        words = WORDS[f"reader-{row.who_kind}"]
        return Both(words.zh.format(name=shown).strip(), words.en.format(name=shown).strip())

    def what(self, row: DataRead) -> Both:
        """What was read, as a list."""
        words = [WORDS[f"read-{each}"] for each in row.what.split(",")]
        comma = WORDS["list"]
        return Both(comma.zh.join(each.zh for each in words), ", ".join(each.en for each in words))

    def why(self, row: DataRead) -> Both:
        return WORDS[f"read-because-{row.why}"]

    def _kiosk(self, name: str) -> Both:
        kiosk = self._session.get(Kiosk, name)
        if kiosk is None:
            return Both(name, name)
        words = WORDS["reader-kiosk"]
        zh = words.zh.format(place=kiosk.place_zh, number=kiosk.number)
        return Both(zh.strip(), words.en.format(place=kiosk.place_en, number=kiosk.number).strip())


def _both(words: dict[str, str]) -> Both:
    return Both(words["zh"], words["en"])
