"""Made decisions with planted personal items in the spellings that people really use, and decoys that look like them.

Every plant keeps its place in the text, so that recall and precision are counted by place and not by luck.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RARE = "翀翯昉旻晟睿珩昱骞喆㛃䶮龑璟堃昇彧頔赟玥劼勍珺\U0002cd8a\U0002b736\U0002bd87"
COMMON = "伟芳娜敏静丽强磊洋勇艳杰娟涛超秀霞平刚桂英华玉兰建国海燕志鹏晓岚立群清源"
SURNAMES = "赵钱孙李周吴郑王冯陈张刘杨黄徐胡朱林何郭罗梁宋谢韩唐曹邓彭潘袁蔡余杜叶"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(frozen=True)
class Plant:
    kind: str
    item: str
    start: int
    end: int


@dataclass
class Decision:
    """The facts as a case would hold them; ``plants`` are places in ``facts["facts"]``."""

    facts: dict[str, object]
    plants: list[Plant] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    unsettled: list[str] = field(
        default_factory=list
    )  # of the secrets, those that only a reader can know for names


def identity_number(rng: random.Random) -> str:
    body = f"420117{rng.randint(1950, 2005)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    right = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    return body + (right if rng.random() < 0.9 else "7")  # one in ten is mistyped


def old_identity_number(rng: random.Random) -> str:
    return (
        f"420117{rng.randint(50, 79)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    )


def phone(rng: random.Random) -> str:
    return f"1{rng.choice('3456789')}{rng.randint(0, 999_999_999):09}"


def landline(rng: random.Random) -> str:
    return f"027-8{rng.randint(1_000_000, 9_999_999)}"


def plate(rng: random.Random) -> str:
    tail = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(4)) + rng.choice(
        "0123456789"
    )
    return rng.choice(["鄂A", "鄂A·", "鄂AD", "豫C", "皖B"]) + tail


def card(rng: random.Random) -> str:
    return "622202" + "".join(rng.choice("0123456789") for _ in range(rng.choice([10, 13])))


def account(rng: random.Random) -> str:
    return "42001" + "".join(rng.choice("0123456789") for _ in range(8))


def mail(rng: random.Random) -> str:
    return f"{rng.choice(['user', 'li.ming', 'wh_zhang'])}{rng.randint(1000, 9999)}@{rng.choice(['example.com', 'qq.com', 'mail.example.cn'])}"


def wechat(rng: random.Random) -> str:
    return rng.choice(["wxid_", "abc_", "lao-wang", "Zm"]) + "".join(
        rng.choice("abcdefghk0123456789") for _ in range(8)
    )


def qq(rng: random.Random) -> str:
    return str(rng.randint(100_000, 2_999_999_999))


def birth(rng: random.Random) -> str:
    y, m, d = rng.randint(1950, 2005), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice([f"{y}年{m}月{d}日", f"{y}-{m:02}-{d:02}", f"{y}.{m}.{d}"])


def home(rng: random.Random) -> str:
    a, b, c = rng.randint(1, 30), rng.randint(1, 4), rng.randint(101, 909)
    return rng.choice(
        [f"平江小区{a}栋{b}单元{c}室", f"阳光花园{a}号楼{b}单元{c}", f"问津新村{a}-{b}-{c}", f"涨渡湖村{b}组{a}号", f"举水公寓{'一二三四'[b - 1]}栋二单元三〇{'一二三四'[b - 1]}室"]
    )  # fmt: skip


def name(rng: random.Random) -> str:
    given = "".join(rng.choice(RARE if rng.random() < 0.5 else COMMON) for _ in range(rng.choice([1, 2, 2])))
    return rng.choice([*SURNAMES, "欧阳", "司马"]) + given


# What stands before an item, how it is made, and what stands after it.
KINDS: tuple[tuple[str, tuple[str, ...], Callable[[random.Random], str], tuple[str, ...]], ...] = (
    ("identity_number", ("身份证：", "公民身份号码", "身份证号码 ", ""), identity_number, ("",)),
    ("old_identity", ("身份证：", "旧证号 "), old_identity_number, ("",)),
    ("phone", ("电话：", "手机", "联系电话 ", "+86 ", ""), phone, ("",)),
    ("landline", ("座机：", "电话 "), landline, ("",)),
    ("plate", ("车辆", "驾驶", "车牌号：", ""), plate, ("",)),
    ("card", ("银行卡：", "卡号 ", ""), card, ("",)),
    ("account", ("账号 ", "帐号：", "存折 "), account, ("",)),
    ("mail", ("邮箱：", "电子邮件 "), mail, ("",)),
    ("wechat", ("微信号 ", "微信：", "微信号为"), wechat, ("",)),
    ("qq", ("QQ：", "QQ号 "), qq, ("",)),
    ("birth", ("出生日期：", "生于"), birth, ("",)),
    ("birth", ("男，", "女，"), birth, ("出生",)),
    ("home", ("住：", "家住", "现住址：", "送达地点"), home, ("",)),
    ("witness", ("证人：", "现场负责人", "联系人：", "驾驶员", "房东", "工人：", "目击者"), name, ("",)),
)
DECOYS = (
    "2026-05-11 2026-05-12 两次巡查", "罚款 8,000 元", "面积 386 平方米", "渣土约 12.5 立方米", "依据第二十五条第一款",
    "新阳街综执罚〔2026〕19号", "统一社会信用代码 91110000600037341L", "检查时间 2026年5月11日9时30分",
    "在平江路北侧空地", "负责人高度重视", "投诉人反映夜间施工", "共 3 个点位、15 车次", "噪声 68.5 分贝", "限 2026年6月1日前改正",
    "第3号标段", "使用Windows10系统录入", "货值 12,345,678.90 元", "当事人于次日清理完毕", "执法人员出示证件", "平江路18号门前",
)  # fmt: skip


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def disguised(kind: str, text: str, rng: random.Random) -> str:
    """The item as people write it: full width, with spaces or invisible characters, broken over a line, grouped."""
    way = rng.randrange(9)
    middle = len(text) // 2
    if way == 1:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    if way == 2:
        return " ".join(text)
    if way == 3:
        return text[:middle] + "\n" + text[middle:]
    if way == 4 and text.isdigit() and len(text) >= 11 and kind != "qq":
        return _grouped(text)
    if way == 5:
        return rng.choice(INVISIBLE).join(text)
    if way == 6 and len(text) == 11 and text.isdigit():
        return f"{text[:3]} {text[3:7]} {text[7:]}"
    if way == 7:
        return "\u3000".join([text[:middle], text[middle:]])
    if way == 8 and text.isascii():
        return text[:middle] + "\r\n" + text[middle:]
    return text


def decision(rng: random.Random) -> Decision:
    """One made decision: a table and running text, about thirty plants, about as many decoys."""
    party, representative, colleague = name(rng), name(rng), name(rng)
    made = Decision({})
    parts: list[str] = [f"2026年5月11日，{rng.choice(DECOYS)}。"]
    length = len(parts[0])

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    def plant(kind: str, item: str) -> None:
        written = disguised(kind, item, rng)
        made.plants.append(Plant(kind, item, length, length + len(written)))
        made.secrets.append(item)
        add(written)

    for each in (party, representative, colleague, party):
        add(rng.choice(["经查，", "现场有", "通知"]))
        plant("name", each)
        add(rng.choice(["到场。", "在平江路倾倒渣土。", "签收。"]))
    for row in range(30):
        kind, before, make, after = rng.choice(KINDS)
        end = "|" if row < 10 else rng.choice(["，", "。", "；"])
        add(rng.choice(before))
        plant(kind, make(rng))
        add(rng.choice(after) + end)
        if rng.random() < 0.7:
            add(rng.choice(DECOYS) + end)
    made.facts |= {
        "party_name": party,
        "legal_representative": representative,
        "people": [colleague],
        "credit_code": "",
        "title": f"{party}擅自处置建筑垃圾案",
        "number": "新阳街综执〔2026〕19号",
        "facts": "".join(parts),
    }
    return made


NICKNAMES = "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许韩"
ALIASES = ("黑皮", "三毛子", "麻杆", "胖墩", "独眼龙", "豁嘴")
# What no rule can settle: how it is written, and what is secret of it.
UNSETTLED: tuple[Callable[[random.Random], tuple[str, str]], ...] = (
    lambda rng: ("其中{}最先动手，", plain_name(rng)),
    lambda rng: ("事先与{}约定每车的运费，", plain_name(rng)),
    lambda rng: ("由{}带人装车，", plain_name(rng)),
    lambda rng: ("{}在路口望风，", rng.choice("小老阿") + rng.choice(NICKNAMES)),
    lambda rng: ("听{}的安排，", rng.choice(NICKNAMES) + rng.choice(["师傅", "老板", "队长"])),
    lambda rng: ("外号“{}”的男子在旁边，", rng.choice(ALIASES)),
    lambda rng: ("在{}副食店门前停车，", plain_name(rng)),
    lambda rng: ("倒在{}早点铺对面，", plain_name(rng)),
)  # fmt: skip


def plain_name(rng: random.Random) -> str:
    return rng.choice(NICKNAMES) + "".join(rng.choice(COMMON) for _ in range(2))


def made_doubtful(made: Decision, rng: random.Random) -> Decision:
    """The same decision with three things in it that need a person: bare names, nicknames, a shop named after its owner."""
    found = [make(rng) for make in rng.sample(UNSETTLED, 3)]
    said = "".join(text.format(item) for text, item in found)
    told = {**made.facts, "facts": f"{made.facts['facts']}。{said}随后离开。"}
    items = [item for _, item in found]
    return Decision(told, made.plants, [*made.secrets, *items], items)
