"""The commented configuration that is shipped and that `init` writes, and the secrets that belong to it."""

from __future__ import annotations

from collections.abc import Mapping

from audiobook_daemon.config.example_plugins import AUDIOBOOKSHELF, JOBS, PLUGINS, QBITTORRENT
from audiobook_daemon.config.surroundings import Surroundings

SECRETS = {
    "mam_session": "the mam_id of a session made for this machine (MyAnonamouse: Preferences, Security)",
    "qbittorrent_password": "qBittorrent: Tools, Options, Web UI",
    "audiobookshelf_token": "an API key of Audiobookshelf (Settings, API Keys)",
}
"""Every secret of the example, and where a person finds it."""

_HEAD = """\
# yaml-language-server: $schema=schema.json
#
# The configuration of audiobook-daemon. `audiobook-daemon check` lists every mistake with its line.
#
# Values may come from elsewhere:  !secret name              the line `name:` of secrets.yaml beside this file
#                                  !env NAME                 an environment variable
#                                  !file path                a file's content; relative paths start at this folder
#                                  !file credential:name     a systemd credential (LoadCredential=)
# Times are written 90s, 5m, 2h, 1d; sizes 700MB, 15GB. What is commented out shows the default.
# In VS Code, tell the YAML extension about the tags:
#   "yaml.customTags": ["!secret scalar", "!env scalar", "!file scalar"]

# database: sqlite:///var/lib/audiobook-daemon/state.db    # as a systemd service: state.db in the StateDirectory
# With a postgresql:// database: wait while another daemon works with it, and take its place when it is gone.
# standby: yes
"""

_GENERAL = """\

# Nothing is downloaded, moved or changed; what would have been done is reported.
# dry_run: no

# log:
#   level: info            # debug, info, warning or error
#   format: text           # or json

# A JSON document that names the newest release; without it nobody is asked.
# updates: {url: "https://example.org/releases/latest.json"}
"""

_MQTT = """\

# The broker that Home Assistant and Node-RED use as well.
mqtt:
  host: 127.0.0.1
  # port: 1883             # 8883 with tls
  # username: audiobook-daemon
  # password: !secret mqtt_password
  # tls: {}                # or {authority: ca.pem}
  # base: audiobook-daemon
  # discovery: homeassistant
  # protocol: auto         # 5, or 3.1.1 with a broker that does not know it
  # transport: tcp         # or websockets (websocket_path: /mqtt), or unix (host: the path of the socket)
  # commands: all          # safe: only what changes nothing for good; none: nothing can be requested
  # deny: []               # commands that are refused in any case, such as action/restore/run or want/*/drop
  # language: en           # of the names in Home Assistant: en, de, es, fr or nl
"""

_WEB = """\

# The API and the pages for a browser. Nobody comes in without a key: `audiobook-daemon keys add NAME` makes one.
web:
  listen: 127.0.0.1:8723   # an address that others can reach needs a key here
  # keys: []               # or [!secret web_key], or [{name: tablet, key: !secret tablet_key, scope: act}]
  # prefix: ""             # the path below which a reverse proxy offers it, such as /books
  # proxies: []            # the addresses of reverse proxies whose X-Forwarded-* count
  # hosts: []              # names it is called by, beside numbers, localhost and the machine's own name
  # origins: []            # other sites whose pages may use the API with a key
  # session: 30d           # how long a login lasts
  # wrong_keys: 10         # different ones that an address may try before it has to wait
"""

_STAGES = """\

# Which releases are acceptable, and how long we look for one.
choose:
  languages: [en]
  # min_seeders: 1
  # min_size: 10MB
  # max_size: 15GB
  # min_bitrate: 24        # kbit/s that the size means for a known running time; less lacks a piece
  # max_bitrate: 400
  # prices: [free, paid, unknown]
  # vip: yes               # releases for VIP members too
  # candidates: 50         # releases of one search that are judged at most
  # most_queries: 4        # questions to one indexer in one search, each wider than the one before
  # floor: 0.97            # how sure it has to be that a release is the book; below, a person decides
  # margin: 10             # how many times likelier it must be this book than any sibling; else a person decides
  # packs: review          # a release that holds the book among others: never, review (you decide) or grab
  # prefer:                # which one is taken if several are the book: what counts, the weightiest first
  #   order: [narrator, edition, language, format, bitrate, price, seeders, files, age]
  #   narrators: []        # the dearest first, after those of the wish
  #   formats: [m4b, mp3, m4a, flac, ogg, opus]
  #   bitrate: {ideal: 128, least: 64, most: 192}
  #   editions: []         # words of the title, such as anniversary
  #   languages: []        # the dearest first; otherwise as accepted
  # ladder_days: [1, 3, 7] # days to wait after a search without result; the last one repeats
  # give_up_after: 12      # searches

# How soon a service that failed is tried again; the wait doubles.
# retry: {first: 1m, most: 30m}

# watch: {stalled_after: 3d}

# The running time may differ by 2 % from that of a known edition, by 5 % from that of the same narrator; `decode` is
# what ffmpeg reads of each file: auto (its beginning and end, if ffmpeg is installed), always (everything), never.
# verify: {runtime_tolerance: 0.02, runtime_doubtful: 0.05, decode: auto}

# shelve:
#   folder: "{authors}/{series}/{Book position - }{title}{ [asin]}"   # text within braces goes with an unknown value
#   file: "{part - }{title}"    # without it the files keep their names
#   longest_name: 180      # bytes of one name; longest_path: 1000, from the library's folder down
#   method: [hardlink, reflink, copy]    # the first that the file system can do
#   check: content         # how a copy is compared with its source: size or content
#   sidecars: []           # metadata, cover: what is put beside the audio
#   keep_free: 1GB         # below, nothing new is grabbed
#   trash: 30d             # how long what was taken out can be put back
#   upgrade: no            # yes: a job `{upgrade: {limit: 5}}` may put better editions in the place of those you own

# Needed only if there are two download clients or two libraries.
# route: {download_client: qbittorrent, library: audiobookshelf}
"""

_LIBRARY = """\

# How the libraries are read. If more than this share of the books (and more than `least_lost`) is gone at once, it
# looks like a disk that is not mounted: nothing is marked missing, and you are told.
# sync: {most_lost: 0.1, least_lost: 10, hints: yes}

# How the metadata of owned books is corrected. Every change can be undone; what you set or lock is never changed.
# metadata:
#   fill: [subtitle, authors, narrators, series, publisher, year, description, language, isbn, asin, genres, abridged,
#          cover]         # what is written where it is empty
#   correct: [title, authors, narrators, series, asin]    # also changed when the sources agree on another value
#   covers: missing        # never, missing or larger
#   steps: [names, title, description, genres]    # what is brought into one form
#   genre_names: {sci-fi: Science Fiction, romance: ""}    # an empty name drops the genre
#   most_genres: 8
#   batch: 50              # books at a time
#   most: 5000             # books in one run, the longest untouched first
#   pause: 7d              # a book is left alone for so long
#   drift: 30d             # a corrected value stays for so long
#   trust: {open_library: 0.5}    # how much an instance is worth, from 0 to 1

# What is missing in the series you own is wanted; each book waits for your consent unless `auto_grab: yes`.
# series:
#   least_owned: 1         # books you own of a series before it is completed; followed ones always
#   most_missing: 10       # of one series in one run
#   most_wanted: 20        # in one run
#   skip: [omnibus, dramatisation, companion, anthology]    # also: novella, short, collection
#   want: yes              # no: missing books are only listed
#   auto_grab: no

# The same for authors. Up to `small_gap` missing books are wanted at once, of larger gaps `gradual` in each run.
# authors: {least_owned: 2, most_authors: 50, small_gap: 5, gradual: 2, want: yes, auto_grab: no}

# Whose books you want, owned or not. `pace` is books a week; with `back: no` only those to come.
# follow:
#   - {series: The Expanse}
#   - {author: Naomi Novik, narrators: [Emma Thompson], pace: 1, back: no}

# Days that history is kept; failures are kept for good.
# retention: {runs: 30, events: 30, corrections: 30, decisions: 90, facts: 365, gaps: 90, answers: 180}

# Backups of what the daemon remembers go to the folder `backups` beside the database unless another is named. Secrets
# are left out, or put in encrypted: backup: {secrets: encrypt, passphrase: !secret backup_passphrase}
# backup: {keep: 7}
"""


def render_example(surroundings: Surroundings | None = None) -> str:
    """Write the configuration, filled with what is known of the machine; nothing known makes the shipped example."""
    known = surroundings or Surroundings()
    zone = (
        f"timezone: {known.timezone}" if known.timezone else "# timezone: Europe/Berlin    # the system's if not given"
    )
    no_broker = known != Surroundings() and known.mqtt_port is None
    return "".join(
        (
            f"{_HEAD}{zone}\n",
            _GENERAL,
            _commented_out(_MQTT) if no_broker else _MQTT,
            _WEB,
            _STAGES,
            _LIBRARY,
            PLUGINS,
            QBITTORRENT.format(port=known.qbittorrent_port or 8080),
            AUDIOBOOKSHELF.format(port=known.audiobookshelf_port or 13378),
            JOBS,
        )
    )


def _commented_out(section: str) -> str:
    lines = section.splitlines()
    return "\n".join(f"# {line}" if line and not line.startswith("#") else line for line in lines) + "\n"


def render_secrets(values: Mapping[str, str] | None = None) -> str:
    """Write secrets.yaml; what is not known yet stays empty, and `check` asks for it."""
    lines = [
        "# The secrets that audiobook-daemon.yaml refers to. Nobody else may read this file: chmod 600 secrets.yaml",
        "# Put each value between the single quotes; a single quote within is written twice.",
    ]
    for name, source in SECRETS.items():
        value = (values or {}).get(name, "").replace("'", "''")
        lines += ["", f"# {source}", f"{name}: '{value}'"]
    return "\n".join(lines) + "\n"
