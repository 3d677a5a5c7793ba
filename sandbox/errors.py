"""Refusals, as the Bot API words them."""

from collections.abc import Mapping
from typing import Any


class RefusalError(Exception):
    """An answer other than ok."""

    def __init__(
        self, status: int, description: str, parameters: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(what: str, **parameters: Any) -> RefusalError:
    return RefusalError(400, f"Bad Request: {what}", parameters)


def unauthorized() -> RefusalError:
    return RefusalError(401, "Unauthorized")


def forbidden(what: str) -> RefusalError:
    return RefusalError(403, f"Forbidden: {what}")


def not_found(what: str) -> RefusalError:
    return RefusalError(404, f"Not Found: {what}")


def conflict(what: str) -> RefusalError:
    return RefusalError(409, f"Conflict: {what}")


def too_many_requests(retry_after: int) -> RefusalError:
    return RefusalError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


class MisuseError(Exception):
    """A control call asks for what no person could do; answered 409, or 404 for what is unknown."""

    def __init__(self, reason: str, status: int = 409) -> None:
        super().__init__(reason)
        self.status = status
