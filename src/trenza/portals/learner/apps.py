from django.apps import AppConfig


class LearnerConfig(AppConfig):
    name = "trenza.portals.learner"
    label = "learner"
