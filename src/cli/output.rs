//! Where findings go: one or several formats, to standard output or to files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Failure;
use super::streams::{Stdout, write_json};
use crate::diagnostic::{Diagnostic, Summary};
use crate::engine::{FileReport, SuppressedBy, seen_from_here};
use crate::report::human::{self, Style};
use crate::report::sarif::{RuleInfo, SuppressedFinding};
use crate::report::{FailedFile, JsonReport, github, gitlab, junit, sarif, short_line};
use crate::rules::{self, hide, mask};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With source excerpts.
    Human,
    /// One line each.
    Short,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// JUnit's test results.
    Junit,
}

/// The formats, by their names.
const FORMATS: [(&str, Format); 7] = [
    ("human", Format::Human),
    ("short", Format::Short),
    ("json", Format::Json),
    ("sarif", Format::Sarif),
    ("github", Format::Github),
    ("gitlab", Format::Gitlab),
    ("junit", Format::Junit),
];

/// One place that findings go to.
pub struct Output {
    format: Format,
    writer: BufWriter<Box<dyn Write>>,
    /// Whether it is a file, which gets no colours.
    is_file: bool,
    kept: Vec<Diagnostic>,
    failed: Vec<FailedFile>,
    suppressed: Vec<SuppressedFinding>,
    /// The files that hold documents which were judged.
    files: Vec<String>,
    left: usize,
    untold: usize,
}

impl Output {
    /// The output that `text` names: `human`, or `json=out.json`. What goes to no file goes to standard
    /// output, or `beside` it to standard error.
    ///
    /// # Errors
    /// There is no such format, or the file cannot be made.
    pub fn parse(text: &str, most: Option<usize>, beside: bool) -> Result<Self, Failure> {
        let (name, path) = match text.split_once('=') {
            Some((name, path)) => (name, Some(path)),
            None => (text, None),
        };
        let format = FORMATS.iter().find(|(known, _)| *known == name).map(|(_, format)| *format);
        let Some(format) = format else {
            let known: Vec<&str> = FORMATS.iter().map(|(known, _)| *known).collect();
            let message = format!("there is no format `{name}`; known: {}", known.join(", "));
            return Err(Failure::Told(message));
        };
        let writer: Box<dyn Write> = match path {
            Some(path) => Box::new(
                File::create(path)
                    .map_err(|error| Failure::Told(format!("cannot write {path}: {error}")))?,
            ),
            None if beside => Box::new(io::stderr()),
            None => Box::new(Stdout::default()),
        };
        Ok(Self {
            format,
            writer: BufWriter::new(writer),
            is_file: path.is_some(),
            kept: Vec::new(),
            failed: Vec::new(),
            suppressed: Vec::new(),
            files: Vec::new(),
            left: most.unwrap_or(usize::MAX),
            untold: 0,
        })
    }

    /// Whether it is for people and on standard output: there the summary line is printed.
    #[must_use]
    pub fn is_for_people(&self) -> bool {
        self.format == Format::Human && !self.is_file
    }

    /// Whether a runner of workflows reads annotations in it.
    #[must_use]
    pub fn annotates(&self) -> bool {
        self.format == Format::Github && !self.is_file
    }

    /// Whether its readers look for files from the current folder on.
    fn is_for_hosts(&self) -> bool {
        matches!(self.format, Format::Sarif | Format::Github | Format::Gitlab | Format::Junit)
    }

    /// A finding as it is written: hosts of code know a file by its path from the current folder on.
    fn placed(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if self.is_for_hosts() {
            diagnostic.path = seen_from_here(Path::new(&diagnostic.path));
            for related in &mut diagnostic.related {
                related.path = seen_from_here(Path::new(&related.path));
            }
        }
        diagnostic
    }

    /// Whether it is text on standard output that a person may read.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.format, Format::Human | Format::Short) && !self.is_file
    }

    /// Adds what came of one file.
    ///
    /// # Errors
    /// Writing failed.
    pub fn add(&mut self, file: &FileReport, style: Style) -> io::Result<()> {
        if let Some(error) = &file.error {
            let path = if self.is_for_hosts() {
                seen_from_here(Path::new(&file.path))
            } else {
                file.path.clone()
            };
            self.failed.push(FailedFile { path, message: mask(error).into_owned() });
        }
        if self.format == Format::Junit && file.documents.iter().any(|one| one.is_judged()) {
            self.files.push(seen_from_here(Path::new(&file.path)));
        }
        if self.format == Format::Sarif {
            let suppressed = file.suppressed.iter().map(|one| SuppressedFinding {
                diagnostic: self.placed(one.diagnostic.clone()),
                reason: one.reason.clone(),
                in_source: one.by == SuppressedBy::Comment,
            });
            let suppressed: Vec<_> = suppressed.collect();
            self.suppressed.extend(suppressed);
        }
        for diagnostic in &file.diagnostics {
            if self.left == 0 {
                self.untold += 1;
                continue;
            }
            self.left -= 1;
            match (self.format, &file.source) {
                (Format::Json | Format::Sarif | Format::Gitlab | Format::Junit, _) => {
                    self.kept.push(self.placed(diagnostic.clone()));
                }
                (Format::Github, _) => {
                    let command = github::command(&self.placed(diagnostic.clone()));
                    writeln!(self.writer, "{command}")?;
                }
                (Format::Human, Some(source)) => {
                    let style = Style { color: style.color && !self.is_file, ..style };
                    let hide = |text: &str| hide(text, source.text(), &file.secrets);
                    let text = human::render(diagnostic, source, style, &hide);
                    self.writer.write_all(text.as_bytes())?;
                }
                (Format::Short | Format::Human, _) => {
                    writeln!(self.writer, "{}", short_line(diagnostic))?;
                }
            }
        }
        Ok(())
    }

    /// Writes what stands at the end.
    ///
    /// # Errors
    /// Writing failed.
    pub fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        // What is known of a configuration only at the end goes to its place.
        self.kept.sort_by(|one, other| {
            let place = |found: &Diagnostic| (found.span.start, found.rule);
            one.path.cmp(&other.path).then_with(|| place(one).cmp(&place(other)))
        });
        match self.format {
            Format::Json => {
                let report = JsonReport::new(*summary, &self.kept, &self.failed);
                write_json(&mut self.writer, &report)?;
            }
            Format::Sarif => {
                let log = sarif::log(&rule_infos(), &self.kept, &self.suppressed, &self.failed);
                write_json(&mut self.writer, &log)?;
            }
            Format::Gitlab => {
                let report = gitlab::report(&self.kept);
                write_json(&mut self.writer, &report)?;
            }
            Format::Junit => {
                let report = junit::report(&self.files, &self.kept, &self.failed);
                self.writer.write_all(report.as_bytes())?;
            }
            Format::Human | Format::Short if self.untold > 0 => {
                writeln!(self.writer, "… and {} more (--max-diagnostics)", self.untold)?;
            }
            Format::Human | Format::Short | Format::Github => {}
        }
        self.writer.flush()
    }

    /// Writes a line for people.
    ///
    /// # Errors
    /// Writing failed.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.writer, "{text}")?;
        self.writer.flush()
    }
}

/// Every rule, for the table of a log.
fn rule_infos() -> Vec<RuleInfo> {
    let infos = rules::ALL.iter().map(|rule| RuleInfo {
        id: rule.id,
        summary: rule.summary,
        docs: rule.docs.trim().to_owned(),
        severity: rule.severity,
    });
    infos.collect()
}
