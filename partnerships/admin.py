"""What a site administrator sets up: people with accounts, councils and their officers, texts of the site.

Nothing that holds an answer, and nothing from which one could be worked out, is registered here.
"""

# Registers what is taken away below: groups do nothing here, and an address is proved by a code.
import allauth.account.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from . import operations
from .models import AuditEvent, Council, Partnership, SiteText, User
from .queries.sitetext import default_text

# Signing in here goes through the same page as everywhere, so that wrong tries are counted once.
admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = _("Transforming Together: administration")
admin.site.index_title = _("Set up this site")
admin.site.disable_action("delete_selected")
admin.site.unregister([Group, EmailAddress])


class OwnFilters(admin.ModelAdmin):
    """A list is filtered by what stands beside it and nothing else: typed into the address, a filter
    could ask a password for its signs, one after the other."""

    def lookup_allowed(self, lookup, value, request):
        offered = {each if isinstance(each, str) else each[0] for each in self.list_filter}
        return lookup.partition("__")[0] in offered and super().lookup_allowed(lookup, value, request)


class NoDeleting(OwnFilters):
    """Deleting would list what hangs on a row. People who leave are switched off, not deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class AccountForm(forms.ModelForm):
    """Makes an account without a password: the first sign-in is by a code sent to the address."""

    class Meta:
        model = User
        fields = ["email", "name", "is_editor", "is_staff", "is_superuser", "is_active"]
        help_texts = {
            "email": _("They sign in with a code sent here. No password is needed."),
            "is_staff": _("Sees these pages; with the next box may use all of them."),
            "is_superuser": _("Sets up councils, officers and editors."),
            "is_active": _("Untick this instead of deleting somebody."),
        }
        labels = {"is_superuser": _("is an administrator of this site")}

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an account with this address."))
        return email

    def clean(self):
        data = super().clean()
        stays = data.get("is_superuser") and data.get("is_active") and data.get("is_staff")
        others = User.objects.filter(is_superuser=True, is_staff=True, is_active=True)
        others = others.exclude(pk=self.instance.pk)
        if self.instance.pk and self.initial.get("is_superuser") and not stays and not others.exists():
            raise forms.ValidationError(_("This is the only administrator. Make another one first."))
        return data


@admin.register(User)
class UserAdmin(NoDeleting):
    form = AccountForm
    list_display = ["email", "name", "is_editor", "is_staff", "is_active"]
    list_filter = ["is_editor", "is_staff", "is_active"]
    search_fields = ["email", "name"]

    def save_model(self, request, obj, form, change):
        operations.save_account(by=request.user, user=obj)

    # Django's own log keeps the name, which has to go when the person is erased; the audit trail has none.
    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None


@admin.register(Council)
class CouncilAdmin(NoDeleting):
    list_display = ["name", "retention_months", "contact"]
    search_fields = ["name"]
    fields = ["name", "officers", "retention_months", "contact"]
    # Not autocomplete_fields: its script writes style attributes, which the content security policy stops.
    filter_horizontal = ["officers"]

    def save_model(self, request, obj, form, change):
        operations.save_council(by=request.user, council=obj)

    def save_related(self, request, form, formsets, change):
        operations.set_officers(
            by=request.user, council=form.instance, officers=form.cleaned_data["officers"]
        )


class HostForm(forms.ModelForm):
    def clean_council(self):
        council = self.cleaned_data["council"]
        same = council.partnerships.filter(name__iexact=self.instance.name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("This council already hosts a partnership with this name."))
        return council


@admin.register(Partnership)
class PartnershipAdmin(NoDeleting):
    """Only the host council can be changed here: for when a partnership's lead cannot do it."""

    form = HostForm
    list_display = ["name", "council", "system"]
    list_select_related = ["council"]
    list_filter = ["council", "system"]
    search_fields = ["name"]
    fields = ["name", "council", "system"]
    readonly_fields = ["name", "system"]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        # As it still is in the database, so that the audit trail says from whom it went.
        partnership = Partnership.objects.get(pk=obj.pk)
        operations.hand_over_partnership(by=request.user, partnership=partnership, council=obj.council)


@admin.register(SiteText)
class SiteTextAdmin(OwnFilters):
    """Deleting one brings the product's own words back."""

    list_display = ["key"]
    fields = ["key", "body"]

    def get_changeform_initial_data(self, request):
        """Our own words to begin from, where the page to change is known."""
        initial = super().get_changeform_initial_data(request)
        if initial.get("key") in SiteText.Key.values:
            initial["body"] = default_text(initial["key"])
        return initial

    def save_model(self, request, obj, form, change):
        operations.save_site_text(by=request.user, text=obj)

    def delete_model(self, request, obj):
        operations.remove_site_text(by=request.user, text=obj)


@admin.register(AuditEvent)
class AuditEventAdmin(OwnFilters):
    list_display = ["at", "event", "actor", "target_kind", "target_key", "target_text", "partnership"]
    list_filter = ["event", "target_kind", ("at", admin.DateFieldListFilter)]
    search_fields = ["event", "actor", "target_key", "target_text"]
    list_per_page = 100
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
