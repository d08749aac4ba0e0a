//! Where a broken text goes on.
