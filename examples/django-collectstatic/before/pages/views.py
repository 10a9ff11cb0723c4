from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pages.models import Page


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/index.html", {"pages": Page.objects.all()})


def health(request: HttpRequest) -> JsonResponse:
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})
