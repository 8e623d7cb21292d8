from . import imports, nextsteps, people, rating, results, rounds

app_name = "assessments"
urlpatterns = [
    *rating.urlpatterns,  # first: whole rooms ask for these at once
    *rounds.urlpatterns,
    *people.urlpatterns,
    *results.urlpatterns,
    *nextsteps.urlpatterns,
    *imports.urlpatterns,
]
