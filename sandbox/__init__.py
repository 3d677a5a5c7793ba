"""An embedded Telegram: the Bot API over HTTP, and a control side to act as people."""
