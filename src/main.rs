//! Mounts the page. Natively there is no page: the core is a library, and `examples/play.rs` runs scripts.

#[cfg(target_arch = "wasm32")]
fn main() {
    yew::Renderer::<harbor_point::ui::App>::new().render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!(
        "The page runs in a browser: `make serve`. A script runs with `cargo run --release --example play -- FILE`."
    );
}
