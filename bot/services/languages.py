"""In which language a chat reads: a person's own, the command group's, else that of the settings."""

from bot.texts import Library, Texts
from storage import command, people
from storage.database import Session


async def of_chat(session: Session, library: Library, chat_id: int) -> Texts:
    if chat_id > 0:
        person = await people.get_by_telegram_id(session, chat_id)
        return library.in_language(person.language if person else None)
    known = await command.get(session)
    group = known.group if known and known.group and known.group.chat_id == chat_id else None
    return library.in_language(group.language if group else None)
