"""Drafts: created, read, sent once.

https://developers.google.com/workspace/gmail/api/guides/drafts: sending deletes the draft, and the sent
message has a new id.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.paging import PageToken, decode, encode
from admitone.fakegoogle.errors import bad_request, invalid_argument, not_implemented
from admitone.fakegoogle.gmail.mime import check_sendable, content_bytes, content_of, resource
from admitone.fakegoogle.gmail.store import entity_not_found, mailbox_of, new_message
from admitone.fakegoogle.records import Draft

if TYPE_CHECKING:
    from admitone.fakegoogle.api.call import Context
    from admitone.fakegoogle.records import Mailbox

MAX_RESULTS = 500
DEFAULT_RESULTS = 100


def create(context: Context) -> dict[str, Any]:
    """Create a draft."""
    mailbox = mailbox_of(context)
    draft = Draft(id=f"r{secrets.randbelow(2**63)}", message=_message(context))
    mailbox.drafts[draft.id] = draft
    return _brief(draft)


def update(context: Context) -> dict[str, Any]:
    """Replace the message of a draft; the message gets a new id."""
    draft = _existing(mailbox_of(context), context.parameters["id"])
    draft.message = _message(context)
    return _brief(draft)


def get(context: Context) -> dict[str, Any]:
    """One draft with its message."""
    draft = _existing(mailbox_of(context), context.parameters["id"])
    return {"id": draft.id, "message": resource(draft.message, context.parameters.get("format", "full"))}


def list_drafts(context: Context) -> dict[str, Any]:
    """All drafts, the newest first."""
    parameters = context.parameters
    if "q" in parameters:
        raise not_implemented("searching drafts")
    drafts = list(reversed(mailbox_of(context).drafts.values()))
    offset = 0
    if "pageToken" in parameters:
        token = decode(parameters["pageToken"], PageToken)
        if token is None or token.of != context.account:
            raise bad_request("Invalid pageToken", reason="invalidArgument", location="pageToken")
        offset = token.offset
    limit = min(parameters.get("maxResults", DEFAULT_RESULTS), MAX_RESULTS)
    answer: dict[str, Any] = {"resultSizeEstimate": len(drafts)}
    if drafts:
        answer["drafts"] = [_brief(draft) for draft in drafts[offset : offset + limit]]
    if offset + limit < len(drafts):
        answer["nextPageToken"] = encode(PageToken(of=context.account, offset=offset + limit, at=0, query=""))
    return answer


def send(context: Context) -> dict[str, Any]:
    """Send a draft, or the message in the call in its place. It is then deleted: a second send is a 404."""
    mailbox = mailbox_of(context)
    draft_id = context.body.get("id")
    if not draft_id:
        raise invalid_argument("Invalid draft", field="id")
    draft = _existing(mailbox, draft_id)
    content = content_of(context.body.get("message"), context.media) or content_bytes(draft.message)
    check_sendable(content)
    thread_id = draft.message.thread_id if draft.message.thread_id != draft.message.id else None
    message = new_message(context.state.data, content, labels=["SENT"], thread_id=thread_id)
    mailbox.messages[message.id] = message
    del mailbox.drafts[draft_id]
    return {"id": message.id, "threadId": message.thread_id, "labelIds": message.labels}


def delete(context: Context) -> None:
    """Delete a draft permanently."""
    mailbox = mailbox_of(context)
    del mailbox.drafts[_existing(mailbox, context.parameters["id"]).id]


def _message(context: Context) -> Any:
    given = context.body.get("message")
    content = content_of(given, context.media)
    if content is None:
        raise invalid_argument("Missing draft message")
    thread_id = (given or {}).get("threadId")
    known = {message.thread_id for message in mailbox_of(context).messages.values()}
    if thread_id and thread_id not in known:
        raise entity_not_found()
    return new_message(context.state.data, content, labels=["DRAFT"], thread_id=thread_id)


def _existing(mailbox: Mailbox, draft_id: str) -> Draft:
    draft = mailbox.drafts.get(draft_id)
    if draft is None:
        raise entity_not_found()
    return draft


def _brief(draft: Draft) -> dict[str, Any]:
    message = draft.message
    return {
        "id": draft.id,
        "message": {"id": message.id, "threadId": message.thread_id, "labelIds": message.labels},
    }
