from django.apps import AppConfig


class TrainerConfig(AppConfig):
    name = "trenza.portals.trainer"
    label = "trainer"
