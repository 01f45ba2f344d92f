//! What a script may say, and what it may not.

mod completion;
mod documentation;
#[cfg(not(target_arch = "wasm32"))]
mod generate;
mod mistakes;
mod printing;
mod reading;
