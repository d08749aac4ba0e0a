//! What is known of the APIs.
