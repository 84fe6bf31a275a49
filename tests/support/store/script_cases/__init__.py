"""A call of every script that answers OK, made by its typed function in a state that uses all of the script.

`record_call` notes what the function passed and which keys the script touched; the contract is checked
against it, and `test_scripts_atomic.py` spoils it in every way it knows.
"""

from __future__ import annotations

from tests.support.store.script_cases.accounts import ACCOUNTS
from tests.support.store.script_cases.activity import ACTIVITY
from tests.support.store.script_cases.bookings import BOOKINGS
from tests.support.store.script_cases.configuration import CONFIGURATION
from tests.support.store.script_cases.contacts import CONTACTS
from tests.support.store.script_cases.file_imports import CONTACT_IMPORTS
from tests.support.store.script_cases.google import GOOGLE
from tests.support.store.script_cases.hooks import HOOKS
from tests.support.store.script_cases.links import LINKS
from tests.support.store.script_cases.mail import MAIL
from tests.support.store.script_cases.migrations import MIGRATIONS
from tests.support.store.script_cases.outbox import OUTBOX
from tests.support.store.script_cases.personal_data import PERSONAL_DATA
from tests.support.store.script_cases.reports import REPORTS
from tests.support.store.script_cases.secrets import SECRETS
from tests.support.store.script_cases.webhooks import WEBHOOKS
from tests.support.store.script_cases.workflows import WORKFLOWS

CASES = [
    *ACCOUNTS,
    *ACTIVITY,
    *BOOKINGS,
    *CONFIGURATION,
    *CONTACT_IMPORTS,
    *CONTACTS,
    *GOOGLE,
    *HOOKS,
    *LINKS,
    *MAIL,
    *MIGRATIONS,
    *OUTBOX,
    *PERSONAL_DATA,
    *REPORTS,
    *SECRETS,
    *WEBHOOKS,
    *WORKFLOWS,
]
