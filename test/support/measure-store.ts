/** A store in memory whose rows a test writes itself, for figures and reports. */
import { tryParseCallNumber } from "../../src/domain/call-number/index.ts";
import type { CalendarDay } from "../../src/domain/time.ts";
import { monthOf } from "../../src/domain/time.ts";
import type { MeasureSettings } from "../../src/measures/index.ts";
import { packEvidence } from "../../src/store/evidence.ts";
import { migrations } from "../../src/store/migrations/index.ts";
import { rebuildRollups } from "../../src/store/page/rollup.ts";
import type { Reader } from "../../src/store/port.ts";
import type { UseKind } from "../../src/store/schema.ts";
import { sqlOver } from "../../src/store/sql.ts";
import { kyselyOver, openDatabase } from "../../src/store/sqlite.ts";

/** Department → [numerator, denominator]; `"excluded"` for what the mapping leaves out. */
export type Members = Readonly<Record<string, readonly [number, number]>> | "excluded";

export interface RecordRow {
  readonly id: string;
  readonly title?: string;
  readonly author?: string | null;
  readonly publisher?: string | null;
  readonly year?: number | null;
  readonly language?: string | null;
  readonly createdOn?: string;
  readonly deletedOn?: string | null;
  readonly suppressed?: boolean;
  readonly materialType?: string;
  readonly weights?: Members;
  /** LCC of the record itself. */
  readonly callNumber?: string;
  readonly subjects?: readonly string[];
}

export interface ItemRow {
  readonly id: string;
  readonly record: string;
  readonly acquiredOn?: string | null;
  readonly deletedOn?: string | null;
  readonly withdrawnOn?: string | null;
  readonly lost?: boolean;
  readonly notForLoan?: boolean;
  readonly weights?: Members;
  readonly callNumber?: string | null;
  readonly library?: string;
  readonly itemType?: string;
  readonly replacementPriceMinor?: number | null;
  readonly lastCheckoutOn?: string | null;
}

export type MeasureStore = Awaited<ReturnType<typeof openMeasureStore>>;

const key = { site: "main", source: "koha" } as const;
const physics: Members = { physics: [1, 1] };

export async function openMeasureStore() {
  const database = openDatabase(":memory:");
  for (const migration of migrations) database.exec(migration.sql);
  const db = kyselyOver(database);
  const reader: Reader = { db, sql: sqlOver(database), site: "main" };
  let lastId = 0;

  async function setOf(weights: Members): Promise<number> {
    if (weights === "excluded") return 1;
    const members = Object.entries(weights)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([department, [num, den]]) => `${department}=${den === 1 ? num : `${num}/${den}`}`)
      .join("|");
    const known = await db
      .selectFrom("assignment_set")
      .select("id")
      .where("members", "=", members)
      .executeTakeFirst();
    if (known !== undefined) return known.id;
    const { id } = await db
      .insertInto("assignment_set")
      .values({ members, excluded: 0 })
      .returning("id")
      .executeTakeFirstOrThrow();
    for (const [department, [num, den]] of Object.entries(weights)) {
      await db.insertInto("assignment").values({ set_id: id, department, num, den }).execute();
    }
    return id;
  }

  const recordId = async (externalId: string): Promise<number> =>
    (
      await db
        .selectFrom("record")
        .select("id")
        .where("external_id", "=", externalId)
        .executeTakeFirstOrThrow()
    ).id;

  return {
    reader,
    db,
    settings: (change: Partial<MeasureSettings> = {}): MeasureSettings => ({
      zone: "Europe/Berlin",
      currency: "EUR",
      renewals: "exclude",
      includeSuppressed: false,
      encumberOpenBaskets: true,
      holdsPerCopy: 3,
      fiscalYearStart: "01-01",
      fundPeriods: [],
      minBase: { percent: 10, change: 20 },
      ...change,
    }),
    addRecord: async (record: RecordRow): Promise<void> => {
      const set = await setOf(record.weights ?? physics);
      const { id } = await db
        .insertInto("record")
        .values({
          ...key,
          external_id: record.id,
          control_number: null,
          title: record.title ?? `Title ${record.id}`,
          author: record.author ?? null,
          edition: null,
          publisher: record.publisher ?? null,
          publication_year: record.year ?? null,
          language: record.language ?? null,
          material_type: record.materialType ?? "book",
          isbn: "[]",
          issn: "[]",
          oclc: null,
          class_source: null,
          suppressed: record.suppressed === true ? 1 : 0,
          created_on: record.createdOn ?? "2010-01-01",
          first_seen_on: "2026-11-02",
          deleted_at: record.deletedOn == null ? null : `${record.deletedOn}T12:00:00.000Z`,
          hash: record.id,
          set_id: set,
          title_set_id: set,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      const subjects = (record.subjects ?? []).map((subject) => ({
        kind: "lcsh",
        rank: "subject" as const,
        sortKey: subject.toLowerCase(),
        text: subject,
        authority: null,
        tag: "650",
      }));
      const callNumbers = (record.callNumber === undefined ? [] : [record.callNumber]).map((text) => ({
        kind: "lcc",
        rank: "call-number" as const,
        sortKey: text,
        text,
        authority: null,
        tag: "050",
      }));
      const evidence = [...callNumbers, ...subjects];
      await db
        .insertInto("record_evidence")
        .values({ record_id: id, evidence: packEvidence(evidence) })
        .execute();
    },
    addItem: async (item: ItemRow): Promise<void> => {
      const id = ++lastId;
      await db
        .insertInto("item_key")
        .values({ id, ...key, external_id: item.id })
        .execute();
      await db
        .insertInto("item")
        .values({
          id,
          ...key,
          external_id: item.id,
          record_id: await recordId(item.record),
          home_library: item.library ?? "MAIN",
          holding_library: item.library ?? "MAIN",
          location: null,
          collection: null,
          item_type: item.itemType ?? "BK",
          call_number: item.callNumber ?? null,
          class_source: null,
          scheme: item.callNumber == null ? null : "lcc",
          sort_key:
            item.callNumber == null
              ? null
              : (tryParseCallNumber("lcc", item.callNumber)?.key ?? item.callNumber),
          barcode: null,
          copy_number: null,
          volume: null,
          inventory_number: null,
          acquired_on: item.acquiredOn === undefined ? "2015-01-01" : item.acquiredOn,
          first_seen_on: "2026-11-02",
          price_minor: null,
          replacement_price_minor: item.replacementPriceMinor ?? null,
          not_for_loan: item.notForLoan === true ? 1 : 0,
          lost: item.lost === true ? 1 : 0,
          withdrawn: item.withdrawnOn == null ? 0 : 1,
          damaged: 0,
          withdrawn_on: item.withdrawnOn ?? null,
          lost_on: null,
          last_checkout_on: item.lastCheckoutOn ?? null,
          checkouts: null,
          renewals: null,
          in_house_uses: null,
          deleted_at: item.deletedOn == null ? null : `${item.deletedOn}T12:00:00.000Z`,
          hash: item.id,
          set_id: await setOf(item.weights ?? physics),
        })
        .execute();
      const statuses = [
        item.withdrawnOn == null ? null : (["withdrawn", item.withdrawnOn] as const),
        item.lost === true ? (["lost", "0001-01-01"] as const) : null,
        item.notForLoan === true ? (["not-for-loan", "0001-01-01"] as const) : null,
      ];
      for (const status of statuses) {
        if (status === null) continue;
        const [kind, from_on] = status;
        await db.insertInto("item_status").values({ item_id: id, kind, from_on, to_on: null }).execute();
      }
    },
    /** Of an item that is here, or of one that only loans know. */
    addUse: async (item: string, month: string, kind: string, count: number): Promise<void> => {
      const known = await db
        .selectFrom("item_key")
        .select("id")
        .where("external_id", "=", item)
        .executeTakeFirst();
      await db
        .insertInto("use_fact")
        .values({
          ...key,
          month: monthOf(`${month}-01` as CalendarDay),
          item_id: known?.id ?? 0,
          kind: kind as UseKind,
          library: "MAIN",
          count,
        })
        .execute();
    },
    /** A loan of a day, and the use that it counts for. */
    addLoan: async (id: string, item: string, outOn: string): Promise<void> => {
      const { id: itemId } = await db
        .selectFrom("item_key")
        .select("id")
        .where("external_id", "=", item)
        .executeTakeFirstOrThrow();
      const loan = { ...key, external_id: id, item_id: itemId, library: "MAIN", out_on: outOn };
      await db
        .insertInto("loan")
        .values({ ...loan, in_on: null, onsite: 0, renewals: null, hash: "" })
        .execute();
      const month = monthOf(outOn as CalendarDay);
      await db
        .insertInto("use_fact")
        .values({ ...key, month, item_id: itemId, kind: "checkout", library: "MAIN", count: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(["site", "month", "item_id", "kind", "library", "source"])
            .doUpdateSet((update) => ({ count: update("use_fact.count", "+", 1) })),
        )
        .execute();
    },
    addHolds: async (record: string, count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        await db
          .insertInto("hold")
          .values({
            ...key,
            external_id: `h${++lastId}`,
            record_external_id: record,
            item_external_id: null,
            placed_on: "2026-10-20",
            suspended: 0,
            hash: "",
          })
          .execute();
      }
    },
    /** A month of a report of usage: of each title its counts. */
    addUsage: async (usage: {
      readonly platform?: string;
      readonly report?: string;
      readonly release?: string;
      readonly month: string;
      /** Absent: those that are counted. */
      readonly metrics?: readonly string[];
      readonly titles: readonly {
        readonly id: string;
        readonly weights?: Members;
        readonly counts: readonly {
          readonly metric: string;
          readonly access?: string;
          readonly dataType?: string;
          readonly count: number;
        }[];
      }[];
    }): Promise<void> => {
      const { platform = "Platform 1", report = "TR", release = "5.1", titles } = usage;
      const month = monthOf(`${usage.month}-01` as CalendarDay);
      const metrics = usage.metrics ?? [
        ...new Set(titles.flatMap(({ counts }) => counts.map(({ metric }) => metric))),
      ];
      const { id: report_id } = await db
        .insertInto("usage_report")
        .values({
          ...key,
          external_id: `${platform}|${report}|${usage.month}`,
          platform,
          report,
          release,
          month,
          metrics: JSON.stringify(metrics),
          hash: "",
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      for (const { id, weights, counts } of titles) {
        const named = { ...key, platform, external_id: id };
        const known = await db
          .selectFrom("usage_title")
          .select("id")
          .where("platform", "=", platform)
          .where("external_id", "=", id)
          .executeTakeFirst();
        const title_id =
          known?.id ??
          (
            await db
              .insertInto("usage_title")
              .values({
                ...named,
                title: `Journal ${id}`,
                print_issn: null,
                online_issn: null,
                isbn: null,
                doi: null,
                proprietary_id: null,
                record_id: null,
                set_id: await setOf(weights ?? physics),
              })
              .returning("id")
              .executeTakeFirstOrThrow()
          ).id;
        for (const { metric, access = "Controlled", dataType = "Journal", count } of counts) {
          await db
            .insertInto("usage_fact")
            .values({
              site: "main",
              month,
              report_id,
              title_id,
              metric,
              access_type: access,
              access_method: "Regular",
              data_type: dataType,
              count,
            })
            .execute();
        }
      }
    },
    /** A title of a package; the ids of the titles in reports of usage that it is. */
    addETitle: async (eTitle: {
      readonly id: string;
      readonly package?: string;
      readonly platform?: string | null;
      readonly type?: "serial" | "monograph";
      readonly weights?: Members;
      readonly used?: readonly string[];
    }): Promise<void> => {
      const { id } = await db
        .insertInto("e_title")
        .values({
          ...key,
          external_id: eTitle.id,
          title: `Journal ${eTitle.id}`,
          title_id: eTitle.id,
          publication_type: eTitle.type ?? "serial",
          publisher: null,
          print_issn: null,
          online_issn: null,
          isbn: "[]",
          record_external_id: null,
          package_external_id: eTitle.package ?? "P",
          platform: eTitle.platform === undefined ? "Platform 1" : eTitle.platform,
          url: null,
          coverage: "[]",
          embargo: null,
          coverage_depth: null,
          access_type: null,
          first_seen_on: "2026-01-01",
          deleted_at: null,
          hash: "",
          listed_run: 1,
          record_id: null,
          set_id: await setOf(eTitle.weights ?? physics),
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      const titles = await db.selectFrom("usage_title").select(["id", "external_id"]).execute();
      for (const title of titles.filter(({ external_id }) => eTitle.used?.includes(external_id) === true)) {
        await db.insertInto("e_title_usage").values({ e_title_id: id, usage_title_id: title.id }).execute();
      }
    },
    addPackage: async (
      id: string,
      costs: readonly { readonly from: string; readonly to: string; readonly amountMinor: number }[] = [],
    ): Promise<void> => {
      await db
        .insertInto("package")
        .values({
          ...key,
          external_id: id,
          name: id,
          vendor: null,
          platform: null,
          deleted_at: null,
          hash: "",
          set_id: 2,
        })
        .execute();
      for (const [n, { from, to, amountMinor }] of costs.entries()) {
        await db
          .insertInto("package_cost")
          .values({
            ...key,
            external_id: `${id}-${n}`,
            package_external_id: id,
            from_on: from,
            to_on: to,
            amount_minor: amountMinor,
            currency: "EUR",
            hash: "",
          })
          .execute();
      }
    },
    addHoldCounts: async (
      record: string,
      month: string,
      counts: { readonly filled?: number; readonly cancelled?: number; readonly expired?: number },
    ): Promise<void> => {
      const { filled = 0, cancelled = 0, expired = 0 } = counts;
      const id = `${record}:${month}`;
      await db
        .insertInto("hold_fact")
        .values({
          ...key,
          external_id: id,
          record_external_id: record,
          month: monthOf(`${month}-01` as CalendarDay),
          placed: 0,
          filled,
          cancelled,
          expired,
          hash: "",
        })
        .execute();
    },
    addFund: async (
      fund: { readonly id: string; readonly code: string; readonly allocatedMinor: number } & {
        readonly name?: string;
        readonly parent?: string;
        readonly period?: string;
      },
    ): Promise<void> => {
      await db
        .insertInto("fund")
        .values({
          ...key,
          external_id: fund.id,
          code: fund.code,
          name: fund.name ?? fund.code,
          parent_external_id: fund.parent ?? null,
          period_external_id: fund.period ?? null,
          library: null,
          allocated_minor: fund.allocatedMinor,
          currency: "EUR",
          deleted_at: null,
          hash: "",
        })
        .execute();
    },
    addOrder: async (order: {
      readonly fund: string;
      readonly record?: string;
      readonly status?: string;
      readonly quantity?: number;
      readonly received?: number;
      readonly unitPriceMinor?: number | null;
      readonly estimateMinor?: number;
      readonly orderedOn?: string;
      readonly receivedOn?: string | null;
    }): Promise<void> => {
      await db
        .insertInto("order_line")
        .values({
          ...key,
          external_id: `o${++lastId}`,
          record_external_id: order.record ?? null,
          fund_external_id: order.fund,
          parent_external_id: null,
          status: order.status ?? "ordered",
          ordered_on: order.orderedOn ?? "2026-09-01",
          received_on: order.receivedOn ?? null,
          cancelled_on: order.status === "cancelled" ? "2026-09-02" : null,
          quantity: order.quantity ?? 1,
          quantity_received: order.received ?? 0,
          unit_price_minor: order.unitPriceMinor ?? null,
          estimate_minor: order.estimateMinor ?? null,
          currency: "EUR",
          deleted_at: null,
          hash: "",
        })
        .execute();
    },
    addSuggestion: async (suggestion: {
      readonly title: string;
      readonly status?: string;
      readonly suggestedOn: string;
      readonly decidedOn?: string | null;
      readonly fund?: string;
      readonly record?: string;
    }): Promise<void> => {
      await db
        .insertInto("suggestion")
        .values({
          ...key,
          external_id: `s${++lastId}`,
          record_external_id: suggestion.record ?? null,
          fund_external_id: suggestion.fund ?? null,
          library: null,
          status: suggestion.status ?? "ASKED",
          title: suggestion.title,
          author: null,
          isbn: null,
          suggested_on: suggestion.suggestedOn,
          decided_on: suggestion.decidedOn ?? null,
          deleted_at: null,
          hash: "",
        })
        .execute();
    },
    addIllRequest: async (request: {
      readonly record?: string;
      readonly status: string;
      readonly placedOn: string;
    }): Promise<void> => {
      await db
        .insertInto("ill_request")
        .values({
          ...key,
          external_id: `l${++lastId}`,
          record_external_id: request.record ?? null,
          library: null,
          status: request.status,
          placed_on: request.placedOn,
          completed_on: null,
          deleted_at: null,
          hash: "",
        })
        .execute();
    },
    /** Streams that were read on 2 November 2026, of all time or from a day on. */
    delivered: async (
      ...streams: readonly (
        string | { readonly from?: string; readonly notices?: readonly object[]; readonly at?: string }
      )[]
    ): Promise<void> => {
      for (const [n, stream] of streams.entries()) {
        if (typeof stream !== "string") continue;
        const next = streams[n + 1];
        const {
          from = null,
          notices = [],
          at = "2026-11-02T06:00:00.000Z",
        } = typeof next === "object" ? next : {};
        await db
          .insertInto("cursor")
          .values({
            ...key,
            stream,
            version: 1,
            cursor: null,
            sweep_cursor: null,
            sweep_started_at: null,
            as_of: at,
            covered_from: from,
            covered_to: at,
            notices: JSON.stringify(notices),
            state: "ok",
            message: null,
          })
          .execute();
      }
    },
    mapping: async (version: string, policy = "split"): Promise<void> => {
      await db
        .insertInto("mapping_version")
        .values({
          version,
          applied_at: "2026-09-01T00:00:00.000Z",
          author: "test",
          policy,
          files: "[]",
          active: 1,
        })
        .execute();
    },
    quarantine: async (stream: string, count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        await db
          .insertInto("quarantine")
          .values({
            ...key,
            stream,
            kind: "record",
            external_id: null,
            at: "2026-11-02T06:00:00.000Z",
            origin: "test",
            record: n,
            byte: null,
            reason: "bad-leader",
            problem: "{}",
            raw: new Uint8Array(),
            fingerprint: `${stream} ${n}`,
            run_id: 1,
          })
          .execute();
      }
    },
    /** A table that cannot be read any more. */
    damage: (table: string): Promise<void> => {
      database.exec(`DROP TABLE ${table}`);
      return Promise.resolve();
    },
    rollUp: (): Promise<void> => {
      database.exec(rebuildRollups);
      return Promise.resolve();
    },
    close: async (): Promise<void> => {
      await db.destroy();
    },
  };
}
