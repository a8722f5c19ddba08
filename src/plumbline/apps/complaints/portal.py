"""The way in for complaints among what is open."""

from plumbline.platform.open_data import PublicPage, open_page

open_page(
    PublicPage(
        "report",
        "投诉举报",
        "report-start",
        "不用注册，可以不留姓名；凭查询码看办理情况",
        order=60,
        door=True,
        front=True,
        short="投诉举报",
    )
)
open_page(PublicPage("receipt", "查办理情况", "report-receipt", "投诉举报以后，凭查询码查看", order=61))
