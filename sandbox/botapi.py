"""The Bot API over HTTP: token, faults, limits, method, answer, ledger."""

import asyncio
import contextlib
import inspect
import json
import socket
import struct
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox import chats, media, menus, messages, polling
from sandbox.asking import Ask, Upload, parameters
from sandbox.errors import RefusalError, not_found, too_many_requests, unauthorized
from sandbox.faults import Fault, Script
from sandbox.ledger import Call, Ledger
from sandbox.limits import OVERALL, Limit, whole_seconds
from sandbox.world import World

Method = Callable[[Ask], Any]

PROFILE = {
    "MyName": polling.profile("name", "name", 64),
    "MyDescription": polling.profile("description", "description", 512),
    "MyShortDescription": polling.profile("short_description", "short_description", 120),
}
LIMITED: dict[str, Method] = {
    "sendMessage": messages.send_message,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": media.edit_message_caption,
    "editMessageMedia": media.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
}
FREE: dict[str, Method] = {
    "getMe": polling.get_me,
    "getUpdates": polling.get_updates,
    "setWebhook": polling.set_webhook,
    "deleteWebhook": polling.delete_webhook,
    "getWebhookInfo": polling.get_webhook_info,
    "answerCallbackQuery": messages.answer_callback_query,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "setMyCommands": menus.set_my_commands,
    "getMyCommands": menus.get_my_commands,
    "deleteMyCommands": menus.delete_my_commands,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "unpinAllChatMessages": chats.unpin_all_chat_messages,
    "sendChatAction": chats.send_chat_action,
    "getFile": media.get_file,
    **{f"set{name}": put for name, (put, _) in PROFILE.items()},
    **{f"get{name}": get for name, (_, get) in PROFILE.items()},
}
METHODS = {name.lower(): method for name, method in (LIMITED | FREE).items()}
LIMITED_NAMES = {name.lower() for name in LIMITED}


class BotApi:
    def __init__(self, world: World) -> None:
        self.world = world
        self.ledger = Ledger()
        self.faults = Script()
        self.limit: Limit | None = None

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        clock = self.world.clock
        unreadable: RefusalError | None = None
        params: dict[str, Any] = {}
        files: dict[str, Upload] = {}
        try:
            params, files = await parameters(request)
        except RefusalError as refusal:
            unreadable = refusal
        shown = params | {
            key: {"file": file.name, "size": len(file.data)} for key, file in files.items()
        }
        call = self.ledger.open(clock.now().isoformat(), clock.elapsed(), name, shown)
        ask = Ask(self.world, params, files, unreadable=unreadable)
        try:
            return await self._answer(request, call, ask)
        finally:
            self.ledger.close(call, clock.elapsed())

    async def _answer(self, request: web.Request, call: Call, ask: Ask) -> web.StreamResponse:
        fault: Fault | None = None
        try:
            if not self.world.tokens.get(request.match_info["token"]):
                raise unauthorized()
            fault = self.faults.take(call.method, ask.text("chat_id"))
            if fault is not None and fault.kind in {"reset", "timeout"}:
                await self._silence(request, fault.seconds if fault.kind == "timeout" else 0)
                return cut(request)
            if fault is not None and fault.raw:
                call.status, call.answered = fault.code, True
                return web.Response(text=fault.raw, status=fault.code, content_type="text/html")
            call.result = await self._result(call.method, ask, fault)
            call.applied = True
            body: dict[str, Any] = {"ok": True, "result": call.result}
            status = 200
        except RefusalError as refusal:
            body, status = refusal.body(), refusal.status
            call.description = refusal.description
            call.retry_after = refusal.parameters.get("retry_after")
        if fault is not None and fault.kind == "deliver_then_timeout":
            await self._silence(request, fault.seconds)
            return cut(request)
        if fault is not None and fault.kind == "deliver_then_reset":
            return cut(request)
        return await self._written(request, call, ask, status, body)

    async def _result(self, name: str, ask: Ask, fault: Fault | None) -> Any:
        if fault is not None and fault.kind == "status":
            raise RefusalError(fault.code, fault.description, fault.parameters)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        method = METHODS.get(name.lower())
        if method is None:
            raise not_found("method not found")
        if ask.unreadable is not None:
            raise ask.unreadable
        if self.limit is not None and name.lower() in LIMITED_NAMES:
            chat_id = ask.text("chat_id")
            # Ids of groups are negative.
            scopes = {OVERALL: False, chat_id: chat_id.startswith(("-", "@"))}
            wait = self.limit.wait(scopes, self.world.clock.elapsed())
            if wait > 0:
                raise too_many_requests(whole_seconds(wait))
        result = method(ask)
        return await result if inspect.isawaitable(result) else result

    async def _silence(self, request: web.Request, seconds: float) -> None:
        """Say nothing until the client gives up or the time is over."""
        clock = self.world.clock
        end = clock.elapsed() + seconds
        while connected(request) and clock.elapsed() < end and not self.world.updates.closed:  # noqa: ASYNC110 - a client that gives up sets no event
            await asyncio.sleep(0.02)

    async def _written(
        self, request: web.Request, call: Call, ask: Ask, status: int, body: dict[str, Any]
    ) -> web.StreamResponse:
        headers = {"Retry-After": str(call.retry_after)} if call.retry_after else None
        response = web.Response(
            text=json.dumps(body),
            status=status,
            content_type="application/json",
            headers=headers,
        )
        call.status = status
        if not connected(request):
            return cut(request)
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            return response
        call.answered = True
        if status == 200:  # noqa: PLR2004 - the one good status of the Bot API
            for act in ask.after_answer:
                act()
        return response

    async def file(self, request: web.Request) -> web.Response:
        if not self.world.tokens.get(request.match_info["token"]):
            return web.json_response(unauthorized().body(), status=401)
        path = request.match_info["path"]
        for stored in self.world.files.values():
            if stored.path == path:
                return web.Response(body=stored.data)
        return web.json_response(not_found("file not found").body(), status=404)


async def lost(_request: web.Request) -> web.Response:
    body = {"ok": False, "error_code": 404, "description": "Not Found"}
    return web.json_response(body, status=404)


def connected(request: web.Request) -> bool:
    return request.transport is not None and not request.transport.is_closing()


def cut(request: web.Request) -> web.Response:
    """Break the connection off without an answer, by a reset."""
    transport = request.transport
    if transport is not None:
        raw = transport.get_extra_info("socket")
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


def routes(api: BotApi) -> list[web.RouteDef]:
    return [
        web.route("*", "/bot{token}/{method}", api.answer),
        web.get("/file/bot{token}/{path:.+}", api.file),
    ]
