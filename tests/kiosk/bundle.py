"""A small catalogue, as a bundle's payload: two lines of windows, five matters."""

from __future__ import annotations

from typing import Any


def said(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def service(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "name": said(name, key.replace("-", " ")),
        "department": "social",
        "stages": ["retire"],
        "queue": "A",
        "minutes": 10,
        "ages": None,
        "guide": said(f"{name}这样办。", "How it goes."),
        "materials": [said("身份证", "ID card"), said(f"{name}申请表", f"Form for {key}")],
        "fee": said("免费", "Free"),
        "time_limit": said("当场", "On the spot"),
        "channel": "window",
        "offline": True,
        "needs": "none",
        "hot": 50,
        "icon": "file-text",
        "source": "sample",
        "closed": None,
    } | more


def payload(**more: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "hall": {"name": said("江畔区政务服务中心", "Jiangpan Hall"), "place": said("24 小时自助厅", "24-hour hall")},
        "hotline": "12345",
        "hours": {"open": [[day, "00:00", "24:00"] for day in range(7)], "night": ["22:00", "06:00"]},
        "texts": {"missed": said("过号请到导办台。", "Missed your call? Ask at the desk.")},
        "departments": [{"id": "social", "name": said("社保", "Social insurance"), "icon": "shield-check"}],
        "stages": [{"id": "retire", "name": said("退休", "Retirement"), "icon": "sunset"}],
        "queues": [
            {"id": "A", "name": said("二楼综合窗口 12–18", "Floor 2, windows 12–18"), "minutes": 10},
            {"id": "B", "name": said("一楼公安窗口 1–8", "Floor 1, windows 1–8"), "minutes": 5},
        ],
        "services": [
            service("pension", "养老金领取", hot=90, ages=[55, 120]),
            service("transfer", "社保转移"),
            service("online-only", "联网事项", offline=False),
            service("card-only", "刷卡事项", needs="social-card"),
            service("id-renew", "身份证换领", queue="B"),
        ],
    } | more
