"""How Django knows this app, and what is set up once it has started."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext_lazy as _


class FrameworkConfig(AppConfig):
    name = "framework"
    verbose_name = _("Framework")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .models import Edition
        from .models.protection import ProtectedModel, refuse_collected, stay_retired
        from .queries.wording import forget

        # Loading a fixture does not go through save(), but it does send signals.
        pre_save.connect(stay_retired, sender=Edition, dispatch_uid="protection.stay_retired")
        for model in self.get_models():
            if issubclass(model, ProtectedModel):
                pre_delete.connect(refuse_collected, sender=model, dispatch_uid="protection.refuse_collected")
        post_save.connect(forget, sender=Edition, dispatch_uid="wording.forget.save")
        post_delete.connect(forget, sender=Edition, dispatch_uid="wording.forget.delete")
