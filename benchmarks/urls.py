from django.urls import include, path

from . import bare

urlpatterns = [
    path("bare/results/<int:pk>/", bare.results),
    path("bare/save/", bare.save),
    path("bare/nothing-new/<int:pk>/", bare.nothing_new),
    path("bare/empty/", bare.empty),
    path("", include("config.urls")),
]
