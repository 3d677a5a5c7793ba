"""Folding of Vietnamese names, so that what people type on a phone finds the unit they mean."""

import re
import unicodedata

_SPACES = re.compile(r"[\s_-]+")
# Kỳ and Kì, Mỹ and Mĩ are spellings of one syllable: a final y after a consonant sounds as i.
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y\b")


def fold(text: str) -> str:
    """Return the text without diacritics, case, tone placement and repeated spaces.

    NFD does not decompose đ, so it is mapped. Format characters (right-to-left marks and the like)
    are dropped: they cannot be seen and must not make two names of one.
    """
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cf", "Cc"})
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", visible).lower())
    kept = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    spaced = _SPACES.sub(" ", kept.replace("đ", "d")).strip()
    return _FINAL_Y.sub("i", spaced)
