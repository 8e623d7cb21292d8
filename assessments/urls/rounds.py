from django.urls import path

from ..views import partnerships, rounds

ROUND = "rounds/<int:pk>/"

urlpatterns = [
    path("partnerships/", partnerships.PartnershipsView.as_view(), name="partnerships"),
    path("partnerships/<slug:slug>/", partnerships.PartnershipView.as_view(), name="partnership"),
    path("partnerships/<slug:slug>/rounds/new/", rounds.RoundNewView.as_view(), name="round_new"),
    path(ROUND, rounds.RoundView.as_view(), name="round"),
    path(ROUND + "settings/", rounds.RoundSettingsView.as_view(), name="round_settings"),
    path(ROUND + "open/", rounds.OpenView.as_view(), name="round_open"),
    path(ROUND + "close/", rounds.CloseView.as_view(), name="round_close"),
    path(ROUND + "reopen/", rounds.ReopenView.as_view(), name="round_reopen"),
    path(ROUND + "reveal/", rounds.RevealView.as_view(), name="round_reveal"),
    path(ROUND + "share/", rounds.ShareView.as_view(), name="round_share"),
    path(ROUND + "delete/", rounds.DeleteView.as_view(), name="round_delete"),
    path(ROUND + "mail/", rounds.MailView.as_view(), name="round_mail"),
]
