//! The picture in the README shows what the library says today.

#![cfg(feature = "human")]

#[path = "../examples/picture.rs"]
mod picture;

#[test]
fn the_picture_is_what_a_run_draws() {
    let drawn = picture::draw().unwrap();
    // So that a picture of nothing cannot pass: both findings are in it.
    assert!(drawn.contains("unknown-model") && drawn.contains("out-of-range"), "{drawn}");
    let kept = std::fs::read_to_string(picture::path()).unwrap_or_default();
    assert!(
        kept.replace("\r\n", "\n") == drawn,
        "docs/picture.svg is stale; `cargo run --example picture` draws it again"
    );
}
