/** Sentences of the annual assessment and of statistics, in English: headings, names and definitions of measures. */
export const annual = {
  "section.text": "About the subject",
  "section.holdings": "Holdings and growth",
  "section.profile": "Subject profile",
  "section.use-years": "Use over five years",
  "section.concentration": "What moves and what rests",
  "section.purchases": "Purchases",
  "section.unmet-demand": "What could not be met",
  "section.open-access": "Open access",
  "section.overlap": "Beside other libraries",
  "section.recommendations": "Recommendations",
  "section.method": "Method and quality of the data",

  "measures-named": "Measures: {ids}.",
  "years-flows": "The same time of five years, up to {day}",
  "years-mixed": "At the end of each year and within it, up to {day}",
  "holdings-none": "Nothing is held.",
  "holdings-past":
    "Earlier years are counted from what the catalogue still knows: copies that were deleted before the first reading are missing in them.",
  "profile-caption":
    "Copies at the end of the period, uses and interlibrary loans within it, the biggest classes first",
  "profile-note":
    "100% means: the part of the library’s uses that falls on the class is as big as its part of the library’s copies. A dash stands for classes with too few copies for such a figure.",
  "use-none": "No use is on record.",
  "season-caption": "Use by month of the year: 1 is the average month, over all whole years on record",
  "season-alt": "Use by month of the year, highest {high} in {highMonth}, lowest {low} in {lowMonth}.",
  "none-waiting": "none waits",
  "none-bought": "nothing was bought",
  "none-matched": "no title was found in the list",
  "bought-in": "of what came in {period}",
  "bought-caption": "What arrived in the period, by fund",
  "no-fund": "Without a fund",
  "beside-library": "{what} ({name})",
  "overlap-remark": "{matched} of {titles} titles were found in the list of {day}",
  "recommend-where":
    "Nothing is written yet. Write it into recommendations/{file}, under the heading “{heading}”.",
  "recommended-before": "Written for {period}:",
  "method-missing": "No source delivers {what}.",
  "method-not-counted":
    "Teaching, research and preservation are not counted: what they need of the collection is for the recommendations.",
  "definitions-caption": "What the figures of this report mean",
  "column.period": "Period",
  "column.measure": "Figure",
  "column.definition": "Definition",
  "column.id": "Measure",

  "label.use-gini": "How uneven the use is (0 all alike, 1 one copy has it all)",
  "label.use-half-life": "Age of what is used, by half",
  "label.shelf-time-cutoff": "Months at rest that cover 96% of the use",
  "label.subject-evenness": "How evenly spread over its classes (1 is perfectly)",
  "label.demand-mismatch": "Distance of stock and use (0 none, 1 apart)",
  "label.overdue-orders": "Orders open for more than 90 days",
  "label.holds-per-copy": "Readers waiting for each copy",
  "label.suggestion-decision-days": "From suggestion to answer",
  "label.suggestion-oldest-open-days": "The oldest suggestion waits",
  "label.open-access-title-share": "Open titles, of those we know about",
  "label.unique-share": "Titles that no other library holds",
  "label.overlap-share": "Titles that others hold too",
  "label.relative-use": "Use for its size",
  "label.fund-balance": "Money of the funds",
  "label.fund-pace": "Pace of the funds",

  "definition.titles-held":
    "Records created and not deleted before the end of the period, catalogued e-resources included (ISO 2789).",
  "definition.items-held":
    "Copies acquired, and neither deleted nor withdrawn, before the end of the period; lost and non-lending ones are in (ISO 2789).",
  "definition.circulating-items": "Of these, copies that are neither lost nor barred from loan.",
  "definition.items-added": "Copies acquired within the period, also those gone again.",
  "definition.items-withdrawn": "Copies deleted or withdrawn within the period; a lost copy is not gone.",
  "definition.net-growth-rate": "Copies added less copies gone, as a percentage of those held at the start.",
  "definition.copies-per-title": "Copies held, divided by titles with at least one of them.",
  "definition.missing-share": "Lost or missing copies, as a percentage of those held.",
  "definition.collection-value": "Sum of the replacement prices; copies without a price are left out.",
  "definition.median-publication-year": "Half of the dated copies were published in or after this year.",
  "definition.recent-share":
    "Dated copies published within the last ten years, as a percentage of all dated ones.",
  "definition.classified-share":
    "Copies with a call number that can be put in shelf order, as a percentage of those held.",
  "definition.assigned-share":
    "Copies that belong to at least one subject, as a percentage of all; of the whole library.",
  "definition.data-coverage":
    "Days of the period with complete loans, as a percentage of all its days; of the whole library.",
  "definition.subject-evenness":
    "Shannon entropy of the titles over the classes, divided by its maximum (Pielou 1966).",
  "definition.demand-mismatch":
    "Half the sum of the differences between a class’s part of the copies and its part of the uses (index of dissimilarity).",
  "definition.unique-share": "Titles without another holder, as a percentage of those found in the list.",
  "definition.overlap-share": "Titles with other holders, as a percentage of those found in the list.",
  "definition.open-access-title-share":
    "Open titles, as a percentage of those known to be open or restricted.",
  "definition.checkouts": "First loans to readers within the period (ISO 2789); renewals are apart.",
  "definition.renewals": "Renewals within the period; not part of the uses, unless the library counts them.",
  "definition.in-house-uses": "Copies scanned when they were put back, which counts too few.",
  "definition.total-use": "Loans, uses in the house and reading-room loans, as far as they are recorded.",
  "definition.turnover":
    "Uses within the period, divided by the copies that can be borrowed at its end (ISO 11620).",
  "definition.unused-share":
    "Copies that could be borrowed all through the period and had no use in it, as a percentage of all such copies (ISO 11620).",
  "definition.dead-stock-share":
    "Copies held for more than ten years without use in the last ten, as a percentage of all held so long (Kent 1979).",
  "definition.relative-use": "Part of the library’s uses, divided by the part of its copies (Bonn 1974).",
  "definition.percent-expected-use":
    "Part of the library’s uses, as a percentage of the part of its copies (Mills 1981): 100% is what the size lets expect.",
  "definition.use-concentration-80":
    "Smallest part of the copies that makes 80% of the uses (Trueswell 1969).",
  "definition.use-gini": "Gini coefficient of the uses of the copies, unused ones included.",
  "definition.use-half-life":
    "Median age of what was used, in years since acquisition, weighted by uses (Line & Sandison 1974).",
  "definition.shelf-time-cutoff":
    "Months since the use before, which 96% of the uses do not exceed (Trueswell 1965).",
  "definition.first-year-use-share":
    "Copies used in the month of their acquisition or the eleven after, as a percentage of those whose twelve months are over (Kent 1979).",
  "definition.use-change":
    "Change of the uses on the same time a year before; small differences are chance and count as none.",
  "definition.seasonality": "Uses in a month of the year, times twelve, divided by all uses of whole years.",
  "definition.holds-per-copy": "Open holds, divided by copies to lend and on order, of titles with a hold.",
  "definition.hold-fill-rate": "Holds filled, as a percentage of those filled, cancelled or expired.",
  "definition.ill-requests":
    "Interlibrary loans asked for within the period, cancelled ones left out (ISO 2789).",
  "definition.ill-holdings-ratio":
    "Part of the library’s interlibrary loans, divided by the part of its copies (Aguilar 1986).",
  "definition.demand-quadrant":
    "Expected use and interlibrary loans for the size, each high above 1.2 and low below 0.8, in a word (after Aguilar).",
  "definition.turnaways": "Readers kept out because there is no licence, or too many were reading (COUNTER).",
  "definition.denial-rate": "Turnaways, as a percentage of turnaways and requests on the same platforms.",
  "definition.suggestions-received": "Suggestions of readers within the period.",
  "definition.suggestion-acceptance-rate":
    "Suggestions accepted, ordered or bought, as a percentage of those decided.",
  "definition.suggestion-decision-days": "Median of the days from a suggestion to its decision.",
  "definition.suggestion-oldest-open-days": "Days for which the oldest undecided suggestion has waited.",
  "definition.fund-balance":
    "Allocated, less what was spent on received copies and what is promised for ordered ones, as Koha’s page of funds counts.",
  "definition.fund-pace":
    "Part of the allocation that is spent or promised, divided by the part of the year that is gone.",
  "definition.mean-price": "Price of the copies received within the period, divided by their number.",
  "definition.order-lag-days":
    "Median of the days from order to arrival, of orders received within the period.",
  "definition.overdue-orders": "Orders of more than 90 days ago that have not arrived whole.",
  "definition.cost-per-use-print":
    "Price of the copies of a year, divided by their uses since; it falls with time.",
  "definition.electronic-requests": "Requests of e-resources, of one COUNTER metric (total item requests).",
  "definition.open-access-use-share": "Requests of open content, as a percentage of all requests (COUNTER).",
  "definition.electronic-unused-share":
    "E-titles without a request, as a percentage of those on platforms that report.",
  "definition.cost-per-use-electronic":
    "Cost of the months with a report, divided by unique item requests in them; months without a report count for neither.",
  "definition.use-forecast":
    "Level of the last twelve months times the season, with a range that holds four times of five.",
  "definition.audience-share": "Loans by group of readers; small groups are hidden.",
  "definition.copies-to-buy":
    "Copies that bring the queue down to the library’s limit of holds for each copy.",
  "definition.supply-demand-gap": "Part of the uses less part of the copies, in points (Mostyn 1974).",
  "definition.bradford-zones":
    "Titles by falling use, in three groups that make a third of the use each (Bradford 1934).",
  "definition.estimated-time-on-loan":
    "Loans times the usual days of a loan, as a percentage of the days held; an estimate.",

  // National statistics
  "section.statistics": "Statistics",
  "statistics-form": "Lines of {form}",
  "statistics-counts": "From {from} to {to}",
  "statistics-money": "Expenses, from {from} to {to}",
  "statistics-blank":
    "0 means that there is none. What has no source, or does not apply, stays blank. Nothing of this is sent to anybody by itself.",
  "column.line": "Line",
  "column.what": "What the form asks",
  "column.value": "Value",
  "column.counted": "How it is counted",
  "column.left-out": "What was left out",
  "sum-of-lines": "Sum of the lines {lines}.",
  "spent-all":
    "Price of what was received in the period, of all funds, without freight and invoice adjustments.",
  "spent-funds":
    "Price of what was received in the period, of the funds {funds}, without freight and invoice adjustments.",
  "only-where": "Only {by}: {codes}.",
  "only-with": "{name}: {value}.",
  "no-funds-of-class": "No fund is named for the class of expenses “{class}”.",
  "line-no-source": "No source delivers it.",
  "line-unknown": "Not known for this time.",
  "line-coverage": "Data are complete for {percent} of the days.",
  "line-blank": "Without the lines {lines}, which are blank.",
  "no-code": "without a code",
  "in-no-line": "In no line of this form, {measure} by {by}: {parts}.",
  "ipeds-survey":
    "A fiscal year of twelve months that ended before 1 October: it belongs to the survey of {survey}.",
  "ipeds-no-year":
    "IPEDS asks for a fiscal year of twelve months that ended before 1 October; this period is none. Its last day would belong to the survey of {survey}.",
  "label.e-titles-held": "E-titles",
  "definition.e-titles-held": "E-titles of the library’s packages as they are listed now, each once.",
} as const;
