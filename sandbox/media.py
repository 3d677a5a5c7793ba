"""Methods that send photos and documents, and hand out files."""

from typing import Any

from sandbox.asking import Ask, Upload
from sandbox.bodies import Body
from sandbox.errors import bad_request
from sandbox.markup import utf16_length
from sandbox.messages import edit, editable, post
from sandbox.text import Text
from sandbox.world import World

MAX_CAPTION = 1024
MAX_PHOTO_BYTES = 10 * 2**20
MAX_DOWNLOAD = 20 * 2**20
"""Larger files are kept, but the official server hands them to no bot."""
MAX_SIDES = 10_000
MAX_RATIO = 20
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


def caption(ask: Ask) -> Text:
    return checked_caption(ask.formatted("caption", entities="caption_entities"))


def checked_caption(text: Text) -> Text:
    if utf16_length(text.plain) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text


def uploaded(ask: Ask, kind: str, value: str) -> Upload | str:
    """Return a new file, or the id of a known one."""
    upload = ask.files.get(value.removeprefix("attach://") if value else kind)
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return upload
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    if value not in ask.world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return value


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height, if it is a picture that Telegram would take as a photo."""
    if len(data) > MAX_PHOTO_BYTES:
        raise bad_request("file is too big")
    if data.startswith(PNG):
        width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    elif data.startswith(JPEG):
        width, height = 1280, 960
    else:
        raise bad_request("IMAGE_PROCESS_FAILED")
    sides = sorted((width, height))
    if sides[0] < 1 or sum(sides) > MAX_SIDES or sides[1] > MAX_RATIO * sides[0]:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def photo_media(world: World, file: Upload | str) -> dict[str, Any]:
    if isinstance(file, str):
        stored = world.files[file]
    else:
        picture_size(file.data)
        stored = world.store("photos", file.name or "photo.jpg", file.data)
    width, height = picture_size(stored.data)
    size = {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "width": width,
        "height": height,
        "file_size": len(stored.data),
    }
    return {"photo": [size]}


def document_media(world: World, file: Upload | str) -> dict[str, Any]:
    if isinstance(file, str):
        stored, name, kind = world.files[file], world.files[file].path.rpartition("/")[2], ""
    else:
        stored = world.store("documents", file.name, file.data)
        name, kind = file.name, file.content_type
    document = {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_name": name,
        "file_size": len(stored.data),
    }
    if kind:
        document["mime_type"] = kind
    return {"document": document}


MAKERS = {"photo": photo_media, "document": document_media}


def send_photo(ask: Ask) -> Body:
    text = caption(ask)
    chat = ask.open_chat("send_media", "send photos to the chat")
    file = uploaded(ask, "photo", ask.text("photo"))
    return post(ask, chat, text=text, media=photo_media(ask.world, file))


def send_document(ask: Ask) -> Body:
    text = caption(ask)
    chat = ask.open_chat("send_media", "send documents to the chat")
    file = uploaded(ask, "document", ask.text("document"))
    return post(ask, chat, text=text, media=document_media(ask.world, file))


def edit_message_caption(ask: Ask) -> Body:
    text = caption(ask)
    message = editable(ask)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    return edit(ask, message, text)


def edit_message_media(ask: Ask) -> Body:
    media = ask.object("media", "InputMedia")
    maker = MAKERS.get(str(media.get("type", "")))
    if maker is None:
        raise bad_request("can't parse InputMedia: type must be specified")
    inner = Ask(ask.world, media, ask.files)
    text = caption(inner)
    message = editable(ask)
    file = uploaded(ask, media["type"], str(media.get("media", "")))
    return edit(ask, message, text, maker(ask.world, file))


def get_file(ask: Ask) -> Body:
    stored = ask.world.files.get(ask.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }
