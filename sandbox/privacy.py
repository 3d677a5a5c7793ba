"""What the bot may read, by the privacy mode."""

from sandbox.text import part
from sandbox.world import IN_CHAT, Chat, Message, World


def bot_reads(world: World, chat: Chat, message: Message) -> bool:
    """Tell whether the bot is given this message of a person."""
    if message.sender is world.bot or (not chat.private and chat.status(world.bot) not in IN_CHAT):
        return False
    if (
        chat.private
        or message.service
        or not world.privacy
        or chat.status(world.bot) == "administrator"
        or (message.reply_to is not None and message.reply_to.sender is world.bot)
    ):
        return True
    return addressed(world, message)


def addressed(world: World, message: Message) -> bool:
    own = f"@{world.bot.username}".lower()
    for entity in message.text.entities:
        words = part(message.text, entity).lower()
        if entity["type"] == "bot_command" and ("@" not in words or words.endswith(own)):
            return True
        if entity["type"] == "mention" and words == own:
            return True
    return False
