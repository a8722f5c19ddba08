"""The way in for somebody who was asked about a case."""

from plumbline.platform.open_data import PublicPage, open_page

open_page(PublicPage("visit", "案件回访", "public-visit", "收到回访通知的，凭通知上的码填写", order=63))
