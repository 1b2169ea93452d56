"""The instances and the jobs of the configuration that is shipped."""

from __future__ import annotations

PLUGINS = """\

# The instances of plugins. The name is yours; `type` says which plugin it is and is the name unless given.
# Each may have `enabled: no`. Lists may have `auto_grab: yes`: without it, their books wait for your consent.
plugins:
  mam:
    session: !secret mam_session

  # Further trackers, through the torrent indexers of Prowlarr; of two Prowlarrs each has a name of its own.
  # prowlarr: {url: "http://127.0.0.1:9696", key: !secret prowlarr_key, categories: [3030]}    # 3000: all of Audio

  top10:
    # auto_grab: yes
    genres: [fantasy, science-fiction]
    # genres: {fantasy: 10, mystery: {count: 5, days: 30}}
    # count: 10            # new books of each genre
    # days: 7              # how long ago the upload may be
    # walk: 100            # how far down the ranking we look for books that nobody owns yet

  # What is said about books: recordings (narrators, running times, series), then works and printed editions.
  audnexus: {}             # regions: [us, uk] are the shops to ask, in this order
  # hardcover: {token: !secret hardcover_token, lists: {want-to-read: 5}}    # the best source of series; your lists
  open_library: {}         # contact: you@example.org, for it answers more, and faster, who says whom to write to
  google_books: {}         # key: !secret google_books_key    # without a key it answers on few days

  # Lists of books you want. Each takes a `count`, and `auto_grab: yes` if you trust it.
  # goodreads: {url: !secret goodreads_shelf}    # the address behind the RSS button of a shelf
  # book_list: {files: [wishes.csv, wishes.txt]}    # exports of Goodreads or StoryGraph, or one book a line

  # Tell a phone or a mailbox, over any service that apprise knows; docs/notifications.md says more.
  # phone:
  #   type: notify           # needs the extra: pip install "audiobook-daemon[notify]"
  #   urls: [!secret phone]  # tgram://token/chat, ntfy://ntfy.sh/topic, mailtos://user:password@example.org
  #   quiet_hours: 22:00-07:00    # what comes then is told afterwards, in one message
  #   urgent: [tracker]      # told even then
  #   digest: daily at 19:00 # or weekly on sunday at 19:00; collects what is unimportant

"""

QBITTORRENT = """\
  qbittorrent:
    url: http://127.0.0.1:{port}
    username: admin
    password: !secret qbittorrent_password

"""

AUDIOBOOKSHELF = """\
  audiobookshelf:
    url: http://127.0.0.1:{port}
    token: !secret audiobookshelf_token
    library: Audiobooks

# Folders with plugins of your own, one Python file each.
# plugin_folders: [my-plugins]
"""

JOBS = """\

# What is done when: minute, hour, day of the month, month, day of the week (Sunday is 0 or sun; 6 is Saturday).
# A time that was missed because the machine was off is made good once within `catch_up` (24h; 0 is never).
jobs:
  sync:
    description: Read what the libraries hold, and count what is missing and double
    at: "15 */6 * * *"
    do: [sync, recount, find_duplicates, audit]
  backup:
    description: Keep what the daemon remembers a second time
    at: "0 0 * * *"
    do: [backup]
  cleanup:
    description: Forget old history, and empty the trash of what is past its time
    at: "0 1 * * *"
    do: [cleanup]
  mam:
    description: Look for news on MyAnonamouse
    at: "0 2 * * *"
    do: [mam_scan]
  top10:
    description: Gather the most snatched new books of each genre
    at: "0 3 * * sun"
    do: [{gather: {only: [top10]}}]
  lists:
    description: Gather what stands on your lists, and what comes of those you follow
    at: "30 5 * * *"
    do: [{gather: {without: [top10]}}, follow_up]
  metadata_full:
    description: Refresh the metadata of every book
    at: "0 4 1 * *"
    do: [metadata_full]
  metadata_new:
    description: Refresh the metadata of new books
    at: "30 4 * * sun"
    do: [metadata_new]
  series:
    description: Find what is missing in the series you own or follow
    at: "0 3 2 * *"
    do: [series_completion]
  authors:
    description: Find what is missing of the authors you own or follow
    at: "0 3 3 * *"
    do: [author_completion]
  trackers:
    description: Ask how your accounts at the trackers stand, and whether what must be seeded is
    at: "10,40 * * * *"
    do: [trackers]
    catch_up: 0
  update:
    description: Look for a newer version of the daemon
    at: "45 5 * * *"
    do: [check_update]
  hunt:
    description: Look for releases of wanted books and download the chosen ones
    at: "*/30 * * * *"
    do: [choose, grab]
    catch_up: 0
  tend:
    description: Follow downloads until they stand in the library
    at: "* * * * *"
    do: [watch, verify, shelve, metadata_import]
    catch_up: 0
"""
