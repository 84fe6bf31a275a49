"""Signing in, and out: people with Google, and the browser extension with us."""

from admitone.web.oauth import authorize, google_sign_in, invitation, metadata, sign_out, token

__all__ = ["authorize", "google_sign_in", "invitation", "metadata", "sign_out", "token"]
