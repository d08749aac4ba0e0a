"""Proves the GitHub Action: runs the steps of action.yml as a runner does, on good and bad requests."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
CONFIG = 'today = "2026-11-24"\n[[files]]\ninclude = ["**"]\nprovider = "mimo"\n'
EXPRESSION = re.compile(r"\$\{\{\s*inputs\.([\w-]+)\s*\}\}")


def fill(text: str, inputs: dict[str, str]) -> str:
    """The text with its `inputs` expressions filled in, as a runner does for env and working-directory."""
    filled = EXPRESSION.sub(lambda found: inputs[found[1]], text)
    assert "${{" not in filled, f"an expression that is not known here: {text}"
    return filled


def run(workspace: Path, temp: Path, **given: str) -> tuple[int, dict[str, str], str]:
    """Runs all steps; gives the first bad exit status, the action's outputs and the log."""
    given = {name.replace("_", "-"): value for name, value in given.items()}
    unknown = given.keys() - ACTION["inputs"].keys()
    assert not unknown, f"no such inputs: {unknown}"
    inputs = {name: given.get(name, spec["default"]) for name, spec in ACTION["inputs"].items()}
    outputs, log, status = {}, "", 0
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"], f"an expression in a script can inject commands: {step['name']}"
        assert step["shell"] == "bash"
        script = temp / "step.sh"
        script.write_text(step["run"])
        output = temp / "output"
        output.write_text("")
        env = dict(os.environ)
        env |= {name: fill(str(value), inputs) for name, value in step.get("env", {}).items()}
        env |= {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(temp),
        }
        folder = workspace / fill(step.get("working-directory", "."), inputs)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False,
        )
        log += done.stdout
        for line in output.read_text().splitlines():
            name, _, value = line.partition("=")
            outputs[f"steps.{step.get('id')}.outputs.{name}"] = value
        if done.returncode != 0:
            status = done.returncode
            break
    declared = {
        name: outputs.get(spec["value"].strip("${} "), "") for name, spec in ACTION["outputs"].items()
    }
    return status, declared, log


def expect(what: str, ok: bool, log: str) -> None:
    if not ok:
        sys.exit(f"action: {what}\n{log}")
    print(f"{what}: yes")


def main() -> None:
    rule = ROOT / "fixtures" / "rules" / "unknown-model"
    with tempfile.TemporaryDirectory() as folder:
        temp, workspace = Path(folder) / "temp", Path(folder) / "workspace"
        temp.mkdir()
        good, bad = workspace / "good requests", workspace / "bad"
        good.mkdir(parents=True)
        bad.mkdir()
        (workspace / "requestlint.toml").write_text(CONFIG)
        shutil.copy(rule / "pass" / "misspelt.json", good / "chat.json")
        shutil.copy(rule / "fail" / "misspelt.json", bad / "chat.json")

        status, outputs, log = run(workspace, temp, paths="good requests")
        passed = status == 0 and outputs == {"exit-code": "0", "errors": "0", "warnings": "0"}
        expect("good requests pass", passed and "checked 1 request" in log, f"{status} {outputs}\n{log}")

        status, outputs, log = run(workspace, temp)
        failed = status == 1 and outputs == {"exit-code": "1", "errors": "1", "warnings": "0"}
        expect("a bad request fails", failed and "error[unknown-model]" in log, f"{status} {outputs}\n{log}")
        print(log)

        status, outputs, log = run(workspace, temp, fail_on="never", working_directory="bad")
        told = status == 0 and outputs["exit-code"] == "0" and outputs["errors"] == "1"
        expect("fail-on and working-directory hold", told, f"{status} {outputs}\n{log}")

        args = "--severity\nunknown-model=warning\n--min-requests\n1"
        status, outputs, log = run(workspace, temp, paths="bad\ngood requests", args=args, provider="mimo")
        warned = status == 0 and outputs == {"exit-code": "0", "errors": "0", "warnings": "1"}
        expect("args, provider and several paths hold", warned and "in 2 files" in log, f"{status} {outputs}\n{log}")

        status, outputs, log = run(workspace, temp, config="none.toml")
        expect("a usage error is told as 2", status == 2 and outputs["exit-code"] == "2", f"{status} {outputs}\n{log}")

        evil = workspace / "injected"
        status, _, log = run(workspace, temp, paths=f'$(touch "{evil}")\n; touch "{evil}"')
        expect("an input is never run", status == 2 and not evil.exists(), f"{status}\n{log}")


if __name__ == "__main__":
    main()
