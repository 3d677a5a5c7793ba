"""What headings and choices of a table may be called: in every language, told in that of the console."""

from bot.domain.names import fold
from bot.domain.people import Role
from bot.domain.table_reading import Wording
from bot.domain.tables import TABLES, Kind, Reading
from bot.texts import LANGUAGES
from bot.usage import CONSOLES, language, say


def wording(kind: Kind) -> Wording:
    columns = TABLES[kind].columns
    readings = {column.reading for column in columns if column.reading.is_choice}
    return Wording(
        headings={
            fold(console.headings[column.key]): column.key
            for console in CONSOLES.values()
            for column in columns
        },
        choices={
            reading: {
                fold(word): key for known in LANGUAGES for key, word in _words(reading, known)
            }
            for reading in readings
        },
        told_headings=say.headings,
        told_choices={reading: choices(reading) for reading in readings},
    )


def choices(reading: Reading) -> tuple[str, ...]:
    """The words to choose from, in the console's language."""
    return tuple(dict(_words(reading, language)).values())


def explanation_titles() -> frozenset[str]:
    return frozenset(console.explanation_sheet for console in CONSOLES.values())


def _words(reading: Reading, known: str) -> list[tuple[str, str]]:
    """Every value with a word for it; the last word of a value is the one to tell."""
    texts = LANGUAGES[known]
    match reading:
        case Reading.ROLE:
            keys = [(role.value, role.value) for role in Role]
            positions = [(role.value, word) for role, word in texts.positions.items()]
            return [*keys, *positions, *((role.value, word) for role, word in texts.roles.items())]
        case Reading.CATEGORY:
            return list(texts.categories.items())
        case Reading.SERVICE:
            return list(texts.services.items())
        case Reading.ACTIVITY:
            return [(kind.value, word) for kind, word in texts.activity_kinds.items()]
        case Reading.MODE:
            return [(mode.value, word) for mode, word in texts.modes.items()]
        case _:
            raise LookupError(reading)
