from django.urls import path

from ..views import compare

urlpatterns = [
    path("partnerships/<slug:slug>/compare/", compare.CompareView.as_view(), name="compare"),
    path("partnerships/<slug:slug>/compare.csv", compare.CompareCsvView.as_view(), name="compare_csv"),
    path("r/<str:token>/compare/", compare.LinkCompareView.as_view(), name="link_compare"),
]
