"""Which address leads to which page."""

from django.urls import include, path

from .views import checks, drafts, history, kinds, languages, publishing, reading, structure, words

draft = [
    path("", drafts.DraftView.as_view(), name="framework_draft"),
    path("start/", drafts.StartView.as_view(), name="framework_draft_start"),
    path("action/<slug:code>/", words.ActionView.as_view(), name="framework_draft_action"),
    path("action/<slug:code>/step/", structure.StepActionView.as_view(), name="framework_draft_step"),
    path("action/<slug:code>/move/", structure.MoveActionView.as_view(), name="framework_draft_move"),
    path("action/<slug:code>/split/", structure.SplitView.as_view(), name="framework_draft_split"),
    path("action/<slug:code>/merge/", structure.MergeView.as_view(), name="framework_draft_merge"),
    path("action/<slug:code>/retire/", structure.RetireView.as_view(), name="framework_draft_retire"),
    path("area/<slug:code>/", words.AreaView.as_view(), name="framework_draft_area"),
    path("area/<slug:code>/step/", structure.StepAreaView.as_view(), name="framework_draft_area_step"),
    path("area/<slug:code>/remove/", structure.RemoveAreaView.as_view(), name="framework_draft_area_remove"),
    path("around/", words.AroundView.as_view(), name="framework_draft_around"),
    path("bring-back/<slug:code>/", structure.BringBackView.as_view(), name="framework_draft_bring_back"),
    path(
        "bring-back-area/<slug:code>/",
        structure.BringBackAreaView.as_view(),
        name="framework_draft_area_bring_back",
    ),
    path("language/<slug:language>/", languages.LanguageView.as_view(), name="framework_draft_language"),
    path(
        "language/<slug:language>/<str:part>/",
        languages.TranslationView.as_view(),
        name="framework_draft_translation",
    ),
    path("new-action/", structure.NewActionView.as_view(), name="framework_draft_new_action"),
    path("new-area/", structure.NewAreaView.as_view(), name="framework_draft_new_area"),
    path("kinds/", kinds.KindsView.as_view(), name="framework_draft_kinds"),
    path("checks/", checks.ChecksView.as_view(), name="framework_draft_checks"),
    path("publish/", publishing.PublishView.as_view(), name="framework_draft_publish"),
    path("drop/", publishing.DropView.as_view(), name="framework_draft_drop"),
]

urlpatterns = [
    path("framework/", reading.FrameworkView.as_view(), name="framework"),
    path("framework/editing/", drafts.EditingView.as_view(), name="framework_editing"),
    path(
        "framework/<slug:slug>/<int:number>/",
        reading.EditionView.as_view(),
        name="framework_edition",
    ),
    path(
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
    path("framework/<slug:slug>/draft/", include(draft)),
]
