"""The rules. Nothing here knows Telegram, SQL or the time of day: facts come in as values."""
