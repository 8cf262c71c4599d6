/** From a configured installation to what a report or a measure is asked. */
import { forMail, isWorklist, sectionsOf } from "../reports/render/blocks.ts";
import { renderCsv } from "../reports/render/csv.ts";
import { renderJson } from "../reports/render/json.ts";
import { illustratedMail } from "../reports/render/illustrated-mail.ts";
import { renderPage } from "../reports/render/page.ts";
import { renderPdf } from "../reports/render/pdf/index.ts";
import { renderText } from "../reports/render/text.ts";
import { sheetsOf } from "../reports/render/xlsx.ts";
import { buildReport } from "../reports/build.ts";
import { toldIn } from "../reports/told.ts";
import type { ReportRequest } from "../reports/build.ts";
import type { ReportDefinition } from "../reports/definition.ts";
import type { ReportModel } from "../reports/model.ts";
import type { Config, ConnectorConfig } from "../config/load.ts";
import type { Instant } from "../domain/time.ts";
import type { Logger } from "../kit/contract.ts";
import { writeXlsx } from "../kit/xlsx/index.ts";
import { holdsForItem } from "../mapping/index.ts";
import type { Mapping } from "../mapping/index.ts";
import type { MappingInfo, MeasureSettings } from "../measures/index.ts";
import type { Reader } from "../store/index.ts";
import { readRecommendations } from "./recommendations.ts";
import { readSentences } from "./sentences.ts";
import { publicReport } from "./public.ts";
import type { BuildReport, BuildRequest, BuiltReport } from "./report.ts";

export function mappingInfoOf(mapping: Mapping): MappingInfo {
  const departments = [...mapping.departments.values()];
  return {
    departments,
    ...(mapping.weeding.length > 0 && {
      weeding: {
        rules: mapping.weeding,
        ruleFor: (record, item) =>
          mapping.weeding.find((rule) => holdsForItem(rule, record, item, mapping.policy)) ?? null,
      },
    }),
    liaisons: [...mapping.liaisons.values()].map(({ id, name }) => ({
      id,
      name,
      departments: departments
        .filter(({ liaisons }) => liaisons.includes(id))
        .map((department) => department.id),
    })),
  };
}

export function measureSettingsOf({ library, measures, privacy, sources }: Config): MeasureSettings {
  const { renewals, includeSuppressed, encumberOpenBaskets, holdsPerCopy, minBase, loanDays } = measures;
  const { suggestionStatuses, illCancelled } = measures;
  const { timezone: zone, currency, fiscalYearStart } = library;
  const { smallCell } = privacy;
  const counted = {
    renewals,
    includeSuppressed,
    encumberOpenBaskets,
    holdsPerCopy,
    minBase,
    loanDays,
    suggestionStatuses,
    illCancelled,
    smallCell,
  };
  return { zone, currency, fiscalYearStart, fundPeriods: sources.flatMap(fundPeriodsOf), ...counted };
}

/** Of a source that tells budget periods in its section. */
function fundPeriodsOf({ config }: ConnectorConfig): MeasureSettings["fundPeriods"] {
  const { fundPeriods } = config as { readonly fundPeriods?: MeasureSettings["fundPeriods"] };
  return fundPeriods ?? [];
}

export interface BuildOptions {
  readonly config: Config;
  readonly mapping: Mapping;
  readonly now: () => Instant;
  readonly software: string;
  readonly log: Logger;
}

export type BuildModel = (
  reader: Reader,
  request: Pick<BuildRequest, "period" | "subject" | "language">,
) => Promise<ReportModel>;

export function reportModelBuilder(definition: ReportDefinition, options: BuildOptions): BuildModel {
  const { config, now, software, log } = options;
  const { publicUrl } = config.web;
  const { catalogueUrl, name, locale } = config.library;
  const sentences = readSentences(config.sentences);
  const departments = [...options.mapping.departments.keys()];
  const recommendations = readRecommendations(config.reports, departments, log);
  return (reader, { subject, period, language }) =>
    buildReport(reader, {
      definition,
      subject: subjectOf(subject),
      period,
      mapping: mappingInfoOf(options.mapping),
      settings: measureSettingsOf(config),
      library: { name, locale },
      sentences,
      recommendations,
      ...(language !== null && { language }),
      now: now(),
      urls: {
        ...(publicUrl !== undefined && { publicUrl }),
        ...(catalogueUrl !== undefined && { catalogueUrl }),
      },
      software,
      onFailure: (section, department, error) => {
        log.error({ report: definition.id, section, department, err: error }, "section failed");
      },
    });
}

/** With everything that a delivery takes. */
export function reportBuilder(definition: ReportDefinition, options: BuildOptions): BuildReport {
  const build = reportModelBuilder(definition, options);
  return async (reader, request) => {
    const { form, subject, language, period } = request;
    if (form === "public-page" || form === "public-issue") {
      const about = { subject, language, period: form === "public-page" ? null : period };
      return publicReport(reader, definition, about, options);
    }
    const pdfAt = definition.attachPdf ? new Date(options.now()) : null;
    return render(await build(reader, request), form, pdfAt);
  };
}

/** `liaison:ada`, `library`, or a department. */
export function subjectOf(key: string): ReportRequest["subject"] {
  const liaison = /^liaison:(.+)$/.exec(key)?.[1];
  if (liaison !== undefined) return { kind: "liaison", id: liaison };
  return key === "library" ? { kind: "library" } : { kind: "department", id: key };
}

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** With a PDF where its date is given. */
async function render(model: ReportModel, form: "mail" | "page", pdfAt: Date | null): Promise<BuiltReport> {
  const isPage = form === "page";
  const file = (extension: string, type: string, text: string): BuiltReport["attachments"][number] => ({
    name: `${model.fileName}.${extension}`,
    type,
    bytes: Buffer.from(text, "utf8"),
  });
  const hasWorklist = sectionsOf(model).some(({ section }) => section.blocks.some(isWorklist));
  const worklist = { name: `${model.fileName}-${model.report}.xlsx`, type: workbook };
  const worklists = hasWorklist ? [{ ...worklist, bytes: await writeXlsx(sheetsOf(model)) }] : [];
  const pdf =
    pdfAt === null
      ? []
      : [{ name: `${model.fileName}.pdf`, type: "application/pdf", bytes: await renderPdf(model, pdfAt) }];
  const csv = file("csv", "text/csv; charset=utf-8", renderCsv(model));
  const shown = isPage || !hasWorklist ? model : forMail(model);
  const { html, pictures } = isPage
    ? { html: renderPage(model), pictures: [] }
    : await illustratedMail(shown);
  return {
    reportTitle: model.title,
    title: model.subjectLine,
    html,
    text: renderText(shown),
    attachments: isPage
      ? [csv, file("json", "application/json", renderJson(model)), ...worklists, ...pdf]
      : [
          ...pictures,
          ...pdf,
          ...worklists.flatMap((sheet) => [sheet, { ...csv, name: `${model.fileName}-${model.report}.csv` }]),
        ],
    mappingVersion: model.mappingVersion ?? "",
    asOf: model.asOf,
    partial: model.partial,
    empty: model.empty,
    told: toldIn(model),
    listed: model.listed,
  };
}
