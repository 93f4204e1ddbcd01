"""The WeChat adapter against the far end of its line: right answers, wrong ones, and hostile bytes."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.channels import ChannelDown, CodeRefused
from hall.channels.asking import LIMIT, Asking, trusting
from hall.channels.nickname import masked
from hall.channels.sim import Phone, WeChatSide
from hall.channels.sim_phones import DEMO, Phones, phones_of
from hall.channels.table import opened
from hall.channels.wechat import WeChat, WeChatSettings

OWNER = Phone(openid="oOwner0001", nickname="江边散步", name="王小明", number="990000195103070178")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WeChatSide]:
    with WeChatSide(tmp_path_factory.mktemp("wechat")) as side:
        yield side


@pytest.fixture
def side(running: WeChatSide) -> WeChatSide:
    running.side.phones = Phones([OWNER])
    running.side.said.clear()
    running.side.asked.clear()
    return running


@pytest.fixture
def wechat(side: WeChatSide, tmp_path: Path) -> WeChat:
    channel = opened({"wechat": side.settings()}, tmp_path)["wechat"]
    assert isinstance(channel, WeChat)
    return channel


def come_back(side: WeChatSide, url: str, openid: str = OWNER.openid) -> dict[str, str]:
    """What the phone brings back from a page of the channel."""
    with httpx.Client(verify=trusting(str(side.ca)), trust_env=False) as browser:
        answer = browser.get(url, headers={"x-wechat": openid})
    assert answer.status_code == 302, answer.text
    return {key: value[0] for key, value in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def account_code(wechat: WeChat, side: WeChatSide, openid: str = OWNER.openid) -> str:
    return come_back(side, wechat.authorise_url("https://hall.example/phone/back", "STATE"), openid)["code"]


def consent_code(wechat: WeChat, side: WeChatSide, openid: str = OWNER.openid) -> str:
    return come_back(side, wechat.consent_url("https://hall.example/phone/back?state=S"), openid)["code"]


def test_the_way_to_wechat_is_written_as_wechat_wants_it(wechat: WeChat, side: WeChatSide) -> None:
    url = wechat.authorise_url("https://hall.example/phone/back", "STATE")
    assert url.startswith(f"{side.url}/connect/oauth2/authorize?appid=")
    assert url.endswith("#wechat_redirect")
    assert list(parse_qs(urlsplit(url).query)) == ["appid", "redirect_uri", "response_type", "scope", "state"]
    assert come_back(side, url)["state"] == "STATE"


def test_a_code_names_the_account_once(wechat: WeChat, side: WeChatSide) -> None:
    code = account_code(wechat, side)
    phone = wechat.exchange(code)
    assert (phone.channel, phone.openid, phone.shown) == ("wechat", OWNER.openid, "江**步")
    assert OWNER.openid not in repr(phone)
    with pytest.raises(CodeRefused):
        wechat.exchange(code)
    with pytest.raises(CodeRefused):
        wechat.exchange("guess")


def test_the_account_behind_a_mere_look_is_nobody_s(wechat: WeChat, side: WeChatSide) -> None:
    side.phones.add(OWNER.model_copy(update={"snapshot": True}))
    with pytest.raises(CodeRefused):
        wechat.exchange(account_code(wechat, side))


@pytest.mark.parametrize(
    ("name", "number", "held"),
    [
        ("王小明", "990000195103070178", True),
        ("王小民", "990000195103070178", False),
        ("王小明", "990000198809120265", False),
        ("王小明", "E12345678", False),
    ],
)
def test_the_real_name_is_vouched_for_only_as_a_whole(
    wechat: WeChat, side: WeChatSide, name: str, number: str, held: bool
) -> None:
    assert wechat.real_name(OWNER.openid, consent_code(wechat, side), name, number) is held


def test_an_account_without_a_real_name_and_another_s_consent_vouch_for_nothing(
    wechat: WeChat, side: WeChatSide
) -> None:
    side.phones.add(Phone(openid="oNameless01", nickname="x"))
    code = consent_code(wechat, side, "oNameless01")
    assert not wechat.real_name("oNameless01", code, OWNER.name, OWNER.number)
    with pytest.raises(CodeRefused):
        wechat.real_name(OWNER.openid, consent_code(wechat, side, "oNameless01"), OWNER.name, OWNER.number)


@pytest.mark.parametrize(
    "said",
    [
        {"verify_openid": "V_OP_NM_MA;V_OP_NA", "verify_real_name": "V_NM_ID_MA"},
        {"verify_openid": "V_OP_NM_MA"},
        {"verify_openid": "v_op_nm_ma", "verify_real_name": "V_NM_ID_MA"},
    ],
)
def test_anything_but_the_plain_yes_is_a_no(wechat: WeChat, side: WeChatSide, said: dict[str, str]) -> None:
    code = consent_code(wechat, side)
    side.side.said["/intp/realname/checkrealnameinfo"] = (200, json.dumps({"errcode": 0, **said}).encode())
    assert not wechat.real_name(OWNER.openid, code, OWNER.name, OWNER.number)


def test_a_message_arrives_and_who_takes_none_is_told_apart_from_a_line_that_is_down(
    wechat: WeChat, side: WeChatSide
) -> None:
    assert wechat.deliver(OWNER.openid, "手机已绑定", "03 号机", "https://hall.example/me")
    assert [(each.title, each.text, each.url) for each in side.messages(OWNER.openid)] == [
        ("手机已绑定", "03 号机", "https://hall.example/me")
    ]
    side.phones.add(OWNER.model_copy(update={"follows": False}))
    assert not wechat.deliver(OWNER.openid, "手机已绑定", "03 号机", "https://hall.example/me")
    side.side.said["/cgi-bin/message/template/send"] = (500, b"")
    with pytest.raises(ChannelDown):
        wechat.deliver(OWNER.openid, "手机已绑定", "03 号机", "https://hall.example/me")


def test_the_account_s_own_token_is_asked_for_once_and_replaced_when_it_is_refused(
    wechat: WeChat, side: WeChatSide
) -> None:
    for _ in range(3):
        wechat.deliver(OWNER.openid, "a", "b", "https://hall.example/me")
    assert side.side.asked.count("/cgi-bin/stable_token") == 1
    side.side.bearer = "another"
    assert wechat.deliver(OWNER.openid, "a", "b", "https://hall.example/me")
    assert side.side.asked.count("/cgi-bin/stable_token") == 2


HOSTILE = [
    b"",
    b"null",
    b"[]",
    b"{",
    b'"' + b"a" * 100,
    b"\xff\xfe{}",
    b"[" * 60_000,
    b'{"errcode": "40029"}',
    b'{"errcode": 40164, "errmsg": "invalid ip"}',
    b'{"access_token": "", "openid": "oOwner0001"}',
    b'{"access_token": "t", "openid": "o\\u0000wner01"}',
    b'{"access_token": "t", "openid": ["oOwner0001"]}',
    b'{"access_token": "t\\r\\nx: y", "openid": "oOwner0001"}',
    b'{"access_token": "t", "openid": "' + b"o" * 65 + b'"}',
    b" " * (LIMIT + 1),
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_answer_of_the_interface_is_a_line_that_is_down(
    wechat: WeChat, side: WeChatSide, body: bytes
) -> None:
    side.side.said["/sns/oauth2/access_token"] = (200, body)
    with pytest.raises(ChannelDown) as caught:
        wechat.exchange("code")
    assert "oOwner" not in str(caught.value)


def test_another_account_s_nickname_is_not_taken_for_this_one_s(wechat: WeChat, side: WeChatSide) -> None:
    code = account_code(wechat, side)
    side.side.said["/sns/userinfo"] = (200, b'{"openid": "oSomebody01", "nickname": "x"}')
    with pytest.raises(ChannelDown):
        wechat.exchange(code)


@pytest.mark.parametrize("status", [201, 204, 301, 302, 400, 404, 500, 503])
def test_no_status_but_200_is_an_answer_and_none_leads_elsewhere(wechat: WeChat, side: WeChatSide, status: int) -> None:
    side.side.said["/sns/oauth2/access_token"] = (status, b'{"access_token": "t", "openid": "oOwner0001"}')
    with pytest.raises(ChannelDown):
        wechat.exchange("code")
    assert side.side.asked == ["/sns/oauth2/access_token"]


def test_a_server_of_another_ca_is_not_asked_anything(side: WeChatSide, tmp_path: Path) -> None:
    with WeChatSide(tmp_path / "other") as other:
        settings = {**side.settings(), "api": other.url}
        with pytest.raises(ChannelDown, match="ConnectError"):
            opened({"wechat": settings}, tmp_path)["wechat"].exchange("code")
        assert other.side.asked == []


@contextmanager
def muttering(side: WeChatSide, *said: bytes, drops: bytes = b"") -> Iterator[int]:
    """A far side that says these bytes and then nothing, or ``drops`` ten times a second for five, on a port."""
    folder = side.ca.parent
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0] as raw, context.wrap_socket(raw, server_side=True) as line:
                line.recv(4_096)
                for each in said:
                    line.sendall(each)
                line.settimeout(0.1)
                for _ in range(50 if drops else 0):
                    with suppress(TimeoutError):  # a tenth of a second, unless the other end gives up
                        line.recv(1)
                        return
                    line.sendall(drops)
                line.settimeout(None)
                line.recv(1)  # until the other end gives up

        thread = Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(10)


def test_a_far_side_that_says_nothing_is_given_up_at_the_deadline(side: WeChatSide) -> None:
    with muttering(side) as port:
        asking = Asking(f"https://localhost:{port}", trusting(str(side.ca)), 0.3)
        with pytest.raises(ChannelDown, match="too slow"):
            asking.get("/", {})


@pytest.mark.parametrize(
    ("said", "drop"),
    [(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"), (b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n", b" ")],
    ids=["headers", "body"],
)
def test_a_far_side_that_drips_is_given_up_at_the_deadline_though_each_byte_comes_in_time(
    side: WeChatSide, said: bytes, drop: bytes
) -> None:
    with muttering(side, said, drops=drop) as port:
        asking, began = Asking(f"https://localhost:{port}", trusting(str(side.ca)), 0.5), time.monotonic()
        with pytest.raises(ChannelDown, match="too slow"):
            asking.get("/", {})
        assert time.monotonic() - began < 2.0


def test_a_packed_answer_is_not_unpacked(side: WeChatSide) -> None:
    with muttering(side, b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}") as port:
        asking = Asking(f"https://localhost:{port}", trusting(str(side.ca)), 5.0)
        with pytest.raises(ChannelDown, match="encoding"):
            asking.get("/", {})


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"api": "http://api.weixin.qq.com"}, "channels.wechat.api"),
        ({"app_id": ""}, "channels.wechat.app_id"),
        ({"deadline": 0}, "channels.wechat.deadline"),
        ({"more": "x"}, "channels.wechat.more"),
    ],
)
def test_a_setting_that_cannot_be_is_named_at_the_start(
    side: WeChatSide, tmp_path: Path, changed: dict[str, str], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        opened({"wechat": {**side.settings(), **changed}}, tmp_path)
    with pytest.raises(ValueError, match="no channel 'pigeon'"):
        opened({"pigeon": {}}, tmp_path)


def test_nothing_secret_is_in_what_a_traceback_prints(wechat: WeChat, side: WeChatSide) -> None:
    assert side.side.secret not in repr(wechat) + repr(WeChatSettings.model_validate(side.settings())) + repr(side.side)


@pytest.mark.parametrize(
    ("nickname", "shown"),
    [
        ("小明同学", "小**学"),
        ("老赵", "老*"),
        ("a", "*"),
        ("", "*"),
        ("\u202e反向\u202c文字", "反**字"),
        ("A very long nickname of somebody", "A***y"),
        ("🌊江边🌊", "🌊**🌊"),
        ("\x00\x1b[31m红", "[***红"),
    ],
)
def test_a_nickname_is_shown_by_its_ends(nickname: str, shown: str) -> None:
    if "\x1b" in nickname:
        assert "\x1b" not in masked(nickname)
    else:
        assert masked(nickname) == shown


@given(st.text(max_size=40))
def test_of_every_nickname_something_stays_hidden_and_nothing_turns_the_line(nickname: str) -> None:
    shown = masked(nickname)
    assert "*" in shown
    assert len(shown) <= 5
    assert shown.isprintable()


def test_the_demonstration_s_phones_are_of_its_people() -> None:
    phones = phones_of(DEMO)
    assert {phone.nickname for phone in phones} >= {"江边散步", "路过的人"}
    assert all(not phone.number or phone.number.startswith("99") for phone in phones)
