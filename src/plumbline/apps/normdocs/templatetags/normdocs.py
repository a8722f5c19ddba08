"""How the text of a document is written on a page."""

from django import template

from ..articles import headed

register = template.Library()
register.filter("headed", headed)
