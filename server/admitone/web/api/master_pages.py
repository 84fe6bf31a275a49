"""Master pages: `/api/v1/master-pages`."""

from __future__ import annotations

from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.web.api.records import record_handlers

list_, create, get, update, delete = record_handlers(
    MASTER_PAGES, "master_page", one="a master page", many="master pages"
)
