"""Which address leads to which page."""

from django.urls import path

from .views import account, demo, memberlists, members, organisations, pages, partnerships

PARTNERSHIP = "partnerships/<slug:slug>/"
ORGANISATIONS = PARTNERSHIP + "organisations/"
MEMBERS = PARTNERSHIP + "members/"

urlpatterns = [
    path("", pages.HomeView.as_view(), name="home"),
    path("i18n/setlang/", pages.LanguageView.as_view(), name="set_language"),
    path("about/", pages.AboutView.as_view(), name="about"),
    path("privacy/", pages.PrivacyView.as_view(), name="privacy"),
    path("accessibility/", pages.AccessibilityView.as_view(), name="accessibility"),
    path("account/", account.AccountView.as_view(), name="account"),
    path("demo/", demo.DemoView.as_view(), name="demo"),
    path("demo/mail/", demo.MailView.as_view(), name="demo_mail"),
    path("demo/mail/<str:key>/", demo.MessageView.as_view(), name="demo_message"),
    path("partnerships/new/", partnerships.NewPartnershipView.as_view(), name="partnership_new"),
    path(PARTNERSHIP + "settings/", partnerships.SettingsView.as_view(), name="partnership_settings"),
    path(
        PARTNERSHIP + "settings/council/", partnerships.HandOverView.as_view(), name="partnership_hand_over"
    ),
    path(ORGANISATIONS, organisations.OrganisationsView.as_view(), name="organisations"),
    path(ORGANISATIONS + "new/", organisations.NewOrganisationView.as_view(), name="organisation_new"),
    path(ORGANISATIONS + "<int:pk>/", organisations.OrganisationView.as_view(), name="organisation"),
    path(
        ORGANISATIONS + "<int:pk>/remove/",
        organisations.RemoveOrganisationView.as_view(),
        name="organisation_remove",
    ),
    path(MEMBERS, members.MembersView.as_view(), name="members"),
    path(MEMBERS + "new/", members.NewMemberView.as_view(), name="member_new"),
    path(MEMBERS + "paste/", memberlists.PasteView.as_view(), name="members_paste"),
    path(MEMBERS + "upload/", memberlists.UploadView.as_view(), name="members_upload"),
    path(MEMBERS + "upload/example.csv", memberlists.TemplateFileView.as_view(), name="members_example"),
    path(MEMBERS + "<int:pk>/", members.MemberView.as_view(), name="member"),
    path(MEMBERS + "<int:pk>/end/", members.EndMembershipView.as_view(), name="member_end"),
]
