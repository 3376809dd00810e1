"""The door of messaging."""

from trenza.apps.messaging.sending import can_send, latest_text, send_sms

__all__ = ["can_send", "latest_text", "send_sms"]
