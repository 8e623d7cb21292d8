"""The least that could be called the same page: one grouped count and twenty lines, one inserted row, or
one row read and nothing answered.

Both run behind the product's own middleware, in the same processes, on the same database.
"""

from django.db.models import Count
from django.http import HttpResponse
from django.template import engines
from django.views.decorators.csrf import csrf_exempt

from assessments.models import Rating, Workshop

from .models import BareRating

TWENTY_LINES = engines["django"].from_string(
    """<!doctype html>
<html lang="en-gb">
  <head>
    <meta charset="utf-8">
    <title>Results</title>
  </head>
  <body>
    <h1>Results</h1>
    <table>
      <thead>
        <tr><th>Action</th><th>Level</th><th>People</th></tr>
      </thead>
      <tbody>
        {% for row in rows %}
          <tr><td>{{ row.action_id }}</td><td>{{ row.level }}</td><td>{{ row.people }}</td></tr>
        {% endfor %}
      </tbody>
    </table>
  </body>
</html>
"""
)


def results(request, pk):
    ratings = Rating.objects.filter(response__round=pk).order_by()
    rows = ratings.values("action_id", "level").annotate(people=Count("pk"))
    return HttpResponse(TWENTY_LINES.render({"rows": rows}))


def empty(request):
    return HttpResponse(status=204)


def nothing_new(request, pk):
    Workshop.objects.values_list("revision", "count_revision").get(pk=pk)
    return HttpResponse(status=204)


@csrf_exempt
def save(request):
    BareRating.objects.create(
        response_id=request.POST["response"], action_id=request.POST["action"], level=request.POST["level"]
    )
    return HttpResponse(status=204)
