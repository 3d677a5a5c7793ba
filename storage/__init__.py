"""SQLite by subject: plain values in, plain values out. Nothing else of the project speaks SQL."""
