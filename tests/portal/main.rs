//! What the portal promises, tested from outside.

mod check;
