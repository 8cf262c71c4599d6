/** The demo library's records and copies, with the disorder that real ones have. */
import { authorisedValues, itemTypeOf } from "./codes.ts";
import { addDay, dayNumber, dayText, localMoment } from "./clock.ts";
import type { Title } from "./facts.ts";
import type { Biblio, Item, Patron } from "./model.ts";
import type { Random } from "./random.ts";

export interface StockOptions {
  readonly random: Random;
  readonly patrons: readonly Patron[];
  /** Last day of the library's life so far. */
  readonly today: string;
}

const migratedOn = "2014-05-19";

/** A working day not before the given year, from 1985 on and not after the last day. */
function arrivalDay(random: Random, year: string, today: string): string {
  const earliest = Math.max(
    dayNumber("1985-01-07"),
    dayNumber(`${/^\d{4}$/.test(year) ? year : "1990"}-03-01`),
  );
  const latest = dayNumber(today) - 20;
  // Most titles are bought within three years of their publication.
  const span = random.chance(0.75) ? Math.min(1000, latest - earliest) : latest - earliest;
  return dayText(Math.min(latest, earliest + Math.max(0, random.between(0, Math.max(1, span)))));
}

/** A title becomes a record; ids have gaps, as they have after years of deletions. */
export function createBiblios(titles: readonly Title[], { random, today }: StockOptions): Biblio[] {
  let id = 0;
  return titles.map((facts, index) => {
    id += random.chance(0.12) ? random.between(2, 6) : 1;
    const createdOn = arrivalDay(random, facts.year, today);
    const edited = random.chance(0.3) ? addDay(today, -random.between(2, 900)) : createdOn;
    // What is older came over in the migration to Koha, and carries its day.
    const touched = [edited, createdOn, migratedOn].sort().at(-1) ?? createdOn;
    const biblioAt = localMoment(touched, random.between(480, 1100));
    return {
      id,
      facts,
      createdOn,
      suppressed: index % 181 === 90,
      corrupt: index === 777,
      hasControlNumber: !random.chance(0.03),
      has005: random.chance(0.6),
      biblioAt,
      biblioitemAt: biblioAt,
      metadataAt: biblioAt,
    };
  });
}

function copiesOf(facts: Title, random: Random): number {
  if (facts.type.startsWith("e-")) return 0;
  if (facts.type === "serial") return random.between(1, 5);
  const chance = random.next();
  if (chance < 0.05) return 0;
  if (chance < 0.67) return 1;
  if (chance < 0.87) return 2;
  return chance < 0.95 ? 3 : random.between(4, 6);
}

function homeOf(facts: Title, random: Random): string {
  const letter = facts.lcc.slice(0, 1);
  if ((facts.nlm !== "" || letter === "R") && random.chance(0.8)) return "MED";
  if (letter === "K" && random.chance(0.85)) return "LAW";
  if ("QST".includes(letter || "-") && random.chance(0.7)) return "SCI";
  return random.chance(0.95) ? "MAIN" : random.pick(["SCI", "LAW", "MED"]);
}

interface Mark {
  readonly callNumber: string | null;
  readonly scheme: string | null;
}

/** A call number as a cataloguer would have written it, then what happens to some in real life. */
function markOf(facts: Title, serialNumber: number, reference: boolean, random: Random): Mark {
  const year = facts.year === "" ? "" : ` ${facts.year}`;
  const three = (facts.author.slice(5) || facts.title)
    .replaceAll(/[^A-Za-z]/g, "")
    .slice(0, 3)
    .toUpperCase();
  const written = (joined: string) => joined.replace("$b", " ").replace(/\s+/g, " ");
  let mark: { callNumber: string; scheme: string };
  if (facts.type === "recording" && random.chance(0.5))
    mark = { callNumber: `CD ${String(serialNumber)}`, scheme: "z" };
  else if (facts.type === "video") mark = { callNumber: `DVD ${String(serialNumber)}`, scheme: "z" };
  else if (facts.lcc !== "")
    mark = {
      callNumber: `${written(facts.lcc)}${/\d{4}[a-z]?$/.test(facts.lcc) || facts.type === "serial" ? "" : year}`,
      scheme: "lcc",
    };
  else if (facts.nlm !== "") mark = { callNumber: written(facts.nlm), scheme: "nlm" };
  else if (facts.ddc !== "") mark = { callNumber: `${facts.ddc.slice(0, 12)} ${three}`, scheme: "ddc" };
  else mark = { callNumber: `ACC ${String(serialNumber).padStart(5, "0")}`, scheme: "z" };
  if (reference) mark.callNumber = `REF ${mark.callNumber}`;
  const fate = random.next();
  if (fate < 0.012) return { callNumber: null, scheme: mark.scheme };
  if (fate < 0.05) return { ...mark, scheme: null };
  if (fate < 0.065) return { ...mark, scheme: mark.scheme === "lcc" ? "ddc" : "lcc" };
  return mark;
}

function placeOf(facts: Title, reference: boolean, random: Random): { location: string; collection: string } {
  if (facts.type === "serial") return { location: "PERBIND", collection: "SER" };
  if (facts.type === "recording" || facts.type === "video") return { location: "AV", collection: "MEDIA" };
  if (facts.type === "map") return { location: "MAPS", collection: "MAPS" };
  if (reference) return { location: "REF", collection: "REF" };
  if (facts.year !== "" && facts.year < "1830") return { location: "SPEC", collection: "RARE" };
  return { location: random.chance(0.04) ? "RES" : "STACKS", collection: "GEN" };
}

/** About one in six came within the last year: gifts, second copies, what was missing. */
function arrivalOf(biblio: Biblio, copy: number, random: Random, today: string): string {
  if (random.chance(0.17)) {
    const recent = addDay(today, -random.between(0, 400));
    if (recent > biblio.createdOn) return recent;
  }
  return copy === 1 ? biblio.createdOn : arrivalDay(random, biblio.createdOn.slice(0, 4), today);
}

const labels = (category: string): ReadonlyMap<string, string> =>
  new Map((authorisedValues.get(category) ?? []).map(({ code, label }) => [code, label]));

export function createItems(biblios: readonly Biblio[], options: StockOptions): Item[] {
  const { random, patrons, today } = options;
  const items: Item[] = [];
  for (const biblio of biblios) {
    const { facts } = biblio;
    const reference = facts.type === "book" && random.chance(0.045);
    for (let copy = 1; copy <= copiesOf(facts, random); copy += 1) {
      const id = 1000 + items.length + Math.floor(items.length / 9);
      const home = homeOf(facts, random);
      const acquired = arrivalOf(biblio, copy, random, today);
      const lost = random.chance(0.02) ? random.pick([1, 2, 4]) : 0;
      const withdrawn = lost === 0 && random.chance(0.01) ? 1 : 0;
      const changedOn = addDay(today, -random.between(30, 900));
      const damaged = random.chance(0.01) ? 1 : 0;
      const price = random.chance(0.7) ? random.between(900, 14_000) / 100 : null;
      const reader = random.pick(patrons);
      const at = localMoment(addDay(today, -random.between(1100, 2500)), random.between(480, 1100));
      items.push({
        id,
        biblioId: biblio.id,
        barcode: `39001${String(id * 7 + 11).padStart(9, "0")}`,
        acquiredOn: random.chance(0.03) ? null : acquired,
        source: random.chance(0.3)
          ? "Approval plan"
          : random.chance(0.02)
            ? `Gift of ${reader.first} ${reader.last}`
            : null,
        homeLibrary: home,
        holdingLibrary: random.chance(0.03) ? "MAIN" : home,
        ...placeOf(facts, reference, random),
        itemType: reference ? "REF" : (itemTypeOf[facts.type] ?? "BK"),
        ...markOf(facts, id, reference, random),
        copyNumber: copy === 1 ? null : String(copy),
        volume: facts.type === "serial" ? `v.${String(copy)}` : null,
        inventoryNumber: random.chance(0.2) ? `INV${String(id)}` : null,
        price,
        replacementPrice: price === null ? null : Math.round(price * 120) / 100,
        notForLoan: reference ? 1 : random.chance(0.02) ? random.pick([1, 2]) : random.chance(0.01) ? -1 : 0,
        lost,
        lostAt: lost === 0 ? null : localMoment(changedOn, 700),
        withdrawn,
        withdrawnAt: withdrawn === 0 ? null : localMoment(changedOn, 660),
        damaged,
        damagedAt: damaged === 0 ? null : localMoment(changedOn, 720),
        restricted: random.chance(0.01) ? 1 : null,
        publicNote: random.chance(0.03) ? `Bookplate: in memory of ${reader.first} ${reader.last}` : null,
        internalNote: random.chance(0.05)
          ? `${labels("LOST").get("4") ?? ""}? Last seen with ${reader.last}, ${reader.first} (${reader.cardNumber}), ${reader.phone}`
          : null,
        checkouts: random.chance(0.05) ? null : random.between(0, 30),
        renewals: null,
        localUse: null,
        holds: null,
        lastCheckoutOn: null,
        lastSeenAt: at,
        dueOn: null,
        at,
      });
    }
  }
  return items;
}
