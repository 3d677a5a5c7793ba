"""Everything that Telegram, the network, the disk and the machine do to the bot, over a reporting day."""
