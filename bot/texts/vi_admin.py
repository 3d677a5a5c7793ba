"""What admins read and change, in Vietnamese."""

from bot.texts.vi_audit import VietnameseAudit
from bot.texts.vi_exemptions import VietnameseExemptions
from bot.texts.vi_hours import VietnameseHours
from bot.texts.vi_reopening import VietnameseReopening


class VietnameseAdmin(VietnameseHours, VietnameseExemptions, VietnameseReopening, VietnameseAudit):
    pass
