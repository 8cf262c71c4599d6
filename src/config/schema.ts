/** `config/liaison.yaml`, but for the sections of connectors, which their own schemas check. */
import { z } from "zod";
import { isTimeZone } from "../domain/time.ts";
import { secretField } from "../kit/secret.ts";

const monthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'write month and day as "10-01"')
  .default("10-01");
const section = z.looseObject({ type: z.string().min(1).describe("Kind of connector") });
const share = z.number().min(0).max(100);

function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf("currency").includes(code);
}

const Library = z.strictObject({
  site: z
    .string()
    .regex(/^[a-z0-9-]+$/, "small letters, digits and hyphens")
    .default("main")
    .describe("Name of this library system; one store can hold several"),
  name: z.string().min(1).describe("As readers know it"),
  timezone: z
    .string()
    .refine(isTimeZone, "this is no time zone; write one of the IANA list, such as Europe/Berlin")
    .describe("The library's time zone: its days, months and schedules are meant in it"),
  locale: z.string().min(2).default("en").describe("How numbers, dates and money are written"),
  currency: z
    .string()
    .refine(isCurrency, "this is no currency; write its three letters, such as EUR")
    .describe("Of prices and funds (ISO 4217)"),
  academicYearStart: monthDay.describe("First day of the academic year"),
  fiscalYearStart: monthDay.default("01-01").describe("First day of the fiscal year"),
  catalogueUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Address of the catalogue, for links to titles"),
  coversUrl: z
    .url({ protocol: /^https?$/ })
    .refine((address) => address.includes("{isbn}"), "write {isbn} where the number goes")
    .optional()
    .describe("Address of cover pictures with {isbn} in it, for public lists; absent: they show none"),
});

const Measures = z.strictObject({
  minBase: z
    .strictObject({
      percent: z.int().min(0).default(10).describe("Smallest base of a percentage"),
      change: z.int().min(0).default(20).describe("Smallest base of a change"),
    })
    .prefault({}),
  correctionDays: z.int().min(0).default(45).describe("How long a closed month stays open to correction"),
  renewals: z
    .enum(["exclude", "include"])
    .default("exclude")
    .describe("Whether renewals belong to the total use"),
  includeSuppressed: z.boolean().default(false).describe("Whether suppressed records belong to the holdings"),
  encumberOpenBaskets: z
    .boolean()
    .default(true)
    .describe("Whether orders in open baskets are promised money"),
  tax: z.enum(["included", "excluded"]).default("included").describe("Whether prices are with tax"),
  loanDays: z.record(z.string(), z.int().min(1)).default({}).describe("Usual days of a loan, by item type"),
  holdsPerCopy: z.number().min(1).default(3).describe("Holds per copy above which another copy is wanted"),
  suggestionStatuses: z
    .record(z.string(), z.enum(["accepted", "rejected", "pending"]))
    .default({})
    .describe(
      "What this site's own statuses of suggestions mean, beside ACCEPTED, ORDERED, AVAILABLE, REJECTED",
    ),
  illCancelled: z
    .array(z.string())
    .default(["CANCREQ", "CANCELLED"])
    .describe("Statuses of interlibrary loans that mean cancelled"),
});

export const ConfigSchema = z.strictObject({
  library: Library.describe("The library"),
  store: z
    .string()
    .regex(/^sqlite:./, "this is no store address that this version knows")
    .default("sqlite:data/liaison.db")
    .describe("Where the store is: sqlite:PATH, for example sqlite:data/liaison.db"),
  mappings: z.string().default("mappings/").describe("Folder of the mapping files"),
  http: z
    .strictObject({
      proxy: z.url().optional().describe("Proxy for outgoing requests"),
      ca: z.string().optional().describe("File of further certificate authorities (PEM)"),
    })
    .prefault({})
    .describe("Outgoing requests"),
  sources: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/), section)
    .default({})
    .describe("Systems that are read"),
  deliveries: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/), section)
    .default({})
    .describe("Ways out"),
  reports: z.string().default("reports/").describe("Folder of the report files"),
  sentences: z
    .string()
    .default("sentences/")
    .describe("Folder of sentences that the library puts otherwise, a file a language: de.yaml"),
  web: z
    .strictObject({
      listen: z
        .string()
        .regex(
          /^(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/,
          "only an address of this machine, such as 127.0.0.1:8080, for there is no login yet",
        )
        .default("127.0.0.1:8080")
        .describe("Address of the web pages"),
      publicUrl: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe("How readers of mails reach these pages"),
    })
    .prefault({})
    .describe("Web pages"),
  chatbot: z
    .strictObject({
      keys: z
        .array(secretField("A key, as { env: NAME } or { file: PATH }"))
        .min(1)
        .describe("An assistant that asks must send one of them"),
      webhookSecret: secretField(
        "Signs the messages of a webhook, as { env: NAME } or { file: PATH }",
      ).optional(),
    })
    .optional()
    .describe("Answers for assistants, public data alone; absent: none are given"),
  privacy: z
    .strictObject({
      smallCell: z.int().min(2).default(5).describe("Counts of reader groups from 1 to one less are hidden"),
    })
    .prefault({}),
  measures: Measures.prefault({}).describe("How figures are counted"),
  guards: z
    .strictObject({
      vanishPercent: share.default(5).describe("Share of a kind that may vanish in one sweep without asking"),
    })
    .prefault({}),
  retention: z
    .strictObject({ outboxDays: z.int().min(1).default(400).describe("How long sent reports are kept") })
    .prefault({}),
});

export type SiteConfig = z.infer<typeof ConfigSchema>;
