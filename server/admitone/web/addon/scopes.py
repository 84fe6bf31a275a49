"""What the add-on asks of its users: no more than what it is shown for needs.

https://developers.google.com/workspace/add-ons/concepts/workspace-scopes
"""

from __future__ import annotations

EMAIL = "https://www.googleapis.com/auth/userinfo.email"
"""Without it Google does not say who the user is."""
COMPOSE = "https://www.googleapis.com/auth/gmail.addons.current.action.compose"
"""To write into the open draft."""
SCOPES = (
    "https://www.googleapis.com/auth/gmail.addons.execute",
    COMPOSE,
    "https://www.googleapis.com/auth/gmail.addons.current.message.metadata",  # the draft's recipients
    EMAIL,
    "https://www.googleapis.com/auth/script.locale",  # language and zone
)
