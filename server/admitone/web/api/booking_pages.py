"""Booking pages: `/api/v1/booking-pages`."""

from __future__ import annotations

from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.web.api.records import record_handlers

list_, create, get, update, delete = record_handlers(
    BOOKING_PAGES, "booking_page", one="a booking page", many="booking pages"
)
