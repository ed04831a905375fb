"""The jobs this website knows: name → dotted path of ``handler(arguments, context)``.

Handlers are imported in the job's own child process only, so heavy libraries stay out of the site.
"""

HANDLERS: dict[str, str] = {}
