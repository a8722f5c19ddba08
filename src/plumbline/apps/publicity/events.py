from plumbline.platform.events.declared import declare

PUBLICATION_PREPARED = declare("publication_prepared", "准备公示")
PUBLICATION_WITHHELD = declare("publication_withheld", "登记不予公示")
PUBLICATION_MASKED = declare("publication_masked", "增加遮盖")
PUBLICATION_CHECKED = declare("publication_checked", "核对其他系统已停止公示")
PUBLIC_REPORT_ANSWERED = declare("public_report_answered", "答复公众反映")
CREDIT_FILE_MADE = declare("credit_file_made", "生成双公示数据")
CREDIT_FILE_TAKEN_IN = declare("credit_file_taken_in", "导入双公示旧文件")
CREDIT_FILE_SENT = declare("credit_file_sent", "报送双公示数据")
CREDIT_ROW_REFUSED = declare("credit_row_refused", "登记双公示退回")
DISCLOSURE_PUBLISHED = declare("disclosure_published", "公布事前公示内容")
