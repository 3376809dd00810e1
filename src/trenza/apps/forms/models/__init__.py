from trenza.apps.forms.models.form import Form
from trenza.apps.forms.models.response import Response

__all__ = ["Form", "Response"]
