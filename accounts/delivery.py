"""Handing one mail to the mail server, and knowing what its failure means."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection


class DeliveryError(Exception):
    """The mail server did not take a mail; `certain` says that it surely went nowhere."""

    def __init__(self, error: Exception, *, certain: bool) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.certain = certain


def deliver(*, to: str, subject: str, body: str) -> None:
    """Send a mail now. Raises DeliveryError."""
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as error:
        raise DeliveryError(error, certain=True) from error
    try:
        server.send_messages([EmailMessage(subject, body, to=[to])])
    except (SMTPException, OSError) as error:
        # An answer of the server is a refusal; a broken connection may have broken after the text was through.
        certain = isinstance(error, SMTPResponseException | SMTPRecipientsRefused)
        raise DeliveryError(error, certain=certain) from error
    finally:
        server.close()
