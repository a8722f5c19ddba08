"""Invented names, drawn from common parts by a seeded generator. Nobody is meant."""

from __future__ import annotations

import random

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国海燕志鹏晓岚立群清源雨桐子涵一鸣思远文博佳琪浩然欣怡俊熙梓萱宇轩诗涵"
FIRM_WORDS = [
    "恒泰",
    "鑫楚",
    "举水",
    "江北",
    "新楚",
    "阳扬",
    "华辰",
    "宏远",
    "金阳",
    "汇丰",
    "天成",
    "长盛",
    "百利",
    "顺达",
    "嘉禾",
    "涨渡",
    "问津",
    "凤凰",
    "永泰",
    "福源",
    "兴邦",
    "大成",
    "宇航",
    "智联",
    "康宁",
    "绿野",
    "丰泽",
    "腾跃",
    "晨光",
    "众合",
]
FIRM_TRADES = [
    "建材",
    "建筑劳务",
    "餐饮管理",
    "物流",
    "商贸",
    "食品",
    "物业服务",
    "运输",
    "市政工程",
    "农业科技",
    "机械",
    "环保科技",
    "汽配",
    "药房",
    "燃气",
    "水产",
    "纺织",
    "装饰工程",
]
ROADS = [
    "平江路",
    "平江西路",
    "阳光大道",
    "古城大道",
    "文昌大道",
    "衡州大街",
    "永安大街",
    "汉施公路",
    "柳溪路",
    "花城路",
    "潘塘街",
    "问津大道",
    "施岗路",
    "金台路",
    "龙腾大道",
    "新港路",
]


def person(rng: random.Random) -> str:
    given = rng.choice(GIVEN) + (rng.choice(GIVEN) if rng.random() < 0.75 else "")
    return rng.choice(SURNAMES) + given


def firm(rng: random.Random) -> str:
    return f"武汉{rng.choice(FIRM_WORDS)}{rng.choice(FIRM_WORDS)}{rng.choice(FIRM_TRADES)}有限公司"


def place(rng: random.Random, street: str) -> str:
    return f"{street}{rng.choice(ROADS)}{rng.choice(('东侧', '西侧', '南侧', '北侧'))}"


_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(rng: random.Random) -> str:
    """A social credit code with right check digits (GB 32100-2015) that is issued to nobody: body MJ…"""
    body = "MJ" + "".join(rng.choice("0123456789") for _ in range(6))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(w * int(c, 36) for w, c in zip(weights, body, strict=True))
    check = 11 - total % 11
    organ = body + {10: "X", 11: "0"}.get(check, str(check))
    code = "91420117" + organ
    total = sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(code) if c in _CREDIT)
    return code + _CREDIT[(31 - total % 31) % 31]
