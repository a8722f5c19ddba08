from plumbline.platform.events.declared import declare

COPY_MADE = declare("evidence_copy_made", "制作证据副本")
CUSTODY_RECORDED = declare("evidence_custody_recorded", "登记证据保管")
FACT_STATED = declare("evidence_fact_stated", "登记待证事实")
FACT_LINKED = declare("evidence_fact_linked", "关联证据与事实")
RECORDING_ADDED = declare("process_recording_added", "登记音像记录")
FOUND_ALTERED = declare("evidence_found_altered", "发现证据文件与指纹不符")
