"""Everything a person reads. One class a language; Vietnamese says what there is to say."""

from zoneinfo import ZoneInfo

from bot.texts.en import English
from bot.texts.vi import Vietnamese

Texts = Vietnamese

LANGUAGES: dict[str, type[Texts]] = {
    Vietnamese.language: Vietnamese,
    English.language: English,
}


class Library:
    """The texts of every language, for one zone and one way of showing strength."""

    def __init__(self, zone: ZoneInfo, default: str, *, in_percent: bool = False) -> None:
        self._by_language = {
            language: texts(zone, in_percent=in_percent) for language, texts in LANGUAGES.items()
        }
        self.default = self._by_language[default]
        # The form of an official report is set in Vietnamese, whoever asks for it.
        self.official = self._by_language[Vietnamese.language]

    def in_language(self, language: str | None) -> Texts:
        """The texts of the language; the default for none, or for one that is gone."""
        return self._by_language.get(language or "", self.default)
