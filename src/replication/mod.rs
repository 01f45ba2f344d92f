//! The protocol: pure nodes.
