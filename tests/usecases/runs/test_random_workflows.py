"""Whatever a workflow is and whatever happens, its runs are what the plain model says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from admitone.domain.workflows.known import Known, KnownPage
from admitone.mail.liquid_names import LiquidTemplates
from tests.support.factories import NOW
from tests.support.invariants import check_invariants
from tests.support.mail.workspace_with_mail import a_workspace_with_mail
from tests.support.sizes import size
from tests.support.store.actions import a_store, empty
from tests.support.store.examples import examples
from tests.support.workflows.compared import Compared
from tests.support.workflows.engine import Engine
from tests.support.workflows.random_workflows import TAGS, chains, workflows

if TYPE_CHECKING:
    from admitone.domain.workflows.workflow import WorkflowBody
    from tests.support.fakegoogle.running import FakeGoogle

KNOWN = Known(
    pages={"page": KnownPage("Talk", frozenset({"event-type"}))},
    event_types={},
    webhooks={},
    senders={"user": "Hanna"},
    templates=LiquidTemplates(),
)
EMAILS = ("carla@customer.test", "doris@customer.test")
RENEWAL = (datetime.fromtimestamp(NOW, UTC) + timedelta(days=3)).strftime("%Y-%m-%d")
NUMBERS = st.integers(0, 9)
ANY_TIME = (
    st.tuples(st.just("tag"), st.sampled_from(EMAILS), st.sampled_from(TAGS)),
    st.tuples(st.just("unsubscribe"), st.sampled_from(EMAILS)),
    st.tuples(st.just("pass_time"), st.integers(1, 3 * 86_400)),
)
TAGGING = st.lists(st.one_of(ANY_TIME), max_size=6)
ACTS = st.lists(
    st.one_of(
        *ANY_TIME,
        *[st.tuples(st.just(act), NUMBERS) for act in ("open", "open", "book", "book", "move", "cancel")],
    ),
    max_size=8,
)
TRIGGERS = (
    *["contact.created", "contact.tagged", "link.opened", "booking.scheduled"] * 2,
    *["link.expired", "booking.rescheduled", "booking.cancelled", "booking.completed"],
)
MOST_MAILS = 9
"""To one address: more than ten in an hour would wait for the budget, of which the model knows nothing."""


# Runs of one contact at the same time would change the same tags in an order that nobody promises.
@given(body=workflows(KNOWN, TRIGGERS, ["never", "when_finished"]), acts=ACTS)
@examples(size(300, 15))
async def test_runs_are_as_the_model_says(
    redis_url: str, google: FakeGoogle, body: WorkflowBody, acts: list[tuple[Any, ...]]
) -> None:
    await compare(redis_url, google, [body], acts)


@given(bodies=st.lists(chains(KNOWN), min_size=2, max_size=4), acts=TAGGING)
@examples(size(200, 10))
async def test_workflows_that_start_each_other_are_as_the_model_says(
    redis_url: str, google: FakeGoogle, bodies: list[WorkflowBody], acts: list[tuple[Any, ...]]
) -> None:
    await compare(redis_url, google, bodies, acts)


async def compare(
    redis_url: str, google: FakeGoogle, bodies: list[WorkflowBody], acts: list[tuple[Any, ...]]
) -> None:
    """Do this to the engine and to the model, then let three months pass, and compare after each act."""
    async with a_store(redis_url) as store:
        await empty(store)
        async with a_workspace_with_mail(store, google) as workspace:
            # The model does one thing after the other, in the order of their causes.
            both = Compared(Engine(workspace, at_once=1), *bodies)
            await both.begin(*EMAILS, renewal=RENEWAL)
            for act, *how in [*acts, ("pass_time", 90 * 86_400)]:
                await both.check()
                await getattr(both, act)(*how)
                assume(sum(len(run.mails) for run in both.model.runs) <= MOST_MAILS)
            await both.check()
        assert await check_invariants(store.client) == []
