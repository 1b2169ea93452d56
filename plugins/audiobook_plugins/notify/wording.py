"""What a message says unless the configuration words it otherwise: title and body for each kind."""

from __future__ import annotations

from audiobook_plugins.notify.kinds import Kind

SUMMARY = "summary"
"""The template of messages that stand for many: the digest, what came in quiet hours, a flood."""

_BY_AUTHOR = "{{ title }}{% if author %} by {{ author }}{% endif %}"
_RECORDING = """\
{% if series %}{{ series }}
{% endif %}{% if narrators %}Read by {{ narrators|join(', ') }}
{% endif %}{% set facts = [runtime, format, size]|select|list %}{% if facts %}{{ facts|join(', ') }}
{% endif %}"""

TITLES = {
    Kind.SHELVED: f"Shelved: {_BY_AUTHOR}",
    Kind.GRABBED: f"Downloading: {_BY_AUTHOR}",
    Kind.REVIEW: f"Decide: {_BY_AUTHOR}",
    Kind.FAILED: f"{{% if given_up %}}Given up{{% else %}}Failed{{% endif %}}: {_BY_AUTHOR}",
    Kind.GAPS: "{{ found }} missing books found{% if announced %}, {{ announced }} announced{% endif %}",
    Kind.SERVICE: "{{ service }} {% if well %}works again{% else %}needs you{% endif %}",
    Kind.JOB: "Job {{ job }} {% if well %}works again{% else %}failed{% endif %}",
    Kind.LIBRARY: "{{ library }} {% if returned %}is complete again{% else %}has lost {{ lost }} books{% endif %}",
    Kind.TRACKER: "{{ tracker }}: {% if dangers %}your account is in danger{% else %}out of danger{% endif %}",
    Kind.UPDATE: "audiobook-daemon {{ version }} is out",
    SUMMARY: "{{ heading }}: {{ count }} message{{ '' if count == 1 else 's' }}",
}
BODIES = {
    Kind.SHELVED: f"{_RECORDING}{{% if note %}}Wanted because: {{{{ note }}}}{{% endif %}}",
    Kind.GRABBED: f"{_RECORDING}From {{{{ source }}}}{{% if note %}}; wanted because: {{{{ note }}}}{{% endif %}}",
    Kind.REVIEW: """\
{{ reason }}
{% for one in candidates %}
{{ one.number }}. {{ one.title }} ({{ [one.narrator, one.format, one.size, one.source]|select|join(', ') }})
{% if one.why %}   {{ one.why }}
{% endif %}{% endfor %}
Answer: audiobook-daemon do accept {{ id }}""",
    Kind.FAILED: "{{ reason or 'Nobody knows why.' }}{% if not given_up %}\nAnother release is looked for.{% endif %}",
    Kind.GAPS: """\
{{ wanted }} of them are wanted now ({{ origin }}).
{% for title in titles %}- {{ title }}
{% endfor %}""",
    Kind.SERVICE: "{% if well %}Nothing more is to be done.{% else %}{{ error }}{% endif %}",
    Kind.JOB: "{% if well %}{{ summary }}{% else %}{{ error or summary }}{% endif %}",
    Kind.LIBRARY: """\
{% if returned %}It holds {{ books }} books.\
{% else %}It had {{ books }}. Is a disk missing? Nothing was marked as missing.{% endif %}""",
    Kind.TRACKER: """\
{% for danger in dangers %}{{ danger }}
{% endfor %}{% if ratio %}Ratio {{ ratio }}
{% endif %}{% if free_slots != '' %}{{ free_slots }} free slots{% endif %}""",
    Kind.UPDATE: "{{ url or 'See the project page.' }}",
    SUMMARY: """\
{% for group in groups %}{{ group.name }}: {{ group.count }}
{% for line in group.lines %}- {{ line }}
{% endfor %}{% if group.more %}- and {{ group.more }} more
{% endif %}{% endfor %}""",
}
LINES = {
    **dict.fromkeys((Kind.SHELVED, Kind.GRABBED, Kind.REVIEW), _BY_AUTHOR),
    Kind.FAILED: f"{_BY_AUTHOR}{{% if reason %}}: {{{{ reason }}}}{{% endif %}}",
}
"""How an event stands in a list, where its title would repeat the heading."""
