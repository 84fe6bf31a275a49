"""Which starts are offered: schedules, time zones, and the decision about one start."""
