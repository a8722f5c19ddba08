"""Platform activities of supervision; the contract's own (letter issued, correction reported …) need no declaration."""

from plumbline.platform.events.declared import declare

ALERT_RAISED = declare("alert_raised", "出现预警")
ALERT_TRIAGED = declare("alert_triaged", "处置预警")
QUESTION_ASKED = declare("alert_question_asked", "要求核实")
QUESTION_ANSWERED = declare("alert_question_answered", "答复核实")
INSTRUMENT_READ = declare("instrument_read", "签收监督文书")
INSTRUMENT_REMINDED = declare("instrument_reminded", "催办")
CORRECTION_ACCEPTED = declare("correction_accepted", "认可纠正")
CORRECTION_REFUSED = declare("correction_refused", "不认可纠正")
INSTRUMENT_STOPPED = declare("instrument_stopped", "终止监督")
INSTRUMENT_NARROWED = declare("instrument_narrowed", "部分事项终止监督")
EXTENSION_ASKED = declare("instrument_extension_asked", "申请延期报送")
EXTENSION_GRANTED = declare("instrument_extension_granted", "准予延期报送")
EXTENSION_REFUSED = declare("instrument_extension_refused", "不准延期报送")
ALERT_REOPENED = declare("alert_reopened", "复议诉讼终结，预警重新待处置")
