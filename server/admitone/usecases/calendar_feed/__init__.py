"""A user's calendar feed: its address, and the file that calendar programs read there."""
