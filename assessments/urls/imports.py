from django.urls import path

from ..views import imports

PARTNERSHIP = "partnerships/<slug:slug>/"

urlpatterns = [
    path(PARTNERSHIP + "import/", imports.ImportView.as_view(), name="import_ratings"),
    path(PARTNERSHIP + "import/confirm/", imports.ConfirmView.as_view(), name="import_confirm"),
    path(PARTNERSHIP + "import/blank.csv", imports.BlankTableView.as_view(), name="import_blank"),
    path(PARTNERSHIP + "sheet/", imports.SheetView.as_view(), name="sheet"),
    path("rounds/<int:pk>/sheet/", imports.RoundSheetView.as_view(), name="round_sheet"),
]
