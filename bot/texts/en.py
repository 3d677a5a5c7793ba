"""Everything a person reads in a chat, in English; Vietnamese is the original.

Each part stands before Vietnamese in the order of resolution, so its texts win.
"""

from bot.texts.en_words import EnglishWords
from bot.texts.vi import Vietnamese


class English(EnglishWords, Vietnamese):
    language = "en"
    language_name = "English"
