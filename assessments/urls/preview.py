from django.urls import path

from ..views import preview

PREVIEW = "framework/<slug:slug>/draft/preview/"

urlpatterns = [
    path(PREVIEW, preview.PreviewView.as_view(), name="preview"),
    path(PREVIEW + "phone/<slug:code>/", preview.PhoneView.as_view(), name="preview_phone"),
    path(PREVIEW + "paper/", preview.PaperView.as_view(), name="preview_paper"),
    path(PREVIEW + "screen/<slug:code>/", preview.ScreenView.as_view(), name="preview_screen"),
    path(PREVIEW + "radar/", preview.RadarView.as_view(), name="preview_radar"),
]
