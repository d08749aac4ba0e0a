//! JSON Pointer (RFC 6901).

use std::borrow::Cow;

/// `pointer` with one step more.
#[must_use]
pub fn push(pointer: &str, step: &str) -> String {
    let mut longer = String::with_capacity(pointer.len() + step.len() + 1);
    longer.push_str(pointer);
    longer.push('/');
    if step.contains(['~', '/']) {
        longer.push_str(&step.replace('~', "~0").replace('/', "~1"));
    } else {
        longer.push_str(step);
    }
    longer
}

/// The name that an escaped step stands for.
#[must_use]
pub fn unescape(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}

/// `pointer` with `*` for each index: what stays the same when elements move.
#[must_use]
pub fn names_only(pointer: &str) -> String {
    let steps = pointer.split('/').map(|step| {
        let index = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
        if index { "*" } else { step }
    });
    steps.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_escaped_and_read_back() {
        let pointer = push(&push("", "a/b"), "m~n");
        assert_eq!(pointer, "/a~1b/m~0n");
        let names: Vec<_> = pointer.split('/').skip(1).map(unescape).collect();
        assert_eq!(names, ["a/b", "m~n"]);
        assert_eq!(names_only("/messages/12/content"), "/messages/*/content");
    }
}
