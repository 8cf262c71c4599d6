/** HoldingsIQ of one library, as its Swagger and FOLIO's fixtures have it: packages, and snapshots by the page. */
import type { ElectronicPackage } from "./electronic.ts";
import { json } from "./http.ts";
import type { Answer, Call } from "./http.ts";
import { listen } from "./listen.ts";

export interface HoldingsIqDoubleOptions {
  readonly packages: readonly ElectronicPackage[];
  readonly apiKey?: string;
  /** Older accounts have one snapshot at a time. */
  readonly kind?: "transactions" | "single";
  /** Looks at the state of a snapshot until it is made. */
  readonly looks?: number;
}

export interface HoldingsIqDouble {
  readonly url: string;
  readonly log: readonly { readonly url: string; readonly status: number }[];
  /** Replaces what the library holds. */
  hold(packages: readonly ElectronicPackage[]): void;
  /** So many requests for this page are answered so. */
  failPage(number: number, times: number, status: number): void;
  /** Forgets all snapshots. */
  forget(): void;
  close(): Promise<void>;
}

interface Snapshot {
  readonly id: string;
  readonly rows: readonly object[];
  looksLeft: number;
}

export async function startHoldingsIqDouble(options: HoldingsIqDoubleOptions): Promise<HoldingsIqDouble> {
  const { kind = "transactions", looks = 1, apiKey = "demo-key" } = options;
  let { packages } = options;
  const snapshots = new Map<string, Snapshot>();
  let failing = { number: 1, times: 0, status: 500 };
  let made = 0;

  function order(id: string): Snapshot {
    const snapshot = { id, rows: rowsOf(packages), looksLeft: looks };
    snapshots.set(id, snapshot);
    return snapshot;
  }

  function answer({ method, path, query, headers }: Call): Answer {
    const below = /^\/rm\/rmaccounts\/[^/]+(\/.*)$/.exec(path)?.[1];
    if (below === undefined) return json(404, { message: "Not Found" });
    if (headers["x-api-key"] !== apiKey) return json(403, { message: "Forbidden" });
    if (below === "/packages") return json(200, { totalResults: packages.length, packagesList: [] });
    const isOrder = method === "POST";
    if (kind === "transactions" && isOrder && below === "/reports/holdings")
      return json(202, { transactionId: order(`t-${String(++made)}`).id });
    if (kind === "single" && isOrder && below === "/holdings") {
      const running = snapshots.get("");
      if (running !== undefined && running.looksLeft > 0)
        return json(409, { errors: [{ code: 1009, message: "A snapshot is being made", subcode: 0 }] });
      order("");
      return json(202, {});
    }
    const asked =
      kind === "single"
        ? /^\/holdings()(\/status)?$/.exec(below)
        : /^\/reports\/holdings\/transactions\/([^/]+)(\/status)?$/.exec(below);
    const snapshot = snapshots.get(asked?.[1] ?? "-");
    if (asked !== null && kind === "single" && snapshot === undefined && asked[2] !== undefined)
      return json(200, { status: "None", created: null, totalCount: 0 });
    if (asked === null || snapshot === undefined) return json(404, { errors: [{ message: "Not Found" }] });
    return asked[2] === undefined ? page(snapshot, query) : status(snapshot);
  }

  function status(snapshot: Snapshot): Answer {
    const isMade = snapshot.looksLeft <= 0;
    snapshot.looksLeft -= 1;
    const word = kind === "single" ? "Completed" : "Complete";
    return json(200, {
      status: isMade ? word : "In Progress",
      [kind === "single" ? "created" : "creationDate"]: "2026-11-01 20:10:28",
      totalCount: kind === "single" ? snapshot.rows.length : String(snapshot.rows.length),
    });
  }

  /** `offset` counts pages from 1. */
  function page({ rows }: Snapshot, query: URLSearchParams): Answer {
    const [count, offset] = [Number(query.get("count")), Number(query.get("offset"))];
    if (failing.times > 0 && offset === failing.number) {
      failing = { ...failing, times: failing.times - 1 };
      return json(failing.status, { message: "failing" });
    }
    return json(200, {
      offset,
      format: "KBART2",
      holdings: rows.slice((offset - 1) * count, offset * count),
    });
  }

  const server = await listen(answer);
  return {
    url: server.url,
    log: server.log,
    hold: (next) => (packages = next),
    failPage: (number, times, status) => (failing = { number, times, status }),
    forget: () => {
      snapshots.clear();
    },
    close: () => server.close(),
  };
}

function rowsOf(packages: readonly ElectronicPackage[]): object[] {
  return packages.flatMap((of) =>
    of.titles.map((title) => ({
      publication_title: title.title,
      print_identifier: title.printIssn === "" ? title.isbn : title.printIssn,
      online_identifier: title.onlineIssn,
      date_first_issue_online: title.type === "serial" ? `${title.from}-01-01` : "",
      date_last_issue_online:
        title.type === "serial" ? (title.to === "" ? "9999-12-31" : `${title.to}-12-31`) : "",
      title_url: `https://reader.example.com/${title.titleId}`,
      first_author: "",
      title_id: title.titleId,
      embargo_info: "",
      coverage_depth: "fulltext",
      notes: "",
      publisher_name: of.vendor,
      publication_type: title.type,
      date_monograph_published_online: title.type === "monograph" ? title.from : "",
      access_type: title.free ? "F" : "P",
      package_name: of.name,
      package_id: of.id,
      vendor_name: of.vendor,
      vendor_id: Number(of.vendorId),
      resource_type: title.type === "serial" ? "Journal" : "Book",
      package_content_type: title.type === "serial" ? "EJournal" : "EBook",
    })),
  );
}
