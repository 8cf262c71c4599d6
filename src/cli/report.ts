import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Option } from "commander";
import { ConfigError } from "../domain/problem.ts";
import { periodFileName } from "../domain/period.ts";
import { reportModelBuilder } from "../jobs/build.ts";
import { writeXlsx } from "../kit/xlsx/index.ts";
import { titleIn } from "../reports/definition.ts";
import { getReport } from "../jobs/send.ts";
import { deliveryKey } from "../store/queries/outbox.ts";
import { renderEml } from "../kit/mail/index.ts";
import { renderCsv } from "../reports/render/csv.ts";
import { renderJson } from "../reports/render/json.ts";
import { illustratedMail } from "../reports/render/illustrated-mail.ts";
import { renderPage } from "../reports/render/page.ts";
import { renderPdf } from "../reports/render/pdf/index.ts";
import { sheetsOf } from "../reports/render/xlsx.ts";
import { renderText } from "../reports/render/text.ts";
import type { ReportModel } from "../reports/model.ts";
import { software } from "../version.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { periodOf } from "./send.ts";
import { table } from "./table.ts";

const formats = ["html", "text", "json", "csv", "xlsx", "pdf", "eml"] as const;
type Format = (typeof formats)[number];

interface RunFlags {
  readonly department?: string;
  readonly liaison?: string;
  readonly library?: boolean;
  readonly all?: boolean;
  readonly period?: string;
  readonly format: Format;
  readonly out?: string;
}

export const report: CliCommand = {
  register: (program, context) => {
    const command = program.command("report").summary("make reports");
    command
      .command("list")
      .summary("the configured reports")
      .action(() =>
        context.withApp((app) => {
          const reports = app.reports();
          const shapes = reports.map((report) => ({
            id: report.id,
            title: titleIn(report, app.config.library.locale),
            schedule: report.schedule,
            audience: report.audience,
            deliveries: report.deliveries,
          }));
          context.print(shapes, () =>
            table(
              ["report", "title", "schedule", "audience", "deliveries"],
              shapes.map((shape) => [
                shape.id,
                shape.title,
                shape.schedule,
                typeof shape.audience === "string" ? shape.audience : shape.audience.join(", "),
                shape.deliveries.join(", "),
              ]),
            ),
          );
          return Promise.resolve();
        }),
      );
    command
      .command("run")
      .summary("make one report and print it, or write it into a folder")
      .argument("<name>", "of the report")
      .option("--department <id>", "about this department")
      .option("--liaison <id>", "about the departments of this liaison")
      .option("--library", "about the whole library")
      .option("--all", "about every department, a file each")
      .option("--period <period>", "such as 2026-10 or last-quarter; default: that of the report")
      .addOption(new Option("--format <format>", "how it is written").choices(formats).default("text"))
      .option("--out <dir>", "write into this folder")
      .addHelpText(
        "after",
        "\nExamples:\n  liaison report run monthly --department physics --period 2026-10\n  liaison report run monthly --all --format html --out pages/",
      )
      .action((name: string, flags: RunFlags) =>
        context.withApp((app) => runReport(app, context, name, flags)),
      );
  },
};

async function runReport(app: App, context: CliContext, name: string, flags: RunFlags): Promise<void> {
  const definition = getReport(app.reports(), name);
  const { mapping } = await app.mapping();
  const subjects = subjectsOf(flags, [...mapping.departments.keys()]);
  if (subjects.length > 1 && flags.out === undefined) {
    throw usage("several reports need a folder", "add --out DIR");
  }
  const { config, now, log } = app;
  const build = reportModelBuilder(definition, { config, mapping, now, software, log });
  const period = periodOf(app, flags.period ?? definition.period);
  const format = context.options().json === true ? "json" : flags.format;
  const files: string[] = [];
  await app.store.readMany(async (read) => {
    for (const subject of subjects) {
      const model = await read((reader) => build(reader, { period, subject, language: null }));
      if (model.partial) context.exit(3);
      const bytes = await rendered(model, format, app.store.site, now());
      if (flags.out === undefined) {
        context.stdout(bytes);
        continue;
      }
      const stem = format === "xlsx" ? `${model.fileName}-${model.report}` : model.fileName;
      const file = path.join(flags.out, `${stem}.${format === "text" ? "txt" : format}`);
      mkdirSync(flags.out, { recursive: true });
      writeFileSync(file, bytes);
      files.push(file);
    }
  });
  if (flags.out !== undefined) {
    const { id } = definition;
    context.print({ report: id, period: periodFileName(period), files }, () => files.join("\n"));
  }
}

function subjectsOf(flags: RunFlags, departments: readonly string[]): readonly string[] {
  const chosen = [
    ...(flags.department === undefined ? [] : [[flags.department]]),
    ...(flags.liaison === undefined ? [] : [[`liaison:${flags.liaison}`]]),
    ...(flags.library === true ? [["library"]] : []),
    ...(flags.all === true ? [departments] : []),
  ];
  const [only, more] = chosen;
  if (only !== undefined && more === undefined) return only;
  throw usage("a report is about one thing", "give one of --department ID, --liaison ID, --library, --all");
}

async function rendered(
  model: ReportModel,
  format: Format,
  site: string,
  now: string,
): Promise<string | Uint8Array> {
  switch (format) {
    case "html":
      return renderPage(model);
    case "text":
      return renderText(model);
    case "json":
      return renderJson(model);
    case "csv":
      return renderCsv(model);
    case "xlsx":
      return writeXlsx(sheetsOf(model));
    case "pdf":
      return renderPdf(model, new Date(now));
    case "eml": {
      const identity = {
        report: model.report,
        subject: model.subject.key,
        period: model.period.word,
        edition: 1,
      };
      const recipient = "reader@localhost";
      const key = deliveryKey({ site, delivery: "", recipient, ...identity });
      const { html, pictures } = await illustratedMail(model);
      const mail = {
        ...identity,
        reportTitle: model.title,
        recipient,
        title: model.subjectLine,
        attachments: pictures,
      };
      const settings = { from: `${model.library} <library@localhost>`, replyTo: null, maxAttachmentBytes: 0 };
      const content = { html, text: renderText(model) };
      return renderEml({ ...mail, ...content }, key, settings, new Date(now));
    }
  }
}

function usage(what: string, cure: string): ConfigError {
  return new ConfigError([{ code: "USAGE", what, cure }]);
}
