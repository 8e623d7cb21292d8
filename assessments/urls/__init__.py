from . import imports, people, rating, results, rounds

app_name = "assessments"
urlpatterns = [
    *rounds.urlpatterns,
    *people.urlpatterns,
    *rating.urlpatterns,
    *results.urlpatterns,
    *imports.urlpatterns,
]
