"""What kinds of systems, organisations and standpoints people choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class System(models.TextChoices):
    HEALTH_AND_CARE = "health_and_care", _("Health and care")
    COMMUNITY_SAFETY = "community_safety", _("Community safety")
    CHILDREN_AND_FAMILIES = "children_and_families", _("Children and families")
    PLACE_AND_ECONOMY = "place_and_economy", _("Place and economy")
    CLIMATE = "climate", _("Climate")
    OTHER = "other", _("Other")


class Sector(models.TextChoices):
    COUNCIL = "council", _("Council")
    NHS = "nhs", _("NHS")
    POLICE = "police", _("Police")
    FIRE = "fire", _("Fire")
    VOLUNTARY = "voluntary", _("Voluntary or community")
    EDUCATION = "education", _("Education")
    BUSINESS = "business", _("Business")
    OTHER = "other", _("Other")


class Standpoint(models.TextChoices):
    ELECTED = "elected", _("Elected member")
    SENIOR = "senior", _("Senior leader")
    MIDDLE = "middle", _("Middle manager")
    FRONTLINE = "frontline", _("Frontline")
    CITIZEN = "citizen", _("Citizen or service user")
    OTHER = "other", _("Other")
