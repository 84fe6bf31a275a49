"""The accounts and the client that exist at the first start."""

from __future__ import annotations

from admitone.fakegoogle.records import Account, Client

ACCOUNTS = (
    Account(email="admin@acme.test", name="Ada Keller", hd="acme.test"),
    Account(email="member@acme.test", name="Max Brunner", hd="acme.test"),
    Account(email="sam@gmail.test", name="Sam Rivers", time_zone="America/New_York"),
    Account(email="olga@beta.test", name="Olga Petrova", hd="beta.test", time_zone="Europe/London"),
    Account(email="unverified@mail.test", name="Uma Verner", email_verified=False),
)

CLIENT = Client(
    client_id="admitone-demo.apps.googleusercontent.com",
    client_secret="GOCSPX-only-for-the-demo",  # noqa: S106 - a secret of the stand-in only
    redirect_uris=(
        "http://127.0.0.1:8080/auth/google/callback",
        "http://localhost:8080/auth/google/callback",
    ),
)
