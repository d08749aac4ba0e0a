"""Proves the GitHub Action: runs the steps of action.yml as a runner does, on good and bad requests."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.dont_write_bytecode = True

from releases import Releases  # noqa: E402
from runner import ROOT, Run, Runner  # noqa: E402

CONFIG = 'today = "2026-11-24"\n[[files]]\ninclude = ["**"]\nprovider = "mimo"\n'
RULE = ROOT / "fixtures" / "rules" / "unknown-model"
GET, CHECK = "Get requestlint", "Check requests"
TARGET = "x86_64-unknown-linux-musl"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
# Whatever would run a command, if any part of it were ever read as one.
HOSTILE = ['"; touch pwned; "', "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "x\ny; touch pwned", "a && touch pwned"]


def expect(what: str, ok: bool, run: Run) -> None:
    if not ok:
        sys.exit(f"action: {what}\n{run}\n{run.log}\n{run.summary}")
    print(f"{what}: yes")


@contextmanager
def runner() -> Iterator[Runner]:
    """A machine whose workspace holds a good request, a bad one and a configuration."""
    with tempfile.TemporaryDirectory() as folder:
        made = Runner(Path(folder))
        (made.workspace / "requestlint.toml").write_text(CONFIG)
        for name, part in (("good requests", "pass"), ("bad", "fail")):
            (made.workspace / name).mkdir()
            shutil.copy(RULE / part / "misspelt.json", made.workspace / name / "chat.json")
        yield made


def from_source() -> Path:
    """Without a ref there is no release to take: the checkout is built. Gives a copy of the binary."""
    with runner() as machine:
        run = machine.run(paths="good requests")
        expect("without a release it is built from source", "from source" in run.log, run)
        passed = run.status == 0 and run.counts() == ("0", "0", "0")
        expect("good requests pass", passed and "checked 1 request" in run.log, run)
        kept = Path(tempfile.mkdtemp()) / "requestlint"
        return Path(shutil.copy(machine.temp / "requestlint" / "bin" / "requestlint", kept))


def checks(binary: Path) -> None:
    with runner() as machine:
        bin_folder = machine.temp / "requestlint" / "bin"
        bin_folder.mkdir(parents=True)
        shutil.copy(binary, bin_folder)

        run = machine.run(CHECK)
        failed = run.status == 1 and run.counts() == ("1", "1", "0")
        expect("a bad request fails", failed and "error[unknown-model]" in run.log, run)
        expect("it is annotated", "\n::error file=bad/chat.json,line=2," in run.log, run)
        row = "| error | unknown-model | <code>bad/chat.json&#58;2&#58;12</code> |"
        expect("the summary tells it", row in run.summary and "1 error " in run.summary, run)
        print(run.log, run.summary, sep="\n")

        run = machine.run(CHECK, fail_on="never", working_directory="bad", sarif_file="out/found.sarif", format="github")
        told = run.status == 0 and run.outputs["exit-code"] == "0" and run.outputs["errors"] == "1"
        expect("fail-on holds", told, run)
        lines = run.log.splitlines()
        expect("github shows annotations alone", [line[:2] for line in lines if line] == ["::"], run)
        expect("annotations start from the workspace", "file=bad/chat.json," in run.log, run)
        expect("sarif-file is an output", run.outputs["sarif-file"] == "bad/out/found.sarif", run)
        sarif = json.loads((machine.workspace / run.outputs["sarif-file"]).read_text())
        place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        expect("SARIF starts from the workspace", place == "bad/chat.json", run)
        shutil.rmtree(machine.workspace / "bad" / "out")
        run = machine.run(CHECK, working_directory=str(machine.workspace / "bad"))
        expect("a whole path is a working-directory too", "file=bad/chat.json," in run.log, run)
        run = machine.run(CHECK, working_directory="good requests/../bad/")
        expect("so is one that goes up and down", "file=bad/chat.json," in run.log, run)
        run = machine.run(CHECK, working_directory="..")
        expect("one outside the workspace is refused", run.status == 2 and "outside the workspace" in run.log, run)
        run = machine.run(CHECK, working_directory="bad", paths="")
        expect("without paths the folder is linted", "in 1 file:" in run.log, run)
        for file in ("bad/chat.json/x.sarif", "bad"):
            run = machine.run(CHECK, sarif_file=file)
            refused = run.status == 2 and run.outputs["exit-code"] == "2" and "cannot be written" in run.log
            expect(f"the SARIF file {file} is refused", refused, run)
        run = machine.run(CHECK, sarif_file="o.sarif", args="--baseline\nnone.json")
        expect("a run that came to nothing has no SARIF file", run.status == 2 and run.outputs["sarif-file"] == "", run)
        run = machine.run(CHECK, format="human\ngithub")
        expect("annotations are written once", run.log.count("::error file=bad/chat.json,line=2,") == 1, run)

        args = "--severity\nunknown-model=warning\n--min-requests\n1"
        run = machine.run(CHECK, paths="bad\ngood requests", args=args, provider="mimo")
        warned = run.status == 0 and run.counts() == ("0", "0", "1")
        expect("args, provider and several paths hold", warned and "in 2 files" in run.log, run)

        (machine.workspace / "bad" / "own.toml").write_text(CONFIG + '[rules]\nunknown-model = "info"\n')
        run = machine.run(CHECK, working_directory="bad", config="own.toml")
        expect("config starts from working-directory", run.status == 0 and run.outputs["infos"] == "1", run)

        run = machine.run(CHECK, config="none.toml")
        nothing = run.status == 2 and run.outputs["exit-code"] == "2" and run.outputs["errors"] == ""
        expect("a usage error is 2, without counts", nothing, run)
        run = machine.run(CHECK, paths="good requests", args="--min-requests\n5")
        expect("too few requests are 3", run.status == 3 and "Fewer requests" in run.summary, run)


def hostile(binary: Path) -> None:
    """No input is ever run, nor ends an output, nor is what a file says or is called markup or a command."""
    with runner() as machine:
        bin_folder = machine.temp / "requestlint" / "bin"
        bin_folder.mkdir(parents=True)
        shutil.copy(binary, bin_folder)
        inputs = ("paths", "provider", "config", "fail_on", "format", "args", "working_directory", "sarif_file", "version")
        for name in inputs:
            for text in HOSTILE:
                run = machine.run(GET if name == "version" else CHECK, **{name: text})
                if list(machine.temp.parent.rglob("pwned")):
                    expect(f"{name} is never run: {text}", False, run)
                # A SARIF file may be called so.
                if run.status != 2 and name != "sarif_file":
                    expect(f"{name} is refused: {text}", False, run)
        expect("no input is ever run", True, run)

        run = machine.run(CHECK, sarif_file="a.sarif\nerrors=0")
        expect("no input is an output of its own", run.status == 2 and run.outputs["errors"] == "", run)

        shutil.rmtree(machine.workspace / "bad")
        odd = machine.workspace / "a|b <img src=x> [c](d) ::error::e @f.json"
        shutil.copy(RULE / "fail" / "misspelt.json", odd)
        text = odd.read_text().replace("mimo-v2-por", "mimo-v2-por|<b>\\n::stop-commands::x")
        odd.write_text(text)
        run = machine.run(CHECK, provider="mimo")
        expect("a finding is told", run.status == 1 and run.outputs["errors"] == "1", run)
        row = next(line for line in run.summary.splitlines() if line.startswith("| error"))
        marks = ("<img", "<b>", "](", "@f", "::")
        bare = row.count("|") == 6 and not any(mark in row for mark in marks)
        expect("a file's text is no markup in the summary", bare, run)
        commands = [line for line in run.log.splitlines() if line.startswith("::")]
        expect("a file's text is no command", all(line.startswith("::error file=") for line in commands), run)


def releases(binary: Path) -> None:
    """What is installed from which release, and that nothing is whose checksum is wrong."""
    version = next(
        line.split('"')[1] for line in (ROOT / "Cargo.toml").read_text().splitlines() if line.startswith("version")
    )
    with runner() as machine:
        served = Releases(machine.temp.parent / "releases")
        tools = machine.temp / "tools"
        tools.mkdir()
        # In the place of cargo: it only says that the source would have been built.
        (tools / "cargo").write_text('#!/bin/sh\necho "cargo $1"\n')
        (tools / "cargo").chmod(0o755)
        machine.env |= {"REQUESTLINT_RELEASES": served.url, "PATH": f"{tools}:{os.environ['PATH']}"}
        machine.github = {"action_ref": "", "action_repository": "owner/requestlint"}
        installed = machine.temp / "requestlint" / "bin" / "requestlint"

        def get(ref: str = "", **inputs: str) -> Run:
            installed.unlink(missing_ok=True)
            machine.github["action_ref"] = ref
            return machine.run(GET, **inputs)

        def is_prebuilt(run: Run) -> bool:
            return run.status == 0 and installed.exists() and "cargo install" not in run.log

        def is_built(run: Run) -> bool:
            return run.status == 0 and not installed.exists() and "cargo install" in run.log

        folder = served.make(version, TARGET, binary, COMMIT)
        served.make("7.1.0", TARGET, binary, COMMIT)
        major = version.partition(".")[0]
        for ref in (f"v{version}", f"v{major}", COMMIT):
            expect(f"pinned to {ref}, the release is installed", is_prebuilt(get(ref)), get(ref))
        run = machine.run(CHECK, paths="good requests")
        expect("what is installed runs", run.status == 0 and "checked 1 request" in run.log, run)
        for ref in ("", "main", f"v{version}1", COMMIT[::-1]):
            expect(f"pinned to {ref or 'nothing'}, the source is built", is_built(get(ref)), get(ref))
        expect("source builds the source", is_built(get(f"v{version}", version="source")), get())
        for wanted in (version, "7.1.0", "v7.1.0"):
            expect(f"version {wanted} is installed", is_prebuilt(get("main", version=wanted)), get())

        run = get(version="9.9.9")
        expect("another version is never built from this source", run.status == 2 and "9.9.9" in run.log, run)
        run = get(version="5.0.0")
        expect("a release that cannot be had is told", run.status == 2 and "403" in run.log, run)
        machine.env["RUNNER_ARCH"] = "ARM"
        expect("a machine without a binary builds", is_built(get(f"v{version}")), get(f"v{version}"))
        machine.env["RUNNER_ARCH"] = "ARM64"
        expect("a release without the machine's binary: built", is_built(get(f"v{version}")), get(f"v{version}"))
        machine.env["RUNNER_ARCH"] = "X64"

        archive = folder / f"requestlint-{TARGET}.tar.gz"
        sums = folder / "SHA256SUMS"
        for what, change in (
            ("a wrong checksum", lambda: archive.write_bytes(archive.read_bytes() + b"\n")),
            ("a checksum that is not there", lambda: sums.write_text(f"{'0' * 64}  other-{archive.name}\n")),
            ("a wrong commit", lambda: (Releases.sums(folder), (folder / "COMMIT").write_text(COMMIT[::-1]))),
        ):
            change()
            run = get(COMMIT[::-1] if what == "a wrong commit" else f"v{version}")
            refused = run.status == 2 and "checksum" in run.log and not installed.exists() and "cargo" not in run.log
            expect(f"{what}: nothing is installed", refused, run)
            Releases.sums(folder)


def main() -> None:
    binary = from_source()
    checks(binary)
    hostile(binary)
    releases(binary)
    shutil.rmtree(binary.parent)


if __name__ == "__main__":
    main()
