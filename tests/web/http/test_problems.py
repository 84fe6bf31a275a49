"""Every refusal has its status, and one document tells them all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from admitone.domain import errors
from admitone.web.http import problems


def document(response: Any) -> dict[str, Any]:
    assert response.content_type == "application/problem+json"
    found: dict[str, Any] = json.loads(response.body)
    return found


def test_every_refusal_has_a_status_and_a_code_of_its_own() -> None:
    assert set(problems.STATUS) == set(errors.Refusal.all())
    assert set(problems.STATUS_OF_KIND) == set(errors.Kind)
    codes = [refusal.code for refusal in problems.STATUS if refusal is not errors.LinkHasBooking]
    assert len(codes) == len(set(codes))


def test_a_booked_link_is_gone_for_its_customer_and_in_the_way_of_its_host() -> None:
    assert problems.refused(errors.LinkBooked()).status == 410
    answer = problems.refused(errors.LinkHasBooking())
    assert (answer.status, document(answer)["type"]) == (409, "/problems/link-booked")


def test_a_refusal_becomes_the_problem_document() -> None:
    answer = problems.refused(errors.LinkBooked())
    assert answer.status == 410
    assert document(answer) == {
        "type": "/problems/link-booked",
        "title": "This link has already been used.",
        "status": 410,
        "detail": "This link has already been used.",
        "retry": False,
        "errors": [],
    }


def test_a_sentence_of_its_own_is_the_detail_and_leaves_the_title() -> None:
    told = document(problems.refused(errors.NotFound("There is no booking with this id.")))
    assert told["title"] == errors.NotFound.sentence
    assert told["detail"] == "There is no booking with this id."


def test_invalid_fields_are_listed() -> None:
    told = document(problems.refused(errors.invalid("people.3.email", "This is no address.")))
    assert told["errors"] == [{"field": "people.3.email", "message": "This is no address."}]


@pytest.mark.parametrize(
    ("refusal", "seconds"),
    [(errors.TooManyRequests(17), "17"), (errors.Busy(), "1"), (errors.OutcomeUnknown(), "1")],
)
def test_what_passes_says_when_to_try_again(refusal: errors.Refusal, seconds: str) -> None:
    answer = problems.refused(refusal)
    assert answer.headers["Retry-After"] == seconds
    assert document(answer)["retry"] is True


def test_only_what_passes_names_a_time() -> None:
    assert "Retry-After" not in problems.refused(errors.SlotTaken()).headers


def test_a_401_names_its_scheme() -> None:
    assert problems.refused(errors.Unauthenticated()).headers["WWW-Authenticate"] == "Bearer"


def test_an_error_of_our_own_tells_its_request_id_only() -> None:
    told = document(problems.internal("0123456789abcdef"))
    assert told["type"] == "/problems/internal"
    assert told["request_id"] == "0123456789abcdef"
    assert told["status"] == 500
