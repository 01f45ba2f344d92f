//! What can be done, beside the stage: book a cabin, read one, break things, change what 201 means, or say it in the
//! script's words.

mod command_box;
mod completion;
mod faults;
mod folding;
mod load;
mod quality;
mod reads;
mod reserve;
mod rule;
mod runs;
mod script_panel;
mod sentence;
mod switches;

pub use command_box::{CommandLine, NOTICE, Recall, command_box};
pub use completion::{Offer, Offers, offers};
pub use faults::faults;
pub use folding::{filled, folding, inside};
use load::load;
pub use quality::link_quality;
use reads::reads;
pub use reserve::{FIRST_BOOKING, reserve};
pub use rule::{rule_choice, rule_dialog};
pub use runs::{forget_dialog, run_list};
pub use script_panel::{CHOOSER, script_panel};
pub use sentence::chooser;
pub use switches::switches;
