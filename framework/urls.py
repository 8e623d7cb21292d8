from django.urls import path

from . import views

urlpatterns = [
    path("framework/", views.FrameworkView.as_view(), name="framework"),
    path(
        "framework/<slug:slug>/<int:number>/",
        views.EditionView.as_view(),
        name="framework_edition",
    ),
]
