"""The portal's own pages among what is open."""

from __future__ import annotations

from urllib.parse import quote

from plumbline.apps.publicity.contract import published
from plumbline.platform.open_data import Found, Hit, PublicPage, open_finder, open_page

from .searching import matching, up_to

SHOWN = 5

open_page(
    PublicPage(
        "verify",
        "核验文书",
        "public-verify",
        "用文书上的验证码，看是否由本区机关制发、有没有被改动",
        order=40,
        door=True,
        short="核验文书",
    )
)
open_page(PublicPage("data", "开放数据", "public-data", "公开的表整张下载，订阅更新", order=90, door=True))


@open_finder("decisions", order=10)
def find_decisions(words: str) -> Found | None:
    rows = matching(published(), words)
    shown = rows[:SHOWN]
    hits = tuple(
        Hit(
            f"{row.party_name}：{row.violation}",
            f"/open/decisions/{row.public_id}",
            f"{row.agency.name} · {row.number} · {row.published_on} 公开",
        )
        for row in shown
    )
    return Found("处罚决定", hits, f"{up_to(rows)} 件" if hits else "", f"/open/decisions?q={quote(words)}")
