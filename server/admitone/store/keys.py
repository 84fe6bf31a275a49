"""The name of every key in Redis.

All keys of a workspace carry the hash tag `{pNN}`, so that one script can write all of them; NN is the
workspace's number modulo the number of partitions. Directory keys, which find records that have no token, are
each in a slot of their own.
"""

from __future__ import annotations

import hashlib

import msgspec

from admitone.domain import tokens
from admitone.store.workflow_keys import WorkflowKeys

META = "ao:{meta}"
"""The stamp: the schema of the data, the number of partitions, a proof of the secret key."""
MIGRATION_LOCK = "ao:{meta}:migration"
"""The process that migrates the data; it expires unless that process takes it again and again."""
PROCESSES = "ao:{meta}:processes"
"""Every server, worker and command that has started and not ended in order."""
WRITTEN = "ao:{meta}:written"
"""Written at the end of each trip of writes for which replicas are asked; see coalescer.py."""
PAUSED = "ao:{meta}:paused"
"""Exists after a restore, until an operator decides what becomes of the jobs that waited then."""
SIGNING_KEYS = "ao:{signing-keys}"
"""The keys that sign access tokens, sealed, for every server of the deployment."""

UNSUBSCRIBE_KEY = "ao:{unsubscribe-key}"
"""The key of unsubscribe tokens and of the hashes of unsubscribed addresses, sealed, for the deployment."""


def process(name: str) -> str:
    """Exists while a process is alive."""
    return f"ao:{{meta}}:process:{name}"


def directory(kind: str, name: str) -> str:
    """The entry of `name` (a slug, an address, a domain, an identity): its workspace and record."""
    digest = tokens.encode(hashlib.sha256(f"{kind}:{name}".encode()).digest(), tokens.ID_LENGTH)
    return f"ao:{{dir:{kind}:{digest.lower()}}}"


def misses(source: str, period: int) -> str:
    """The number of wrong guesses from a hashed network address in one period."""
    return f"ao:{{misses:{source}}}:{period}"


def jobs(partition: int) -> str:
    """The partition's outbox: a stream of events, from which jobs follow, and of jobs."""
    return f"ao:{{p{partition:02d}}}:jobs"


def delayed(partition: int) -> str:
    """The partition's jobs and timers that are due later, by due time (epoch seconds)."""
    return f"ao:{{p{partition:02d}}}:delayed"


def totals(partition: int) -> str:
    """The partition's counters, of all its workspaces together."""
    return f"ao:{{p{partition:02d}}}:totals"


class ParkedKeys(msgspec.Struct, frozen=True):
    """The keys of parked jobs: the records by id, and the ids by the time of parking."""

    records: str
    times: str


class ReportKeys(msgspec.Struct, frozen=True):
    """The keys of a table of counters: a string of counters, and a hash with the row of each name."""

    counters: str
    rows: str


def parked(partition: int, workspace: str | None) -> ParkedKeys:
    """The keys of a workspace's parked jobs; with None, of jobs whose workspace cannot be read."""
    prefix = f"ao:{{p{partition:02d}}}:{workspace or 'unreadable'}:parked"
    return ParkedKeys(prefix, f"{prefix}:times")


class WorkspaceKeys(WorkflowKeys):
    """The keys of one workspace."""

    def __init__(self, workspace: str, partitions: int) -> None:
        self.partition = tokens.workspace_number(workspace) % partitions
        prefix = f"ao:{{p{self.partition:02d}}}:{workspace}"
        super().__init__(prefix)
        self.jobs = jobs(self.partition)
        self.delayed = delayed(self.partition)
        self.config = f"{prefix}:config"
        self.activity = f"{prefix}:activity"
        self.activity_seen = f"{prefix}:activity:seen"
        self.audit = f"{prefix}:audit"
        self.counts = f"{prefix}:counts"
        self.kept_mails = f"{prefix}:mails:kept"
        self.mail_faults = f"{prefix}:mails:faults"
        self.erasures = f"{prefix}:erasures"
        self.held_mails = f"{prefix}:mails:held"
        self.extension = f"{prefix}:users:extension"
        self.waiting_mails = f"{prefix}:mails:waiting"
        self.counted_mails = f"{prefix}:mails:counted"
        self.links = f"{prefix}:links"
        self.bookings = f"{prefix}:bookings"
        self.invitations = f"{prefix}:invitations:recent"
        self.contacts = f"{prefix}:contacts"
        self.contact_words = f"{prefix}:contacts:words"
        self.contact_tags = f"{prefix}:contacts:tags"
        self.field_counts = f"{prefix}:contacts:fields"
        self.imports = f"{prefix}:imports"
        self.link_imports = f"{prefix}:link_imports"
        self.unsubscribed = f"{prefix}:unsubscribed"
        self.booked_links = f"{prefix}:links:booked"
        self.revoked_links = f"{prefix}:links:revoked"
        self.expired_links = f"{prefix}:links:expired"
        self.expiring_links = f"{prefix}:links:expiring"
        self.demo = f"{prefix}:demo"
        self.link_words = f"{prefix}:links:words"
        self.booking_words = f"{prefix}:bookings:words"
        self.shared = {
            "config": self.config,
            "jobs": self.jobs,
            "activity": self.activity,
            "audit": self.audit,
            "counts": self.counts,
            "links": self.links,
            "booked_links": self.booked_links,
            "revoked_links": self.revoked_links,
            "expired_links": self.expired_links,
            "expiring_links": self.expiring_links,
            "bookings": self.bookings,
            "contacts": self.contacts,
            "contact_words": self.contact_words,
            "contact_tags": self.contact_tags,
            "field_counts": self.field_counts,
            "unsubscribed": self.unsubscribed,
            "link_words": self.link_words,
            "booking_words": self.booking_words,
        }
        """Keys by the names that scripts use, as far as a workspace has only one such key."""

    def config_list(self, kind: str) -> str:
        """Ids of the configuration records of one kind, by creation time."""
        return f"{self._prefix}:list:{kind}"

    def operation(self, operation: str) -> str:
        """The first answer of an operation."""
        return f"{self._prefix}:operation:{operation}"

    def session(self, session: str) -> str:
        """A session: the user who is signed in, and since when."""
        return f"{self._prefix}:session:{session}"

    def access(self, user: str) -> str:
        """A user's sessions and grants, such as `session:<id>`, by the time at which they expire."""
        return f"{self._prefix}:access:{user}"

    def grant(self, grant: str) -> str:
        """A grant: what a user allowed an app to do, and the token that is valid now."""
        return f"{self._prefix}:grant:{grant}"

    def grant_successor(self, grant: str) -> str:
        """The newest refresh token of a grant, sealed, for a minute after it was issued."""
        return f"{self._prefix}:grant:{grant}:successor"

    def feed_requests(self, user: str, period: int) -> str:
        """The number of requests for a user's calendar feed in one period."""
        return f"{self._prefix}:feed:{user}:requests:{period}"

    def connection(self, user: str) -> str:
        """A user's connection to Google: a JSON document."""
        return f"{self._prefix}:connection:{user}"

    def busy(self, user: str, chunk: int) -> str:
        """A user's busy time in one chunk of time, as Google reported it."""
        return f"{self._prefix}:busy:{user}:{chunk}"

    def busy_changed(self, user: str) -> str:
        """When a user's calendars last changed: busy time that was read before is out of date."""
        return f"{self._prefix}:busy:{user}:changed"

    def recipient_invitations(self, recipient: str) -> str:
        """Recent invitations of a hashed recipient, by time; `invitations` has those of everybody."""
        return f"{self._prefix}:invitations:recipient:{recipient}"

    def link(self, link: str) -> str:
        """One link's hash."""
        return f"{self._prefix}:link:{link}"

    def link_history(self, link: str) -> str:
        """What happened to a link after its creation: a list of events, oldest first."""
        return f"{self._prefix}:link:{link}:history"

    def link_requested(self, link: str) -> str:
        """Exists for a while after a mail with the manage link of this link's booking was requested."""
        return f"{self._prefix}:link:{link}:requested"

    def mail(self, mail: str) -> str:
        """The state of one mail that is not sent yet."""
        return f"{self._prefix}:mail:{mail}"

    def held_mail(self, subject: str) -> str:
        """The mail about one subject that is held, or has lapsed: a small hash."""
        return f"{self._prefix}:held:{subject}"

    def waiting_of(self, user: str) -> str:
        """Subjects of the mails that wait until something sends this host's mails, by the time they serve."""
        return f"{self._prefix}:mails:waiting:{user}"

    def mails_to(self, recipient: str) -> str:
        """Mails and invitations to one recipient (a keyed hash), by time."""
        return f"{self._prefix}:mails:to:{recipient}"

    def sent_mails(self, period: int) -> str:
        """Ids of the mails that were sent in one period."""
        return f"{self._prefix}:mails:sent:{period}"

    def page_links(self, page: str) -> str:
        """Links of one page, by creation time."""
        return f"{self._prefix}:links:page:{page}"

    def user_links(self, user: str) -> str:
        """Links of one user, by creation time."""
        return f"{self._prefix}:links:user:{user}"

    def booking(self, booking: str) -> str:
        """The part of a booking that changes: a small hash."""
        return f"{self._prefix}:booking:{booking}"

    def booking_data(self, booking: str) -> str:
        """The part of a booking that does not change: a JSON document."""
        return f"{self._prefix}:booking:{booking}:data"

    def booking_history(self, booking: str) -> str:
        """What happened to a booking after its creation: a list of events, oldest first."""
        return f"{self._prefix}:booking:{booking}:history"

    def address_bookings(self, address: str) -> str:
        """Recent bookings by general links from a hashed network address, by the time of booking."""
        return f"{self._prefix}:bookings:address:{address}"

    def recipient_bookings(self, page: str, recipient: str) -> str:
        """Recent bookings of a page by its general link for a hashed recipient, by the time of booking."""
        return f"{self._prefix}:bookings:recipient:{page}:{recipient}"

    def guest_bookings(self, page: str, recipient: str) -> str:
        """Recent bookings of a page by its general link that told a hashed recipient as a guest, by time."""
        return f"{self._prefix}:bookings:guest:{page}:{recipient}"

    def email_code(self, page: str, address: str) -> str:
        """The code that confirms a hashed email address for a page."""
        return f"{self._prefix}:email_code:{page}:{address}"

    def email_codes_to(self, recipient: str) -> str:
        """Recent requests for codes to a hashed recipient, by time."""
        return f"{self._prefix}:email_codes:to:{recipient}"

    def email_codes_from(self, network: str) -> str:
        """Recent requests for codes from a hashed network address, by time."""
        return f"{self._prefix}:email_codes:from:{network}"

    def page_bookings(self, page: str) -> str:
        """Bookings of one page, by start."""
        return f"{self._prefix}:bookings:page:{page}"

    def turns(self, page: str, event_type: str) -> str:
        """The tally of each user for a master page and event type; it decides whose turn it is."""
        return f"{self._prefix}:turns:{page}:{event_type}"

    def deliveries(self, webhook: str) -> str:
        """The outcomes of the last deliveries to a webhook: a list, newest first."""
        return f"{self._prefix}:webhook:{webhook}:deliveries"

    def erasure(self, erasure: str) -> str:
        """An erasure of one address, or a customer's request for it."""
        return f"{self._prefix}:erasure:{erasure}"

    def erased(self, address: str) -> str:
        """The time of the last erasure of an address (a keyed hash), for a week: jobs skip the address."""
        return f"{self._prefix}:erased:{address}"

    def media(self, picture: str) -> str:
        """A picture: its bytes in base64."""
        return f"{self._prefix}:media:{picture}"

    def report(self, month: str, *, is_domain: bool) -> ReportKeys:
        """The table of a month's counters, or of those of its domains (domain/reports/figures.py)."""
        counters = f"{self._prefix}:report:{month}:{'domains' if is_domain else 'all'}"
        return ReportKeys(counters, f"{counters}:rows")

    def report_domains(self, month: str) -> str:
        """The customers' domains that are counted apart in one month: a set."""
        return f"{self._prefix}:report:domains:{month}"

    def occupied(self, user: str) -> str:
        """A user's live bookings by start, each with its end, buffers and event type."""
        return f"{self._prefix}:occupied:{user}"
