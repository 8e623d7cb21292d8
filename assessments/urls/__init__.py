"""Which address leads to which page."""

from . import (
    compare,
    imports,
    letters,
    nextsteps,
    people,
    portfolio,
    preview,
    rating,
    results,
    rounds,
    workshops,
)

app_name = "assessments"
urlpatterns = [
    *workshops.urlpatterns,  # first: whole rooms ask for these at once
    *rating.urlpatterns,
    *letters.urlpatterns,
    *rounds.urlpatterns,
    *people.urlpatterns,
    *results.urlpatterns,
    *compare.urlpatterns,
    *nextsteps.urlpatterns,
    *imports.urlpatterns,
    *portfolio.urlpatterns,
    *preview.urlpatterns,
]
