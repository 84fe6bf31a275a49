"""Every address of the server, in one table: what it answers, to whom, and within which bounds."""

from __future__ import annotations

from admitone.web.api import (
    api_key_create,
    api_key_delete,
    api_key_list,
    booking_cancel,
    booking_get,
    booking_list,
    booking_no_show,
    booking_page_create,
    booking_page_delete,
    booking_page_get,
    booking_page_list,
    booking_page_update,
    booking_reschedule,
    event_type_create,
    event_type_delete,
    event_type_get,
    event_type_list,
    event_type_update,
    healthz,
    link_batch,
    link_create,
    link_get,
    link_list,
    link_reactivate,
    link_revoke,
    link_update,
    managed_cancel,
    managed_get,
    managed_reschedule,
    managed_slots,
    me_get,
    metrics_get,
    openapi_get,
    page_list,
    readyz,
    settings_get,
    settings_update,
    visit_book,
    visit_get,
    visit_opened,
    visit_slots,
)
from admitone.web.oauth import (
    authorize_show,
    google_callback,
    google_start,
    metadata_get,
    sign_out,
    token_exchange,
    token_revoke,
)
from admitone.web.pages import (
    cancel_show,
    cancel_submit,
    invite_show,
    managed_show,
    resend_submit,
    reschedule_show,
    reschedule_submit,
    static_file,
    visit_show,
    visit_submit,
)
from admitone.web.route import Access, Limit, Route

NO_BODY = Limit(body=0)
SMALL = Limit(body=64 * 1024)
BATCH = Limit(body=1024 * 1024)

_open = Access.OPEN
_customer = Access.CUSTOMER
_member = Access.MEMBER
_administrator = Access.ADMINISTRATOR

# A GET row answers HEAD as well.
# fmt: off
ROUTES: tuple[Route, ...] = (
    # Customers: the code or the token is the capability
    Route("GET",    "/api/v1/book/{code}",                   visit_get.handle,           _customer,      NO_BODY),
    Route("GET",    "/api/v1/book/{code}/slots",             visit_slots.handle,         _customer,      NO_BODY),
    Route("POST",   "/api/v1/book/{code}",                   visit_book.handle,          _customer,      SMALL),
    Route("POST",   "/api/v1/book/{code}/opened",            visit_opened.handle,        _customer,      SMALL),
    Route("GET",    "/api/v1/manage/{token}",                managed_get.handle,         _customer,      NO_BODY),
    Route("GET",    "/api/v1/manage/{token}/slots",          managed_slots.handle,       _customer,      NO_BODY),
    Route("POST",   "/api/v1/manage/{token}/cancel",         managed_cancel.handle,      _customer,      SMALL),
    Route("POST",   "/api/v1/manage/{token}/reschedule",     managed_reschedule.handle,  _customer,      SMALL),
    Route("GET",    "/.{code}",                              visit_show.handle,          _customer,      NO_BODY),
    Route("POST",   "/.{code}",                              visit_submit.handle,        _customer,      SMALL),
    Route("POST",   "/.{code}/resend",                       resend_submit.handle,       _customer,      SMALL),
    Route("GET",    "/manage/{token}",                       managed_show.handle,        _customer,      NO_BODY),
    Route("GET",    "/manage/{token}/invite.ics",            invite_show.handle,         _customer,      NO_BODY),
    Route("GET",    "/manage/{token}/cancel",                cancel_show.handle,         _customer,      NO_BODY),
    Route("POST",   "/manage/{token}/cancel",                cancel_submit.handle,       _customer,      SMALL),
    Route("GET",    "/manage/{token}/reschedule",            reschedule_show.handle,     _customer,      NO_BODY),
    Route("POST",   "/manage/{token}/reschedule",            reschedule_submit.handle,   _customer,      SMALL),
    # Hosts
    Route("GET",    "/api/v1/me",                            me_get.handle,              _member,        NO_BODY),
    Route("GET",    "/api/v1/event-types",                   event_type_list.handle,     _member,        NO_BODY),
    Route("POST",   "/api/v1/event-types",                   event_type_create.handle,   _administrator, SMALL),
    Route("GET",    "/api/v1/event-types/{id}",              event_type_get.handle,      _member,        NO_BODY),
    Route("PATCH",  "/api/v1/event-types/{id}",              event_type_update.handle,   _administrator, SMALL),
    Route("DELETE", "/api/v1/event-types/{id}",              event_type_delete.handle,   _administrator, NO_BODY),
    Route("GET",    "/api/v1/booking-pages",                 booking_page_list.handle,   _member,        NO_BODY),
    Route("POST",   "/api/v1/booking-pages",                 booking_page_create.handle, _member,        SMALL),
    Route("GET",    "/api/v1/booking-pages/{id}",            booking_page_get.handle,    _member,        NO_BODY),
    Route("PATCH",  "/api/v1/booking-pages/{id}",            booking_page_update.handle, _member,        SMALL),
    Route("DELETE", "/api/v1/booking-pages/{id}",            booking_page_delete.handle, _member,        NO_BODY),
    Route("GET",    "/api/v1/pages",                         page_list.handle,           _member,        NO_BODY),
    Route("GET",    "/api/v1/links",                         link_list.handle,           _member,        NO_BODY),
    Route("POST",   "/api/v1/links",                         link_create.handle,         _member,        SMALL),
    Route("POST",   "/api/v1/links/batch",                   link_batch.handle,          _member,        BATCH),
    Route("GET",    "/api/v1/links/{link}",                  link_get.handle,            _member,        NO_BODY),
    Route("PATCH",  "/api/v1/links/{link}",                  link_update.handle,         _member,        SMALL),
    Route("POST",   "/api/v1/links/{link}/revoke",           link_revoke.handle,         _member,        SMALL),
    Route("POST",   "/api/v1/links/{link}/reactivate",       link_reactivate.handle,     _member,        SMALL),
    Route("GET",    "/api/v1/bookings",                      booking_list.handle,        _member,        NO_BODY),
    Route("GET",    "/api/v1/bookings/{booking}",            booking_get.handle,         _member,        NO_BODY),
    Route("POST",   "/api/v1/bookings/{booking}/cancel",     booking_cancel.handle,      _member,        SMALL),
    Route("POST",   "/api/v1/bookings/{booking}/reschedule", booking_reschedule.handle,  _member,        SMALL),
    Route("POST",   "/api/v1/bookings/{booking}/no-show",    booking_no_show.handle,     _member,        SMALL),
    Route("GET",    "/api/v1/settings",                      settings_get.handle,        _administrator, NO_BODY),
    Route("PATCH",  "/api/v1/settings",                      settings_update.handle,     _administrator, SMALL),
    Route("GET",    "/api/v1/api-keys",                      api_key_list.handle,        _member,        NO_BODY),
    Route("POST",   "/api/v1/api-keys",                      api_key_create.handle,      _member,        SMALL),
    Route("DELETE", "/api/v1/api-keys/{id}",                 api_key_delete.handle,      _member,        NO_BODY),
    # Signing in
    Route("GET",    "/auth/google/start",                    google_start.handle,        _open,          NO_BODY),
    Route("GET",    "/auth/google/callback",                 google_callback.handle,     _open,          NO_BODY),
    Route("POST",   "/auth/sign-out",                        sign_out.handle,            _member,        SMALL),
    Route("GET",    "/oauth/authorize",                      authorize_show.handle,      _open,          NO_BODY),
    Route("POST",   "/oauth/token",                          token_exchange.handle,      _open,          SMALL),
    Route("POST",   "/oauth/revoke",                         token_revoke.handle,        _open,          SMALL),
    Route("GET",    "/.well-known/oauth-authorization-server", metadata_get.handle,      _open,          NO_BODY),
    # Operations
    Route("GET",    "/healthz",                              healthz.handle,             _open,          NO_BODY),
    Route("GET",    "/api/openapi.json",                     openapi_get.handle,         _open,          NO_BODY),
    Route("GET",    "/metrics",                              metrics_get.handle,         _open,          NO_BODY),
    Route("GET",    "/static/{version}/{name:.+}",           static_file.handle,         _open,          NO_BODY),
    Route("GET",    "/readyz",                               readyz.handle,              _open,          NO_BODY),
    # General links, after every other address of one word: none of those is a slug
    Route("GET",    "/{slug:[a-z0-9-]+}",                    visit_show.handle,          _customer,      NO_BODY),
    Route("POST",   "/{slug:[a-z0-9-]+}",                    visit_submit.handle,        _customer,      SMALL),
)
# fmt: on
