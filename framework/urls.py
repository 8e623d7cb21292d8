from django.urls import path

from .views import reading, words

urlpatterns = [
    path("framework/", reading.FrameworkView.as_view(), name="framework"),
    path(
        "framework/<slug:slug>/<int:number>/",
        reading.EditionView.as_view(),
        name="framework_edition",
    ),
    path(
        "framework/<slug:slug>/draft/action/<slug:code>/",
        words.ActionView.as_view(),
        name="framework_draft_action",
    ),
    path(
        "framework/<slug:slug>/draft/area/<slug:code>/",
        words.AreaView.as_view(),
        name="framework_draft_area",
    ),
    path(
        "framework/<slug:slug>/draft/around/",
        words.AroundView.as_view(),
        name="framework_draft_around",
    ),
]
