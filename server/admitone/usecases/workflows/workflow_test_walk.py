"""The way of one contact through a draft, step by step, without any effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.contacts.contact import Contact, tag_of
from admitone.domain.instant import Instant
from admitone.domain.people.reader import Reader
from admitone.domain.people.user import Settings, User
from admitone.domain.workflows.custom_values import link_names
from admitone.domain.workflows.describe import describe
from admitone.domain.workflows.facts import Facts, run_zone
from admitone.domain.workflows.known import Known
from admitone.domain.workflows.moves import Route
from admitone.domain.workflows.sending_window import next_opening
from admitone.domain.workflows.steps import (
    AddTags,
    CallWebhook,
    GenerateLink,
    NotifyHost,
    RemoveTags,
    SendEmail,
    SetField,
    Stop,
    Wait,
    kind_of,
)
from admitone.domain.workflows.template_values import RunValues, SenderValues, template_values
from admitone.domain.workflows.waits import WaitImpossible, judge_wait
from admitone.domain.workflows.workflow import WorkflowBody
from admitone.texts.message import message
from admitone.usecases.workflows.workflow_test_mail import MailFailed, compose_mail, render_for
from admitone.usecases.workflows.workflow_test_samples import sample_link, triggers_booking, triggers_link
from admitone.usecases.workflows.workflow_test_view import TriedStep

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from admitone.domain.workflows.moves import Move
    from admitone.domain.workflows.steps import Step
    from admitone.usecases.shared.services import Services
    from admitone.usecases.workflows.workflow_test_samples import SampleLink
    from admitone.usecases.workflows.workflow_test_view import Status, TriedMail

MOST_SENT = 10
"""Mails that one test run sends to the caller at most."""


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What a test run tries, and with what.

    `problems` has the first problem of each step that cannot be published, by the step's id. `reader` reads
    as the contact does.
    """

    body: WorkflowBody
    contact: Contact
    is_unsubscribed: bool
    settings: Settings
    sender: User | None
    known: Known
    problems: Mapping[str, str]
    reader: Reader


class Walk:
    """One test run; `steps` are those that it has passed. `send` sends a mail to the caller, if it is to."""

    def __init__(
        self, services: Services, tried: Tried, send: Callable[[TriedMail], Awaitable[TriedMail]] | None
    ) -> None:
        self.steps: list[TriedStep] = []
        self._services, self._tried, self._send = services, tried, send
        self._now = services.now()
        self._contact = tried.contact
        self._sent = 0
        self._names = link_names(tried.body.steps)
        self._links: dict[str, SampleLink] = {}
        of_trigger = (services.public_url, tried.body.trigger, tried.known)
        host = tried.sender.name if tried.sender else ""
        self._trigger_link = triggers_link(*of_trigger, tried.reader, self._now)
        self._booking = triggers_booking(*of_trigger, host, tried.reader, self._now)
        self._zone = run_zone(self._contact, tried.sender.timezone if tried.sender else None)

    async def go(self) -> None:
        """Pass the steps up to the end, or to one that fails."""
        route = Route(self._tried.body.steps)
        move = route.begin(self._facts())
        while self._passes_branches(move) and move.step is not None and await self._passes(move.step):
            move = route.after(move.step, self._facts())

    def _passes_branches(self, move: Move) -> bool:
        for decision in move.decisions:
            if problem := self._tried.problems.get(decision.branch.id):
                self._note(decision.branch, problem, "failed")
                return False
            holds = message("The conditions hold.")
            self._note(decision.branch, holds if decision.holds else message("The conditions do not hold."))
        return True

    async def _passes(self, step: Step) -> bool:
        """Try a step; whether the run goes on after it."""
        if problem := self._tried.problems.get(step.id):
            self._note(step, problem, "failed")
            return False
        try:
            await self._try(step)
        except (MailFailed, WaitImpossible) as error:
            self._note(step, error.sentence, "failed")
            return False
        return not isinstance(step, Stop)

    async def _try(self, step: Step) -> None:
        match step:
            case GenerateLink():
                self._make_link(step)
            case SendEmail():
                await self._mail(step)
            case NotifyHost():
                await self._notify(step)
            case Wait():
                self._wait(step)
            case AddTags() | RemoveTags():
                self._change_tags(step)
            case SetField():
                await self._set_field(step)
            case CallWebhook():
                self._note(step, message("A test run does not call the webhook."))
            case _:
                self._note(step, describe(step, {}))

    def _make_link(self, step: GenerateLink) -> None:
        tried = self._tried
        link = sample_link(self._services.public_url, tried.settings, tried.known, step, self._now)
        self._links[self._names[step.id]] = link
        page = link.values.page
        told = message("Makes a one-time link to “%(page)s”. This one is a sample.", page=page)
        self._note(step, told, link=link.values.one_time_link)

    async def _mail(self, step: SendEmail) -> None:
        self._now = next_opening(self._tried.body.sending_window, self._now, self._zone)
        if self._tried.is_unsubscribed:
            self._note(step, message("The contact has unsubscribed."), "skipped")
            return
        await self._compose(step, self._contact.email)

    async def _notify(self, step: NotifyHost) -> None:
        sender = self._tried.sender
        await self._compose(step, sender.email if sender else "")

    async def _compose(self, step: SendEmail | NotifyHost, to: str) -> None:
        mail = await compose_mail(self._services, step, self._values(), to)
        if self._send is None or self._sent == MOST_SENT:
            self._note(
                step, message("Would send a mail to %(email)s. Nothing was sent.", email=to), mail=mail
            )
            return
        self._sent += 1
        sent = await self._send(mail)
        self._note(
            step, message("Would send a mail to %(email)s. It was sent to you instead.", email=to), mail=sent
        )

    def _wait(self, step: Wait) -> None:
        waiting = judge_wait(step, self._now, None, self._facts())
        if waiting.verdict == "stop":  # the trigger's sample booking is cancelled
            raise WaitImpossible(message("The booking is cancelled: the run ends here."))
        told = message("Waits.") if step.link is None else message("Waits as long as it may.")
        self._note(step, told, until=Instant(waiting.until))
        self._now = waiting.until

    def _change_tags(self, step: AddTags | RemoveTags) -> None:
        named = [tag_of(tag) for tag in step.tags]
        kept = [tag for tag in self._contact.tags if tag not in named]
        tags = [*self._contact.tags, *(tag for tag in named if tag not in self._contact.tags)]
        self._contact = msgspec.structs.replace(
            self._contact, tags=tags if isinstance(step, AddTags) else kept
        )
        self._note(step, describe(step, {}))

    async def _set_field(self, step: SetField) -> None:
        value = (await render_for(self._services, step.value, self._values())).strip()
        fields = dict(self._contact.fields) | {step.name: value}
        self._contact = msgspec.structs.replace(
            self._contact, fields={name: text for name, text in fields.items() if text}
        )
        self._note(step, describe(msgspec.structs.replace(step, value=value), {}))

    def _note(self, step: Step, detail: str, status: Status = "done", **more: Any) -> None:
        self.steps.append(
            TriedStep(
                step=step.id, kind=kind_of(step), status=status, at=Instant(self._now), detail=detail, **more
            )
        )

    def _facts(self) -> Facts:
        newest = next(reversed(self._links.values()), self._trigger_link)
        return Facts(
            now=self._now,
            contact=self._contact,
            zone=self._zone,
            link=newest.facts(self._now) if newest else None,
            booking=self._booking.facts if self._booking else None,
        )

    def _values(self) -> Mapping[str, Any]:
        tried, trigger_link = self._tried, self._trigger_link
        known = RunValues(
            contact=self._contact,
            workspace=tried.settings.name,
            sender=SenderValues(tried.sender.name, tried.sender.email) if tried.sender else None,
            booking=self._booking.values if self._booking else None,
            trigger_link=trigger_link.values if trigger_link else None,
            links={name: link.values for name, link in self._links.items()},
        )
        return template_values(known, tried.reader, self._zone)


def first_problems(places: Sequence[tuple[str, str]], problems: Mapping[str, str]) -> dict[str, str]:
    """By the ids of steps, given with their places: the first problem at each step.

    `problems` are sentences by place, such as `steps.3.then.0.subject`, which is of the innermost step.
    """
    found: dict[str, str] = {}
    for field, problem in problems.items():
        above = [(place, step) for place, step in places if f"{field}.".startswith(f"{place}.")]
        if above:
            found.setdefault(max(above)[1], problem)
    return found
