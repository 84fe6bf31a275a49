"""What the deployment can see of its mail."""

from __future__ import annotations

from prometheus_client import generate_latest

from admitone.mail.transport import MailCounts
from admitone.web.http.metrics import Metrics


def test_figures_follow_what_was_sent() -> None:
    metrics, counts = Metrics(), MailCounts()
    metrics.watch_mail(counts)
    counts.sent["smtp"] += 2
    counts.repeats += 1
    said = generate_latest(metrics.own).decode()
    assert 'admitone_mails_sent{way="smtp"} 2.0' in said
    assert 'admitone_mails_sent{way="gmail"} 0.0' in said
    assert "admitone_mails_repeated 1.0" in said
    assert "admitone_mails_built_in 0.0" in said
