"""Platform activities of the registers."""

from plumbline.platform.events.declared import declare

CERTIFICATE_SUSPENDED = declare("certificate_suspended", "暂扣执法证件")
CERTIFICATE_REVOKED = declare("certificate_revoked", "注销执法证件")
