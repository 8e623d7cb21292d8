from . import imports, people, rating, results, rounds

app_name = "assessments"
urlpatterns = [
    *rating.urlpatterns,  # first: whole rooms ask for these at once
    *rounds.urlpatterns,
    *people.urlpatterns,
    *results.urlpatterns,
    *imports.urlpatterns,
]
