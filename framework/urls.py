from django.urls import path

from .views import checks, history, kinds, publishing, reading, words

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
        "framework/<slug:slug>/<int:number>/retire/",
        publishing.RetireView.as_view(),
        name="framework_edition_retire",
    ),
    path("framework/<slug:slug>/<int:number>/trail/", history.TrailView.as_view(), name="framework_trail"),
    path(
        "framework/<slug:slug>/<int:earlier>/to/<int:later>/",
        history.DifferencesView.as_view(),
        name="framework_differences",
    ),
    path("framework/<slug:slug>/history/", history.HistoryView.as_view(), name="framework_history"),
    path("framework/<slug:slug>/draft/kinds/", kinds.KindsView.as_view(), name="framework_draft_kinds"),
    path("framework/<slug:slug>/draft/checks/", checks.ChecksView.as_view(), name="framework_draft_checks"),
    path(
        "framework/<slug:slug>/draft/publish/",
        publishing.PublishView.as_view(),
        name="framework_draft_publish",
    ),
    path("framework/<slug:slug>/draft/drop/", publishing.DropView.as_view(), name="framework_draft_drop"),
]
