"""Normative documents and major policy decisions share tables, pages and verbs; what they are called differs, and stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from plumbline.packs.normdoc.procedures import PROCEDURES
from plumbline.packs.procedures import Procedure

from .choices import Kind, Stage


@dataclass(frozen=True)
class Words:
    """``noun`` for one of them, ``short`` in running text, ``home`` the address of the list, ``mark`` begins the matter's id."""

    kind: str
    noun: str
    short: str
    mark: str
    home: str
    public_home: str
    begin: str
    begun: str
    basis: str
    maker: str
    drafter: str
    text: str
    draft: str
    publish: str
    stages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        return tuple(each for each in PROCEDURES if each.kind == self.kind)

    @property
    def new(self) -> str:
        return f"{self.home}/new"

    def stage(self, value: str) -> str:
        return self.stages.get(value) or str(Stage(value).label)


NORM = Words(
    kind=Kind.NORM.value,
    noun="规范性文件",
    short="文件",
    mark="GF",
    home="/norms",
    public_home="/open/norms",
    begin="起草文件",
    begun="开始起草",
    basis="地方组织法第七十五条",
    maker="制定机关",
    drafter="起草单位",
    text="文件文本",
    draft="征求意见稿",
    publish="登记、编号并公布",
)
POLICY = Words(
    kind=Kind.POLICY.value,
    noun="重大行政决策",
    short="决策",
    mark="ZDJC",
    home="/policy-decisions",
    public_home="/open/policy-decisions",
    begin="启动决策",
    begun="启动决策程序",
    basis="重大行政决策程序暂行条例第十条至第十三条",
    maker="决策机关",
    drafter="承办单位",
    text="决策草案",
    draft="决策草案",
    publish="公布决策",
    stages=MappingProxyType(
        {
            Stage.DRAFTING: "拟订草案",
            Stage.PUBLISHING: "待公布",
            Stage.ENDED: "已停止执行",
            Stage.STOPPED: "已终止程序",
        }
    ),
)
WORDS: Mapping[str, Words] = MappingProxyType({Kind.NORM.value: NORM, Kind.POLICY.value: POLICY})


def words_of(kind: str) -> Words:
    return WORDS[kind]
