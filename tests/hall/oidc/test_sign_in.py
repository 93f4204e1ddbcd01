"""One sign-in at the hall is one at every department, and each learns no more than it asked for."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet

from tests.hall.oidc.office import Department, Office, Person, destination, form, sent_back

QUESTION: Final = ("phone", "小*", "name", "sign-in")
"""The page that asks for the yes greets the person by the masked name."""


def test_a_person_says_yes_once_and_the_department_learns_what_the_page_said(
    office: Office, wang: Person, social: Department
) -> None:
    page = office.authorize(wang, social.asks())
    for word in ("江畔区社会保险服务", "查您的参保记录", "您的姓名", "您的身份证号码", "王*明"):
        assert word in page.text
    assert "出生日期" not in page.text
    assert wang.name not in page.text
    back = sent_back(office.press(wang, page))
    assert (back["state"], back["iss"]) == (social.state, office.hall.settings.url)
    tokens = office.redeem(social, back["code"]).json()
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == (
        "Bearer",
        300,
        "openid name number assurance",
    )
    assert "refresh_token" not in tokens
    claims = office.userinfo(tokens["access_token"]).json()
    assert claims == {"sub": claims["sub"], "name": wang.name, "citizen_number": wang.number, "acr": "phone"}
    again = office.authorize(wang, social.asks())
    assert again.status_code == 303
    assert destination(again).startswith(social.redirect + "?code=")


def test_the_second_department_needs_no_new_sign_in_and_sees_only_its_fields(
    office: Office, wang: Person, social: Department, civil: Department
) -> None:
    first = office.userinfo(office.token(wang, social)["access_token"]).json()
    second = office.userinfo(office.token(wang, civil)["access_token"]).json()
    assert set(second) == {"sub", "name", "birthdate", "phone_bound"}
    assert (second["birthdate"], second["phone_bound"]) == ("1951-03-07", True)
    assert first["sub"] != second["sub"]


def test_a_person_is_the_same_again_at_one_department_and_nobody_else_is(
    office: Office, wang: Person, li: Person, social: Department
) -> None:
    subs = [office.userinfo(office.token(who, social)["access_token"]).json()["sub"] for who in (wang, wang, li)]
    assert subs[0] == subs[1] != subs[2]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", sub) for sub in subs)


def test_the_id_token_holds_with_the_published_key_and_says_nothing_of_the_person(
    office: Office, wang: Person, civil: Department
) -> None:
    tokens = office.token(wang, civil)
    keys = KeySet.import_key_set(office.client.request("GET", "/oidc/keys").json())
    token = jwt.decode(tokens["id_token"], keys, algorithms=["ES256"])
    seconds = office.clock.ms // 1000
    assert token.header == {"typ": "JWT", "alg": "ES256", "kid": keys.keys[0].thumbprint()}
    assert token.claims == {
        "iss": office.hall.settings.url,
        "aud": civil.id,
        "sub": office.userinfo(tokens["access_token"]).json()["sub"],
        "iat": seconds,
        "exp": seconds + 300,
        "nonce": civil.nonce,
        "at_hash": token.claims["at_hash"],
    }


def test_every_handing_over_is_in_the_persons_trail(
    office: Office, wang: Person, social: Department, civil: Department
) -> None:
    token = office.token(wang, social)["access_token"]
    assert office.reads(wang) == [QUESTION, ("department", social.id, "level", "sign-in")]
    office.userinfo(token)
    office.userinfo(office.token(wang, civil, scope="openid phone_bound")["access_token"])
    assert office.reads(wang)[2:] == [
        ("department", social.id, "name,number,level", "sign-in"),
        QUESTION,
        ("department", civil.id, "bindings", "sign-in"),
    ]


def test_a_sign_in_that_asks_for_nothing_of_the_person_reads_nothing_but_the_greeting(
    office: Office, wang: Person, social: Department
) -> None:
    claims = office.userinfo(office.token(wang, social, scope="openid")["access_token"]).json()
    assert set(claims) == {"sub"}
    assert office.reads(wang) == [QUESTION]


def test_who_is_not_signed_in_goes_to_the_sign_in_and_comes_back_to_the_same_question(
    office: Office, wang: Person, social: Department
) -> None:
    answer = office.authorize(None, social.asks())
    to = urlsplit(destination(answer))
    assert to.path == "/phone/sign-in"
    back = parse_qs(to.query)["to"][0]
    assert back.startswith("/oidc/authorize?")
    assert form(office.ask(wang, "GET", back))["state"] == social.state


def test_a_no_hands_over_nothing_and_is_asked_again(office: Office, wang: Person, social: Department) -> None:
    back = sent_back(office.press(wang, office.authorize(wang, social.asks()), "no"))
    assert back == {"error": "access_denied", "state": social.state, "iss": office.hall.settings.url}
    assert form(office.authorize(wang, social.asks()))
    assert office.reads(wang) == [QUESTION, QUESTION]


def test_a_department_that_asks_for_more_than_last_time_is_asked_about(
    office: Office, wang: Person, social: Department
) -> None:
    office.token(wang, social, scope="openid name")
    assert office.authorize(wang, social.asks(scope="openid name")).status_code == 303
    office.token(wang, social, scope="openid number")
    page = office.authorize(wang, social.asks(scope="openid name number"))
    assert form(page)["scope"] == "openid name number"


def test_a_department_may_ask_without_a_page_and_is_told_why_not(
    office: Office, wang: Person, social: Department
) -> None:
    silent = social.asks(prompt="none")
    assert sent_back(office.authorize(None, silent))["error"] == "login_required"
    assert sent_back(office.authorize(wang, silent))["error"] == "consent_required"
    office.token(wang, social)
    assert "code" in sent_back(office.authorize(wang, silent))


def test_a_department_may_have_the_question_put_again(office: Office, wang: Person, social: Department) -> None:
    office.token(wang, social)
    assert form(office.authorize(wang, social.asks(prompt="consent")))


def test_the_discovery_document_names_the_hall_and_nothing_that_it_does_not_do(office: Office) -> None:
    said = office.client.request("GET", "/.well-known/openid-configuration").json()
    url = office.hall.settings.url
    assert said["issuer"] == url
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["id_token_signing_alg_values_supported"] == ["ES256"]
    assert said["subject_types_supported"] == ["pairwise"]
    keys = office.client.request("GET", said["jwks_uri"].removeprefix(url)).json()["keys"]
    assert [set(key) for key in keys] == [{"kty", "crv", "x", "y", "use", "alg", "kid"}]
