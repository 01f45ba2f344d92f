//! What can be done, beside the stage: book a cabin, break things, change what 201 means, or say it in the script's words.

mod command_box;
mod faults;
mod reserve;
mod rule;
mod script_panel;

pub use command_box::CommandBox;
pub use faults::Faults;
pub use reserve::Reserve;
pub use rule::{RuleChoice, rule_dialog};
pub use script_panel::ScriptPanel;
