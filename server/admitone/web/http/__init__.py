"""HTTP itself: callers, requests, answers, and what surrounds every handler."""
