"""A hostile client: it fills in every named field of a page, radios and boxes included, and posts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.customer.markup import Control, Page

PLAUSIBLE = {"email": "carla@customer.test", "tel": "+33 1 23 45 67 89"}


def fillings(page: Page) -> Iterator[dict[str, str]]:
    """Values for every named field of all forms of a page: one filling for each radio.

    Each comes without the buttons, then with every button of the form that is posted.
    """
    form = page.form()
    controls = [control for each in page.forms for control in each.controls if control.name]
    fields = {control.name: _value(control) for control in controls if control.tag != "button"}
    radios = [control for control in controls if control.kind == "radio"]
    for choice in [{radio.name: radio.value} for radio in radios] or [{}]:
        yield fields | choice
        for button in form.buttons:
            if button:
                yield fields | choice | button


def _value(control: Control) -> str:
    if control.kind == "checkbox":
        return control.value or "on"
    return control.value or PLAUSIBLE.get(control.kind, "Plausible")
