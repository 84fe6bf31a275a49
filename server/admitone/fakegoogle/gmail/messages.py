"""messages.send, messages.get and getProfile.

https://developers.google.com/workspace/gmail/api/guides/sending
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.errors import invalid_argument
from admitone.fakegoogle.gmail.mime import check_sendable, content_of, resource
from admitone.fakegoogle.gmail.store import entity_not_found, mailbox_of, new_message

if TYPE_CHECKING:
    from admitone.fakegoogle.api.call import Context


def send(context: Context) -> dict[str, Any]:
    """Send a message. The same message is sent again if the call is repeated."""
    mailbox = mailbox_of(context)
    content = content_of(context.body, context.media)
    if content is None:
        raise invalid_argument(
            "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
        )
    check_sendable(content)
    thread_id = context.body.get("threadId")
    if thread_id and all(message.thread_id != thread_id for message in mailbox.messages.values()):
        raise entity_not_found()
    message = new_message(context.state.data, content, labels=["SENT"], thread_id=thread_id)
    mailbox.messages[message.id] = message
    return {"id": message.id, "threadId": message.thread_id, "labelIds": message.labels}


def get(context: Context) -> dict[str, Any]:
    """One message; it may be the message of a draft."""
    mailbox = mailbox_of(context)
    drafts = (draft.message for draft in mailbox.drafts.values())
    for message in (*mailbox.messages.values(), *drafts):
        if message.id == context.parameters["id"]:
            form = context.parameters.get("format", "full")
            return resource(message, form, context.parameters.get("metadataHeaders"))
    raise entity_not_found()


def profile(context: Context) -> dict[str, Any]:
    """The address of the mailbox and the number of its messages."""
    mailbox = mailbox_of(context)
    return {
        "emailAddress": context.account,
        "messagesTotal": len(mailbox.messages) + len(mailbox.drafts),
        "threadsTotal": len({message.thread_id for message in mailbox.messages.values()}),
        "historyId": str(context.state.data.changes),
    }
