//! For people: miette's graphical report with a source excerpt. The only file, beside the excerpt's,
//! that knows miette.

use std::fmt::Write as _;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity as MietteSeverity, SourceCode,
};

use super::escape::{inert_lines, printable};
use super::excerpt::Excerpt;
use crate::diagnostic::{Diagnostic, Severity, Source, Span};

/// How reports look.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether colours are used.
    pub color: bool,
    /// Whether lines are drawn with more than ASCII.
    pub unicode: bool,
    /// Width in columns.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, unicode: true, width: 100 }
    }
}

/// What is shown: a severity, a headline, an excerpt with labels, help.
struct Shown<'s> {
    severity: Severity,
    headline: String,
    help: Option<String>,
    excerpt: Excerpt,
    texts: Vec<&'s str>,
}

/// Renders a finding in `source`, which is the text of its file. `hide` covers keys, byte for byte.
#[must_use]
pub fn render(
    diagnostic: &Diagnostic,
    source: &Source,
    style: Style,
    hide: &dyn Fn(&str) -> String,
) -> String {
    let mut spans = vec![diagnostic.span];
    let mut texts = vec![diagnostic.label.as_str()];
    for related in &diagnostic.related {
        spans.push(related.span);
        texts.push(related.message.as_str());
    }
    let excerpt = Excerpt::new(source, &spans, hide);
    let beside: Vec<usize> = excerpt.labels().map(|(which, _)| which).collect();
    let shown = Shown {
        severity: diagnostic.severity,
        headline: printable(&diagnostic.message).into_owned(),
        help: help(diagnostic),
        excerpt,
        texts,
    };
    let head = format!("{}[{}]:", diagnostic.severity, diagnostic.rule);
    let mut out = draw(&shown, &head, style);
    // What is too far away for the excerpt gets a note with an excerpt of its own.
    for (at, related) in diagnostic.related.iter().enumerate() {
        if !beside.contains(&(at + 1)) {
            out.push_str(&note(source, related.span, &related.message, style, hide));
        }
    }
    out.push('\n');
    inert_lines(&out).into_owned()
}

/// Renders a fault of a configuration file; `hide` covers keys, byte for byte.
#[must_use]
pub fn render_config_fault(
    source: &Source,
    span: Span,
    message: &str,
    help: Option<&str>,
    style: Style,
    hide: &dyn Fn(&str) -> String,
) -> String {
    let shown = Shown {
        severity: Severity::Error,
        headline: printable(&hide(message.lines().next().unwrap_or_default())).into_owned(),
        help: help.map(hide),
        excerpt: Excerpt::new(source, &[span], hide),
        texts: vec!["here"],
    };
    draw(&shown, "error[config]:", style)
}

fn note(
    source: &Source,
    span: Span,
    message: &str,
    style: Style,
    hide: &dyn Fn(&str) -> String,
) -> String {
    let shown = Shown {
        severity: Severity::Info,
        headline: printable(message).into_owned(),
        help: None,
        excerpt: Excerpt::new(source, &[span], hide),
        texts: vec!["here"],
    };
    draw(&shown, "note:", style)
}

fn help(diagnostic: &Diagnostic) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(diagnostic.help.as_deref().map(|help| printable(help).into_owned()));
    if let Some(answer) = &diagnostic.predicts {
        let sure = diagnostic.severity == Severity::Error && answer.certain;
        let verb = if sure { "would" } else { "may" };
        let mut line = format!("the API {verb} answer {}", answer.short());
        if let Some(message) = &answer.message {
            let _ = write!(line, ": {}", printable(message));
        }
        lines.push(line);
    }
    lines.extend(diagnostic.fixed_by().map(|options| format!("fixable with `check {options}`")));
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn draw(shown: &Shown<'_>, head: &str, style: Style) -> String {
    let mut theme = match (style.unicode, style.color) {
        (true, true) => GraphicalTheme::unicode(),
        (true, false) => GraphicalTheme::unicode_nocolor(),
        (false, true) => GraphicalTheme {
            characters: miette::ThemeCharacters::ascii(),
            ..GraphicalTheme::unicode()
        },
        (false, false) => GraphicalTheme::none(),
    };
    // miette draws an icon for the severity; the rule's name says more.
    for icon in
        [&mut theme.characters.error, &mut theme.characters.warning, &mut theme.characters.advice]
    {
        head.clone_into(icon);
    }
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .with_wrap_lines(true)
        .with_break_words(false)
        // Model ids and flags hold hyphens; to break there is to tear a name in two.
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .with_word_separator(textwrap::WordSeparator::AsciiSpace);
    let mut out = String::new();
    if handler.render_report(&mut out, shown).is_err() {
        // Never seen; the finding must not be lost with its picture.
        out = format!("{head} {}\n", shown.headline);
    }
    out.trim_start_matches([' ', '\n']).to_owned()
}

impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.headline)
    }
}

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.headline)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<MietteSeverity> {
        Some(match self.severity {
            Severity::Error => MietteSeverity::Error,
            Severity::Warning => MietteSeverity::Warning,
            Severity::Info => MietteSeverity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels().map(|(which, span)| {
            let text = self.texts.get(which).copied().unwrap_or_default();
            let text = (!text.is_empty()).then(|| printable(text).into_owned());
            if which == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}
