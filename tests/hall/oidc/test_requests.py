"""What a department may not ask: bent addresses, missing proofs, hostile bytes."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from hall.oidc import clients
from tests.hall.oidc.office import Department, Office, Person, destination, form, refused_page, sent_back


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "s256"}, "invalid_request"),
        ({"code_challenge": "x" * 42}, "invalid_request"),
        ({"code_challenge": "x" * 42 + "="}, "invalid_request"),
        ({"state": None}, "invalid_request"),
        ({"state": "x" * 201}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_type": "none"}, "unsupported_response_type"),
        ({"response_type": None}, "invalid_request"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"response_mode": "form_post"}, "invalid_request"),
        ({"request": "e30.e30."}, "request_not_supported"),
        ({"request_uri": "https://evil.example/r"}, "request_uri_not_supported"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "name"}, "invalid_scope"),
        ({"scope": "openid birth"}, "invalid_scope"),
        ({"scope": "openid name name"}, "invalid_scope"),
        ({"scope": "openid offline_access"}, "invalid_scope"),
        ({"prompt": "login"}, "login_required"),
        ({"prompt": "none consent"}, "invalid_request"),
        ({"prompt": "select_account"}, "account_selection_required"),
        ({"prompt": "surprise"}, "invalid_request"),
        ({"max_age": "0"}, "login_required"),
    ],
)
def test_a_request_that_is_not_strict_goes_back_with_an_error_and_no_code(
    office: Office, wang: Person, social: Department, changed: dict[str, str | None], error: str
) -> None:
    answer = office.authorize(wang, social.asks(**changed))
    back = sent_back(answer)
    assert destination(answer).startswith(social.redirect + "?")
    assert (back["error"], back["iss"], "code" in back) == (error, office.hall.settings.url, False)


@pytest.mark.parametrize(
    "bent",
    [
        "https://social-insurance.example/callback/",
        "https://social-insurance.example/callback#x",
        "https://social-insurance.example/callback?x=1",
        "https://social-insurance.example/callback?next=https://evil.example/",
        "https://social-insurance.example:443/callback",
        "https://social-insurance.example:8443/callback",
        "https://social-insurance.example/Callback",
        "https://social-insurance.example/callback/../callback",
        "https://social-insurance.example/callback%2f",
        "https://SOCIAL-INSURANCE.example/callback",
        "https://social-insurance.example.evil.example/callback",
        "https://user@social-insurance.example/callback",
        "https://social-insurance.example\\@evil.example/callback",
        "http://social-insurance.example/callback",
        "https://civil-affairs.example/callback",
        "https://evil.example/callback",
        "//evil.example/callback",
        "/callback",
        "javascript:alert(1)",
        "",
    ],
)
def test_only_the_registered_address_is_gone_to(
    office: Office, wang: Person, social: Department, civil: Department, bent: str
) -> None:
    for person in (wang, None):
        refused_page(office, person, urlencode(social.asks(redirect_uri=bent)))


@pytest.mark.parametrize(
    "id", ["nobody", "", "social-insurance ", "SOCIAL-INSURANCE", "x" * 250, "'; DROP TABLE account", "社保"]
)
def test_a_stranger_is_shown_a_page(office: Office, wang: Person, social: Department, id: str) -> None:
    refused_page(office, wang, urlencode(social.asks(client_id=id)))


def test_hostile_queries_are_shown_a_page(office: Office, wang: Person, social: Department) -> None:
    good = urlencode(social.asks())
    for query in (
        "",
        "=",
        "&&&",
        "%",
        "%zz=1",
        good + "&" + good,
        good + "&client_id=civil-affairs",
        good + "&state=other",
        good + "&unknown=1&unknown=2",
        good + "&" + "&".join(f"a{n}=1" for n in range(30)),
        good + "&x=" + "y" * 10_000,
        urlencode(social.asks(state="a\0b")),
        urlencode(social.asks(state="a\r\nLocation: https://evil.example")),
        urlencode(social.asks(nonce="\x7f")),
        urlencode(social.asks(scope="openid\tname")),
        urlencode(social.asks(state="状态")),
        good + "&state=%ff",
    ):
        refused_page(office, wang, query)


def test_unknown_parameters_are_no_hindrance(office: Office, wang: Person, social: Department) -> None:
    asked = {**social.asks(), "claims": "[" * 1000, "id_token_hint": "x.y.z", "login_hint": "me", "display": "popup"}
    assert form(office.authorize(wang, asked))["client_id"] == social.id


def test_a_department_that_is_shut_out_is_out_at_once(office: Office, wang: Person, passing: Department) -> None:
    token, code = office.token(wang, passing)["access_token"], office.code(wang, passing)
    page = office.authorize(wang, passing.asks(prompt="consent"))
    with office.hall.store.writing() as session:
        clients.revoke(session, passing.id, office.hall.now())
    assert office.userinfo(token).status_code == 401
    assert office.redeem(passing, code).status_code == 401
    refused_page(office, wang, urlencode(passing.asks()))
    assert office.press(wang, page).status_code == 400


def test_who_asks_too_often_is_asked_to_wait(office: Office, wang: Person, social: Department) -> None:
    answers = [office.authorize(wang, social.asks()) for _ in range(121)]
    assert [answer.status_code for answer in answers] == [200] * 120 + [429]
    assert answers[-1].headers["retry-after"] == "1"
    redeemed = [office.redeem(social, "x") for _ in range(101)]
    assert [answer.status_code for answer in redeemed] == [400] * 100 + [429]
    assert redeemed[-1].json() == {"error": "too-many"}
    office.clock.forward(seconds=1)
    assert office.authorize(wang, social.asks()).status_code == 200
