"""The day on one page: every check with its pictures."""

from __future__ import annotations

from html import escape
from typing import Any, Final

_STYLE: Final = """
body{font:17px/1.5 sans-serif;margin:32px auto;max-width:1200px;padding:0 24px;background:#F4F2EC;color:#182026}
section{background:#fff;border-left:12px solid #17653A;border-radius:8px;padding:16px 24px;margin:16px 0}
section.red{border-color:#A01C1C} h2{font-size:20px;margin:0} p{margin:4px 0 12px;color:#4A545C}
.row{display:flex;gap:16px;flex-wrap:wrap;align-items:start} img{height:360px;border:2px solid #D3CDC0;background:#fff}
"""


def page(rows: list[dict[str, Any]]) -> str:
    """``report.html`` for the rows of ``report.json``."""
    red = sum(not row["ok"] for row in rows)
    body = "".join(_section(row) for row in rows)
    verdict = f"{len(rows) - red} checks ok, {red} red"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Keting: the scripted day</title>'
        f"<style>{_STYLE}</style><h1>客厅 Keting: the scripted day</h1><p>{verdict}</p>{body}</html>"
    )


def _section(row: dict[str, Any]) -> str:
    pictures = "".join(
        f'<a href="{escape(path)}"><img src="{escape(path)}" alt="{escape(path)}" loading="lazy"></a>'
        if path.endswith(".png")
        else f'<a href="{escape(path)}">{escape(path)}</a>'
        for path in row["evidence"]
    )
    return (
        f'<section class="{"ok" if row["ok"] else "red"}"><h2>{escape(row["name"])}</h2>'
        f"<p>{escape(row['detail'])} ({row['ms'] / 1000:.1f} s)</p><div class=row>{pictures}</div></section>"
    )
