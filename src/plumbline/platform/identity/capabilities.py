"""What a post may be given to do. Posts hold capabilities; people hold posts; nobody holds a capability directly."""

from __future__ import annotations

CAPABILITIES: dict[str, str] = {
    "cases.handle": "办理案件",
    "cases.approve": "审批立案与决定",
    "cases.review": "法制审核",
    "cases.view": "查看本范围案件",
    "documents.sign": "签发文书",
    "challenges.reconsider": "办理行政复议案件（复议机构）",
    "publicity.publish": "公示与撤回",
    "supervision.supervise": "执法监督",
    "supervision.sign": "签发监督文书",
    "supervision.decide": "以政府名义作出监督决定",
    "supervision.reply": "答复监督文书",
    "normdocs.draft": "起草规范性文件",
    "normdocs.review": "规范性文件合法性审查",
    "normdocs.publish": "规范性文件统一登记、编号、公布",
    "complaints.handle": "办理投诉举报",
    "complaints.custody": "保管反映人身份",
    "transfers.handle": "办理移送协作",
    "volunteers.manage": "管理义务监督员、登记媒体线索",
    "volunteers.serve": "担任义务监督员",
    "registers.maintain": "维护主体、人员与事项清单",
    "registers.review": "审核、公布清单",
    "linkage.liaise": "检察、监察、公安机关联络",
    "reports.prepare": "编制、报送年报和工作情况报告",
    "programme.report": "填报工作方案任务",
    "exchange.import": "导入外部案件",
    "agency.administer": "管理本单位人员与岗位",
    "law.view": "查看法规与规则",
    "law.maintain": "维护法规、引用与地方参数",
}

ADMINISTRATOR_POWERS: dict[str, str] = {
    "system": "系统管理员",
    "security": "安全管理员",
    "audit": "审计管理员",
}
