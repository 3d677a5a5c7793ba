"""The pinned board and nudges, in Vietnamese."""

from bot.texts.vi_words import VietnameseWords


class VietnameseBoard(VietnameseWords):
    pass
