//! What can be done, beside the stage: book a cabin, break things, change what 201 means, or say it in the script's words.

mod command_box;
mod faults;
mod reserve;
mod rule;
mod runs;
mod script_panel;
mod switches;

pub use command_box::{CommandLine, NOTICE, Recall, command_box};
pub use faults::faults;
pub use reserve::{FIRST_BOOKING, reserve};
pub use rule::{rule_choice, rule_dialog};
pub use runs::{forget_dialog, run_list};
pub use script_panel::{CHOOSER, script_panel};
pub use switches::switches;
