from django.urls import path

from ..views import comments, groups, results

urlpatterns = [
    path("rounds/<int:pk>/results/", results.ResultsView.as_view(), name="results"),
    path("rounds/<int:pk>/results.csv", results.ResultsCsvView.as_view(), name="results_csv"),
    path("rounds/<int:pk>/groups/", groups.GroupsView.as_view(), name="groups"),
    path("rounds/<int:pk>/groups.csv", groups.GroupsCsvView.as_view(), name="groups_csv"),
    path("rounds/<int:pk>/results/method/", results.MethodView.as_view(), name="results_method"),
    path("rounds/<int:pk>/comments/", comments.CommentsView.as_view(), name="comments"),
    path("rounds/<int:pk>/comments/review/", comments.CommentsReviewView.as_view(), name="comments_review"),
    path("rounds/<int:pk>/ratings/", comments.NamedView.as_view(), name="named"),
    path("r/<str:token>/results/", results.LinkResultsView.as_view(), name="link_results"),
    path("r/<str:token>/results/groups/", groups.LinkGroupsView.as_view(), name="link_groups"),
    path("r/<str:token>/results/method/", results.LinkMethodView.as_view(), name="link_method"),
    path("r/<str:token>/comments/", comments.LinkCommentsView.as_view(), name="link_comments"),
]
