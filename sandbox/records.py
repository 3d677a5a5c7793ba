"""What the client of the control side returns."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SeenMessage:
    id: int
    chat_id: int
    from_bot: bool
    sender_id: int
    text: str
    html: str
    buttons: tuple[tuple[Button, ...], ...]
    date: datetime
    edit_date: datetime | None
    pinned: bool
    thread: int | None
    reply_to: int | None
    media: str
    """photo, document, sticker, voice, location, or nothing; `text` is then the caption."""
    file_id: str
    service: str
    """What a service message tells, as new_chat_members; else nothing."""
    history: tuple[str, ...]
    """Texts that it had before, oldest first."""

    @classmethod
    def read(cls, body: Json) -> "SeenMessage":
        rows = tuple(tuple(Button(**each) for each in row) for row in body["buttons"])
        return cls(
            id=body["message_id"],
            buttons=rows,
            date=datetime.fromisoformat(body["date"]),
            edit_date=moment(body["edit_date"]),
            history=tuple(body["history"]),
            **{
                key: body[key]
                for key in (
                    "chat_id",
                    "from_bot",
                    "sender_id",
                    "text",
                    "html",
                    "pinned",
                    "thread",
                    "reply_to",
                    "media",
                    "file_id",
                    "service",
                )
            },
        )

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.text for row in self.buttons for button in row)

    def __str__(self) -> str:
        who = "bot" if self.from_bot else str(self.sender_id)
        content = self.text or f"({self.service or self.media})"
        keys = "".join(f"\n    {' | '.join(b.text for b in row)}" for row in self.buttons)
        return f"#{self.id} {who}: {content}{keys}"


@dataclass(frozen=True, slots=True)
class Call:
    n: int
    at: datetime
    method: str
    params: Json = field(hash=False)
    status: int | None
    result: Any = field(hash=False)
    description: str
    retry_after: int | None
    applied: bool
    answered: bool
    running: bool

    @classmethod
    def read(cls, body: Json) -> "Call":
        return cls(**body | {"at": datetime.fromisoformat(body["at"])})


@dataclass(frozen=True, slots=True)
class UpdateRecord:
    id: int
    kind: str
    body: Json = field(hash=False)
    made_at: datetime
    expires_at: datetime
    delivered_at: tuple[datetime, ...]
    confirmed_at: datetime | None
    expired_at: datetime | None
    repeated: bool

    @classmethod
    def read(cls, body: Json) -> "UpdateRecord":
        return cls(
            id=body["id"],
            kind=body["kind"],
            body=body["body"],
            made_at=datetime.fromisoformat(body["made_at"]),
            expires_at=datetime.fromisoformat(body["expires_at"]),
            delivered_at=tuple(datetime.fromisoformat(at) for at in body["delivered_at"]),
            confirmed_at=moment(body["confirmed_at"]),
            expired_at=moment(body["expired_at"]),
            repeated=body["repeated"],
        )


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
