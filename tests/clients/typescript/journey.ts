// The journey of a link with the client that openapi-typescript and openapi-fetch make: from an event type to
// the cancelled booking. `BASE` is the server's address, `KEY` an administrator's API key.

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./admit-one.js";

type Problem = components["schemas"]["Problem"];

const DAY = 24 * 60 * 60 * 1000;
const { BASE: baseUrl = "", KEY: key = "" } = process.env;
const host = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });
const customer = createClient<paths>({ baseUrl });
const dates = { from: date(0), to: date(60) };

function date(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

/** The answer of a call that must succeed. */
async function answer<T>(call: Promise<{ data?: T; error?: Problem }>): Promise<T> {
  const { data, error } = await call;
  assert.ok(data, error?.detail);
  return data;
}

const eventType = await answer(
  host.POST("/api/v1/event-types", {
    body: { name: "Half an hour", duration_minutes: 30, location: { kind: "phone" }, window: null },
  }),
);
assert.equal(eventType.policy.cancel.allow, "anytime");
const patched = await answer(
  host.PATCH("/api/v1/event-types/{id}", {
    params: { path: { id: eventType.id } },
    body: { duration_minutes: 45, min_notice_minutes: null, policy: { text: "Call us." } },
  }),
);
assert.deepEqual([patched.duration_minutes, patched.name], [45, "Half an hour"]);
assert.deepEqual([patched.policy.text, patched.policy.reason], ["Call us.", "optional"]);

const hours = [["09:00", "17:00"]];
const page = await answer(
  host.POST("/api/v1/booking-pages", {
    body: {
      title: "Talk to Hanna",
      slug: "talk-in-typescript",
      event_types: [eventType.id],
      schedule: { timezone: "Europe/Paris", weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } },
      form: [{ id: "topic", label: "What about?" }],
    },
  }),
);
assert.deepEqual(page.schedule.weekly.mon, hours);
assert.deepEqual(page.schedule.weekly.sun, []);

const link = await answer(
  host.POST("/api/v1/links", {
    params: { header: { "Idempotency-Key": "order-4711" } },
    body: { page: page.id, person: { name: "Carla Customer", email: "carla@example.test" } },
  }),
);
assert.equal(link.status, "active");
const code = link.code ?? "";

const visit = await answer(customer.GET("/api/v1/book/{code}", { params: { path: { code } } }));
assert.equal(visit.title, "Talk to Hanna");
const offered = await answer(
  customer.GET("/api/v1/book/{code}/slots", { params: { path: { code }, query: dates } }),
);
const [first, second] = offered.days.flatMap((day) => day.slots);
assert.ok(first && second);

const booking = await answer(
  customer.POST("/api/v1/book/{code}", {
    params: { path: { code } },
    body: { start: first.start, answers: { topic: "Clients" } },
  }),
);
assert.equal(booking.start, first.start);
const token = booking.manage_url.split("/").at(-1) ?? "";

const { error, response } = await customer.POST("/api/v1/book/{code}", {
  params: { path: { code } },
  body: { start: second.start },
});
assert.equal(response.status, 410);
assert.equal(error?.type, "/problems/link-booked");

const moved = await answer(
  customer.POST("/api/v1/manage/{token}/reschedule", {
    params: { path: { token } },
    body: { start: second.start, reason: "A clash" },
  }),
);
assert.deepEqual([moved.status, moved.start], ["rescheduled", second.start]);

const cancelled = await answer(
  customer.POST("/api/v1/manage/{token}/cancel", { params: { path: { token } }, body: {} }),
);
assert.equal(cancelled.status, "cancelled");

const bookings = await answer(host.GET("/api/v1/bookings", { params: { query: { status: "cancelled", limit: 5 } } }));
assert.deepEqual(
  bookings.items.map((one) => one.answers),
  [{ topic: "Clients" }],
);
