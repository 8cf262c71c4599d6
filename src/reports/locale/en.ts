/**
 * Every sentence of a report in English, as ICU messages. Numbers, days and money come as texts, with the count beside
 * them where the sentence depends on it. Another language is another catalogue of the same keys and variables.
 */
export const en = {
  // Frame
  quarter: "quarter {quarter} of {year}",
  "academic-year": "academic year {word}",
  range: "{from} to {to}",
  library: "The whole library",
  unassigned: "Nobody’s titles",
  subjects: "Your {count} subjects",
  "and-more": "{name} and {count} more",
  "subject-line":
    "{name}: {period}, {calls, plural, =0 {nothing to do} one {# thing to do} other {# things to do}}",
  "title-line": "{name}: {title}, {period}",
  "open-page": "Open this report as a page",
  "made-by": "Made by {software}.",
  contents: "In this report",
  shortened: "Shortened to fit into a mail. The plain text of this mail and the page have the whole list.",
  attached: "The whole list is in the files of this report.",
  failed: "This part could not be made. The rest of the report is complete.",

  // Titles of sections
  "section.summary": "In short",
  "section.actions": "To do",
  "section.headline": "At a glance",
  "section.new-titles": "New in your subject",
  "section.new-titles.library": "New titles",
  "section.top-used": "What readers use",
  "section.unmet": "What readers wait for",
  "section.funds": "Money",
  "section.provenance": "About these figures",

  // Figures
  "so-far": "{text} so far",
  "at-least": "at least {text}",
  "not-available": "not available",
  "nothing-to-divide": "–",
  "too-few": "–",
  hidden: "hidden",
  "label.checkouts": "Loans",
  "label.in-house-uses": "Uses in the house",
  "label.items-added": "Copies added",
  "label.open-holds": "Open holds",
  "label.suggestions-received": "Suggestions received",
  "label.money-left": "Money left",

  // Changes on the same period a year before
  "about-the-same": "about the same as in {before}",
  more: "{percent} more than in {before} ({count})",
  fewer: "{percent} fewer than in {before} ({count})",
  "before-was": "{count, plural, =0 {none} other {{text}}} in {before}",
  "no-comparison": "{before} is not on record",
  "of-allocated": "{percent} of what was allocated",

  // In short
  loans: "{text} {count, plural, one {loan} other {loans}}{change, select, none {} other {, {change}}}.",
  "no-loans": "No loans in {period}.",
  waiting:
    "{holdsText} {holds, plural, one {reader waits} other {readers wait}}{copies, plural, =0 {, and there is no copy to lend} one {; {copiesText} copy can be lent} other {; {copiesText} copies can be lent}}.",
  arrived: "{text} {count, plural, one {copy was} other {copies were}} added.",
  quiet: "A quiet month: no loans, nobody waits, and nothing new arrived.",
  "quiet-period": "A quiet time: no loans, nobody waits, and nothing new arrived.",
  "no-loan-data": "Loans are not available.",

  // To do
  "nothing-waits": "Nothing waits for you.",
  buy: "Buy {copies, plural, one {# copy} other {# copies}} of {title}",
  "buy-why":
    "{holds, plural, one {# reader waits} other {# readers wait}}{copies, plural, =0 {, and there is no copy to lend} one {; # copy can be lent} other {; # copies can be lent}}{onOrder, plural, =0 {} other {; # on order}}.",
  "buy-more": "Look at {titles, plural, one {# more title} other {# more titles}} with a long queue",
  "buy-more-why": "{holds, plural, one {# reader waits} other {# readers wait}} for them.",
  "answer-suggestions": "Answer {count, plural, one {# suggestion} other {# suggestions}}",
  "answer-why": "The oldest waits {days, plural, one {# day} other {# days}}.",
  "answer-why-title": "The oldest waits {days, plural, one {# day} other {# days}}: {title}",
  "fund-low": "Watch the fund {fund}",
  "fund-low-why": "{left} of {allocated} are left.",
  "fund-over-why": "It is overdrawn by {over}; allocated were {allocated}.",
  "fund-unused": "Use the fund {fund}",
  "fund-unused-why": "{left} are left, and {percent} of the fiscal year is gone.",
  overdue: "Ask about {count, plural, one {# order} other {# orders}}",
  "overdue-why": "Ordered more than {days} days ago, and not here yet.",
  unowned: "Look at {count, plural, one {# title} other {# titles}} that nobody owns",
  "unowned-why": "The subject headings look like yours. The closest is {title}",
  "see-title": "See it in the catalogue",

  // At a glance
  "loans-by-month": "Loans by month",
  month: "Month",
  "chart-alt": "Loans by month, highest {high} in {highMonth}, lowest {low} in {lowMonth}.",
  "chart-flat": "Loans by month, {count} in every month.",
  "chart-empty": "No loans by month are on record.",

  // Lists of titles
  "new-titles-all": "{all, plural, one {# new title} other {# new titles}}",
  "new-titles-some": "{shown} of {all} new titles",
  "new-titles-more": "All {count} are in the list of new titles.",
  "top-used-caption": "Most borrowed titles, from {atLeast} loans on",
  "unmet-caption": "Titles with the longest queues",
  "unmet-none": "No unmet demand is on record.",
  "unmet-more": "{count, plural, one {# more title has} other {# more titles have}} open holds.",
  "suggestions-caption": "Suggestions that wait for an answer",
  "no-class": "Without a call number",
  "on-order-short": "{count} on order",
  untitled: "[no title]",
  "column.title": "Title",
  "column.author": "Author",
  "column.year": "Year",
  "column.callNumber": "Call number",
  "column.class": "Class",
  "column.loans": "Loans",
  "column.holds": "Holds",
  "column.copies": "Copies",
  "column.onOrder": "On order",
  "column.arrived": "Arrived",
  "column.material": "Kind",
  "column.suggestedOn": "Suggested",
  "column.fund": "Fund",
  "column.allocated": "Allocated",
  "column.spent": "Spent",
  "column.promised": "Promised",
  "column.left": "Left",
  "column.pace": "Pace",

  // What it is made of
  "section.age": "How old it is",
  "section.classes": "Class by class",
  "section.balance": "Use for its size",
  "label.median-year": "Half of it",
  "published-after": "published after {year}",
  "label.recent-share": "From the last ten years",
  "label.expected-use": "Of the expected use",
  "expected-use-note": "100% means: its share of all uses is its share of all copies.",
  "classes-caption": "Titles and copies at the end of the period, uses within it",
  "classes-more": "{count, plural, one {# more class} other {# more classes}}.",
  "quadrant.buy-more": "Heavily used, and still borrowed from elsewhere: buy more.",
  "quadrant.well-matched": "Heavily used, and seldom borrowed from elsewhere: well matched.",
  "quadrant.refresh": "Little used, yet often borrowed from elsewhere: we may hold the wrong books.",
  "quadrant.quiet": "Little used, and seldom borrowed from elsewhere: a quiet subject.",
  "quadrant.in-balance": "Use, stock and interlibrary loans are in balance.",
  "column.titles": "Titles",

  // Worklists
  "section.weeding": "To look through at the shelf",
  "weeding-caption":
    "{shown, plural, one {# copy} other {# copies}} that a rule proposes to look at, in shelf order",
  "weeding-none": "No copy is proposed.",
  "weeding-more":
    "{count, plural, one {# more copy is} other {# more copies are}} proposed; raise the limit of the section to see them.",
  "weeding-note": "A proposal, for a person’s eyes. Nothing is written to the catalogue.",
  "weeding-rules-default":
    "The mapping has no rules for weeding: proposed is what was published more than {ageYears} years ago and not used for more than {unusedYears}.",
  "weeding.age": "published in {year}, more than {years} years ago",
  "weeding.unused": "last used {day}",
  "weeding.never-used": "never used, here since {day}",
  "weeding.no-day": "the day of its last use is not known, here since {day}",
  "weeding.damaged": "damaged",
  "weeding.superseded": "a newer edition is held",
  "protection.new": "new",
  "protection.lastCopy": "last copy",
  "protection.retentionCommitment": "kept by commitment",
  "protection.reserve": "course reserve",
  "protection.hold": "waited for",
  "protection.onLoan": "on loan",
  "protection.specialCollection": "special collection",
  "protection.localAuthor": "local author",
  "decision.keep": "keep",
  "decision.withdraw": "withdraw",
  "decision.store": "store",
  "decision.repair": "repair",
  "decision.replace": "replace",
  "decision.promote": "promote",
  "column.decision": "Decision",
  "column.note": "Note",
  "column.number": "No.",
  "column.edition": "Edition",
  "column.library": "Library",
  "column.location": "Location",
  "column.collection": "Collection",
  "column.barcode": "Barcode",
  "column.lastUse": "Last use",
  "column.usesRecent": "Uses in 5 years",
  "column.usesEver": "Uses on record",
  "column.inHouse": "In the house",
  "column.acquired": "Acquired",
  "column.price": "Price",
  "column.reasons": "Why",
  "column.protectedBy": "Protected by",
  "column.link": "Link",
  "column.decidedBefore": "Decided before",
  "column.newerEdition": "Newer edition held",
  "column.otherHolders": "Other holders",
  "column.alsoDigital": "Also digital",
  "column.item": "Copy",
  "column.isbn": "ISBN",
  "column.demand": "Demand",
  "column.uses": "Uses",
  "column.package": "Package",
  "column.cost": "Cost",
  "column.costPerUse": "Cost per use",
  "column.requests": "Requests",
  "column.turnaways": "Turnaways",
  "column.openAccess": "Open access",
  "column.paidUntil": "Paid until",
  "no-location": "Without a location",
  "worklist-none": "Nothing is on this list.",
  "worklist-more":
    "{count, plural, one {# more is} other {# more are}} not shown; raise the limit of the section to see them.",
  "section.shelflist": "Shelf list",
  "shelflist-caption": "{shown, plural, one {# copy} other {# copies}} in shelf order",
  "section.replace": "To replace or repair",
  "replace-caption":
    "{shown, plural, one {# damaged copy that was} other {# damaged copies that were}} used in the last {months} months",
  "section.promote": "New, and not found yet",
  "promote-caption":
    "{shown, plural, one {# copy that} other {# copies that}} nobody has used in the {months} months or more since arrival",
  "section.lost-but-wanted": "Lost but wanted",
  "lost-caption":
    "{shown, plural, one {# title} other {# titles}} without a copy left, used in the last {months} months or waited for",
  "section.buy": "To buy",
  "buy-caption": "{shown, plural, one {# title} other {# titles}} that readers ask for",
  "want.holds": "{count, plural, one {# reader waits} other {# readers wait}}",
  "want.turnaways": "{count, plural, one {# turnaway} other {# turnaways}}",
  "want.ill": "{count, plural, one {# interlibrary loan} other {# interlibrary loans}}",
  "want.suggestion": "{count, plural, one {# suggestion} other {# suggestions}}",
  "want.lost": "last copy lost",
  "section.renewals": "Journals for renewal",
  "renewals-caption":
    "{shown, plural, one {# title} other {# titles}} of packages that are paid for until {day} at the latest",
  "renewals-note":
    "Cost is that of the package, in equal parts over its titles; requests, turnaways and open access are of the twelve months before {day}. Months without a report count for neither use nor cost per use.",

  // Money
  "funds-caption": "Funds, with what is spent and promised",
  "pace.behind": "behind the year: {committed} committed, {elapsed} gone",
  "pace.ahead": "ahead of the year: {committed} committed, {elapsed} gone",
  "pace.even": "in step with the year: {committed} committed, {elapsed} gone",
  "funds-as-of": "As on {day}, without freight and invoice adjustments.",

  // About these figures
  "read-on": "As of {day}: {what}.",
  "not-delivered": "Not available: {what}.",
  "covered-from": "{what} are known from {day} on.",
  "waiting-inputs":
    "Of the {what}, {count} could not be read from the source and {count, plural, one {is} other {are}} missing here.",
  excluded: "{count} copies are left out of all figures by the mapping.",
  "mapped-by": "Titles belong to subjects by mapping version {version}.",
  "not-mapped": "No mapping has been applied yet.",
  "counting.fractional": "A title that belongs to several subjects counts for each with its share.",
  "counting.whole":
    "A title that belongs to several subjects counts whole for each; the figures of subjects overlap and cannot be added.",
  "counting.first": "A title that several subjects claim counts for the first of them.",
  "defined-in":
    "Figures are defined in the measures page of the manual; the collection office can show what is behind each.",
  "ask-whom": "Questions? Write to the collection office of {library}.",
  running: "The period is not over, or not yet read to its end: figures are as on {day}.",
  "no-use-kind": "Uses in the house are not recorded here.",
  correction:
    "{department, select, none {} other {{department}, }}{measure} in {period}: {now}, reported as {before}.",
  remapped:
    "The mapping has changed since earlier reports; their figures are counted anew and not listed here.",

  // What sources deliver
  "stream.biblios": "titles",
  "stream.records": "titles",
  "stream.items": "copies",
  "stream.checkouts": "loans",
  "stream.holds": "holds",
  "stream.funds": "funds",
  "stream.orders": "orders",
  "stream.suggestions": "suggestions",
  "stream.ill-requests": "interlibrary loans",
  "stream.import": "imported files",

  // Flows that a report tells and may have to correct
  "measure.checkouts": "loans",
  "measure.renewals": "renewals",
  "measure.in-house-uses": "uses in the house",
  "measure.total-use": "uses",
  "measure.items-added": "copies added",
  "measure.items-withdrawn": "copies withdrawn",
  "measure.suggestions-received": "suggestions",
  "measure.ill-requests": "interlibrary loans",
  "measure.electronic-requests": "requests of e-resources",
  "measure.turnaways": "turnaways",
} as const;

/** The name of a sentence. */
export type Sentence = keyof typeof en;

/** What a column of a table can be; its head is the sentence `column.<id>`. */
export type ColumnId = Sentence extends infer S ? (S extends `column.${infer Id}` ? Id : never) : never;

/** What every language has to say. */
export type Catalogue = Readonly<Record<Sentence, string>>;
