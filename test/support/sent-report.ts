import type { Instant } from "../../src/domain/time.ts";
import type { ReportModel } from "../../src/reports/model.ts";
import { renderText } from "../../src/reports/render/text.ts";
import { toldIn } from "../../src/reports/told.ts";
import { enqueue } from "../../src/store/queries/outbox.ts";
import type { MeasureStore } from "./measure-store.ts";

/** Puts a report into the outbox, as a job does. */
export async function sendReport(store: MeasureStore, model: ReportModel): Promise<void> {
  await enqueue(store.reader.db, {
    site: "main",
    report: model.report,
    reportTitle: model.title,
    subject: model.subject.key,
    delivery: "mail",
    recipient: "ada@example.edu",
    period: model.period.word,
    edition: 1,
    state: "due",
    title: model.subjectLine,
    html: "",
    text: renderText(model),
    attachments: [],
    createdAt: "2026-10-01T08:00:00.000Z" as Instant,
    mappingVersion: model.mappingVersion ?? "",
    asOf: null,
    software: "test",
    told: toldIn(model),
    listed: { from: model.period.from, recordIds: model.listed },
  });
}
