"""Runs the steps of action.yml as a GitHub runner does; .ci/action.py says what must come of it."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
EXPRESSION = re.compile(r"\$\{\{\s*(inputs|github)\.([\w-]+)\s*\}\}")


@dataclass
class Run:
    """What a run of the action came to."""

    status: int
    outputs: dict[str, str]
    log: str
    summary: str

    def counts(self) -> tuple[str, str, str]:
        return self.outputs["exit-code"], self.outputs["errors"], self.outputs["warnings"]


class Runner:
    """A machine of GitHub's: a workspace, a folder for what is temporary, and how the action was named."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.temp = folder / "workspace", folder / "temp"
        self.workspace.mkdir()
        self.temp.mkdir()
        # `uses: ./`: no ref, no repository.
        self.github = {"action_ref": "", "action_repository": ""}
        self.env = {"RUNNER_OS": "Linux", "RUNNER_ARCH": "X64"}

    def run(self, only: str | None = None, **given: str) -> Run:
        """Runs all steps, or the one of that name, with these inputs, until one fails."""
        given = {name.replace("_", "-"): value for name, value in given.items()}
        unknown = given.keys() - ACTION["inputs"].keys()
        assert not unknown, f"no such inputs: {unknown}"
        inputs = {name: given.get(name, spec["default"]) for name, spec in ACTION["inputs"].items()}
        values = {"inputs": inputs, "github": self.github}
        outputs, log, status = {}, "", 0
        summary = self.temp / "summary"
        summary.write_text("")
        for step in ACTION["runs"]["steps"]:
            if only not in (None, step["name"]):
                continue
            status, shown, told = self.step(step, values, summary)
            log += shown
            for line in told.splitlines():
                name, _, value = line.partition("=")
                outputs[f"steps.{step.get('id')}.outputs.{name}"] = value
            if status != 0:
                break
        declared = {spec["value"].strip("${} "): name for name, spec in ACTION["outputs"].items()}
        assert outputs.keys() <= declared.keys(), f"outputs that are not declared: {outputs}"
        told = {name: outputs.get(value, "") for value, name in declared.items()}
        return Run(status, told, log, summary.read_text())

    def step(self, step: dict, values: dict[str, dict[str, str]], summary: Path) -> tuple[int, str, str]:
        """Runs one step; gives its exit status, its log and its outputs."""
        assert "${{" not in step["run"], f"an expression in a script can inject commands: {step['name']}"
        assert step.keys() <= {"name", "id", "shell", "env", "run"} and step["shell"] == "bash", step
        script, output = self.temp / "step.sh", self.temp / "output"
        script.write_text(step["run"])
        output.write_text("")
        env = dict(os.environ) | self.env
        env |= {name: fill(str(value), values) for name, value in step.get("env", {}).items()}
        env |= {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False,
        )
        return done.returncode, done.stdout, output.read_text()


def fill(text: str, values: dict[str, dict[str, str]]) -> str:
    """The text with its expressions filled in, as a runner does for env."""
    filled = EXPRESSION.sub(lambda found: values[found[1]][found[2]], text)
    assert "${{" not in EXPRESSION.sub("", text), f"an expression that is not known here: {text}"
    return filled
