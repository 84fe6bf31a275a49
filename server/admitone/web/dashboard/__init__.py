"""The dashboard: rooms for hosts and administrators. All of them work without JavaScript."""

from admitone.web.dashboard import home, landing
from admitone.web.dashboard.accounts import (
    access,
    api_keys,
    audit_log,
    calendar_feed,
    leave,
    pictures,
    profile,
    users,
    welcome,
    workspace,
)
from admitone.web.dashboard.activity import activity_list
from admitone.web.dashboard.bookings import booking, booking_forms, booking_list, booking_reschedule
from admitone.web.dashboard.contacts import (
    contact,
    contact_form,
    contact_import,
    contact_list,
    import_start,
)
from admitone.web.dashboard.google import google_account
from admitone.web.dashboard.help import guide
from admitone.web.dashboard.jobs import parked_jobs
from admitone.web.dashboard.links import (
    link,
    link_list,
    link_mail,
    links_change,
    people_import,
    people_start,
    share,
)
from admitone.web.dashboard.mail import mail_template, mails
from admitone.web.dashboard.pages import booking_pages, event_types, master_pages, page_times, pools
from admitone.web.dashboard.personal_data import personal_data
from admitone.web.dashboard.reports import report, spread
from admitone.web.dashboard.set_up import extension, waiting
from admitone.web.dashboard.webhooks import webhook_list
from admitone.web.dashboard.workflows import (
    workflow_editor,
    workflow_enrol,
    workflow_list,
    workflow_publishing,
    workflow_runs,
    workflow_settings,
    workflow_steps,
    workflow_test_run,
    workflow_trigger,
)

__all__ = [
    "access",
    "activity_list",
    "api_keys",
    "audit_log",
    "booking",
    "booking_forms",
    "booking_list",
    "booking_pages",
    "booking_reschedule",
    "calendar_feed",
    "contact",
    "contact_form",
    "contact_import",
    "contact_list",
    "event_types",
    "extension",
    "google_account",
    "guide",
    "home",
    "import_start",
    "landing",
    "leave",
    "link",
    "link_list",
    "link_mail",
    "links_change",
    "mail_template",
    "mails",
    "master_pages",
    "page_times",
    "parked_jobs",
    "people_import",
    "people_start",
    "personal_data",
    "pictures",
    "pools",
    "profile",
    "report",
    "share",
    "spread",
    "users",
    "waiting",
    "webhook_list",
    "welcome",
    "workflow_editor",
    "workflow_enrol",
    "workflow_list",
    "workflow_publishing",
    "workflow_runs",
    "workflow_settings",
    "workflow_steps",
    "workflow_test_run",
    "workflow_trigger",
    "workspace",
]
