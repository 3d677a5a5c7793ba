"""Methods about the bot itself and about how it gets its updates."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.asking import Ask
from sandbox.bodies import Body, user_body
from sandbox.errors import bad_request, conflict

MAX_BATCH = 100
MAX_TIMEOUT = 50
MAX_SECRET = 256
CONNECTIONS, MAX_CONNECTIONS = 40, 100
PORTS = (443, 80, 88, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]*")


def get_me(ask: Ask) -> Body:
    return user_body(ask.world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not ask.world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(ask: Ask) -> list[Body]:
    world = ask.world
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    remember_allowed(ask)
    limit = ask.number("limit", MAX_BATCH)
    if not 0 < limit <= MAX_BATCH:
        limit = MAX_BATCH
    timeout = min(max(ask.number("timeout"), 0), MAX_TIMEOUT)
    world.updates.confirm_by(ask.number("offset"))
    batch = await world.updates.poll(limit, timeout)
    ask.after_answer.append(lambda: world.updates.delivered(batch))
    return [update.body for update in batch]


def remember_allowed(ask: Ask) -> None:
    if "allowed_updates" not in ask.params:
        return
    allowed = ask.array("allowed_updates", "String")
    ask.world.updates.allow([str(kind) for kind in allowed])


def usable(url: str) -> bool:
    # Plain HTTP to this machine is the sandbox's own exception: it has no certificates to offer.
    return url.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))


def set_webhook(ask: Ask) -> bool:
    url, secret = ask.text("url"), ask.text("secret_token")
    if url and not usable(url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if url.startswith("https:") and (urlsplit(url).port or PORTS[0]) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    remember_allowed(ask)
    connections = ask.number("max_connections", CONNECTIONS)
    return point_webhook(ask, url, secret, min(max(connections, 1), MAX_CONNECTIONS))


def delete_webhook(ask: Ask) -> bool:
    return point_webhook(ask)


def point_webhook(ask: Ask, url: str = "", secret: str = "", connections: int = 0) -> bool:
    world = ask.world
    if ask.flag("drop_pending_updates"):
        world.updates.forget_all()
    if url or world.webhook.url:
        world.updates.end_polls(conflict("terminated by setWebhook request"))
    world.webhook.point(url, secret, connections)
    return True


def get_webhook_info(ask: Ask) -> Body:
    world = ask.world
    world.updates.sweep()
    info = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
        "allowed_updates": sorted(world.updates.allowed),
    }
    if world.webhook.url:
        info["max_connections"] = world.webhook.connections
    if world.webhook.last_error:
        info["last_error_date"] = int(world.webhook.failed_at)
        info["last_error_message"] = world.webhook.last_error
    return info


def profile(name: str, parameter: str, limit: int) -> tuple[Any, Any]:
    """Return the methods that set and get one line of the bot's profile."""

    def put(ask: Ask) -> bool:
        value = ask.text(parameter)
        if len(value) > limit:
            raise bad_request(f"{parameter.replace('_', ' ')} is too long")
        ask.world.profile[name, ask.text("language_code")] = value
        return True

    def get(ask: Ask) -> Body:
        profile = ask.world.profile
        own = profile.get((name, ask.text("language_code")))
        return {parameter: own or profile.get((name, ""), "")}

    return put, get
