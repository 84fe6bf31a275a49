"""`/api/v1/reports/summary`: figures of a range of days, in groups, and those of the days before."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.reports.figures import FIGURES, OTHER
from admitone.domain.reports.spans import bucket_of
from tests.support.api.calling import answered, created
from tests.support.reports.counted import count

if TYPE_CHECKING:
    from admitone.domain.reports.figures import Dimension
    from admitone.store.store import Store
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

NONE = dict.fromkeys(FIGURES, 0)
NOVEMBER = {"from": "2026-11-16", "to": "2026-11-18"}


@pytest.fixture
def store(deployment: Deployment) -> Store:
    """The server's store."""
    return deployment.store


async def summary(api: Api, **query: object) -> Any:
    """A summary, by default of three days in November."""
    return answered(await api.call("GET", "/reports/summary", query=NOVEMBER | query))


async def refusal(api: Api, **query: object) -> tuple[int, str, list[str]]:
    """The status and code of a refused summary, and the fields that it names."""
    reply = await api.call("GET", "/reports/summary", query=query)
    return reply.status, reply.body["type"], [error["field"] for error in reply.body["errors"]]


def groups(found: Any, figure: str) -> dict[str, int]:
    """One figure of each group, by its key."""
    return {group["key"]: group[figure] for group in found["groups"]}


async def test_a_summary_without_figures_has_each_day_with_zeros(admin: Api) -> None:
    days = ("2026-11-16", "2026-11-17", "2026-11-18")
    assert await summary(admin) == {
        "from": "2026-11-16",
        "to": "2026-11-18",
        "timezone": "UTC",
        "group_by": "day",
        "totals": NONE,
        "groups": [{"key": day, "label": day} | NONE for day in days],
        "before": NONE,
        "medians": {"to_open_minutes": None, "to_book_minutes": None, "lead_minutes": None},
        "medians_before": {"to_open_minutes": None, "to_book_minutes": None, "lead_minutes": None},
        "cancelled_by": {"customer": 0, "host": 0, "workflow": 0, "google": 0},
    }


async def test_the_usual_range_is_the_last_thirty_days_in_the_reporting_zone(
    admin: Api, deployment: Deployment
) -> None:
    await deployment.change_settings(reporting_timezone="Pacific/Auckland")
    deployment.clock.forward(hours=2)  # 13:06 in UTC, but past midnight in Auckland
    found = answered(await admin.get("/reports/summary"))
    assert (found["from"], found["to"]) == ("2026-10-21", "2026-11-19")
    assert found["timezone"] == "Pacific/Auckland"


async def test_figures_are_added_up_by_day_and_in_all_and_beside_the_days_before(
    admin: Api, store: Store
) -> None:
    await count(store, "scheduled", "2026-11-12", 9)
    await count(store, "scheduled", "2026-11-13", 4)
    await count(store, "scheduled", "2026-11-15", 1)
    await count(store, "scheduled", "2026-11-16", 2)
    await count(store, "scheduled", "2026-11-18", 3)
    await count(store, "made", "2026-11-18", 7)
    await count(store, "scheduled", "2026-11-19", 9)
    found = await summary(admin)
    assert found["totals"] == NONE | {"scheduled": 5, "made": 7}
    assert found["before"] == NONE | {"scheduled": 5}
    assert groups(found, "scheduled") == {"2026-11-16": 2, "2026-11-17": 0, "2026-11-18": 3}


async def test_a_range_over_months_and_into_the_future_is_one(admin: Api, store: Store) -> None:
    for day in ("2026-10-31", "2026-12-01", "2027-01-01"):
        await count(store, "scheduled", day)
    found = await summary(admin, **{"from": "2026-10-31", "to": "2027-01-01"})
    assert found["totals"]["scheduled"] == 3
    assert len(found["groups"]) == 63


async def test_weeks_begin_on_monday_even_before_the_range(admin: Api, store: Store) -> None:
    for day in ("2026-11-10", "2026-11-11", "2026-11-15", "2026-11-16"):
        await count(store, "scheduled", day)
    found = await summary(admin, **{"from": "2026-11-11", "to": "2026-11-24"}, group_by="week")
    assert groups(found, "scheduled") == {"2026-11-09": 2, "2026-11-16": 1, "2026-11-23": 0}


async def test_medians_come_from_the_buckets_of_times(admin: Api, store: Store) -> None:
    for minutes, number in ((5, 2), (600, 1)):
        await count(store, f"to_open.{bucket_of(minutes * 60)}", "2026-11-17", number)
    await count(store, f"lead.{bucket_of(3 * 60)}", "2026-11-15")
    found = await summary(admin)
    assert found["medians"] == {"to_open_minutes": 5, "to_book_minutes": None, "lead_minutes": None}
    assert found["medians_before"] == {"to_open_minutes": None, "to_book_minutes": None, "lead_minutes": 3}


async def test_cancellations_are_told_by_who_cancelled(admin: Api, store: Store) -> None:
    await count(store, "cancelled", "2026-11-17", 3)
    await count(store, "cancelled", "2026-11-17", 2, of="canceller", key="customer")
    await count(store, "cancelled", "2026-11-17", of="canceller", key="google")
    found = await summary(admin)
    assert found["cancelled_by"] == {"customer": 2, "host": 0, "workflow": 0, "google": 1}
    assert found["totals"] == NONE | {"cancelled": 3}


async def test_groups_have_the_names_of_records_with_most_bookings_first(admin: Api, store: Store) -> None:
    event_type = await admin.new_event_type(name="Half an hour")
    page = await admin.new_page(event_type, title="Talk to Hanna")
    one_more = await admin.new_page(event_type, title="Talk to Otto")
    rows: list[tuple[Dimension, str, str, int]] = [
        ("page", page["id"], "Talk to Hanna", 1),
        ("page", one_more["id"], "Talk to Otto", 2),
        ("page", "gone", "A page that was deleted", 3),
        ("event_type", event_type["id"], "Half an hour", 1),
        ("event_type", "gone", "An event type that was deleted", 2),
        ("host", admin.user, "Alex Admin", 1),
        ("host", "gone", "A user who was deleted", 2),
        ("workflow", "gone", "A workflow that was deleted", 2),
        ("channel", "extension", "Browser extension", 2),
        ("channel", "general", "General link", 1),
        ("domain", "customer.test", "customer.test", 1),
        ("domain", OTHER, "Other domains", 2),
    ]
    for dimension, key, _, number in rows:
        await count(store, "scheduled", "2026-11-17", number, of=dimension, key=key)
    await count(store, "scheduled", "2026-11-17", 12)
    for dimension in {row[0] for row in rows}:
        found = await summary(admin, group_by=dimension)
        assert found["totals"]["scheduled"] == 12
        wanted = sorted(((key, name, n) for of, key, name, n in rows if of == dimension), key=lambda x: -x[2])
        assert [(each["key"], each["label"], each["scheduled"]) for each in found["groups"]] == wanted


async def test_a_workflow_has_its_name(admin: Api, store: Store) -> None:
    workflow = created(await admin.post("/workflows", {"name": "New lead"}))
    await count(store, "made", "2026-11-17", of="workflow", key=workflow["id"])
    [group] = (await summary(admin, group_by="workflow"))["groups"]
    assert (group["label"], group["made"]) == ("New lead", 1)


async def test_what_was_taken_off_again_is_no_group(admin: Api, store: Store) -> None:
    await count(store, "no_show", "2026-11-17", 1, of="page", key="page")
    await count(store, "no_show", "2026-11-17", -1, of="page", key="page")
    assert (await summary(admin, group_by="page"))["groups"] == []


async def test_one_filter_shows_the_figures_of_its_key_alone(admin: Api, store: Store) -> None:
    await count(store, "scheduled", "2026-11-17", 5)
    await count(store, "scheduled", "2026-11-17", 2, of="page", key="a:b")
    await count(store, "scheduled", "2026-11-15", 1, of="page", key="a:b")
    await count(store, "scheduled", "2026-11-17", 3, of="page", key="other")
    found = await summary(admin, page="a:b")
    assert (found["totals"]["scheduled"], found["before"]["scheduled"]) == (2, 1)
    assert groups(found, "scheduled") == {"2026-11-16": 0, "2026-11-17": 2, "2026-11-18": 0}
    assert found["cancelled_by"] is None
    assert groups(await summary(admin, page="a:b", group_by="page"), "scheduled") == {"a:b": 2}


async def test_filters_that_no_counter_has_are_refused(admin: Api) -> None:
    assert await refusal(admin, page="a", host="b") == (422, "/problems/invalid", ["page", "host"])
    assert await refusal(admin, page="a", group_by="host") == (422, "/problems/invalid", ["group_by"])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-11-18", "to": "2026-11-17"}, "to"),
        ({"from": "2025-11-17", "to": "2026-11-18"}, "to"),
        ({"from": "0001-01-01"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"from": "yesterday"}, "from"),
        ({"group_by": "hour"}, "group_by"),
        ({"status": "booked"}, "status"),
    ],
)
async def test_a_wrong_query_is_refused_with_its_field(admin: Api, query: dict[str, str], field: str) -> None:
    status, code, fields = await refusal(admin, **query)
    assert (status, code, fields) == (422, "/problems/invalid", [field])


async def test_a_year_with_a_leap_day_is_one_range(admin: Api) -> None:
    found = await summary(admin, **{"from": "2028-01-01", "to": "2028-12-31"})
    assert len(found["groups"]) == 366


async def test_members_who_see_their_own_get_figures_of_themselves(
    admin: Api, member: Api, deployment: Deployment, store: Store
) -> None:
    await count(store, "scheduled", "2026-11-17", 5)
    await count(store, "scheduled", "2026-11-17", 2, of="host", key=member.user)
    await count(store, "scheduled", "2026-11-17", 3, of="host", key=admin.user)
    for query in ({}, {"host": member.user}, {"group_by": "week"}):
        assert (await summary(member, **query))["totals"]["scheduled"] == 2
    assert groups(await summary(member, group_by="host"), "scheduled") == {member.user: 2}
    forbidden = [{"host": admin.user}, {"page": "page"}, {"group_by": "page"}, {"group_by": "domain"}]
    for query in forbidden:
        assert await refusal(member, **query) == (403, "/problems/forbidden", [])
    await deployment.change_settings(members_see="all")
    assert (await summary(member))["totals"]["scheduled"] == 5
    assert groups(await summary(member, group_by="host"), "scheduled") == {admin.user: 3, member.user: 2}


async def test_a_key_needs_the_scope_of_reports(admin: Api, deployment: Deployment) -> None:
    for scope, status in (("reports:read", 200), ("bookings:write", 403)):
        made = created(await admin.new_key(scopes=[scope]))
        key = type(admin)(deployment.http, deployment.url, made["key"])
        for path in ("summary", "summary.csv", "bookings.csv", "links.csv"):
            assert (await key.get(f"/reports/{path}")).status == status
    assert (await deployment.customer.get("/reports/summary")).status == 401


async def test_another_workspace_has_figures_of_its_own(admin: Api, stranger: Api, store: Store) -> None:
    await count(store, "scheduled", "2026-11-17")
    assert (await summary(admin))["totals"]["scheduled"] == 1
    assert (await summary(stranger))["totals"]["scheduled"] == 0


async def test_the_groups_are_a_table_too(admin: Api, store: Store) -> None:
    page = await admin.new_page(await admin.new_event_type(), title="=Hanna")
    await count(store, "scheduled", "2026-11-17", 2, of="page", key=page["id"])
    reply = await admin.call("GET", "/reports/summary.csv", query=NOVEMBER | {"group_by": "page"})
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="summary.csv"'
    [row] = csv.DictReader(io.StringIO(reply.text))
    figures = {figure: str(number) for figure, number in (NONE | {"scheduled": 2}).items()}
    assert row == {"key": page["id"], "label": "'=Hanna"} | figures
    assert (await admin.get("/reports/summary.csv", group_by="hour")).status == 422
