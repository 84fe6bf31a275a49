"""Refusals about who calls: credentials, sign-in, invitations, roles, the connection to Google."""

from __future__ import annotations

from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import message


class Unauthenticated(Refusal):
    """There is no credential, or it is unknown, expired or revoked."""

    code = "unauthenticated"
    kind = Kind.UNAUTHENTICATED
    sentence = message("Sign in, or send a valid access token or API key.")


class Forbidden(Refusal):
    """The caller is known and may not do this."""

    code = "forbidden"
    kind = Kind.FORBIDDEN
    sentence = message("Your role does not allow this.")


class ScopeMissing(Refusal):
    """The API key lacks the scope that the call needs."""

    code = "scope-missing"
    kind = Kind.FORBIDDEN
    sentence = message("This API key may not do this.")

    def __init__(self, scope: str) -> None:
        super().__init__(message("This API key may not do this: it lacks the scope %(scope)s.", scope=scope))


class SessionRequired(Refusal):
    """The caller is an app or a program; only a person who is signed in may do this."""

    code = "session-required"
    kind = Kind.FORBIDDEN
    sentence = message("Only a person who is signed in can do this, in the dashboard.")


class CsrfMissing(Refusal):
    """A form or a call of the dashboard came without the CSRF token of its session."""

    code = "csrf"
    kind = Kind.FORBIDDEN
    sentence = message("This page was open for too long. Load it again and repeat what you did.")
    retry = True


class SignInExpired(Refusal):
    """This browser did not start the sign-in that Google answers, or started it too long ago."""

    code = "sign-in-expired"
    kind = Kind.BAD_REQUEST
    sentence = message("This sign-in has expired, or was started in another browser. Sign in again.")
    retry = True


class SignInCancelled(Refusal):
    """The person did not consent at Google."""

    code = "sign-in-cancelled"
    kind = Kind.BAD_REQUEST
    sentence = message("You did not sign in. Nothing has changed.")
    retry = True


class SignUpClosed(Refusal):
    """This server does not let the account create a workspace (ADMITONE_SIGN_UP)."""

    code = "sign-up-closed"
    kind = Kind.FORBIDDEN
    sentence = message("This account has no workspace here. Ask an administrator to invite you.")


class AccountInactive(Refusal):
    """An administrator has deactivated the user."""

    code = "account-inactive"
    kind = Kind.FORBIDDEN
    sentence = message("This account has been deactivated. Ask an administrator of your workspace.")


class AddressInUse(Refusal):
    """Another Google account has signed in as the user with this address."""

    code = "address-in-use"
    kind = Kind.CONFLICT
    sentence = message("Another Google account already uses this address here.")


class AlreadyElsewhere(Refusal):
    """The person who opened the invitation belongs to another workspace."""

    code = "already-elsewhere"
    kind = Kind.CONFLICT
    sentence = message(
        "This Google account belongs to another workspace, so you have not joined, and nothing has changed. "
        "An account can be in one workspace only: choose another account, or leave the other workspace first "
        "(Settings → Profile)."
    )


class InvitationGone(Refusal):
    """The invitation was withdrawn, was accepted, has expired, or never existed."""

    code = "invitation-gone"
    kind = Kind.GONE
    sentence = message("This invitation is no longer valid. Ask an administrator to invite you again.")


class InvitationForAnother(Refusal):
    """The person who signed in with Google is not the person who was invited."""

    code = "invitation-for-another"
    kind = Kind.FORBIDDEN
    sentence = message(
        "This invitation is for another address. Sign in with the Google account of that address."
    )


class LastAdministrator(Refusal):
    """The change would leave the workspace without an active administrator."""

    code = "last-administrator"
    kind = Kind.CONFLICT
    sentence = message("A workspace needs an administrator. Make somebody else an administrator first.")


class AppUnknown(Refusal):
    """The app that asks for authorisation is not registered, or its redirect address is not registered."""

    code = "app-unknown"
    kind = Kind.BAD_REQUEST
    sentence = message("This server does not know the app that sent you here.")


class GoogleNotConfigured(Refusal):
    """ADMITONE_GOOGLE_CLIENT_ID and its secret are not set."""

    code = "google-not-configured"
    kind = Kind.UNAVAILABLE
    sentence = message("Signing in with Google is not set up on this server yet.")


class OtherGoogleAccount(Refusal):
    """The user connected another Google account than the one with which they sign in."""

    code = "other-google-account"
    kind = Kind.CONFLICT
    sentence = message("You chose another Google account. Connect the one that you sign in with.")
