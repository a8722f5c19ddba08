"""What the event contract has no word for. No rule reads these."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

FIGURE_ENTERED = declare("annual_figure_entered", "填报年报数字")
SOURCE_STATED = declare("annual_source_stated", "确认数据来源是否完整")
DIFFERENCE_EXPLAINED = declare("annual_difference_explained", "说明与上年的差异")
TEXT_KEPT = declare("annual_text_kept", "修改年报情况说明")
ANNUAL_REPORT_SIGNED = declare("annual_report_signed", "签发年报")
CORRECTION_BEGUN = declare("annual_report_correction_begun", "启动年报更正")
CORRECTED_REPORT_PUBLISHED = declare("annual_report_correction_published", "公布更正后的年报")
REPORT_REMINDED = declare("annual_report_reminded", "催报年报")
SPECIAL_ASKED = declare("special_report_asked", "布置执法工作情况报告")
SPECIAL_TEXT_KEPT = declare("special_report_text_kept", "修改执法工作情况报告")
SPECIAL_SUBMITTED = declare("special_report_submitted", "报送执法工作情况报告")
SPECIAL_REVIEWED = declare("special_report_reviewed", "审阅执法工作情况报告")
SPECIAL_COMPILED = declare("special_report_compiled", "形成全区综合分析")
REPORT_SETTING_CHANGED = declare("report_setting_changed", "修改统计和年报的参数")
DUTY_OPENED = declare("penalty_work_report_opened", "处罚工作报告义务开始")
DUTY_TEXT_KEPT = declare("duty_report_text_kept", "修改年度报告")
DUTY_SIGNED = declare("duty_report_signed", "签发年度报告")
DUTY_CORRECTION_BEGUN = declare("duty_report_correction_begun", "启动年度报告更正")
DUTY_CORRECTED = declare("duty_report_correction_published", "公布更正后的年度报告")
DUTY_REMINDED = declare("duty_report_reminded", "催报年度报告")
