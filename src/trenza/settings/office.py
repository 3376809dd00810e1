"""The office: Wagtail's admin, as little of it as its lists need; laptop and cloud have it, a hub has not."""

from trenza.settings import environment

# wagtail.users keeps no users of ours (people does); Wagtail's admin does not start without its models.
OFFICE_APPS = ["trenza.portals.office", "wagtail.users", "wagtail.admin", "wagtail"]

WAGTAIL_SITE_NAME = "Trenza"
WAGTAILADMIN_BASE_URL = environment.text("TRENZA_URL", "http://127.0.0.1:8000").rstrip("/")
# Nothing is asked of, or told to, anybody else's server.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# One signs in by e-mail code (people); pages, comments and workflows are not used.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", "Español"), ("en", "English")]
