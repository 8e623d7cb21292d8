from django.urls import path

from ..views import you

urlpatterns = [path("you/<str:token>/", you.YouView.as_view(), name="you")]
