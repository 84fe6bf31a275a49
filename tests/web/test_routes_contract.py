"""Who may call what, row by row: a row is added or its access changed here as well, or not at all."""

from __future__ import annotations

from admitone.web.http.route import Access, Route
from admitone.web.http.scope import Special
from admitone.web.routes import ROUTES

API = """
customer       GET    /api/v1/book/{code}
customer       POST   /api/v1/book/{code}
customer       POST   /api/v1/book/{code}/confirm
customer       POST   /api/v1/book/{code}/opened
customer       GET    /api/v1/book/{code}/slots
customer       GET    /api/v1/manage/{token}
customer       POST   /api/v1/manage/{token}/cancel
customer       POST   /api/v1/manage/{token}/reschedule
customer       GET    /api/v1/manage/{token}/slots
member         GET    /api/v1/me
member         POST   /api/v1/me/leave
member         PUT    /api/v1/me/photo
member         DELETE /api/v1/me/photo
member         GET    /api/v1/me/calendar-feed
member         PUT    /api/v1/me/calendar-feed
member         DELETE /api/v1/me/calendar-feed
member         GET    /api/v1/event-types
administrator  POST   /api/v1/event-types
member         GET    /api/v1/event-types/{id}
administrator  PATCH  /api/v1/event-types/{id}
administrator  DELETE /api/v1/event-types/{id}
member         GET    /api/v1/booking-pages
member         POST   /api/v1/booking-pages
member         GET    /api/v1/booking-pages/{id}
member         PATCH  /api/v1/booking-pages/{id}
member         DELETE /api/v1/booking-pages/{id}
member         GET    /api/v1/pools
administrator  POST   /api/v1/pools
member         GET    /api/v1/pools/{id}
administrator  PATCH  /api/v1/pools/{id}
administrator  DELETE /api/v1/pools/{id}
member         GET    /api/v1/master-pages
administrator  POST   /api/v1/master-pages
member         GET    /api/v1/master-pages/{id}
administrator  PATCH  /api/v1/master-pages/{id}
administrator  DELETE /api/v1/master-pages/{id}
member         GET    /api/v1/pages
member         GET    /api/v1/pages/{id}/slots
member         POST   /api/v1/pages/{id}/content
member         GET    /api/v1/links
member         POST   /api/v1/links
member         POST   /api/v1/links/batch
member         GET    /api/v1/links/{link}
member         PATCH  /api/v1/links/{link}
member         POST   /api/v1/links/{link}/revoke
member         POST   /api/v1/links/{link}/reactivate
member         POST   /api/v1/links/{link}/email
member         GET    /api/v1/contacts
administrator  POST   /api/v1/contacts
administrator  POST   /api/v1/contacts/batch
member         GET    /api/v1/contacts/tags
member         GET    /api/v1/contacts/{id}
administrator  PATCH  /api/v1/contacts/{id}
administrator  DELETE /api/v1/contacts/{id}
member         GET    /api/v1/bookings
member         GET    /api/v1/bookings/{booking}
member         POST   /api/v1/bookings/{booking}/cancel
member         POST   /api/v1/bookings/{booking}/reschedule
member         POST   /api/v1/bookings/{booking}/no-show
member         DELETE /api/v1/bookings/{booking}/no-show
member         POST   /api/v1/bookings/{booking}/request-reschedule
member         POST   /api/v1/bookings/{booking}/reassign
member         GET    /api/v1/held-mails
member         GET    /api/v1/waiting-mails
member         GET    /api/v1/reports/summary
member         GET    /api/v1/reports/summary.csv
member         GET    /api/v1/reports/spread
member         GET    /api/v1/reports/bookings.csv
member         GET    /api/v1/reports/links.csv
member         GET    /api/v1/activity
member         GET    /api/v1/activity/stream
member         POST   /api/v1/activity/seen
administrator  GET    /api/v1/audit
administrator  GET    /api/v1/webhooks
administrator  POST   /api/v1/webhooks
administrator  GET    /api/v1/webhooks/{id}
administrator  PATCH  /api/v1/webhooks/{id}
administrator  DELETE /api/v1/webhooks/{id}
administrator  GET    /api/v1/webhooks/{id}/deliveries
administrator  POST   /api/v1/webhooks/{id}/test
member         GET    /api/v1/workflows
administrator  POST   /api/v1/workflows
member         GET    /api/v1/workflows/{id}
administrator  PATCH  /api/v1/workflows/{id}
administrator  DELETE /api/v1/workflows/{id}
administrator  POST   /api/v1/workflows/{id}/publish
administrator  POST   /api/v1/workflows/{id}/unpublish
administrator  POST   /api/v1/workflows/{id}/pause
administrator  POST   /api/v1/workflows/{id}/resume
administrator  POST   /api/v1/workflows/{id}/test
member         GET    /api/v1/workflows/{id}/versions
member         GET    /api/v1/workflows/{id}/runs
administrator  POST   /api/v1/workflows/{id}/runs/retry
administrator  POST   /api/v1/workflows/{id}/runs/skip
administrator  POST   /api/v1/workflows/{id}/runs/stop
member         GET    /api/v1/workflows/{id}/counts
administrator  POST   /api/v1/workflows/{id}/enrol
member         GET    /api/v1/workflows/{id}/enrolments/{enrolment}
member         GET    /api/v1/runs/{id}
administrator  POST   /api/v1/runs/{id}/retry
administrator  POST   /api/v1/runs/{id}/skip
administrator  POST   /api/v1/runs/{id}/stop
administrator  GET    /api/v1/workflows/{id}/hook
administrator  POST   /api/v1/workflows/{id}/hook/rotate
administrator  GET    /api/v1/jobs
administrator  POST   /api/v1/jobs/retry
administrator  POST   /api/v1/jobs/{id}/retry
administrator  DELETE /api/v1/jobs/{id}
administrator  GET    /api/v1/erasures
administrator  POST   /api/v1/erasures
administrator  POST   /api/v1/erasures/export
administrator  GET    /api/v1/erasures/{id}
administrator  POST   /api/v1/erasures/{id}/carry-out
administrator  POST   /api/v1/erasures/{id}/decline
administrator  GET    /api/v1/settings
administrator  PATCH  /api/v1/settings
administrator  PUT    /api/v1/settings/logo
administrator  DELETE /api/v1/settings/logo
administrator  GET    /api/v1/mail-templates
administrator  GET    /api/v1/mail-templates/{mail}
administrator  PATCH  /api/v1/mail-templates/{mail}
administrator  DELETE /api/v1/mail-templates/{mail}
administrator  POST   /api/v1/mail-templates/{mail}/preview
member         GET    /api/v1/api-keys
member         POST   /api/v1/api-keys
member         DELETE /api/v1/api-keys/{id}
administrator  GET    /api/v1/users
administrator  GET    /api/v1/users/{id}
administrator  PATCH  /api/v1/users/{id}
administrator  GET    /api/v1/invitations
administrator  POST   /api/v1/invitations
administrator  DELETE /api/v1/invitations/{id}
"""

FOR_ANYBODY = """
open           GET    /
open           GET    /privacy
open           GET    /healthz
open           GET    /readyz
open           GET    /metrics
open           GET    /api/docs
open           GET    /api/docs/{subject}
open           GET    /api/openapi.json
open           GET    /problems/{code}
open           GET    /media/{picture}
open           GET    /static/{version}/{name:.+}
open           GET    /auth/google/start
open           GET    /auth/google/callback
open           POST   /addon
open           POST   /hooks/google/calendar
open           GET    /oauth/authorize
open           POST   /oauth/token
open           POST   /oauth/revoke
open           GET    /.well-known/oauth-authorization-server
customer       GET    /.{code}
customer       POST   /.{code}
customer       POST   /.{code}/resend
customer       GET    /manage/{token}
customer       GET    /manage/{token}/invite.ics
customer       GET    /manage/{token}/cancel
customer       POST   /manage/{token}/cancel
customer       GET    /manage/{token}/erase
customer       POST   /manage/{token}/erase
customer       GET    /manage/{token}/reschedule
customer       POST   /manage/{token}/reschedule
customer       POST   /hooks/{token}
customer       GET    /calendar/{token}.ics
customer       GET    /unsubscribe/{token}
customer       POST   /unsubscribe/{token}
customer       GET    /invite/{token}
customer       POST   /invite/{token}
customer       GET    /{slug:[a-z0-9-]+}
customer       POST   /{slug:[a-z0-9-]+}
"""
"""Pages, and what machines ask: what stands here needs no sign-in."""

Row = tuple[str, str, str]


def stated(table: str) -> set[Row]:
    """The rows of a table above: access, method, path."""
    return {(access, method, path) for access, method, path in map(str.split, table.strip().splitlines())}


def row(route: Route) -> Row:
    """A route as a row."""
    return route.access.value, route.method, route.path


def test_every_call_of_the_api_is_as_stated() -> None:
    assert {row(route) for route in ROUTES if route.path.startswith("/api/v1/")} == stated(API)


def test_what_anybody_may_call_is_as_stated() -> None:
    needs_no_sign_in = {Access.OPEN, Access.CUSTOMER}
    found = {
        row(route)
        for route in ROUTES
        if route.access in needs_no_sign_in and not route.path.startswith("/api/v1/")
    }
    assert found == stated(FOR_ANYBODY)


def test_a_customer_s_capability_is_in_the_path() -> None:
    for route in ROUTES:
        if route.access is Access.CUSTOMER:
            assert any(part in route.path for part in ("{code}", "{token}", "{slug:"))


def test_every_route_that_needs_sign_in_states_its_scope() -> None:
    for route in ROUTES:
        needs_sign_in = route.access in {Access.MEMBER, Access.ADMINISTRATOR}
        assert (route.scope is not None) is needs_sign_in, row(route)
    assert {row(route) for route in ROUTES if route.scope is Special.ANY} == {("member", "GET", "/api/v1/me")}
    for_sessions = {row(route) for route in ROUTES if route.scope is Special.SESSION}
    assert {each for each in for_sessions if each[2].startswith("/api/v1/")} == {
        ("member", "POST", "/api/v1/api-keys"),
        ("member", "POST", "/api/v1/me/leave"),
        ("member", "PUT", "/api/v1/me/calendar-feed"),
    }


def test_nothing_with_a_body_goes_without_a_limit() -> None:
    for route in ROUTES:
        assert (route.limit.body > 0) == (route.method in {"POST", "PATCH", "PUT"})
