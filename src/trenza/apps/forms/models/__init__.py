from trenza.apps.forms.models.draft import Draft
from trenza.apps.forms.models.form import Form
from trenza.apps.forms.models.response import Response

__all__ = ["Draft", "Form", "Response"]
