//! Mounts the page. Natively there is no page: the core is a library, and `examples/play.rs` runs scripts.

/// As fast as the standard library's allocator, and a third of its bytes.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(target_arch = "wasm32")]
fn main() {
    harbor_point::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!(
        "The page runs in a browser: `make serve`. A script runs with `cargo run --release --example play -- FILE`."
    );
}
