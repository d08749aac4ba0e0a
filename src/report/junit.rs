//! `--format junit`: a test suite a file, for CI systems that show test results.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::FailedFile;
use super::escape::picture;
use super::sarif::text;
use crate::diagnostic::Diagnostic;

/// The report. A file without a finding is a suite with one test that passes.
#[must_use]
pub fn report(files: &[String], found: &[Diagnostic], failed: &[FailedFile]) -> String {
    let mut suites = String::new();
    let mut by_file: HashMap<&str, Vec<&Diagnostic>> = HashMap::new();
    for diagnostic in found {
        by_file.entry(&diagnostic.path).or_default().push(diagnostic);
    }
    let mut tests = failed.len();
    for path in files {
        let of_file = by_file.remove(path.as_str()).unwrap_or_default();
        tests += of_file.len().max(1);
        let name = escaped(path);
        let _ = writeln!(
            suites,
            r#"  <testsuite name="{name}" tests="{}" failures="{}" errors="0" skipped="0">"#,
            of_file.len().max(1),
            of_file.len()
        );
        for diagnostic in &of_file {
            let rule = escaped(diagnostic.rule);
            let (line, column) = (diagnostic.start.line, diagnostic.start.column);
            let _ = writeln!(
                suites,
                r#"    <testcase classname="{name}" name="{rule} at {line}:{column}" file="{name}" line="{line}">
      <failure type="{}" message="{}">{}</failure>
    </testcase>"#,
                diagnostic.severity,
                escaped(&diagnostic.message),
                escaped(&format!("{path}:{line}:{column}: {}", text(diagnostic))),
            );
        }
        if of_file.is_empty() {
            let _ = writeln!(suites, r#"    <testcase classname="{name}" name="requestlint"/>"#);
        }
        suites.push_str("  </testsuite>\n");
    }
    for file in failed {
        let name = escaped(&file.path);
        let _ = writeln!(
            suites,
            r#"  <testsuite name="{name}" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="{name}" name="requestlint">
      <error message="{}"/>
    </testcase>
  </testsuite>"#,
            escaped(&file.message)
        );
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="requestlint" tests="{tests}" failures="{}" errors="{}">
{suites}</testsuites>
"#,
        found.len(),
        failed.len()
    )
}

/// `text` as XML's character data, and as an attribute's value. What XML cannot hold is replaced, and nothing in it
/// acts on a terminal or on a runner of workflows.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", character as u32)),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            '[' if out.ends_with("##") => out.push_str("&#91;"),
            other if picture(other).is_some() => {
                out.push_str(&format!("&#{};", u32::from(other)));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_cannot_leave_its_element() {
        assert_eq!(
            escaped("</failure> & \"x\"\n\u{1b}"),
            "&lt;/failure&gt; &amp; &quot;x&quot;&#10;\u{fffd}"
        );
        assert_eq!(escaped("##[x]\u{9b}\u{202e}"), "##&#91;x]&#155;&#8238;");
    }
}
