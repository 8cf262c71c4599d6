/**
 * The form of the mapping files; the JSON Schema for editors is made of it. A message that is a code of
 * `problem-codes.ts` says which finding a fault is; its words are in `issues.ts`.
 */
import { z } from "zod";
import type { MaterialType } from "../domain/description.ts";
import type { ProblemCode } from "./problem-codes.ts";

const as = (code: ProblemCode): { readonly error: ProblemCode } => ({ error: code });

const materialTypes = [
  "book",
  "serial",
  "score",
  "map",
  "video",
  "sound",
  "e-book",
  "e-journal",
  "thesis",
  "mixed",
] as const satisfies readonly MaterialType[];

export const rankNames = ["record", "fund", "collection", "call-number", "subject"] as const;

const text = z.string().min(1, as("empty-value"));
const texts = z.union([text, z.array(text).min(1, as("empty-value"))]);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, as("bad-id"));
const listFile = z.strictObject({
  file: text.describe("A list of ids, one a line, below the mapping folder: lists/physics.txt"),
});

const conditionShape = {
  record: z
    .union([text, listFile, z.array(z.union([text, listFile])).min(1, as("empty-value"))])
    .optional()
    .describe(
      "Single titles: biblio:123, isbn:9780000000000, issn:1234-5678, or a file of them. Decides before everything",
    ),
  fund: texts
    .optional()
    .describe(
      "Code or id of the fund of any order of the title, * at the end; a parent fund includes its children",
    ),
  collection: texts.optional().describe("Koha collection codes of the item"),
  location: texts.optional().describe("Koha shelving locations of the item"),
  library: texts.optional().describe("Koha libraries (branches) of the item"),
  itemType: texts.optional().describe("Koha item types of the item"),
  package: texts.optional().describe("Names of packages that hold the e-title"),
  platform: texts.optional().describe("Names of platforms that serve the e-title"),
  lcc: texts.optional().describe("LC classes or ranges: QC, QA75-QA76.95; Q is Q alone, Q* with QA, QB, …"),
  ddc: texts.optional().describe('Dewey numbers or ranges, in quotes: "530-539"'),
  nlm: texts.optional().describe("NLM classes or ranges: WN, WA 1-WA 950"),
  udc: texts.optional().describe("What a UDC number begins with"),
  callNumberPrefix: texts.optional().describe("What any call number begins with, in a scheme or not"),
  subject: z
    .record(z.string(), texts)
    .optional()
    .describe(
      "Headings by vocabulary (lcsh, mesh, fast, local, any, …): text, *--subdivision, authority number",
    ),
  marc: z
    .record(z.string(), texts)
    .optional()
    .describe('Values of any MARC field, * for any characters: { "502$a": ["Thesis*Physics*"] }'),
  language: texts.optional().describe("MARC language codes; narrows a rule"),
  materialType: z
    .union([z.enum(materialTypes), z.array(z.enum(materialTypes)).min(1, as("empty-value"))])
    .optional()
    .describe("Kinds of material; narrows a rule"),
  publicationYear: z
    .union(
      [z.int(), text, z.array(z.union([z.int(), text], as("bad-year"))).min(1, as("empty-value"))],
      as("bad-year"),
    )
    .optional()
    .describe('Years of publication, "2015-" or "1990-1999"; narrows a rule'),
  any: z.literal(true, as("bad-any")).optional().describe("What nothing else matched"),
};

const condition = z.strictObject(conditionShape);
const conditions = z.union([condition, z.array(condition)]);

const share = z.union(
  [z.number().positive(as("bad-share")), z.string().regex(/^[1-9]\d*\/[1-9]\d*$/, as("bad-share"))],
  as("bad-share"),
);

const rule = z.strictObject({
  ...conditionShape,
  share: share
    .optional()
    .describe("Weight beside other departments that claim the same as closely; 1 when absent"),
  priority: z
    .int(as("bad-priority"))
    .min(1, as("bad-priority"))
    .optional()
    .describe("Decides before all ranks: 1 before 2"),
  unless: conditions.optional().describe("Takes away from this rule"),
});

const department = z.strictObject({
  name: text.describe("As reports show it"),
  group: text.optional().describe("A school or faculty: its figures are the sums of its departments"),
  formerly: z.array(id).optional().describe("Ids before a merger or a new name"),
  liaisons: z.array(text).optional().describe("Ids of liaisons"),
  rules: z.array(rule).optional().describe("Any one of them is enough"),
  except: conditions.optional().describe("What the department never gets, at any rank"),
});

/** Something with an @, a host with a point, in ASCII or not; no list of several, no name beside it. */
function isAddress(address: string): boolean {
  return (
    /^[^\s@<>,;:"()[\]\\]+@(?!-)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(address) &&
    !/^\.|\.@|\.\./.test(address) &&
    address.length <= 254
  );
}

const contact = z.strictObject({
  email: text.refine(isAddress, as("bad-address")).optional().describe("Instead of the one for reports"),
  phone: text.optional().describe("As readers dial it"),
  url: text
    .regex(/^https?:\/\/[^\s<>"]+$/, as("bad-web-address"))
    .optional()
    .describe("Own page, or where to make an appointment"),
  office: text.optional().describe("Where, and when"),
});

const liaison = z.strictObject({
  name: text,
  email: text.refine(isAddress, as("bad-address")),
  language: text.optional().describe("Language of the reports: en when absent"),
  reports: z.array(text).optional().describe("Ids of the reports to get: all when absent"),
  substitute: text.optional().describe("Id of the liaison who stands in"),
  until: z.iso.date(as("bad-date")).optional().describe("Last day on which the substitute stands in"),
  contact: contact.optional().describe("What readers are told, on public pages and by assistants"),
});

const years = z.number(as("bad-number")).min(0, as("bad-number"));

const weeding = z.strictObject({
  ...conditionShape,
  ageYears: years.optional().describe("Years since publication after which age speaks for withdrawal"),
  unusedYears: years.optional().describe("Years without use after which disuse speaks for withdrawal"),
  factors: z.array(text).optional().describe("What speaks for withdrawal by itself"),
  mode: z.enum(["all", "any"]).optional().describe("Whether age and disuse must both hold: all when absent"),
  graceYears: years.optional().describe("Years since acquisition in which a copy is never proposed"),
  protect: z
    .array(
      z.enum([
        "lastCopy",
        "retentionCommitment",
        "reserve",
        "hold",
        "onLoan",
        "specialCollection",
        "localAuthor",
      ]),
    )
    .optional()
    .describe("What is never proposed: everything of the list when absent"),
});

const policy = z.strictObject({
  overlap: z
    .enum(["split", "all", "first"])
    .optional()
    .describe(
      "Several departments as close: split between them, all of them whole, or the first in file order",
    ),
  evidence: z
    .array(z.enum(rankNames))
    .length(rankNames.length, as("bad-evidence"))
    .refine((ranks) => new Set(ranks).size === ranks.length, as("bad-evidence"))
    .optional()
    .describe("Which evidence decides before which"),
  localClasses: z
    .array(z.string().regex(/^[A-Za-z]{1,3}$/, as("bad-local-class")))
    .optional()
    .describe("Letters that are no LCC class but stand on this library's shelves"),
});

/** A file of rules: `mappings/departments.yaml`. */
export const mappingSchema = z.strictObject({
  departments: z.record(id, department).optional().describe("Departments by id"),
  liaisons: z.record(id, liaison).optional().describe("Liaisons by id"),
  exclude: conditions.optional().describe("Out of all figures, counted apart"),
  weeding: z
    .array(weeding)
    .optional()
    .describe("When a copy is proposed for withdrawal, by class or collection"),
  policy: policy.optional(),
});

const weight = z.union(
  [z.number().min(0, as("bad-weight")), z.string().regex(/^\d+(?:\/[1-9]\d*)?$/, as("bad-weight"))],
  as("bad-weight"),
);

const expectation = condition
  .omit({ any: true, callNumberPrefix: true, lcc: true, ddc: true, nlm: true, udc: true, record: true })
  .extend({
    record: texts.optional().describe("Ids of the title: biblio:123, isbn:9780000000000"),
    callNumber: texts.optional().describe("Of the title, or of the copy where a code of the copy is given"),
    department: text.optional().describe("Who gets it; also unassigned, excluded"),
    departments: z
      .record(z.string(), weight)
      .optional()
      .describe("Who shares it: { physics: 1/2, chemistry: 1/2 }"),
  })
  .strict();

/** A file whose top level is a list: `mappings/tests.yaml`. */
export const expectationsSchema = z.array(
  expectation.refine(
    ({ department, departments }) => (department === undefined) !== (departments === undefined),
    as("expectation-without-department"),
  ),
);

/** The keys that are known at a path of a mapping file (`null`: of a file of expectations). */
export function knownKeys(path: readonly PropertyKey[], isExpectations: boolean): string[] {
  if (isExpectations) return Object.keys(expectation.shape);
  const [section] = path;
  if (path.includes("record")) return Object.keys(listFile.shape);
  if (section === undefined) return Object.keys(mappingSchema.shape);
  if (section === "policy") return Object.keys(policy.shape);
  if (section === "weeding") return Object.keys(weeding.shape);
  if (section === "liaisons") return Object.keys(liaison.shape);
  if (section === "departments" && path.length === 2) return Object.keys(department.shape);
  const isRule = path[2] === "rules" && path.length === 4;
  return Object.keys(isRule ? rule.shape : condition.shape);
}

export type RawMapping = z.infer<typeof mappingSchema>;
export type RawCondition = z.infer<typeof condition>;
export type RawRule = z.infer<typeof rule>;
export type RawExpectation = z.infer<typeof expectationsSchema>[number];
