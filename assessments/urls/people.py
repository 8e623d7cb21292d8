from django.urls import path

from ..views import people

PEOPLE = "rounds/<int:pk>/people/"
PERSON = PEOPLE + "<int:invitation>/"

urlpatterns = [
    path(PEOPLE, people.PeopleView.as_view(), name="round_people"),
    path(PEOPLE + "remind/", people.RemindView.as_view(), name="round_remind"),
    path(PEOPLE + "newcomers/", people.NewcomersView.as_view(), name="round_invite_newcomers"),
    path(PEOPLE + "organisations/", people.SettleView.as_view(), name="round_settle_organisations"),
    path(PERSON + "link/", people.LinkView.as_view(), name="invitation_link"),
    path(PERSON + "renew/", people.RenewView.as_view(), name="invitation_renew"),
    path(PERSON + "withdraw/", people.WithdrawView.as_view(), name="invitation_withdraw"),
    path(PERSON + "away/", people.AwayView.as_view(), name="invitation_away"),
    path(PERSON + "again/", people.AgainView.as_view(), name="invitation_again"),
    path(PERSON + "restart/", people.RestartView.as_view(), name="invitation_restart"),
    path(PERSON + "erase/", people.EraseImportedView.as_view(), name="invitation_erase"),
    path(
        "partnerships/<slug:slug>/members/<int:member>/erase/",
        people.EraseView.as_view(),
        name="member_erase",
    ),
    path("account/data/", people.MyDataView.as_view(), name="my_data"),
]
