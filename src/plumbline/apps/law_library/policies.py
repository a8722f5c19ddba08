"""Who may load texts, confirm citations and enter local parameters. Everybody who is logged in may read the library."""

from __future__ import annotations

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor

from .models import CrimeThreshold, LoadedArticle, LocalParameter

#: The law of a penalty is the law in force, by hierarchy; the library has to show which that is.
BASIS_TEXTS = "行政处罚法第四条、第十六条"
BASIS_PARAMETERS = "行政处罚法第六十三条、行政强制法第四十三条"
BASIS_THRESHOLDS = "行政执法机关移送涉嫌犯罪案件的规定第三条"
NEXT = "请由区司法局持有“维护法规、引用与地方参数”权能的岗位办理。"


def _keeps_law(actor: Actor) -> bool:
    """For the whole district: what is confirmed or entered holds for every agency."""
    return actor.can("law.maintain") and actor.reach("law.maintain") is None


def may_load_texts(actor: Actor) -> Decision:
    """The post that keeps the law, the system administrator, and the command of the server."""
    if _keeps_law(actor) or actor.administrator == "system":
        return ALLOWED
    return denied("您的岗位不能装载法规原文", basis=BASIS_TEXTS, next_step=NEXT)


def may_reaffirm(actor: Actor, article: LoadedArticle) -> Decision:
    """The post that keeps the law; no part of the system, since a person has to have read the text."""
    if _keeps_law(actor) and not actor.is_system:
        return ALLOWED
    return denied("您的岗位不能重新确认引用", basis=BASIS_TEXTS, next_step=NEXT)


def may_set_parameter(actor: Actor) -> Decision:
    if _keeps_law(actor):
        return ALLOWED
    return denied("您的岗位不能登记地方参数", basis=BASIS_PARAMETERS, next_step=NEXT)


def may_withdraw_parameter(actor: Actor, parameter: LocalParameter) -> Decision:
    return may_set_parameter(actor)


def may_set_threshold(actor: Actor) -> Decision:
    if _keeps_law(actor):
        return ALLOWED
    return denied("您的岗位不能登记追诉标准", basis=BASIS_THRESHOLDS, next_step=NEXT)


def may_withdraw_threshold(actor: Actor, threshold: CrimeThreshold) -> Decision:
    return may_set_threshold(actor)
