"""The stand-in as a process of its own, and as a browser sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx

from hall.channels.asking import trusting


def test_it_runs_by_itself_lets_a_browser_be_a_phone_and_shows_its_messages(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hall.channels.sim", "--port", "0", "--folder", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[3])
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        with httpx.Client(base_url=told["url"], verify=trusting(told["ca"]), trust_env=False) as browser:
            query = "appid=wx99keting00000001&redirect_uri=https%3A%2F%2Fhall.example%2Fback&response_type=code"
            way = f"/connect/oauth2/authorize?{query}&scope=snsapi_userinfo&state=S"
            choice = browser.get(way)
            assert "江边散步" in choice.text
            assert browser.get("/phone/oWangXiaoming01").status_code == 200
            assert browser.get(way).headers["location"].startswith("https://hall.example/back?code=")
            assert "没有消息" in browser.get("/messages/oWangXiaoming01").text
            named = {"nickname": "新来的", "name": "李四", "number": "990000195103070178"}
            assert browser.put("/phones/oNewcomer01", json=named).status_code == 201
            assert browser.put("/phones/oReal00001", json={**named, "number": "110101195103070178"}).status_code == 400
            assert browser.get("/phone/oNewcomer01").status_code == 200
    finally:
        process.terminate()
        process.communicate(timeout=10)
