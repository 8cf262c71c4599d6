/** Every kind of finding in mapping files: the table behind `docs/reference/mapping-problems.md`. */
export interface CodeMeaning {
  readonly severity: "error" | "warning" | "information";
  readonly meaning: string;
  readonly cure: string;
}

const error = (meaning: string, cure: string): CodeMeaning => ({ severity: "error", meaning, cure });
const warning = (meaning: string, cure: string): CodeMeaning => ({ severity: "warning", meaning, cure });
const information = (meaning: string, cure: string): CodeMeaning => ({
  severity: "information",
  meaning,
  cure,
});

const files = {
  "unreadable-file": error(
    "A file of the folder, or a list that a rule names, is not there or may not be read.",
    "Check the path, and that the user of the service may read it.",
  ),
  "not-utf8": error(
    "The file is no UTF-8: Latin-1, Windows-1252 or UTF-16. The place of the first such byte is named.",
    "Save it as UTF-8. A byte order mark does no harm.",
  ),
  "too-big": error(
    "YAML files above 2 MB together, or lists above 8 MB.",
    "Wider ranges instead of many narrow ones; long lists of titles in list files.",
  ),
  "too-deep": error("More than 100 lists and maps inside each other.", "A mapping needs about eight."),
  "empty-file": error(
    "A file without content.",
    "Write `departments:` or a list of expectations, or remove it.",
  ),
  "yaml-syntax": error(
    "The text is no YAML at this place.",
    "Mend what the message names; quote texts with `:` or `#`.",
  ),
  tab: error("A tab indents a line.", "Indent with blanks."),
  alias: error(
    "An anchor (`&x`) or an alias (`*x`). They make short files that unfold to endless ones, and places that mislead.",
    "Write the value out. A text that begins with `*` or `&` stands in quotes.",
  ),
  "yaml-tag": error("A tag (`!thing`) that YAML itself does not know.", "Take it out."),
  "several-documents": error("A second document (`---`) in a file.", "Make it a file of its own."),
} as const;

const form = {
  "unknown-key": error(
    "A key that the language does not have here.",
    "The message names the nearest known key.",
  ),
  "missing-key": error("A key that must be there.", "Add it."),
  "duplicate-id": error(
    "A key twice in a map, or a department, a liaison or `policy` in two places. Both are named.",
    "Keep one, and move what the other holds into it.",
  ),
  "bad-id": error("An id with blanks or other signs.", "Letters a-z, digits, and `. _ -` between them."),
  "reserved-id": error(
    "`unassigned`, `library` and `excluded` are what figures call something else.",
    "Choose another id.",
  ),
  "wrong-form": error(
    "A list where a map belongs, a text where a list belongs, …",
    "Write the form that the message shows.",
  ),
  "empty-value": error(
    "A key without value, an empty text or an empty list.",
    "Write a value, or take the key out.",
  ),
  "unquoted-number": error(
    "A number where a text belongs. YAML reads 004 as 4, and 530.10 as 530.1.",
    "Write it in quotes, as the message shows.",
  ),
  "unquoted-word": error("`true` or `false` where a text belongs.", "Write it in quotes."),
  "unknown-value": error(
    "A word that is none of the words for this key.",
    "The message names them, and the nearest.",
  ),
  "bad-share": error("A share that is no number above 0.", "`0.6`, `2` or `1/3`."),
  "bad-priority": error("A priority that is no whole number from 1 on.", "`1` decides before `2`."),
  "bad-evidence": error(
    "An order of evidence that leaves one out or names one twice.",
    "Name each of the five once.",
  ),
  "bad-local-class": error("A local class that is not one to three letters.", "`DVD`"),
  "bad-number": error("A number of years below 0, or no number.", "`10`, or `0.5`."),
  "bad-any": error("`any` with another value than true.", "`any: true`, or no `any`."),
  "bad-weight": error("A weight of an expectation that is no number or fraction.", "`1/2`"),
} as const;

const conditions = {
  "never-decides": error(
    "A rule of language, material type and year alone: they only narrow.",
    "Add what it narrows, or `any: true`.",
  ),
  "empty-condition": error("A condition without keys would hold for everything.", "Add a key, or remove it."),
  "any-with-evidence": warning(
    "`any: true` beside evidence: such a rule decides after every other.",
    "Take `any` out, so that the evidence decides.",
  ),
  reversed: error("A range, or years, whose end stands before its start.", "Turn it."),
  "two-classes": error("A range from one class into another.", "List the classes: `Q, QA`."),
  "no-class": error(
    "A bare number where LCC or NLM needs its class letters.",
    "`QA76`; a Dewey number stands under `ddc`.",
  ),
  "unknown-class": error(
    "A class that the scheme does not have.",
    "Correct it, use the scheme that has it, or name it in `policy: localClasses`.",
  ),
  short: error("A Dewey number with fewer than three digits.", 'Write `"510-519"` or `"051"`, in quotes.'),
  "bad-start": error("The start of a range is no number of the scheme.", "`QA76-QA80`"),
  "bad-end": error("The end of a range is no number of the scheme.", "`QA76-QA80`, or `QA76` alone."),
  "bad-bound": error("This is no Dewey number or range of two of them.", '`"530"`, `"530-539"` or `"539.7"`'),
  "no-ranges": error("This scheme has no ranges.", "Use `callNumberPrefix`."),
  "bad-record": error("An entry of `record` that names no title.", "`biblio:123`, `isbn:…` or `issn:…`"),
  "list-outside": error(
    "A list file outside of the mapping folder.",
    "Put it below the folder: `lists/physics.txt`.",
  ),
  "empty-list": error("A list file without any id.", "Write one id a line, or take the condition out."),
  "bad-wildcard": error("`*` inside or alone in a fund.", "It can only stand at the end: `PHYS-*`."),
  "bad-heading": error("A heading of signs alone.", "A heading, `*--subdivision` or an authority number."),
  "unknown-vocabulary": warning(
    "A vocabulary that neither MARC's common codes nor the synced records know.",
    "Correct the code; `any` stands for all of them.",
  ),
  "bad-field": error(
    "`marc` needs a field and its subfield.",
    '`"502$a"`, or a control field alone: `"001"`',
  ),
  "bad-text": error("Words to look for that are signs alone.", "Words, with `*` for the rest."),
  "bad-year": error("No year and no range of years.", '`2015`, `"2015-"`, `"-1900"` or `"1990-1999"`'),
  "bad-language": warning("A language code that is none of MARC's.", "Three letters: `eng`, `ger`, `fre`."),
  "duplicate-value": warning("A value twice in one list.", "Take one out."),
} as const;

const people = {
  "no-departments": error("No file names a department.", "Write `departments:` in a file."),
  "unknown-liaison": error("A liaison who is not under `liaisons`.", "Add them, or correct the id."),
  "unknown-department": error(
    "A department that is not there: in an expectation.",
    "Correct the id, or add the department.",
  ),
  "bad-address": error("A mail address that cannot be one.", "`ada@example.edu`"),
  "bad-web-address": error("A web address that cannot be one.", "`https://library.example.edu/ada`"),
  "bad-date": error("A day that no calendar has.", "`2027-01-31`"),
  "substitute-cycle": error(
    "Liaisons who stand in for each other, or for themselves.",
    "Name somebody who is there.",
  ),
  "idle-liaison": warning("A liaison of no department.", "Name them at one, or remove them."),
  "idle-until": warning(
    "`until` without a `substitute`: nobody stands in.",
    "Name the substitute, or remove the day.",
  ),
  "unknown-report": warning(
    "A report that this installation does not have.",
    "Correct the id; without `reports`, all come.",
  ),
  "no-liaison": information(
    "A department without liaison: nobody gets its reports.",
    "Add `liaisons: [id]`.",
  ),
  "no-rules": warning("A department without rules never gets a title.", "Add rules, or remove it."),
} as const;

const rules = {
  "unreachable-rule": warning(
    "A rule that never decides, since another always decides before it, or takes all of it away. The other is named.",
    "Give it a priority, narrow the other, or take it out.",
  ),
  "duplicate-rule": warning("The same rule twice in a department. Both are named.", "Take one out."),
  "except-takes-all": warning(
    "An `except` or `exclude` that takes away everything.",
    "Narrow it, or remove what it leaves empty.",
  ),
  overlap: warning(
    "Ranges of two departments that overlap without one lying inside the other: the narrower gets what both name.",
    "Divide them at a number, or say with a `priority` who shall win.",
  ),
  "same-range": information(
    "Two departments claim the same range and share its titles by the policy.",
    "Right if it is meant; else take one out.",
  ),
  "bare-class": information(
    "A bare class is that class alone, and nobody claims the classes below it.",
    "`Q*` is Q with QA, QB and so on.",
  ),
  "unknown-code": warning(
    "A code that Koha does not have: library, item type, collection, location or fund, as synced.",
    "Correct it. After a new code in Koha, sync first.",
  ),
  "idle-weeding": warning(
    "A weeding rule without age, disuse and factors proposes nothing.",
    "Add `ageYears`, `unusedYears` or `factors`.",
  ),
} as const;

const expectations = {
  "expectation-without-department": error(
    "An expectation must say `department` or `departments`, and not both.",
    "`department: physics`, or `departments: { physics: 1/2, chemistry: 1/2 }`",
  ),
  "expectation-failed": error(
    "The rules do not give what the expectation says.",
    "Mend the rules, or the expectation.",
  ),
} as const;

export const problemCodes = {
  ...files,
  ...form,
  ...conditions,
  ...people,
  ...rules,
  ...expectations,
} as const;

export type ProblemCode = keyof typeof problemCodes;

const chapters: readonly (readonly [title: string, codes: Readonly<Record<string, CodeMeaning>>])[] = [
  ["Files", files],
  ["Form", form],
  ["Conditions", conditions],
  ["Departments and liaisons", people],
  ["Rules beside each other", rules],
  ["Expectations", expectations],
];

/** The reference page, in Markdown. */
export function problemsPage(): string {
  const table = (codes: Readonly<Record<string, CodeMeaning>>): string[] =>
    Object.entries(codes).map(
      ([code, { severity, meaning, cure }]) => `| \`${code}\` | ${severity} | ${meaning} | ${cure} |`,
    );
  return [
    "# What `map check` finds",
    "",
    "<!-- Generated by `npm run schemas` from src/mapping/problem-codes.ts. -->",
    "",
    "Every finding names its file, line and column, one of these codes, and a cure.",
    "An error keeps the mapping from being applied, and the one in force goes on; `map check` then ends with 2.",
    "A warning is most likely a mistake; information is for you to judge.",
    ...chapters.flatMap(([title, codes]) => [
      "",
      `## ${title}`,
      "",
      "| Code | Severity | What it means | Cure |",
      "|---|---|---|---|",
      ...table(codes),
    ]),
    "",
  ].join("\n");
}
