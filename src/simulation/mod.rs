//! The world around the nodes.
