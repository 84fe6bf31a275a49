"""The names of the keys of a workspace's contacts and workflows; `keys.py` has the others."""

from __future__ import annotations


class WorkflowKeys:
    """The keys of one workspace's contacts, workflows and runs, all of which begin with `prefix`."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def resubscribed(self, recipient: str) -> str:
        """Recent times at which a hashed recipient subscribed again."""
        return f"{self._prefix}:resubscribed:{recipient}"

    def contact(self, contact: str) -> str:
        """One contact's hash."""
        return f"{self._prefix}:contact:{contact}"

    def tag_contacts(self, tag: str) -> str:
        """Contacts that have a tag, by creation time."""
        return f"{self._prefix}:contacts:tag:{tag}"

    def file_import(self, import_id: str) -> str:
        """The import of one file: a small hash; `imports` and `link_imports` have their ids by time."""
        return f"{self._prefix}:import:{import_id}"

    def imported_links(self, import_id: str) -> str:
        """The ids of the links that were made for the people of a file, by their creation."""
        return f"{self._prefix}:import:{import_id}:links"

    def imported_file(self, import_id: str) -> str:
        """The file of an import, sealed, for a day: its names, its parts, and what is wrong in them."""
        return f"{self._prefix}:import:{import_id}:file"

    def hook_sample(self, workflow: str) -> str:
        """The last event that the hook of a workflow received, sealed, for a day."""
        return f"{self._prefix}:hook:{workflow}:sample"

    def hook_misses(self, workflow: str) -> str:
        """The last events of a hook that started nothing, and why: a list, newest first."""
        return f"{self._prefix}:hook:{workflow}:misses"

    def hook_events(self, workflow: str, seconds: int, period: int) -> str:
        """The number of events of a hook in one period of so many seconds."""
        return f"{self._prefix}:hook:{workflow}:events:{seconds}:{period}"

    def hook_delivery(self, workflow: str, delivery: str) -> str:
        """Exists for a while after a delivery to a hook was carried out."""
        return f"{self._prefix}:hook:{workflow}:delivery:{delivery}"

    def run(self, run: str) -> str:
        """One run of a workflow: a small hash."""
        return f"{self._prefix}:run:{run}"

    def workflow_runs(self, workflow: str) -> str:
        """Runs of one workflow, by the time of entering."""
        return f"{self._prefix}:runs:{workflow}"

    def failed_runs(self, workflow: str) -> str:
        """Runs of one workflow that failed, by the time of failing."""
        return f"{self._prefix}:runs:{workflow}:failed"

    def queued_runs(self, workflow: str) -> str:
        """Runs of one workflow that wait to be admitted, by the time of entering."""
        return f"{self._prefix}:runs:{workflow}:queue"

    def workflow_figures(self, workflow: str) -> str:
        """The figures of one workflow: its funnel, and the runs at each step of each version."""
        return f"{self._prefix}:runs:{workflow}:figures"

    def workflow_sweep(self, workflow: str) -> str:
        """How far a workflow has looked for links that were not booked."""
        return f"{self._prefix}:runs:{workflow}:sweep"

    def enrolment(self, enrolment: str) -> str:
        """One enrolment of everyone, or of everyone with a tag: a small hash, which expires."""
        return f"{self._prefix}:enrolment:{enrolment}"

    def enrolments(self, workflow: str) -> str:
        """Enrolments in one workflow, by the time of beginning."""
        return f"{self._prefix}:runs:{workflow}:enrolments"

    def mailbox(self, user: str) -> str:
        """The mails that workflows sent from a user's mailbox within a day, by time."""
        return f"{self._prefix}:mailbox:{user}"

    def mailbox_pause(self, user: str) -> str:
        """Exists while Google asks for fewer mails from a user's mailbox."""
        return f"{self._prefix}:mailbox:{user}:pause"

    def booking_runs(self, booking: str) -> str:
        """Runs that wait for the start or the end of a booking."""
        return f"{self._prefix}:booking:{booking}:runs"
