from django.apps import AppConfig, apps


class LearnerConfig(AppConfig):
    name = "trenza.portals.learner"
    label = "learner"

    def ready(self) -> None:
        from trenza.apps.sync.api import register_roster
        from trenza.portals.learner import roster

        register_roster("learner", roster.roster)
        if not apps.is_installed("trenza.apps.credentials"):
            return
        from trenza.apps.credentials import api as credentials
        from trenza.portals.learner import certificates

        certificates.use(
            certificates.Source(
                credentials.credentials_of,
                credentials.hers_to_show,
                credentials.offline_text_of,
                credentials.verification_url,
                credentials.missing_letters,
                credentials.externals_of,
                credentials.courses_elsewhere,
            )
        )
