# Harbor Point. Each command installs what it needs and lacks; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help serve test check dist look clean
SHELL := /bin/sh

export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export PORT ?= 8080
WASM := --target wasm32-unknown-unknown
# Whatever can change the page. Folders count too: they notice a file that went.
PAGE_SOURCES := $(shell find src static $(wildcard lessons)) index.html Trunk.toml scripts/seal.mjs Cargo.toml Cargo.lock package-lock.json

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

serve: dist ## build the page and serve it (PORT=8080)
	@node scripts/serve.mjs

test: dist ## run every check and every test
	@scripts/setup browser
	cargo fmt --check
	cargo clippy --quiet --locked --all-targets -- -D warnings
	cargo clippy --quiet --locked $(WASM) --lib --bins --test browser -- -D warnings
	cargo test --quiet --locked
	CHROMEDRIVER="$$(scripts/setup which-driver)" CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
		cargo test --quiet --locked $(WASM) --test browser
	node --test tests/browser/*.test.mjs

check: ## formatting, lints and native tests: the inner loop
	cargo fmt --check
	cargo clippy --quiet --locked --all-targets -- -D warnings
	cargo test --quiet --locked

dist: dist/index.html ## build the static site into dist/, for any folder of any host

dist/index.html: $(PAGE_SOURCES)
	@scripts/setup page
	trunk --log error build --release

look: dist ## store pictures of the page (LOOK="'#…' --click 'text=Step'"; see scripts/look.mjs)
	@scripts/setup browser
	@node scripts/look.mjs $(LOOK)

clean: ## remove what was built; the tools in .tools stay
	rm -rf dist target tests/browser/artefacts
