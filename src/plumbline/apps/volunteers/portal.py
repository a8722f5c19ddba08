"""The ways in for volunteers and for ratings among what is open."""

from plumbline.platform.open_data import PublicPage, open_page

open_page(
    PublicPage(
        "volunteers",
        "义务监督员",
        "public-volunteers",
        "招募公告、报名和聘书核验；不用注册，凭查询码看审查结果",
        order=64,
        door=True,
    )
)
open_page(PublicPage("rating", "评价一次检查", "rating", "凭检查人员交给您的评价卡，不留姓名", order=65))
