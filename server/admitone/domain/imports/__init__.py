"""Files of people that users upload, and what becomes of their rows."""
