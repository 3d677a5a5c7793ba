"""Methods that send, edit and delete messages, and answer presses."""

from typing import Any

from sandbox import keyboards
from sandbox.asking import Ask, whole
from sandbox.bodies import Body, message_body
from sandbox.errors import RefusalError, bad_request
from sandbox.markup import utf16_length
from sandbox.text import Text
from sandbox.world import Chat, Message

MAX_TEXT = 4096
MAX_TOAST = 200
ANSWERABLE_FOR = 150.0
DELETABLE_FOR = 48 * 3600.0


def not_modified() -> RefusalError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


def message_text(ask: Ask) -> Text:
    text = ask.formatted("text")
    if not text.plain:
        raise bad_request("message text is empty")
    if utf16_length(text.plain) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def replied(ask: Ask, chat: Chat) -> Message | None:
    wanted = ask.object("reply_parameters", "ReplyParameters")
    number = whole(wanted.get("message_id")) or ask.number("reply_to_message_id")
    lenient = wanted.get("allow_sending_without_reply") or ask.flag("allow_sending_without_reply")
    if not number:
        return None
    message = chat.alive(number)
    if message is None and not lenient:
        raise bad_request("message to be replied not found")
    return message


def post(ask: Ask, chat: Chat, **content: Any) -> Body:
    """Put a message of the bot into a chat, with what all sending methods share."""
    world = ask.world
    thread = ask.thread(chat)
    reply_to = replied(ask, chat)
    markup = keyboards.checked(ask.object("reply_markup", "reply keyboard markup"))
    message = world.post(
        chat, world.bot, thread=thread, reply_to=reply_to, markup=markup, **content
    )
    return message_body(world, message)


def send_message(ask: Ask) -> Body:
    text = message_text(ask)
    chat = ask.open_chat("send_messages", "send text messages to the chat")
    return post(ask, chat, text=text)


def editable(ask: Ask) -> Message:
    if ask.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = ask.open_chat()
    message = ask.message(chat, "edit")
    # Telegram edits only messages without reply_markup or with an inline keyboard.
    own_keyboard = bool(message.markup) and not message.buttons
    if message.sender is not ask.world.bot or message.service or own_keyboard:
        raise bad_request("message can't be edited")
    return message


def edit(
    ask: Ask, message: Message, text: Text | None = None, media: dict[str, Any] | None = None
) -> Body:
    """Change a message, unless that changes nothing."""
    markup = keyboards.checked(ask.object("reply_markup", "reply keyboard markup"))
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    same_text = text is None or text == message.text
    same_media = media is None or media == message.media
    if same_text and same_media and markup == message.markup:
        raise not_modified()
    if text is not None and not same_text:
        message.history.append(message.text)
        message.text = text
    if media is not None:
        message.media = media
    message.markup = markup
    message.edit_date = ask.world.clock.unix()
    return message_body(ask.world, message)


def edit_message_text(ask: Ask) -> Body:
    text = message_text(ask)
    message = editable(ask)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    return edit(ask, message, text)


def edit_message_reply_markup(ask: Ask) -> Body:
    return edit(ask, editable(ask))


def delete_one(ask: Ask, chat: Chat, message: Message) -> None:
    world = ask.world
    foreign = message.sender is not world.bot
    if foreign and not chat.private and chat.status(world.bot) != "administrator":
        raise bad_request("message can't be deleted")
    if world.clock.unix() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)


def delete_message(ask: Ask) -> bool:
    chat = ask.open_chat()
    delete_one(ask, chat, ask.message(chat, "delete"))
    return True


def delete_messages(ask: Ask) -> bool:
    """Delete several; those that are not there are passed over, as Telegram does."""
    chat = ask.open_chat()
    for number in ask.array("message_ids", "Integer"):
        message = chat.alive(whole(number))
        if message is not None:
            delete_one(ask, chat, message)
    return True


def answer_callback_query(ask: Ask) -> bool:
    world = ask.world
    press = world.presses.get(ask.text("callback_query_id"))
    now = world.clock.unix()
    if press is None or press.answered or now - press.made_at > ANSWERABLE_FOR:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    toast = ask.text("text")
    if utf16_length(toast) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    url = ask.text("url")
    if url and not url.startswith((f"https://t.me/{world.bot.username}", "tg://")):
        raise bad_request("URL_INVALID")
    press.answered = True
    press.toast = toast
    press.alert = ask.flag("show_alert")
    press.url = url
    return True
