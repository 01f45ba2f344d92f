# Harbor Point. Each command installs what it needs and lacks; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help serve test check dist quick bench soak fuzz mutants look clean

export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export PORT ?= 8080
FUZZ_SECONDS ?= 60
# With the page's own profile, so that its libraries are compiled once for its lints and its tests.
WASM := --locked --profile page --target wasm32-unknown-unknown
# Whatever can change the page. Folders count too: they notice a file that went.
PAGE_SOURCES := $(shell find src static $(wildcard lessons)) index.html Trunk.toml scripts/order.mjs scripts/pack.mjs scripts/site scripts/seal.mjs \
	Cargo.toml Cargo.lock package-lock.json

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

serve: dist ## build the page and serve it (PORT=8080)
	@node scripts/serve.mjs

dist: dist/index.html ## build the static site into dist/, for any folder of any host

dist/index.html: $(PAGE_SOURCES)
	@scripts/setup page
	scripts/site trunk --log error build --release --cargo-profile page

quick: ## the same page, large but built within seconds of an edit; `make dist` again makes it small
	@scripts/setup page
	QUICK=1 CARGO_TARGET_DIR=target/quick CARGO_PROFILE_PAGE_LTO=off CARGO_PROFILE_PAGE_CODEGEN_UNITS=16 CARGO_PROFILE_PAGE_OPT_LEVEL=1 \
		CARGO_PROFILE_PAGE_INCREMENTAL=true scripts/site trunk --log error build --release --cargo-profile page
	@touch -d 1970-01-02 dist/index.html

check: ## formatting, lints and native tests: the inner loop
	cargo fmt --check
	cargo clippy --quiet --locked --all-targets -- -D warnings
	cargo test --quiet --locked

test: dist check ## run every check and every test, natively and in a browser
	@scripts/setup browser
	cargo clippy --quiet $(WASM) --lib --bins --test browser -- -D warnings
	CHROMEDRIVER="$$(scripts/setup which-driver)" CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
		cargo test $(WASM) --test browser
	node --test --test-concurrency=2 --test-reporter=spec tests/browser/*.test.mjs

bench: dist ## measure the core, natively and in a browser, and the page (compare figures of one run)
	cargo bench --locked --bench core --bench search
	cargo run --quiet --locked --profile bench --example burst
	@scripts/setup page && scripts/setup browser
	CHROMEDRIVER="$$(scripts/setup which-driver)" CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
		WASM_BINDGEN_TEST_TIMEOUT=600 cargo test $(WASM) --test speed -- --nocapture
	node benches/page.mjs

soak: ## throw a million random runs at the core, and search the large spaces (hours)
	PROPERTY_CASES=1000000 cargo test --locked --release --test properties
	cargo test --locked --release --test model -- --ignored --nocapture

fuzz: ## throw random scripts and links at the parser and the decoder, with nightly Rust (FUZZ_SECONDS=60 each)
	@scripts/setup fuzz
	@mkdir -p fuzz/corpus/script fuzz/corpus/link
	@cp src/teaching/stories/*.script fuzz/corpus/script/
	for target in script link; do \
		cargo +nightly fuzz run $$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=5 -rss_limit_mb=512 || exit 1; \
	done

mutants: ## change the protocol one place at a time, and see whether a test notices (hours; MUTANTS="--shard 0/20" a part of it)
	@scripts/setup mutants
	cargo mutants $(MUTANTS)

look: dist ## store pictures of the page (LOOK="'#…' --click 'text=Step'"; see scripts/look.mjs)
	@scripts/setup browser
	@node scripts/look.mjs $(LOOK)

clean: ## remove what was built; the tools in .tools stay
	rm -rf dist target tests/browser/artefacts
