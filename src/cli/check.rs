//! `requestlint check`

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use super::args::{CheckArguments, Selection};
use super::fixing::Difference;
use super::git::Asked;
use super::hosts::Hosts;
use super::output::Output;
use super::progress::Bar;
use super::{Failure, Outcome, fixing, terminal};
use crate::diagnostic::{Level, Summary};
use crate::engine::{Changed, FileReport, Linter, LinterBuilder};
use crate::report::printable;

/// Runs the command.
pub fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let linter = with_rules(builder(&arguments.selection), arguments)?.build()?;
    let style = terminal::style(arguments.selection.color);
    // What may fail goes before the outputs, which would be emptied for nothing.
    let mut baseline = arguments.known.read()?;
    let asked = arguments.git.ask(&arguments.selection.paths)?;
    let formats = arguments.format.iter();
    let fixes = &arguments.fixing;
    let from_stdin = arguments.selection.paths.iter().any(|path| path.as_os_str() == "-");
    // The fixed text of standard input has standard output to itself, and so has a difference.
    let beside = from_stdin && fixes.fix && !fixes.diff;
    let mut outputs = formats
        .filter(|format| !fixes.diff || format.contains('='))
        .map(|format| Output::parse(format, arguments.max_diagnostics, beside))
        .collect::<Result<Vec<_>, _>>()?;
    // In a workflow, what people read in the log also stands at the lines of the pull request.
    let in_workflow = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let annotates = outputs.iter().any(Output::annotates);
    if in_workflow && !annotates && outputs.iter().any(Output::is_for_people) {
        outputs.push(Output::parse("github", arguments.max_diagnostics, beside)?);
    }
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut summary = Summary::default();
    let mut hosts = Hosts::default();
    let mut difference = fixes.diff.then(Difference::default);
    let mut failed = None;
    let mut take = |mut file: FileReport| {
        if let Some(baseline) = &mut baseline {
            baseline.apply(&mut file);
        }
        summary.add(&file);
        for diagnostic in &file.diagnostics {
            *counts.entry(diagnostic.rule).or_default() += 1;
        }
        hosts.add(&file);
        tell_problem(&file);
        let told = outputs.iter_mut().map(|output| output.add(&file, style));
        let shown = difference.as_mut().map(|difference| difference.add(&file));
        for error in told.chain(shown).filter_map(Result::err) {
            failed.get_or_insert(error);
        }
    };
    match asked {
        Some(asked) => lint_changed(&linter, arguments, asked, &mut take),
        None => lint(&linter, &arguments.selection, arguments.no_progress, beside, &mut take)?,
    }
    if let Some(error) = failed {
        return Err(error.into());
    }
    for error in linter.config_errors() {
        terminal::tell_config_fault(&error);
    }
    let statistics = if arguments.statistics { statistics(&counts) } else { Vec::new() };
    if !outputs.iter().any(Output::is_text) {
        // Beside what programs read.
        statistics.iter().for_each(|line| terminal::tell(line));
    }
    for output in &mut outputs {
        output.finish(&summary)?;
        if output.is_text() {
            for line in &statistics {
                output.line(line)?;
            }
        }
        if output.is_for_people() && !arguments.quiet {
            output.line(&summary_line(&summary, fixes.fix, started.elapsed()))?;
        }
    }
    if let Some(baseline) = &baseline {
        arguments.known.settle(baseline, |rule| linter.tells(rule))?;
    }
    if let Some(note) = hosts.note() {
        terminal::tell(&note);
    }
    if summary.documents == 0 {
        terminal::tell(
            "note: no request was recognised; `requestlint files` shows what was seen and why it was skipped",
        );
    }
    if let Some(difference) = difference.as_ref().filter(|_| !arguments.quiet) {
        difference.tell();
    }
    Ok(match (outcome(arguments, &summary), difference) {
        (Outcome::Clean | Outcome::Findings, Some(difference)) => difference.outcome(),
        (outcome, _) => outcome,
    })
}

/// How often each rule found something, the most frequent first.
fn statistics(counts: &BTreeMap<&'static str, usize>) -> Vec<String> {
    let mut rules: Vec<_> = counts.iter().collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), **rule));
    rules.into_iter().map(|(rule, count)| format!("{count:>6}  {rule}")).collect()
}

/// Lints what git says has changed.
fn lint_changed(
    linter: &Linter,
    arguments: &CheckArguments,
    asked: Asked,
    take: &mut dyn FnMut(FileReport),
) {
    let contents = |path: &Path| asked.repository.in_index(path);
    let changed = Changed {
        files: asked.files,
        contents: if asked.from_index { Some(&contents) } else { None },
    };
    let bar = Bar::new(arguments.no_progress);
    let paths = &arguments.selection.paths;
    linter.run_changed(paths, &changed, &|done, all| bar.show(done, all), &mut |file| {
        bar.take(file, take);
    });
    bar.clear();
}

/// Lints standard input or paths; `prints` standard input with its fixes.
pub fn lint(
    linter: &Linter,
    selection: &Selection,
    no_progress: bool,
    prints: bool,
    take: &mut dyn FnMut(FileReport),
) -> Result<(), Failure> {
    if selection.paths.iter().any(|path| path.as_os_str() == "-") {
        if selection.paths.len() > 1 {
            return Err(Failure::Told("`-` (standard input) stands alone".to_owned()));
        }
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::Told(format!("standard input is not UTF-8: byte {at} is invalid"))
        })?;
        let name = selection.stdin_filename.as_deref().unwrap_or("stdin.json");
        let report = linter.fix_text(name, &text);
        if prints {
            fixing::print_text(&report, &text)?;
        }
        take(report);
        return Ok(());
    }
    let bar = Bar::new(no_progress);
    linter.run(&selection.paths, &|done, all| bar.show(done, all), &mut |file| {
        bar.take(file, take);
    });
    bar.clear();
    Ok(())
}

/// A linter as the selection asks for it.
pub fn builder(selection: &Selection) -> LinterBuilder {
    let mut builder = Linter::builder()
        .config(selection.configuration.source())
        .exclude(selection.exclude.iter().cloned())
        .force_exclude(selection.force_exclude)
        .hidden(selection.hidden)
        .no_ignore(selection.no_ignore);
    if let Some(provider) = &selection.provider {
        builder = builder.provider(provider);
    }
    if let Some(kind) = &selection.kind {
        builder = builder.kind(kind);
    }
    if let Some(jobs) = selection.jobs {
        builder = builder.jobs(jobs.get());
    }
    builder
}

fn with_rules(
    mut builder: LinterBuilder,
    arguments: &CheckArguments,
) -> Result<LinterBuilder, Failure> {
    builder = builder.select(arguments.select.iter().cloned()).check_env(arguments.check_env);
    if let Some(today) = &arguments.today {
        builder = builder.today(today);
    }
    for setting in &arguments.severity {
        let level =
            setting.split_once('=').and_then(|(rule, level)| Some((rule, Level::parse(level)?)));
        let Some((rule, level)) = level else {
            let message = format!(
                "--severity wants RULE=LEVEL with error, warning, info or off, not `{setting}`"
            );
            return Err(Failure::Told(message));
        };
        builder = builder.level(rule, level);
    }
    if let Some(fixing) = arguments.fixing.wanted() {
        builder = builder.fix(fixing);
    }
    for rule in &arguments.ignore {
        builder = builder.level(rule, Level::Off);
    }
    Ok(builder)
}

/// Tells of a file that could not be read, or that may hold requests and was left alone.
fn tell_problem(file: &FileReport) {
    let path = printable(&file.path);
    if let Some(error) = &file.error {
        // A faulty configuration is told once, with its place, at the end.
        if !error.starts_with("not linted: its configuration") {
            terminal::tell(&format!("error: {path}: {error}"));
        }
    } else if let (Some(reason), true) = (&file.skipped, file.notable) {
        terminal::tell(&format!("note: skipped {path}: {reason}"));
    }
}

fn outcome(arguments: &CheckArguments, summary: &Summary) -> Outcome {
    if summary.failures > 0 {
        return Outcome::Failure;
    }
    if summary.documents < arguments.min_requests {
        terminal::tell(&format!(
            "error: {} recognised, {} asked for (--min-requests)",
            counted(summary.documents, "request"),
            arguments.min_requests
        ));
        return Outcome::TooFew;
    }
    match arguments.fail_on.severity() {
        Some(severity) if summary.at_least(severity) > 0 => Outcome::Findings,
        _ => Outcome::Clean,
    }
}

fn summary_line(summary: &Summary, fixing: bool, time: Duration) -> String {
    let mut found = Vec::new();
    if summary.fixed > 0 {
        found.push(format!("{} fixed", summary.fixed));
    }
    for (count, word) in
        [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")]
    {
        if count > 0 {
            found.push(counted(count, word));
        }
    }
    match (summary.fixable, summary.unsafe_fixable) {
        (0, 0) => {}
        (0, with_unsafe) => found.push(format!("{with_unsafe} fixable with --fix --unsafe-fixes")),
        (safe, 0) => found.push(format!("{safe} fixable with --fix")),
        (safe, with_unsafe) => {
            found
                .push(format!("{safe} fixable with --fix, {with_unsafe} more with --unsafe-fixes"));
        }
    }
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    let others = [
        (summary.suppressed, "suppressed"),
        (summary.baselined, "in the baseline"),
        (summary.skipped, "skipped"),
        (summary.failures, if fixing { "not read or fixed" } else { "not read" }),
    ];
    let others = others.iter().filter(|(count, _)| *count > 0);
    let others: String = others.map(|(count, word)| format!(", {count} {word}")).collect();
    format!(
        "checked {} in {}: {found}{others} ({:.2} s)",
        seen(summary),
        counted(summary.files, "file"),
        time.as_secs_f64()
    )
}

/// What was recognised: requests, and tools' settings where there are some.
pub fn seen(summary: &Summary) -> String {
    let requests = summary.documents - summary.settings;
    match (requests, summary.settings) {
        (_, 0) => counted(requests, "request"),
        (0, settings) => counted(settings, "configuration"),
        (_, settings) => {
            format!("{} and {}", counted(requests, "request"), counted(settings, "configuration"))
        }
    }
}

/// A count with its word, in the plural where it is not one.
pub fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
