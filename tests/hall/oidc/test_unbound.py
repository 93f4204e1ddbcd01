"""What a phone's sign-in gave a department ends with the phone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from hall.binding import bindings
from hall.binding.bindings import Ended
from hall.oidc.entry import entry
from hall.oidc.models import DepartmentCode
from hall.oidc.persons import Persons, Visitor
from hall.oidc.service import serve
from hall.state import Hall
from hall.web.pages import Pages
from tests.hall.conftest import InProcess
from tests.hall.oidc.office import Department, Office, Person, clock_seconds


def ended(hall: Hall, person: Person, why: Ended = "kiosk") -> None:
    with hall.store.writing() as session:
        for each in bindings.live(session, person.account):
            bindings.end(session, each, why, hall.now())


@pytest.mark.parametrize("why", ["kiosk", "objected"])
def test_codes_and_tokens_end_with_the_phone_that_signed_the_person_in(
    office: Office, wang: Person, li: Person, social: Department, why: Ended
) -> None:
    token, code = office.token(wang, social)["access_token"], office.code(wang, social)
    others = office.token(li, social)["access_token"]
    assert office.userinfo(token).status_code == 200
    ended(office.hall, wang, why)
    assert office.userinfo(token).status_code == 401
    assert office.redeem(social, code).json()["error"] == "invalid_grant"
    assert office.userinfo(others).status_code == 200


class Unbinding(Persons):
    """The phone is unbound at the kiosk just after the page looked who is signed in with it."""

    def __init__(self, hall: Hall, person: Person) -> None:
        super().__init__(hall)
        self._beside = hall
        self._person = person

    def visitor(self, cookie: str) -> Visitor | None:
        found = super().visitor(cookie)
        ended(self._beside, self._person)
        return found


def test_a_phone_that_is_unbound_while_the_page_is_answered_gets_no_code(
    office: Office, wang: Person, social: Department
) -> None:
    office.code(wang, social)  # said yes once: the next time nothing is asked
    hall, app = office.hall, FastAPI(openapi_url=None)
    with hall.store.writing() as session:
        session.query(DepartmentCode).delete()
    service = replace(serve(hall), persons=Unbinding(hall, wang))
    app.include_router(entry(service, Pages(hall), clock_seconds(office.clock)))
    with InProcess(app) as client:
        answer = Office(hall, client, office.clock, app).authorize(wang, social.asks())
    assert answer.status_code == 403
    assert "location" not in answer.headers
    with hall.store.reading() as session:
        assert session.scalars(select(DepartmentCode)).all() == []
