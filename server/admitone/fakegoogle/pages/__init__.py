"""The web pages of the stand-in: accounts with their calendars and mail."""
