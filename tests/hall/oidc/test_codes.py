"""Codes and tokens that were stolen, used twice, kept too long, or brought by somebody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from hall.oidc import clients
from tests.hall.conftest import InProcess
from tests.hall.oidc.office import Department, Office, Person


def test_a_code_is_good_once_and_a_second_use_takes_back_what_came_of_it(
    office: Office, wang: Person, social: Department
) -> None:
    code = office.code(wang, social)
    token = office.redeem(social, code).json()["access_token"]
    assert office.userinfo(token).status_code == 200
    again = office.redeem(social, code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert office.userinfo(token).status_code == 401


def test_two_who_present_one_code_at_once_do_not_both_get_a_token(
    office: Office, wang: Person, social: Department
) -> None:
    code = office.code(wang, social)
    with ThreadPoolExecutor(4) as threads:
        statuses = sorted(threads.map(lambda _: _redeemed_beside(office, social, code), range(4)))
    assert statuses == [200, 400, 400, 400]


def _redeemed_beside(office: Office, department: Department, code: str) -> int:
    with InProcess(office.app) as other:
        return Office(office.hall, other, office.clock, office.app).redeem(department, code).status_code


def test_a_code_is_good_for_a_minute(office: Office, wang: Person, social: Department) -> None:
    early, late = office.code(wang, social), office.code(wang, social)
    office.clock.forward(seconds=59)
    assert office.redeem(social, early).status_code == 200
    office.clock.forward(seconds=1)
    assert office.redeem(social, late).json()["error"] == "invalid_grant"


def test_a_token_is_good_for_five_minutes(office: Office, wang: Person, social: Department) -> None:
    token = office.token(wang, social)["access_token"]
    office.clock.forward(seconds=299)
    assert office.userinfo(token).status_code == 200
    office.clock.forward(seconds=1)
    answer = office.userinfo(token)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer error="invalid_token"')


def test_a_code_of_another_department_is_refused_and_used_up(
    office: Office, wang: Person, social: Department, civil: Department
) -> None:
    code = office.code(wang, social)
    stolen = office.redeem(civil, code, redirect_uri=social.redirect, code_verifier=social.verifier)
    assert (stolen.status_code, stolen.json()["error"]) == (400, "invalid_grant")
    assert office.redeem(social, code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("verifier", ["x" * 43, "", None, "short", "x" * 129, "ä" * 50, "a b" * 20])
def test_a_wrong_verifier_is_refused_and_the_code_is_used_up(
    office: Office, wang: Person, social: Department, verifier: str | None
) -> None:
    code = office.code(wang, social)
    answer = office.redeem(social, code, code_verifier=verifier)
    assert answer.status_code == 400
    assert "access_token" not in answer.text


def test_a_wrong_verifier_leaves_no_second_try(office: Office, wang: Person, social: Department) -> None:
    code = office.code(wang, social)
    assert office.redeem(social, code, code_verifier="x" * 43).json()["error"] == "invalid_grant"
    assert office.redeem(social, code).json()["error"] == "invalid_grant"


def test_a_token_is_given_for_the_address_the_code_went_to_alone(
    office: Office, wang: Person, social: Department
) -> None:
    for redirect in (social.redirect + "/", "https://evil.example/callback", None, ""):
        assert office.redeem(social, office.code(wang, social), redirect_uri=redirect).status_code == 400


def test_a_token_gets_its_own_scopes_whatever_is_asked_beside_it(
    office: Office, wang: Person, social: Department, civil: Department
) -> None:
    office.token(wang, civil)
    token = office.token(wang, social, scope="openid name")["access_token"]
    for query in ("", "?scope=openid+birth+number", "?scope=openid%20phone_bound&client_id=civil-affairs"):
        assert set(office.userinfo(token, query).json()) == {"sub", "name"}


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer ", "Bearer x", "Bearer a b", "Basic eA==", "x" * 4_000])
def test_without_a_token_nobody_learns_anything(office: Office, wang: Person, header: str | None) -> None:
    headers = {"authorization": header} if header else {}
    for method in ("GET", "POST"):
        answer = office.client.request(method, "/oidc/userinfo", headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
    assert office.reads(wang) == []


def test_a_token_in_the_address_is_not_taken(office: Office, wang: Person, social: Department) -> None:
    token = office.token(wang, social)["access_token"]
    assert office.client.request("GET", f"/oidc/userinfo?access_token={token}").status_code == 401
    form_ = {"access_token": token}
    assert office.client.request("POST", "/oidc/userinfo", data=form_).status_code == 401


def test_a_scope_that_was_taken_from_a_department_is_not_handed_over_any_more(
    office: Office, wang: Person, passing: Department
) -> None:
    token = office.token(wang, passing)["access_token"]
    with office.hall.store.writing() as session:
        found = clients.find(session, passing.id)
        assert found
        found.scopes = ["openid", "name"]
    assert set(office.userinfo(token).json()) == {"sub", "name"}


def test_secrets_codes_and_tokens_are_kept_as_hashes_only(office: Office, wang: Person, social: Department) -> None:
    code = office.code(wang, social)
    token = office.redeem(social, code).json()["access_token"]
    data = b"".join(path.read_bytes() for path in office.hall.settings.data.glob("hall.sqlite*"))
    for secret in (code, token, social.secret, wang.number):
        assert secret.encode() not in data
