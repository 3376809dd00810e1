from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "trenza.apps.messaging"
    label = "messaging"
