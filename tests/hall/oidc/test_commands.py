"""What an operator does about departments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hall.__main__ import main

ADD = (
    *("department", "add", "social-insurance", "--name-zh", "社保", "--name-en", "Social"),
    *("--purpose-zh", "查询", "--purpose-en", "showing", "--redirect", "https://social.example/callback"),
    *("--scope", "name", "--scope", "number"),
)


class Operator:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._settings, self._capsys = folder / "hall.toml", capsys
        self._settings.write_text('data = "data"\n')

    def tries(self, *words: str) -> tuple[int, str, str]:
        status = main(["--settings", str(self._settings), *words])
        return status, *self._capsys.readouterr()


@pytest.fixture
def operator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Operator:
    one = Operator(tmp_path, capsys)
    assert one.tries("init")[0] == 0
    return one


def test_a_department_gets_its_secret_once_and_is_listed_without_it(operator: Operator) -> None:
    status, said, _ = operator.tries(*ADD)
    assert status == 0
    found = re.fullmatch(r"id social-insurance\nsecret ([A-Za-z0-9_-]{43})\n", said)
    assert found
    _, listed, _ = operator.tries("department", "show")
    assert listed == "social-insurance 社保: openid name number; https://social.example/callback\n"
    assert found[1] not in listed
    assert operator.tries(*ADD)[0] == 1


def test_a_department_is_shut_out_and_its_id_is_not_used_again(operator: Operator) -> None:
    operator.tries(*ADD)
    assert operator.tries("department", "revoke", "social-insurance")[1] == "social-insurance is revoked\n"
    assert operator.tries("department", "show")[1].endswith("; revoked\n")
    assert "not used again" in operator.tries(*ADD)[2]
    assert "no department nobody" in operator.tries("department", "revoke", "nobody")[2]


@pytest.mark.parametrize(
    "redirect",
    [
        "http://social.example/callback",
        "https://social.example",
        "https://social.example/callback#x",
        "https://social.example/callback?x=1",
        "https://user@social.example/callback",
        "https://social.example:99999/callback",
        "https://social.example:0/callback",
        "https://*.example/callback",
        "https://社保.example/callback",
        "https://social.example/" + "x" * 200,
        "javascript:alert(1)",
    ],
)
def test_an_address_that_leaves_room_is_not_registered(operator: Operator, redirect: str) -> None:
    words = [redirect if word.startswith("https://") else word for word in ADD]
    status, _, why = operator.tries(*words)
    assert (status, "not an https address" in why) == (1, True)


@pytest.mark.parametrize("id", ["ab", "Social", "1st", "a_b", "x" * 33])
def test_an_id_is_one_that_can_stand_anywhere(operator: Operator, id: str) -> None:
    words = [id if word == "social-insurance" else word for word in ADD]
    assert operator.tries(*words)[0] == 1


def test_a_department_that_does_not_say_what_for_is_not_registered(operator: Operator) -> None:
    for word in ("查询", "showing", "社保"):
        assert operator.tries(*("" if each == word else each for each in ADD))[0] == 1
        assert operator.tries(*("x\n" if each == word else each for each in ADD))[0] == 1
