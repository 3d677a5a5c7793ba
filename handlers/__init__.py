"""Telegram in, use case, replies out: a feature a file. `routes.py` lists them all, in order."""
