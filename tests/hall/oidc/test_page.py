"""The page that asks: nobody else can say yes, and nothing on it is more than text."""

from __future__ import annotations

from hall.oidc import clients
from tests.hall.oidc.office import Department, Office, Person, form, sent_back


def test_no_other_site_can_say_yes_for_a_person(office: Office, wang: Person, li: Person, social: Department) -> None:
    page = office.authorize(wang, social.asks())
    assert office.press(wang, page, csrf="").status_code == 403
    assert office.press(wang, page, csrf="0" * 64).status_code == 403
    assert office.press(li, page).status_code == 403
    assert office.ask(None, "POST", "/oidc/authorize", data=form(page) | {"answer": "yes"}).status_code == 403
    assert form(office.authorize(wang, social.asks()))


def test_the_form_of_one_question_is_no_answer_to_another(
    office: Office, wang: Person, social: Department, civil: Department
) -> None:
    page = office.authorize(wang, social.asks(scope="openid"))
    assert office.press(wang, page, scope="openid name number").status_code == 403
    assert office.press(wang, page, state="other").status_code == 403
    assert office.press(wang, page, client_id=civil.id, redirect_uri=civil.redirect).status_code == 403
    assert office.press(wang, page, "perhaps").status_code == 400
    assert form(office.authorize(wang, social.asks(scope="openid")))


def test_the_page_stands_in_nobodys_frame_and_in_no_cache(office: Office, wang: Person, social: Department) -> None:
    headers = office.authorize(wang, social.asks()).headers
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_what_a_department_calls_itself_is_text_on_the_page(office: Office, wang: Person) -> None:
    said = clients.Said("<b>部门</b>", "<script>x</script>", "&amp;", "'\"><img src=x>")
    loud = office.department("loud-one", said, "name")
    for language in ("zh-CN", "en"):
        page = office.authorize(wang, loud.asks(state="\"'><script>"), **{"accept-language": language})
        assert "<script>" not in page.text
        assert "<img" not in page.text
        assert "<b>" not in page.text
    back = sent_back(office.press(wang, page))
    assert back["state"] == "\"'><script>"
