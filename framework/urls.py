from django.urls import path

from .views import reading

urlpatterns = [
    path("framework/", reading.FrameworkView.as_view(), name="framework"),
    path(
        "framework/<slug:slug>/<int:number>/",
        reading.EditionView.as_view(),
        name="framework_edition",
    ),
]
