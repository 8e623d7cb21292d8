from . import compare, imports, nextsteps, people, portfolio, rating, results, rounds, workshops

app_name = "assessments"
urlpatterns = [
    *rating.urlpatterns,  # first: whole rooms ask for these at once
    *workshops.urlpatterns,
    *rounds.urlpatterns,
    *people.urlpatterns,
    *results.urlpatterns,
    *compare.urlpatterns,
    *nextsteps.urlpatterns,
    *imports.urlpatterns,
    *portfolio.urlpatterns,
]
