from django.urls import path

from .views import pages, stub

PARTNERSHIP = "partnerships/<slug:slug>/"

urlpatterns = [
    path("", pages.HomeView.as_view(), name="home"),
    path("privacy/", pages.PrivacyView.as_view(), name="privacy"),
    path("accessibility/", pages.AccessibilityView.as_view(), name="accessibility"),
    path("account/", stub.Page.as_view(), name="account"),
    path("demo/", stub.Page.as_view(), name="demo"),
    path("demo/mail/", stub.Page.as_view(), name="demo_mail"),
    path("demo/mail/<str:key>/", stub.Page.as_view(), name="demo_message"),
    path("partnerships/", stub.Page.as_view(), name="partnerships"),
    path("partnerships/new/", stub.Page.as_view(), name="partnership_new"),
    path(PARTNERSHIP + "settings/", stub.Page.as_view(), name="partnership_settings"),
    path(PARTNERSHIP + "organisations/", stub.Page.as_view(), name="organisations"),
    path(PARTNERSHIP + "organisations/new/", stub.Page.as_view(), name="organisation_new"),
    path(PARTNERSHIP + "organisations/<int:pk>/", stub.Page.as_view(), name="organisation"),
    path(PARTNERSHIP + "organisations/<int:pk>/remove/", stub.Page.as_view(), name="organisation_remove"),
    path(PARTNERSHIP + "members/", stub.Page.as_view(), name="members"),
    path(PARTNERSHIP + "members/new/", stub.Page.as_view(), name="member_new"),
    path(PARTNERSHIP + "members/paste/", stub.Page.as_view(), name="members_paste"),
    path(PARTNERSHIP + "members/upload/", stub.Page.as_view(), name="members_upload"),
    path(PARTNERSHIP + "members/<int:pk>/", stub.Page.as_view(), name="member"),
    path(PARTNERSHIP + "members/<int:pk>/end/", stub.Page.as_view(), name="member_end"),
]
