"""Addresses of statistics."""

from django.urls import path

from openpes.statistics import views
from openpes.statistics.views import boards, breakdowns, cross, editions, everybody, indicators, published, targets

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report.csv", views.report_csv, name="report_csv"),
    path("report.xlsx", views.report_xlsx, name="report_xlsx"),
    path("report.pdf", views.report_pdf, name="report_pdf"),
    path("figure/", views.figure, name="figure"),
    path("editions/", editions.edition_list, name="edition_list"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/check/", editions.check, name="edition_check"),
    path("drafts/draw-up/", editions.draw_up, name="draw_up"),
    path("drafts/<int:pk>/", editions.draft, name="draft"),
    path("drafts/<int:pk>/edit/", editions.edit, name="draft_edit"),
    path("drafts/<int:pk>/lay-aside/", editions.lay_aside, name="draft_lay_aside"),
    path("drafts/<int:pk>/publish/", editions.publish, name="draft_publish"),
    path("published/", published.published, name="published"),
    path("published/<int:pk>/", published.published_report, name="published_report"),
    path("published/<int:pk>/report.pdf", published.published_pdf, name="published_pdf"),
    path("published/<int:pk>/report.csv", published.published_csv, name="published_csv"),
    path("published/<int:pk>/report.json", published.published_json, name="published_json"),
    path("board/", boards.board, name="board"),
    path("public/", everybody.public_board, name="public_board"),
    path("public.csv", everybody.public_board_csv, name="public_board_csv"),
    path("board.csv", boards.board_csv, name="board_csv"),
    path("wall/", boards.wall, name="wall"),
    path("indicators/", indicators.indicator_list, name="indicator_list"),
    path("indicators.csv", indicators.indicator_csv, name="indicator_csv"),
    path("indicators/by/", breakdowns.indicator_breakdown, name="indicator_breakdown"),
    path("indicators/by.csv", breakdowns.indicator_breakdown_csv, name="indicator_breakdown_csv"),
    path("indicators/rows/", indicators.indicator_rows, name="indicator_rows"),
    path("cross/", cross.cross, name="cross"),
    path("cross.csv", cross.cross_csv, name="cross_csv"),
    path("cross.xlsx", cross.cross_xlsx, name="cross_xlsx"),
    path("cross/rows/", cross.cross_rows, name="cross_rows"),
    path("targets/", targets.target_list, name="target_list"),
    path("targets/propose/", targets.target_propose, name="target_propose"),
    path("targets/<int:pk>/", targets.target, name="target"),
    path("targets/<int:pk>/decide/", targets.target_decide, name="target_decide"),
    path("targets/<int:pk>/hand-down/", targets.target_hand_down, name="target_hand_down"),
]
