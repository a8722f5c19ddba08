"""What of supervision is open to everybody."""

from plumbline.platform.open_data import PublicPage, open_page

open_page(
    PublicPage(
        "supervision", "执法监督结果", "public-supervision", "执法监督查明的问题和纠正的情况", order=62
    )
)
