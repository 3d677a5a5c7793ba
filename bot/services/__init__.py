"""Use cases: load, decide by the rules, save. Shared by chat, clock and command line."""
