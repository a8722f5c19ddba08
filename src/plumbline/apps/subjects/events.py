"""Platform activities of enforcement subjects; registering a subject or an officer is the contract's."""

from plumbline.platform.events.declared import declare

ROUND_OPENED = declare("cleanup_round_opened", "启动主体清理")
ROW_STATED = declare("cleanup_row_stated", "填报清理数据")
ENTRY_SUBMITTED = declare("cleanup_entry_submitted", "报送清理数据")
ROWS_DECIDED = declare("cleanup_rows_decided", "审核清理数据")
ENTRY_RETURNED = declare("cleanup_entry_returned", "退回清理数据")
ENTRY_REVIEWED = declare("cleanup_entry_reviewed", "完成清理审核")
ENTRY_LEFT_OUT = declare("cleanup_entry_left_out", "不列入本次清理")
AGENCY_REMINDED = declare("cleanup_agency_reminded", "催报清理数据")
SUBJECTS_CONFIRMED = declare("subjects_confirmed", "确认主体和人员资格")
SUBJECTS_SUBMITTED = declare("subjects_put_to_government", "提请区政府公布")
GOVERNMENT_CONSENTED = declare("government_consented", "区政府同意公布")
SUBJECTS_PUBLISHED = declare("subjects_published", "公布主体和人员名录")
SUBJECT_CHANGED = declare("subject_changed", "变更执法主体")
SUBJECT_ENDED = declare("subject_ended", "终止执法主体")
BASIS_REAFFIRMED = declare("subject_basis_reaffirmed", "确认主体依据仍然成立")
