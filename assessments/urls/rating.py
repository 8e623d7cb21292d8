from django.urls import include, path

from ..views import looking_back, rating, rating_code

BY_LINK = [
    path("", rating.WelcomeView.as_view(), name="rate"),
    path("<int:number>/", rating.ActionView.as_view(), name="rate_action"),
    path("<int:number>/back/", looking_back.LookBackView.as_view(), name="rate_back"),
    path("review/", rating.ReviewView.as_view(), name="rate_review"),
    path("sent/", rating.SentView.as_view(), name="rate_sent"),
    path("finish/", rating.FinishView.as_view(), name="rate_finish"),
    path("code/", rating_code.CodeView.as_view(), name="rate_code"),
    path("data/", rating_code.DataView.as_view(), name="rate_data"),
]

urlpatterns = [path("r/<str:token>/", include(BY_LINK))]
