import re
from pathlib import Path
from string import Formatter

import pytest

import hall.web
from hall.app import create_app
from hall.web.guard import POLICY
from hall.web.icons import icon
from hall.web.lockout import FREE, LONGEST_S, locked_for
from hall.web.words import WORDS
from tests.hall.web.conftest import Address, Desk, Stage, sign_in

HOME = Path(hall.web.__file__).parent
TEMPLATES = sorted((HOME / "templates").glob("*.html"))


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/console", "/t/x", "/nowhere", "/static/staff.css"])
def test_every_answer_carries_the_headers_that_keep_strangers_out(stage: Stage, path: str) -> None:
    with stage.browser() as browser:
        headers = browser.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_only_the_files_of_the_closed_list_are_served(stage: Stage, desk: Desk) -> None:
    page = desk.page()
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        answer = desk.browser.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    for path in ("/static/..%2fwords.toml", "/static/%2e%2e/words.toml", "/static/words.toml", "/static/"):
        assert desk.browser.get(path).status_code == 404


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_page_has_inline_script_style_or_handler_or_turns_escaping_off(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"<style|style=|\son\w+=|javascript:|\|\s*safe|autoescape|https?://", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_and_icon_that_a_page_names_is_there(template: Path) -> None:
    text = template.read_text("utf-8")
    for key in re.findall(r"""say\(['"]([\w-]+)['"](?!\s*~)""", text):
        assert key in WORDS
    for name in re.findall(r"""icon\(['"]([\w-]+)['"]""", text):
        icon(name)


@pytest.mark.parametrize("key", WORDS)
def test_each_sentence_is_said_in_both_languages_and_fills_in_the_same_things(key: str) -> None:
    zh, en = WORDS[key]
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (zh, en)]
    assert zh
    assert en
    assert fields[0] == fields[1] or key in {"matters-more", "ticket-held-sentence"}
    assert "!" not in zh + en
    assert "！" not in zh


def test_the_wait_doubles_up_to_an_hour_and_stays_there() -> None:
    assert [locked_for(FREE + n) for n in range(6)] == [0, 15, 30, 60, 120, 240]
    assert locked_for(10**6) == LONGEST_S


def test_the_composed_hall_serves_the_pages_under_the_same_headers(stage: Stage, address: Address) -> None:
    address.app = create_app(stage.hall)
    mine = stage.ticket("A031")
    with stage.browser() as browser:
        assert sign_in(browser, "陈晓").status_code == 303
        Desk(browser).press("next")
        phone = browser.get(f"/T/{mine}")
        nowhere = browser.get("/nowhere")
    assert stage.called() == ["A031"]
    assert "请到 12 号窗口" in phone.text
    assert phone.headers["content-security-policy"] == nowhere.headers["content-security-policy"] == POLICY
