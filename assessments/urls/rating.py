from django.urls import path

from ..views import rating, rating_code

urlpatterns = [
    path("r/<str:token>/", rating.WelcomeView.as_view(), name="rate"),
    path("r/<str:token>/<int:number>/", rating.ActionView.as_view(), name="rate_action"),
    path("r/<str:token>/review/", rating.ReviewView.as_view(), name="rate_review"),
    path("r/<str:token>/sent/", rating.SentView.as_view(), name="rate_sent"),
    path("r/<str:token>/code/", rating_code.CodeView.as_view(), name="rate_code"),
    path("r/<str:token>/data/", rating_code.DataView.as_view(), name="rate_data"),
]
