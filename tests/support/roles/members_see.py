"""What a member is shown of a colleague's links and bookings, by route and by the setting `members_see`.

Every route for members is named here, so that a new one comes with a statement (docs/rules/members.md).
"""

from __future__ import annotations

from enum import Enum


class Shown(Enum):
    """What of a colleague's links and bookings a route shows, or lets a member reach."""

    NOTHING = "neither codes of links nor bookings, whatever the setting; a stream begins with nothing"
    LINKS = "links, and with `all` their codes"
    BOTH = "links, and with `all` their codes; bookings with `all` only"
    BOOKINGS = "bookings, with `all` only; one that is named is otherwise not found"


_GROUPS: dict[Shown, str] = {
    Shown.LINKS: """
        GET /api/v1/links
        GET /api/v1/links/{link}
        GET /api/v1/reports/links.csv
        GET /dashboard/links
        GET /dashboard/links.csv
        GET /dashboard/links/{link}
    """,
    Shown.BOTH: """
        GET /dashboard/contacts/{id}
        GET /dashboard/activity
    """,
    Shown.BOOKINGS: """
        GET /api/v1/bookings
        GET /api/v1/bookings/{booking}
        POST /api/v1/bookings/{booking}/cancel
        POST /api/v1/bookings/{booking}/reschedule
        POST /api/v1/bookings/{booking}/reassign
        POST /api/v1/bookings/{booking}/request-reschedule
        POST /api/v1/bookings/{booking}/no-show
        DELETE /api/v1/bookings/{booking}/no-show
        GET /api/v1/held-mails
        GET /api/v1/reports/bookings.csv
        GET /api/v1/activity
        GET /dashboard/bookings
        GET /dashboard/bookings.csv
        GET /dashboard/bookings/{booking}
        POST /dashboard/bookings/{booking}/cancel
        POST /dashboard/bookings/{booking}/no-show
        POST /dashboard/bookings/{booking}/no-show/undo
        POST /dashboard/bookings/{booking}/reassign
        POST /dashboard/bookings/{booking}/request-reschedule
        GET /dashboard/bookings/{booking}/reschedule
        POST /dashboard/bookings/{booking}/reschedule
        GET /dashboard/bookings/{booking}/slots
    """,
    Shown.NOTHING: """
        GET /api/v1/me
        POST /api/v1/me/leave
        PUT /api/v1/me/photo
        DELETE /api/v1/me/photo
        GET /api/v1/me/calendar-feed
        PUT /api/v1/me/calendar-feed
        DELETE /api/v1/me/calendar-feed
        GET /api/v1/event-types
        GET /api/v1/event-types/{id}
        GET /api/v1/booking-pages
        POST /api/v1/booking-pages
        GET /api/v1/booking-pages/{id}
        PATCH /api/v1/booking-pages/{id}
        DELETE /api/v1/booking-pages/{id}
        GET /api/v1/pools
        GET /api/v1/pools/{id}
        GET /api/v1/master-pages
        GET /api/v1/master-pages/{id}
        GET /api/v1/pages
        GET /api/v1/pages/{id}/slots
        POST /api/v1/pages/{id}/content
        POST /api/v1/links
        POST /api/v1/links/batch
        PATCH /api/v1/links/{link}
        POST /api/v1/links/{link}/revoke
        POST /api/v1/links/{link}/reactivate
        POST /api/v1/links/{link}/email
        GET /api/v1/contacts
        GET /api/v1/contacts/tags
        GET /api/v1/contacts/{id}
        GET /api/v1/waiting-mails
        GET /api/v1/activity/stream
        POST /api/v1/activity/seen
        GET /api/v1/api-keys
        POST /api/v1/api-keys
        DELETE /api/v1/api-keys/{id}
        GET /api/v1/workflows
        GET /api/v1/workflows/{id}
        GET /api/v1/workflows/{id}/versions
        GET /api/v1/workflows/{id}/runs
        GET /api/v1/workflows/{id}/counts
        GET /api/v1/workflows/{id}/enrolments/{enrolment}
        GET /api/v1/runs/{id}
        GET /api/v1/reports/spread
        GET /api/v1/reports/summary
        GET /api/v1/reports/summary.csv
        GET /dashboard
        GET /dashboard/more
        GET /dashboard/help
        GET /dashboard/help/{guide}
        GET /dashboard/waiting
        POST /dashboard/waiting
        GET /dashboard/extension
        POST /dashboard/extension
        GET /dashboard/share
        POST /dashboard/share
        POST /dashboard/links/change
        GET /dashboard/links/many
        POST /dashboard/links/many
        GET /dashboard/links/many/{id}
        POST /dashboard/links/many/{id}
        POST /dashboard/links/many/{id}/start
        POST /dashboard/links/many/{id}/end
        GET /dashboard/links/many/{id}/problems.csv
        GET /dashboard/links/many/{id}/links.csv
        POST /dashboard/links/{link}
        POST /dashboard/links/{link}/revoke
        POST /dashboard/links/{link}/reactivate
        GET /dashboard/links/{link}/email
        POST /dashboard/links/{link}/email
        GET /dashboard/links/{link}/email/preview
        GET /dashboard/links/{link}/nudge
        POST /dashboard/links/{link}/nudge
        GET /dashboard/links/{link}/nudge/preview
        GET /dashboard/contacts
        GET /dashboard/event-types
        GET /dashboard/event-types/{id}
        GET /dashboard/pages
        POST /dashboard/pages
        GET /dashboard/pages/new
        GET /dashboard/pages/{id}
        POST /dashboard/pages/{id}
        GET /dashboard/pages/{id}/edit
        GET /dashboard/pages/{id}/duplicate
        GET /dashboard/pages/{id}/times
        POST /dashboard/pages/{id}/delete
        GET /dashboard/master-pages
        GET /dashboard/master-pages/{id}
        GET /dashboard/master-pages/{id}/times
        GET /dashboard/workflows
        GET /dashboard/workflows/{id}
        GET /dashboard/workflows/{id}/runs
        GET /dashboard/workflows/{id}/runs/{run}
        GET /dashboard/workflows/{id}/settings
        GET /dashboard/workflows/{id}/trigger
        GET /dashboard/workflows/{id}/steps/{step}
        GET /dashboard/reports
        GET /dashboard/reports.csv
        GET /dashboard/reports/figures.csv
        GET /dashboard/reports/spread
        GET /dashboard/reports/spread.csv
        GET /dashboard/welcome
        POST /dashboard/welcome
        GET /dashboard/welcome/zone
        GET /dashboard/settings
        POST /dashboard/settings
        GET /dashboard/settings/leave
        POST /dashboard/settings/leave
        POST /dashboard/settings/photo
        POST /dashboard/settings/photo/delete
        GET /dashboard/settings/google
        POST /dashboard/settings/google
        POST /dashboard/settings/google/disconnect
        GET /dashboard/settings/calendar-feed
        POST /dashboard/settings/calendar-feed
        POST /dashboard/settings/calendar-feed/replace
        POST /dashboard/settings/calendar-feed/delete
        GET /dashboard/settings/api-keys
        POST /dashboard/settings/api-keys
        POST /dashboard/settings/api-keys/{id}/delete
        GET /auth/google/connect
        GET /dashboard/settings/access
        POST /dashboard/settings/access/sessions/{id}/end
        POST /dashboard/settings/access/apps/{id}/end
        POST /auth/sign-out
        POST /auth/sign-out-everywhere
        POST /oauth/authorize
    """,
}
SHOWN: dict[str, Shown] = {
    line.strip(): shown for shown, lines in _GROUPS.items() for line in lines.strip().splitlines()
}
"""By method and path."""
