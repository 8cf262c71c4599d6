/** The commented configuration that `init` writes; the repository's example is the same text. */

export interface ExampleSettings {
  readonly url: string;
  readonly name: string;
  readonly timezone: string;
  readonly currency: string;
  readonly schema: string;
}

export const exampleSettings: ExampleSettings = {
  url: "https://staff.library.example.edu",
  name: "Example University Library",
  timezone: "Europe/Berlin",
  currency: "EUR",
  schema: "./schema.json",
};

/** Passes the loader as it is; what a library must look at is marked by `<-`. */
export function exampleConfiguration({ url, name, timezone, currency, schema }: ExampleSettings): string {
  return `# yaml-language-server: $schema=${schema}
# Koha Liaison. Paths are relative to this file. Secrets are never written here: { env: NAME } or { file: PATH }.

library:
  name: ${JSON.stringify(name)}      # <- as readers know it
  timezone: ${timezone}              # <- days, months and schedules are meant in it
  locale: en                         # how numbers, dates and money are written
  currency: ${currency}              # <- of prices and funds
  academicYearStart: "10-01"
  fiscalYearStart: "01-01"
  # catalogueUrl: https://catalogue.library.example.edu    # for links to titles

store: sqlite:data/liaison.db
mappings: mappings/                  # which part of the collection each department owns
reports: reports/                    # what is reported, to whom, when

sources:
  koha:
    type: koha
    url: ${url}                      # <- staff interface, without /api
    # opacUrl: https://catalogue.library.example.edu       # for subject edits before Koha 25.05 (OAI-PMH)
    auth:
      clientId: liaison              # <- of the API key
      clientSecret: { env: KOHA_SECRET }
    schedule: "*/15 * * * *"
    history: 5y                      # how far back returned loans are read at first
    # fundPeriods:                   # budget periods, which Koha's REST interface does not tell
    #   - { id: 12, from: 2026-01-01, to: 2026-12-31 }

deliveries:
  mail:
    type: email
    smtp:
      host: smtp.library.example.edu # <- your mail server
      port: 587
      tls: starttls                  # starttls | implicit | none
      # user: liaison
      # password: { env: SMTP_PASSWORD }
    from: ${JSON.stringify(`${name} <collections@library.example.edu>`)}   # <- sender
    # redirectTo: you@example.edu    # for trying out: every mail goes there
  files:
    type: file
    dir: out/

web:
  listen: 127.0.0.1:8080
  # publicUrl: https://liaison.library.example.edu         # how readers of mails reach these pages
`;
}
