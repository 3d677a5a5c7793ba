"""What Telegram accepts as a reply_markup."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.markup import link, utf16_length

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
MAX_PLACEHOLDER = 64
OTHER_ACTIONS = (
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "pay",
)


def checked(markup: dict[str, Any]) -> dict[str, Any]:
    """Return the markup as it is kept; nothing for none."""
    if "inline_keyboard" in markup:
        rows = [
            [_button(button) for button in _row(row)] for row in _row(markup["inline_keyboard"])
        ]
        rows = [row for row in rows if row]
        if sum(map(len, rows)) > MAX_BUTTONS:
            raise bad_request("REPLY_MARKUP_TOO_LONG")
        return {"inline_keyboard": rows} if rows else {}
    if utf16_length(str(markup.get("input_field_placeholder", ""))) > MAX_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    if markup.get("keyboard") or markup.get("remove_keyboard") or markup.get("force_reply"):
        return dict(markup)
    return {}


def _row(row: Any) -> list[Any]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard: an Array of Arrays expected")
    return row


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = str(button.get("text", ""))
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 0 < len(data.encode()) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": text, "callback_data": data}
    if "url" in button:
        url = str(button["url"])
        if link(url) is None:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return {"text": text, "url": url}
    for action in OTHER_ACTIONS:
        if action in button:
            return {"text": text, action: button[action]}
    raise bad_request(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    )
