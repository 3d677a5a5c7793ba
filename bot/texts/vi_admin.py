"""Schedules, exemptions and reopened days, in Vietnamese."""

from bot.texts.vi_words import VietnameseWords


class VietnameseAdmin(VietnameseWords):
    pass
