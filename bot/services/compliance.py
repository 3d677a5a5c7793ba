"""Who was expected, who reported, and how that adds up: loaded once, shown in many ways."""
