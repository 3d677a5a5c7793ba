"""Schedules, exemptions and reopened days, in Vietnamese."""

from bot.texts.vi_exemptions import VietnameseExemptions
from bot.texts.vi_hours import VietnameseHours
from bot.texts.vi_reopening import VietnameseReopening


class VietnameseAdmin(VietnameseHours, VietnameseExemptions, VietnameseReopening):
    pass
