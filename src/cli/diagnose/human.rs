//! A diagnosis for people.

use std::fmt::Write as _;

use super::{MOST, Request, Told};
use crate::diagnose::{LikelyCause, Matched};
use crate::knowledge::{Confidence, sources};
use crate::report::human::{Style, render};
use crate::report::printable;
use crate::rules::hide;

/// How much of a text from the error is shown, in characters.
const LONGEST: usize = 300;

/// The diagnosis, as a terminal shows it.
pub fn shown(told: &Told<'_>, style: Style) -> String {
    let mut page = Page { text: String::new(), width: style.width };
    read(told, &mut page);
    if let Some(row) = &told.diagnosis.meaning {
        page.paragraph("it means: ", &row.meaning);
        if let Some(solution) = &row.solution {
            page.paragraph("  what to do: ", solution);
        }
    } else if let Some(status) = told.error.status {
        let words = format!("{status} is not in the error table of {}", told.provider.name);
        page.paragraph("it means: ", &words);
    }
    page.gap();
    causes(told, style, &mut page);
    others(told, style, &mut page);
    page.paragraph("retry: ", &told.diagnosis.retry.guidance);
    page.text
}

/// Text that keeps within the width.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// Ends a part with one empty line.
    fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// `words` behind `lead`, further lines indented as far. Neither holds what would move a cursor.
    fn paragraph(&mut self, lead: &str, words: &str) {
        let indent = " ".repeat(lead.chars().count());
        let options = textwrap::Options::new(self.width)
            .initial_indent(lead)
            .subsequent_indent(&indent)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace);
        self.text.push_str(&textwrap::fill(&printable(words), options));
        self.text.push('\n');
    }
}

/// What was read.
fn read(told: &Told<'_>, page: &mut Page) {
    let error = told.error;
    page.paragraph("read: ", error.form.words());
    let status = error.status.map(|status| status.to_string());
    let rows = [
        ("status", status.as_deref()),
        ("code", error.code.as_deref()),
        ("type", error.kind.as_deref()),
        ("message", error.message.as_deref()),
        ("param", error.param.as_deref()),
    ];
    for (name, value) in rows {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            page.paragraph(&format!("  {name:<9} "), &cut(value));
        }
    }
    page.paragraph("  provider  ", &format!("{} ({})", told.provider.id, told.how));
    if error.others > 0 {
        let (errors, are) = if error.others == 1 { ("error", "is") } else { ("errors", "are") };
        page.paragraph("  ", &format!("{} other {errors} before it {are} left out", error.others));
    }
    page.gap();
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn causes(told: &Told<'_>, style: Style, page: &mut Page) {
    let all = &told.diagnosis.causes;
    if let Some(note) = told.request.and_then(|request| note(request, all)) {
        page.paragraph("", &note);
        page.gap();
    }
    // What the request does not have says little, unless it is what the API's words mean.
    let (told_of, mut absent): (Vec<_>, Vec<_>) =
        all.iter().partition(|cause| !cause.absent || cause.matched != Matched::Status);
    if told_of.is_empty() {
        page.paragraph("", "no cause that a request could have is known for this error");
    } else {
        page.paragraph("", "likely causes, the likeliest first:");
    }
    for (number, cause) in told_of.iter().take(MOST).enumerate() {
        one(number + 1, cause, page);
        if let Some(request) = told.request {
            findings(request, &cause.findings, style, page);
        }
    }
    if let Some(rest) = told_of.get(MOST..).filter(|rest| !rest.is_empty()) {
        page.paragraph("  ", &format!("… and {} more: {}", rest.len(), by_rule(rest)));
        page.paragraph(
            "    ",
            "--format json tells them all, `requestlint explain RULE` what a rule finds",
        );
    }
    let found = |cause: &LikelyCause| {
        let findings = told.request.map_or(&[][..], |request| &request.diagnostics);
        findings.iter().any(|finding| Some(finding.rule) == cause.rule.as_deref())
    };
    absent.retain(|cause| !found(cause));
    if !absent.is_empty() {
        let words = format!("looked for in the request and not found: {}", by_rule(&absent));
        page.paragraph("  ", &words);
    }
    page.gap();
}

/// Causes by the rules that find them, each named once.
fn by_rule(causes: &[&LikelyCause]) -> String {
    let mut rules: Vec<&str> = Vec::new();
    for rule in causes.iter().filter_map(|cause| cause.rule.as_deref()) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    rules.sort_unstable();
    let unseen = causes.iter().filter(|cause| cause.rule.is_none()).count();
    let unseen = (unseen > 0).then(|| format!("what no request shows ({unseen})"));
    rules.into_iter().map(str::to_owned).chain(unseen).collect::<Vec<_>>().join(", ")
}

/// What to say of a request that does not explain the error.
fn note(request: &Request, causes: &[LikelyCause]) -> Option<String> {
    let path = &request.path;
    if !request.is_recognised() {
        let reason = request.skipped.as_deref().unwrap_or("it holds none");
        return Some(format!("no request was recognised in {path}: {reason}"));
    }
    if request.diagnostics.is_empty() {
        return Some(format!("nothing was found in {path}: its text does not show the cause"));
    }
    let explained = causes.iter().any(|cause| !cause.findings.is_empty());
    (!explained).then(|| format!("nothing that was found in {path} explains this error"))
}

fn one(number: usize, cause: &LikelyCause, page: &mut Page) {
    let rule = cause.rule.as_deref().map_or(String::new(), |rule| format!(" [{rule}]"));
    page.paragraph(&format!("{number:>3}. "), &format!("{}{rule}", cause.cause));
    if let Some(fix) = &cause.fix {
        page.paragraph("     ", fix);
    }
    if cause.absent {
        page.paragraph("     ", "no sign of it in the request");
    }
    if let Some(confidence) = cause.confidence {
        page.paragraph("     ", &known(confidence, &cited(&cause.sources)));
    }
}

/// The first few sources that a person can look up; what the others are, where there is none.
fn cited(tags: &[String]) -> String {
    const FEW: usize = 3;
    let address = |tag: &String| match sources().get(tag) {
        Some(source) => source.url.clone(),
        None => Some(tag.clone()),
    };
    let mut cited: Vec<String> = tags.iter().filter_map(address).collect();
    if cited.is_empty() {
        let known = tags.iter().filter_map(|tag| sources().get(tag));
        cited = known.map(|source| source.title.clone()).collect();
    }
    cited.truncate(FEW);
    let more = tags.len().saturating_sub(cited.len());
    cited.extend((more > 0).then(|| format!("{more} more")));
    cited.join("; ")
}

fn known(confidence: Confidence, sources: &str) -> String {
    match confidence {
        Confidence::Documented => format!("documented: {sources}"),
        Confidence::Observed => format!("observed: {sources}"),
        Confidence::ThirdParty => format!("known from third parties only: {sources}"),
        Confidence::Inferred if sources.is_empty() => "inferred".to_owned(),
        Confidence::Inferred => format!("inferred from {sources}"),
    }
}

/// The findings themselves, as `check` shows them.
fn findings(request: &Request, which: &[usize], style: Style, page: &mut Page) {
    let Some(source) = &request.source else { return };
    if !which.is_empty() {
        page.gap();
    }
    for finding in which.iter().filter_map(|&at| request.diagnostics.get(at)) {
        let hide = |text: &str| hide(text, source.text(), &request.secrets);
        page.text.push_str(&render(finding, source, style, &hide));
    }
}

fn others(told: &Told<'_>, style: Style, page: &mut Page) {
    let (Some(request), others) = (told.request, &told.diagnosis.others) else { return };
    if others.is_empty() {
        return;
    }
    let _ = writeln!(page.text, "also found in the request, and not what this error says:");
    findings(request, others, style, page);
}
