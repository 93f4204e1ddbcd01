"""A department proves who it is by its secret, in one place and in one way."""

from __future__ import annotations

from base64 import b64encode

import pytest

from tests.hall.oidc.office import Department, Office, Person


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Basic",
        "Basic !!!",
        "Bearer x",
        "Basic " + b64encode(b"social-insurance").decode(),
        "Basic " + b64encode(b"social-insurance:").decode(),
        "Basic " + b64encode(b"social-insurance:wrong").decode(),
        "Basic " + b64encode(b":").decode(),
        "Basic " + b64encode(b"social-insurance:\0").decode(),
        "Basic " + b64encode("社保:x".encode()).decode(),
        "Basic " + b64encode(b"x" * 5_000).decode(),
    ],
)
def test_without_its_secret_a_department_gets_nothing_and_the_code_stays(
    office: Office, wang: Person, social: Department, header: str | None
) -> None:
    code = office.code(wang, social)
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": social.redirect,
        "code_verifier": social.verifier,
    }
    headers = {"authorization": header} if header else {}
    for more in ({}, {"client_id": social.id, "client_secret": social.secret}):
        answer = office.client.request("POST", "/oidc/token", data=sent | more, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert answer.headers["www-authenticate"] == 'Basic realm="keting"'
    assert office.redeem(social, code).status_code == 200


def test_a_secret_in_the_body_or_another_name_in_it_is_refused(
    office: Office, wang: Person, social: Department, civil: Department
) -> None:
    assert office.redeem(social, office.code(wang, social), client_secret=social.secret).status_code == 401
    assert office.redeem(social, office.code(wang, social), client_id=civil.id).status_code == 401
    assert office.redeem(social, office.code(wang, social), client_id=social.id).status_code == 200


@pytest.mark.parametrize(
    "grant", ["password", "client_credentials", "refresh_token", "implicit", "openid", "", "urn:ietf:params:oauth:x"]
)
def test_there_is_one_way_to_a_token(office: Office, wang: Person, social: Department, grant: str) -> None:
    answer = office.redeem(social, office.code(wang, social), grant_type=grant)
    assert answer.status_code == 400
    assert "access_token" not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"\0",
        b"\xff\xfe",
        b"grant_type=authorization_code&grant_type=authorization_code",
        b"code=a&code=b&grant_type=authorization_code",
        b"x=" + b"y" * 10_000,
        b"grant_type=authorization_code&code=%00",
        b"&".join(b"a%d=1" % n for n in range(100)),
    ],
)
def test_hostile_bodies_are_refused_by_the_word_that_libraries_know(
    office: Office, social: Department, body: bytes
) -> None:
    headers = social.basic | {"content-type": "application/x-www-form-urlencoded"}
    answer = office.client.request("POST", "/oidc/token", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"] in ("invalid_request", "unsupported_grant_type")
    other = office.client.request("POST", "/oidc/token", content=b"{}", headers=social.basic)
    assert (other.status_code, other.json()["error"]) == (400, "invalid_request")
    query = office.client.request("POST", "/oidc/token?code=x", content=body, headers=headers)
    assert (query.status_code, query.json()["error"]) == (400, "invalid_request")
