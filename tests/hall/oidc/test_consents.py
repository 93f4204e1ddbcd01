"""What a person allowed is listed, and taken back it is gone at once: consent, codes and tokens."""

from __future__ import annotations

from hall.oidc import clients, consents
from hall.people import closing
from hall.people.models import Account
from tests.hall.oidc.office import Department, Office, Person, form, sent_back


def test_what_was_allowed_is_listed_by_department_with_all_that_it_may_see(
    office: Office, wang: Person, li: Person, social: Department, civil: Department
) -> None:
    first = office.clock.ms
    office.token(wang, social, scope="openid name")
    office.clock.forward(minutes=1)
    office.token(wang, civil)
    office.token(wang, social, scope="openid number")
    with office.hall.store.reading() as session:
        listed = consents.of(session, wang.account)
        assert consents.of(session, li.account) == []
    assert [(each.client, each.name_zh, tuple(each.scopes)) for each in listed] == [
        ("social-insurance", "江畔区社会保险服务", ("openid", "name", "number")),
        ("civil-affairs", "江畔区民政服务", ("openid", "name", "birth", "phone_bound")),
    ]
    assert listed[0].since == first


def test_taken_back_it_is_gone_at_that_department_and_at_no_other(
    office: Office, wang: Person, li: Person, social: Department, civil: Department
) -> None:
    token, other, hers = (
        office.token(person, department)["access_token"]
        for person, department in ((wang, social), (wang, civil), (li, social))
    )
    code = office.code(wang, social)
    with office.hall.store.writing() as session:
        assert consents.withdraw(session, wang.account, social.id)
        assert not consents.withdraw(session, wang.account, social.id)
    assert office.userinfo(token).status_code == 401
    assert office.redeem(social, code).json()["error"] == "invalid_grant"
    assert form(office.authorize(wang, social.asks()))
    assert sent_back(office.authorize(wang, social.asks(prompt="none")))["error"] == "consent_required"
    assert office.userinfo(other).status_code == 200
    assert office.userinfo(hers).status_code == 200


def test_an_account_that_is_closed_signs_in_nowhere(office: Office, wang: Person, social: Department) -> None:
    token, code = office.token(wang, social)["access_token"], office.code(wang, social)
    with office.hall.store.writing() as session:
        closing.close(session, session.get_one(Account, wang.account), office.clock.ms)
    assert office.userinfo(token).status_code == 401
    assert office.redeem(social, code).json()["error"] == "invalid_grant"
    assert office.authorize(wang, social.asks()).headers["location"].startswith("/phone/sign-in?")


def test_of_a_closed_account_no_consent_stays(office: Office, wang: Person, social: Department) -> None:
    office.token(wang, social)
    with office.hall.store.writing() as session:
        consents.forget(session, wang.account)
    with office.hall.store.reading() as session:
        assert consents.of(session, wang.account) == []


def test_a_department_that_was_shut_out_is_not_listed(office: Office, wang: Person, passing: Department) -> None:
    office.token(wang, passing)
    with office.hall.store.writing() as session:
        clients.revoke(session, passing.id, office.clock.ms)
    with office.hall.store.reading() as session:
        assert consents.of(session, wang.account) == []


def test_signing_in_somewhere_keeps_an_account_in_use(office: Office, wang: Person, social: Department) -> None:
    office.token(wang, social)
    with office.hall.store.reading() as session:
        assert session.get_one(Account, wang.account).used == office.clock.ms
