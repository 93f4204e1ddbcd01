from __future__ import annotations

import io
import json
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.verify_certificate import main
from tests.certificates.office import CLAIMS, INCOME, NEXT, NOW, REVOKED, paper
from tests.certificates.vectors import FOLDER

ROOT = Path(__file__).resolve().parents[3]
TRUST = ["--root", str(FOLDER / "lists/root/1"), "--lists", str(FOLDER / "lists")]
TODAY = ["--at", str(NOW)]
KEYS = ["file", "result", "reason", "content", "list_age_s", "short_code"]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text file with the code of a genuine certificate."""
    file = tmp_path / "paper.txt"
    file.write_text(paper() + "\n", "utf-8")
    return file


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_genuine_code_is_valid_and_ends_with_0(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TRUST, *TODAY, "--json", str(text)]) == 0
    (answer,) = answers(capsys)
    assert list(answer) == KEYS
    assert (answer["file"], answer["result"], answer["reason"]) == (str(text), "valid", "")
    assert (answer["list_age_s"], answer["short_code"]) == (3_600, CLAIMS.short_code)
    assert answer["content"]["name"] == "测试人"


def test_every_published_vector_gets_its_answer_from_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vectors = [
        each
        for each in json.loads((FOLDER / "vectors.json").read_text("utf-8"))
        if each["lists"]
        and each["online"] is None
        and each["text"].isprintable()
        and each["text"].strip() == each["text"] != ""
    ]  # the command's own text files end a line where a code could not
    assert len(vectors) > 200
    for now in {each["now"] for each in vectors}:
        mine = {str(tmp_path / f"{number}.txt"): each for number, each in enumerate(vectors) if each["now"] == now}
        for file, each in mine.items():
            Path(file).write_text(each["text"], "utf-8", newline="")
        main([*TRUST, "--at", str(now), "--json", *mine])
        for answer in answers(capsys):
            vector = mine.pop(answer["file"])
            assert answer == {"file": answer["file"]} | {key: vector[key] for key in KEYS[1:]}, vector["name"]
        assert mine == {}


@pytest.mark.parametrize(
    ("codes", "end"),
    [
        ([paper(), paper(INCOME)], 0),
        ([paper(), paper(replace(CLAIMS, status=REVOKED))], 1),
        ([paper(), "https://example.org"], 1),
        ([paper(), paper()[:-1] + "7"], 1),
        ([paper().split("#")[0]], 2),
        ([paper().split("#")[0], paper(), paper(replace(CLAIMS, exp=NOW))], 2),
        ([], 2),
    ],
)
def test_of_several_codes_each_has_its_answer_and_the_worst_is_the_end(
    codes: list[str], end: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "codes.txt"
    file.write_text("\ufeff\r\n" + "\r\n\r\n".join(codes), "utf-8")
    assert main([*TRUST, *TODAY, "--json", str(file)]) == end
    assert len(answers(capsys)) == max(len(codes), 1)


def test_a_file_without_any_code_is_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, data in (("empty.txt", b""), ("noise.bin", bytes(range(256)) * 40), ("cut.png", b"\x89PNG\r\n\x1a\n")):
        (tmp_path / name).write_bytes(data)
        assert main([*TRUST, *TODAY, "--json", str(tmp_path / name)]) == 2
        (answer,) = answers(capsys)
        assert (answer["result"], answer["reason"], answer["content"]) == ("unreadable", "no-code", None)


def test_a_missing_file_is_said_and_the_others_are_still_judged(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*TRUST, *TODAY, "--json", str(tmp_path / "gone.png"), str(text)]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["result"] == "valid"
    assert "gone.png: No such file or directory" in err


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--jsno", "x"],
        ["--refresh", "--offline", "x"],
        ["--at", "yesterday", "x"],
        ["--at", "2026-09-21", "x"],
        [*TRUST, "--refresh", "x"],
    ],
)
def test_misuse_ends_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_without_a_root_nothing_can_be_said(text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "root.cbor").write_bytes(b"\xd2\x80")
    for root in ("gone.cbor", "root.cbor"):
        assert main(["--offline", "--root", str(tmp_path / root), str(text)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert root in err


def test_the_root_may_be_named_by_the_environment(
    text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KETING_ROOT", str(FOLDER / "lists/root/1"))
    assert main([*TRUST[2:], *TODAY, "--json", str(text)]) == 0
    assert len(answers(capsys)) == 1


def test_standard_input_is_a_file_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(paper().encode())))
    assert main([*TRUST, *TODAY, "--json", "-"]) == 0
    assert answers(capsys)[0]["file"] == "-"


def test_a_person_reads_word_content_warning_and_age(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TRUST, *TODAY, str(text)]) == 0
    said = capsys.readouterr().out
    for line in (
        "真实有效 / Genuine and valid",
        "居住证明 / Certificate of residence",
        "姓名 / Name: 测试人",
        "证件号 / ID number: 990***********0028",
        "编号 / Number: 99JZ-2026-0417283",
        "打印 / Print: 第 1 份（原件） / Copy 1 (original)",
        "这不能证明持纸人就是本人。 / This does not prove that the person holding the paper is the holder.",
        "撤销名单更新于 1 小时前。 / The revocation list was updated 1 hour ago.",
    ):
        assert line in said


def test_of_a_forged_paper_not_one_field_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "forged.txt"
    file.write_text(paper()[:-1] + "7", "utf-8")
    assert main([*TRUST, *TODAY, str(file)]) == 1
    said = capsys.readouterr().out
    assert "不是真的 / Forged. Do not accept." in said
    assert "签名不对" in said
    assert not any(secret in said for secret in ("测试人", "990", "居住", CLAIMS.short_code))


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = tmp_path / "a\x1b[2J\n真实有效\u202e.txt"
    name.write_text("hello", "utf-8")
    for how in ([], ["--json"]):
        assert main([*TRUST, *TODAY, *how, str(name)]) == 1
        assert main([*TRUST, *TODAY, *how, str(name) + "x"]) == 2
        out, err = capsys.readouterr()
        assert "\x1b" not in out + err
        assert "\n真实有效" not in out + err


def test_an_old_list_is_said_to_be_old(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TRUST, "--at", str(NEXT + 86_400), str(text)]) == 1
    said = capsys.readouterr().out
    assert "签名真实，是否撤销未知 / Status unknown" in said
    assert "撤销名单更新于 2 天前。" in said


def test_the_moment_may_be_written_with_its_zone(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*TRUST, "--at", "2026-09-21T22:13:20+08:00", "--json", str(text)]) == 0
    assert answers(capsys)[0]["list_age_s"] == 3_600


def test_the_command_is_installed_under_its_name() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts["verify-certificate"] == "kiosk.verify_certificate:main"


def test_the_command_needs_no_qt() -> None:
    seen = "import sys, kiosk.verify_certificate; print([each for each in sys.modules if each.startswith('PySide6')])"
    done = subprocess.run(
        [sys.executable, "-c", seen], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_it_runs_as_a_program(text: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.verify_certificate", *TRUST, *TODAY, "--json", str(text)],
        cwd=ROOT,
        capture_output=True,
        env={"LANG": "C", "PATH": "/usr/bin"},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["content"]["name"] == "测试人"


def test_without_a_home_folder_it_needs_only_what_it_is_told(
    text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("HOME", "KETING_ROOT", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert main([*TRUST, *TODAY, "--json", str(text)]) == 0
    capsys.readouterr()
    for too_little in (TRUST[:2], TRUST[2:], []):
        assert main([*too_little, "--offline", str(text)]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert "there is no home folder" in err
