"""The Google Workspace add-on, over HTTP: one address, which Google calls (docs/addon.md).

`endpoint.py` verifies who calls, `event.py` reads the request, `actions.py` does what a button asks for, each
file in `cards/` draws one card, and `answers.py` wraps cards and what goes into the draft.
"""

from admitone.web.addon import endpoint

__all__ = ["endpoint"]
