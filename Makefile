# Every target makes what it needs. PYTHON may name another interpreter (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SERVERS := mosquitto qbittorrent-nox ffmpeg openssl systemd procps postgresql chromium
PROGRAMS := mosquitto qbittorrent-nox ffmpeg openssl systemd-analyze ps postgres chromium
PLACES := $$PATH:/usr/sbin:/sbin:$$(echo /usr/lib/postgresql/*/bin | tr " " ":")
RUN_SECONDS ?= 1500
SEED ?= 1
BOOKS ?= 100
INPUTS ?= 1000000
EXAMPLES ?= 50

NODE_RED ?= .node-red
NODE_RED_VERSION ?= 4

.PHONY: install demo test test-ha test-node-red check bench faults fuzz api-fuzz generated servers clean

install: $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/audiobook-daemon demo

# Without PYTHONDONTWRITEBYTECODE, or each worker and each process that a test starts would compile everything again.
test: $(VENV)/developing servers
	env -u PYTHONDONTWRITEBYTECODE timeout $(RUN_SECONDS) $(BIN)/python -m pytest -n auto --dist worksteal

# The daemon in a real Home Assistant, which is installed once into a place of its own, if there is a Python for it.
test-ha: $(VENV)/developing servers
	$(BIN)/python -m tests.real.home_assistant

# The flows in config/node-red in a real Node-RED, which is installed in a folder of its own.
test-node-red: $(VENV)/developing servers
	@command -v npm >/dev/null || { echo "npm is not installed: the Node-RED flows are not tried."; exit 0; }; \
	  test -e $(NODE_RED)/node_modules/node-red || \
	  npm install --silent --no-audit --no-fund --prefix $(NODE_RED) node-red@$(NODE_RED_VERSION) && \
	  NODE_RED=$(abspath $(NODE_RED)) $(BIN)/python -m pytest -n auto tests/real/node_red

check: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/lengths.py
	$(BIN)/python -m tests.generated --check

bench: $(VENV)/developing
	$(BIN)/python benchmarks/run.py

# Takes the MQTT broker away for a minute, then brings books through every kind of fault and prints what came of it;
# the same SEED tells the same story.
faults: $(VENV)/developing servers
	$(BIN)/python -m pytest -q -n 0 tests/real/mosquitto/long_outage.py
	$(BIN)/python -m tests.faults --books $(BOOKS) --seed $(SEED) $(if $(KINDS),--kinds $(KINDS))

# Asks every operation of the API at random, on both databases.
api-fuzz: $(VENV)/developing servers
	API_EXAMPLES=$(EXAMPLES) API_SEED=$(SEED) $(BIN)/python -m pytest -q -n 2 tests/flow/api/test_schemathesis.py

# Feeds every parser of outside data with strange inputs.
fuzz: $(VENV)/developing
	$(BIN)/python -m tests.faults.fuzz --inputs $(INPUTS) --seed $(SEED)

# Writes config/schema.json, config/audiobook-daemon.yaml, the figures in docs/matching.md and docs/mqtt.md anew.
generated: $(VENV)/developing
	$(BIN)/python -m tests.generated

# The real servers that tests talk to, from Debian's packages; only root can install them. Of PostgreSQL only the
# programs: without the setting its package would make a cluster of its own.
servers:
	@missing=""; for program in $(PROGRAMS); do \
	  PATH="$(PLACES)" command -v $$program >/dev/null || missing="$$missing $$program"; done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing$$missing"; \
	  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1; \
	  install="apt-get install -y -qq --no-install-recommends"; \
	  apt-get update -qq && case "$$missing" in *" postgres"*) $$install postgresql-common >/dev/null && \
	  sed -i "s/^#*create_main_cluster.*/create_main_cluster = false/" /etc/postgresql-common/createcluster.conf ;; \
	  esac && $$install $(SERVERS) >/dev/null; \
	elif [ -n "$$missing" ]; then echo "Not installed, their tests are skipped:$$missing"; fi

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable ".[demo]"
	@touch $@

$(VENV)/developing: $(VENV)/installed
	$(PIP) --editable ".[demo,dev]"
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing python3-venv" && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; } || \
	  { echo "Python's venv module is missing; on Debian run: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) .venv-home-assistant .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
