# Two commands: `make demo` to try the product, `make test` to check it. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.ONESHELL:
MAKEFLAGS += --no-print-directory --no-builtin-rules

PY := .venv/bin/python
PORT ?= 8000
say = printf '\n==> %s\n'

.PHONY: help setup demo run test check lint words rooms bench pool audit clean

help:  ## What there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/.python .venv/.node .venv/.front .venv/.words .env  ## Set everything up: .venv, node_modules, static files, languages
	@true

demo: setup  ## Set up, fill with example data and serve on http://localhost:8000
	@PORT=$(PORT) scripts/demo.sh

run: setup  ## Serve what you are changing, with example people: it reloads as you save
	@PORT=$(PORT) scripts/run.sh

check: setup  ## One test or one file of them, quickly: make check T=tests/test_markup.py::test_name
	@scripts/check.sh $(T)

test: setup  ## The whole suite: SQLite, PostgreSQL, Chromium
	@scripts/test.sh

lint: setup  ## Linters, types, and whether migrations are missing
	@scripts/lint.sh

words: setup  ## Collect the interface's words into locale/ after strings have changed
	@$(PY) scripts/catalogues.py collect

rooms: setup  ## Draw the rooms and floors in DEVELOPERS.md anew after modules have come or gone
	@$(PY) scripts/rooms.py draw

bench: setup  ## How fast and how light: benchmarks on PostgreSQL (takes long)
	@$(say) "Running the benchmarks on PostgreSQL"
	$(PY) scripts/with_postgres.py $(PY) -m benchmarks.run

pool: setup  ## The pages behind PgBouncer, where it is installed: not one may fail
	@$(PY) scripts/with_postgres.py $(PY) -m benchmarks.pool

audit: setup  ## Whether what is shown tells what somebody said, and what hiding costs (takes long)
	@$(say) "Looking for other ways in which all of it could have been"
	$(PY) -m benchmarks.audit.run

clean:  ## Take away what setup made; var/ and .env stay
	rm -rf .venv node_modules static/dist staticfiles locale/*/LC_MESSAGES/django.mo

# Each stamp is newer than what it was made from, so a second run does nothing.

.venv/.python: requirements/dev.txt
	@$(say) "Finding Python 3.11 or newer and making .venv"
	scripts/venv.sh
	$(say) "Installing Python packages (about a minute the first time)"
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

.venv/.node: package-lock.json package.json .venv/.python
	@$(say) "Installing front-end packages (about a minute the first time)"
	scripts/node.sh npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.venv/.front: $(shell find static/src -type f 2>/dev/null) scripts/build.mjs .venv/.node
	@$(say) "Building style sheets and scripts"
	scripts/node.sh node scripts/build.mjs
	touch $@

.venv/.words: $(shell find locale -name '*.po' 2>/dev/null) scripts/catalogues.py .venv/.python
	@$(say) "Compiling the catalogues of the interface's words"
	$(PY) scripts/catalogues.py compile
	touch $@

.env: | .venv/.python
	@$(say) "Making .env with a secret key of its own"
	mkdir -p var
	(umask 077; $(PY) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50))' > $@)
