from django.urls import path

from ..views import portfolio

urlpatterns = [
    path("portfolio/", portfolio.PortfolioHomeView.as_view(), name="portfolio"),
    path("portfolio/<slug:slug>/", portfolio.PortfolioView.as_view(), name="portfolio_council"),
    path("portfolio/<slug:slug>.csv", portfolio.PortfolioCsvView.as_view(), name="portfolio_csv"),
]
