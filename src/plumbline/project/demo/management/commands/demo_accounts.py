from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from plumbline.project.demo.district import PASSWORD

ACCOUNTS = (
    ("zhou", "周晓岚", "阳逻街道执法员（办案）"),
    ("he", "何建国", "阳逻街道负责人（审批、签发）"),
    ("li", "李审言", "阳逻街道法制审核"),
    ("fang", "方敏", "阳逻街道综合岗（答复监督、公示、导入）"),
    ("liu", "刘清源", "区司法局执法监督科（预警、督办）"),
    ("sun", "孙一鸣", "区司法局数据汇聚岗（导入外部案件）"),
    ("tong", "佟惠民", "区司法局社会监督岗（义务监督员、媒体线索、检查评价）"),
    ("yiwu", "易武平", "义务监督员（手机上登记所见）"),
    ("jingguan", "荆关平", "区公安分局联络员（收到、立案或者不予立案）"),
    ("jiancha", "简察言", "区检察院联络员（检察建议、立案监督、查询）"),
    ("jianwei", "简维正", "区监委联络员（线索、速报）"),
    ("qu", "区人民政府", "监督决定书"),
    ("xitong / anquan / shenji", "", "系统、安全、审计管理员"),
)


class Command(BaseCommand):
    help = "列出演示账号"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"演示账号，密码都是 {PASSWORD}：")
        for login, name, post in ACCOUNTS:
            self.stdout.write(f"  {login:<10} {name}　{post}")
