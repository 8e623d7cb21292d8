"""People with an account."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import connection, models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    @staticmethod
    def normalise(email):
        return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in, known by an e-mail address.

    Members rate by private link without one; an account is for leads, officers, editors,
    administrators, and members who want to read shared results after signing in.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may use the administration pages"), default=False)
    is_editor = models.BooleanField(_("edits the framework"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person with an account")
        verbose_name_plural = _("people with an account")
        ordering = ["email"]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name or self.email

    def get_short_name(self):
        return self.name or self.email

    def clean(self):
        super().clean()
        self.email = UserManager.normalise(self.email)

    @cached_property
    def is_officer(self):
        """Whether the person is an officer of some council: the top bar of every page asks."""
        with connection.cursor() as cursor:
            cursor.execute(OFFICERS, [self.pk])
            return bool(cursor.fetchone()[0])


OFFICERS = "SELECT EXISTS (SELECT 1 FROM partnerships_council_officers WHERE user_id = %s)"
