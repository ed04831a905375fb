from __future__ import annotations

from django.urls import path

from upshot.web.runs import views, views_again, views_questions, views_rule, views_what_if

app_name = "runs"

urlpatterns = [
    path("data/<uuid:pk>/question/", views_questions.ask, name="ask"),
    path("questions/<uuid:pk>/", views_questions.question, name="question"),
    path("questions/<uuid:pk>/decide/", views_questions.decide, name="decide"),
    path("questions/<uuid:pk>/amend/", views_questions.amend, name="amend"),
    path("questions/<uuid:pk>/again/", views_questions.check_again, name="check_again"),
    path("questions/<uuid:pk>/start/", views_questions.start, name="start"),
    path("runs/", views.run_list, name="list"),
    path("runs/<uuid:pk>/", views.detail, name="detail"),
    path("runs/<uuid:pk>/stop/", views.stop, name="stop"),
    path("runs/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("runs/<uuid:pk>/retry/", views.retry, name="retry"),
    path("runs/<uuid:pk>/delete/", views.delete, name="delete"),
    path("runs/<uuid:pk>/simple/", views.simple, name="simple"),
    path("runs/<uuid:pk>/without/", views.without, name="without"),
    path("runs/<uuid:pk>/mark/", views.mark, name="mark"),
    path("runs/<uuid:pk>/rule/", views_rule.rule, name="rule"),
    path("runs/<uuid:pk>/rule/forget/", views_rule.forget, name="forget_rule"),
    path("bundles/<uuid:pk>/again/", views_again.learn_again, name="learn_again"),
    path("bundles/<uuid:pk>/compare/", views_again.compare, name="compare"),
    path("bundles/<uuid:pk>/what-if/", views_what_if.what_if, name="what_if"),
    path("what-ifs/<uuid:pk>/", views_what_if.tried, name="tried"),
    path("comparisons/<uuid:pk>/", views_again.comparison, name="comparison"),
    path("comparisons/<uuid:pk>/again/", views_again.compare_again, name="compare_again"),
    path("runs/<uuid:pk>/report/", views.report, name="report"),
    path("runs/<uuid:pk>/report/xlsx/", views.report, {"ending": "xlsx"}, name="report_xlsx"),
    path("runs/<uuid:pk>/report/pptx/", views.report, {"ending": "pptx"}, name="report_pptx"),
]
