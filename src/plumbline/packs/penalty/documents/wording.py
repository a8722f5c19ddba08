"""Paragraphs that several documents share, in our own words."""

from __future__ import annotations

_GOES_ON = "复议、诉讼期间，本决定不停止执行，法律另有规定的除外。"
_REMEDY = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法向{{复议机关*}}申请行政复议，"
    "也可以在六个月内依法提起行政诉讼。"
)
REMEDY = _REMEDY + _GOES_ON
REMEDY_NO_PENALTY = _REMEDY
# Against a decision on the spot, reconsideration comes before a lawsuit (行政复议法第二十三条).
REMEDY_ON_SPOT = (
    "如不服本决定，应当先自收到本决定书之日起六十日内依法向{{复议机关*}}申请行政复议；"
    "对复议决定仍不服的，可以再依法提起行政诉讼。" + _GOES_ON
)
REMEDY_COMPULSION = _REMEDY
PAY = "请在收到本决定书后十五日内，到指定银行或者用电子支付方式缴清罚款。逾期的，每逾一日可以加处罚款的百分之三，加处的总额不超过罚款本身。"
