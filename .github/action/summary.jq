# The job's summary: a table of the findings of `--format json`, as Markdown. Takes $status, the exit status.

# GitHub takes 1 MiB a step; a longer table helps nobody.
def shown: 100;

# Text that may be a file's, so that no part of it is markup: a link, an image, a row of its own.
def plain:
  gsub("[\\x00-\\x1f\\x7f]"; " ")
  | gsub("(?<c>[^A-Za-z0-9 .,;/=+?%'\"-])"; .c | explode | map("&#\(.);") | join(""));

# Words of ours: what stands between backticks is code.
def worded: plain | gsub("&#96;(?<code>.*?)&#96;"; "<code>\(.code)</code>");

def counted($count; $what): "\($count) \($what)\(if $count == 1 then "" else "s" end)";

def row:
  "| \(.severity) | \(.rule | plain) | <code>\("\(.path):\(.span.start.line):\(.span.start.column)" | plain)</code> | "
  + ([.message, .label, .help] | map(select(. != null and . != "")) | join("; ") | worded)
  + " | \(if .predicts then .predicts.status else "" end) |";

.summary as $summary
| "### requestlint",
  "",
  (
    [
      counted($summary.documents; "request") + " in " + counted($summary.files; "file"),
      counted($summary.errors; "error"),
      counted($summary.warnings; "warning"),
      counted($summary.infos; "info")
    ]
    + (if $summary.fixable > 0 then ["\($summary.fixable) fixable"] else [] end)
    + (if $summary.suppressed > 0 then ["\($summary.suppressed) suppressed"] else [] end)
    | join(" · ")
  ),
  "",
  (
    .diagnostics
    | if length > 0 then
        "| level | rule | place | what | answer |",
        "|---|---|---|---|---|",
        (.[:shown][] | row),
        (if length > shown then "", "… and \(length - shown) more" else empty end)
      else
        empty
      end
  ),
  (.errors | if length > 0 then "", "\(counted(length; "file")) could not be read." else empty end),
  (if $status == 3 then "", "Fewer requests were recognised than asked for." else empty end)
