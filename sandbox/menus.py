"""Methods that keep the bot's commands, and what menu a person therefore sees."""

import re

from sandbox.asking import Ask
from sandbox.errors import bad_request
from sandbox.world import Chat, User, World

Command = dict[str, str]
MAX_COMMANDS = 100
MAX_NAME = 32
MAX_DESCRIPTION = 256
NAME = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def scope(ask: Ask) -> tuple[str, ...]:
    """Return what a list of commands is kept under: kind, chat, person, language."""
    asked = ask.object("scope", "BotCommandScope") or {"type": "default"}
    kind = str(asked.get("type", ""))
    chat_id = user_id = ""
    inner = Ask(ask.world, asked)
    if kind in {"chat", "chat_administrators", "chat_member"}:
        chat = inner.chat()
        if chat.private and kind != "chat":
            raise bad_request("can't use specified command scope in private chats")
        chat_id = str(chat.id)
    elif kind not in {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if kind == "chat_member":
        user_id = str(inner.user().id)
    language = ask.text("language_code")
    if not LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return kind, chat_id, user_id, language


def command(given: object) -> Command:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(given.get("command", "")).strip().removeprefix("/").strip()
    description = str(given.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > MAX_NAME:
        raise bad_request(f"command length must not exceed {MAX_NAME}")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > MAX_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {MAX_DESCRIPTION}")
    if not NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def set_my_commands(ask: Ask) -> bool:
    commands = [command(each) for each in ask.array("commands", "BotCommand")]
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = scope(ask)
    if commands:
        ask.world.menus[key] = commands
    else:
        ask.world.menus.pop(key, None)
    return True


def get_my_commands(ask: Ask) -> list[Command]:
    return ask.world.menus.get(scope(ask), [])


def delete_my_commands(ask: Ask) -> bool:
    ask.world.menus.pop(scope(ask), None)
    return True


def seen_menu(world: World, person: User, chat: Chat) -> list[Command]:
    """Return the commands offered to a person in a chat: the narrowest list that there is."""
    here, them = str(chat.id), str(person.id)
    if chat.private:
        scopes = [("chat", here, ""), ("all_private_chats", "", "")]
    else:
        scopes = [("chat_member", here, them)]
        admin = chat.status(person) in {"creator", "administrator"}
        scopes += [("chat_administrators", here, "")] if admin else []
        scopes += [("chat", here, "")]
        scopes += [("all_chat_administrators", "", "")] if admin else []
        scopes += [("all_group_chats", "", "")]
    for each in (*scopes, ("default", "", "")):
        for language in dict.fromkeys((person.language_code[:2], "")):
            if found := world.menus.get((*each, language)):
                return found
    return []
