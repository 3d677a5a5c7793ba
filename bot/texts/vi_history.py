"""A unit's history, and a period against the one before, in Vietnamese."""

from bot.texts.vi_words import VietnameseWords


class VietnameseHistory(VietnameseWords):
    pass
