"""trucbao: daily duty reports of a city's military command, collected on Telegram."""

__version__ = "0.1.0"
