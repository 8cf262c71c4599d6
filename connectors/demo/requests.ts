/** What readers wait for and ask for: holds, purchase suggestions, interlibrary loans. */
import { addDay, localMoment } from "./clock.ts";
import type { Biblio, Fund, Hold, IllRequest, Item, Loan, Patron, Suggestion } from "./model.ts";
import type { Random } from "./random.ts";

export interface RequestOptions {
  readonly random: Random;
  readonly staff: readonly Patron[];
  readonly readers: readonly Patron[];
  readonly biblios: readonly Biblio[];
  readonly funds: readonly Fund[];
  readonly today: string;
}

/** Open holds: most on titles whose copies are out, some on titles that have no copy at all. */
export function createHolds(
  options: RequestOptions,
  items: readonly Item[],
  open: readonly Loan[],
  count: number,
): Hold[] {
  const { random, readers, today } = options;
  const biblioOf = new Map(items.map((item) => [item.id, item.biblioId]));
  const lent = open.flatMap((loan) => biblioOf.get(loan.itemId ?? 0) ?? []);
  const stocked = new Set(items.map((item) => item.biblioId));
  const empty = options.biblios.filter(({ id, facts }) => !stocked.has(id) && !facts.type.startsWith("e-"));
  const queues = new Map<number, number>();
  return Array.from({ length: count }, (_, index) => {
    const biblioId = random.chance(0.12) && empty.length > 0 ? random.pick(empty).id : popular(lent, random);
    const copies = items.filter((item) => item.biblioId === biblioId);
    const reader = random.pick(readers);
    const placedOn = addDay(today, -random.between(0, 120));
    const waiting = copies.length > 0 && random.chance(0.1);
    const priority = waiting ? 0 : (queues.get(biblioId) ?? 0) + 1;
    if (!waiting) queues.set(biblioId, priority);
    return {
      id: 301 + index,
      biblioId,
      itemId: copies.length > 0 && (waiting || random.chance(0.15)) ? random.pick(copies).id : null,
      patronId: reader.id,
      placedOn,
      priority,
      pickupLibrary: reader.library,
      status: waiting ? random.pick(["W", "T"]) : null,
      waitingOn: waiting ? addDay(today, -1) : null,
      suspended: random.chance(0.06),
      notes: random.chance(0.15) ? `Call ${reader.first} ${reader.last} at ${reader.phone} when here` : null,
      at: localMoment(placedOn, random.between(500, 1200)),
    };
  });
}

/** The head of the list is asked for again and again. */
function popular(biblioIds: readonly number[], random: Random): number {
  return biblioIds[Math.floor(random.next() ** 2.5 * biblioIds.length)] ?? 1;
}

const suggestionStates = [
  "ASKED",
  "ASKED",
  "CHECKED",
  "ACCEPTED",
  "REJECTED",
  "ORDERED",
  "AVAILABLE",
] as const;

export function createSuggestions(options: RequestOptions, count: number): Suggestion[] {
  const { random, staff, readers, biblios, funds, today } = options;
  return Array.from({ length: count }, (_, index) => {
    const reader = random.pick(readers);
    const manager = random.pick(staff);
    const status = random.pick(suggestionStates);
    const biblio = random.pick(biblios);
    const known = status === "ORDERED" || status === "AVAILABLE";
    const suggestedOn = addDay(today, -random.between(1, 700));
    return {
      id: 401 + index,
      suggestedBy: reader.id,
      managedBy: status === "ASKED" ? null : manager.id,
      suggestedOn,
      status,
      title: biblio.facts.title,
      author: biblio.facts.author.slice(5) || null,
      isbn: biblio.facts.isbn[0] ?? null,
      publisher: biblio.facts.publisher || null,
      year: biblio.facts.year || null,
      biblioId: known ? biblio.id : null,
      fundId:
        known || random.chance(0.3)
          ? random.pick(funds.filter(({ parentId }) => parentId !== null)).id
          : null,
      library: reader.library,
      itemType: "BK",
      quantity: random.chance(0.1) ? 2 : 1,
      price: random.chance(0.5) ? random.between(1500, 9000) / 100 : null,
      note: random.chance(0.3) ? `For my seminar, ${reader.first} ${reader.last}` : null,
      staffNote: random.chance(0.2)
        ? `Spoke to ${reader.last}, ${reader.first} (card ${reader.cardNumber})`
        : null,
      patronReason: random.chance(0.3)
        ? `I am ${reader.first} ${reader.last}, born ${reader.bornOn}, and need it`
        : null,
      at: localMoment(addDay(suggestedOn, status === "ASKED" ? 0 : 1), random.between(500, 1200)),
    };
  });
}

export function createIllRequests(options: RequestOptions, count: number): IllRequest[] {
  const { random, staff, readers, biblios, today } = options;
  return Array.from({ length: count }, (_, index) => {
    const reader = random.pick(readers);
    const manager = random.pick(staff);
    const { facts } = random.pick(biblios);
    const requestedOn = addDay(today, -random.between(1, 1090));
    const status = random.pick(["NEW", "REQ", "COMP", "COMP", "COMP", "CANCREQ"]);
    const completedOn = status === "COMP" ? addDay(requestedOn, random.between(2, 20)) : null;
    return {
      id: 501 + index,
      biblioId: null,
      patronId: reader.id,
      managedBy: manager.id,
      library: reader.library,
      status,
      medium: random.chance(0.4) ? "article" : "book",
      requestedOn,
      completedOn: completedOn !== null && completedOn > today ? today : completedOn,
      dueAt: status === "COMP" ? localMoment(addDay(requestedOn, 40), 1439) : null,
      cost: random.chance(0.2) ? "12.50" : null,
      opacNotes: random.chance(0.2) ? `Needed by ${reader.first} ${reader.last}` : null,
      staffNotes: random.chance(0.3)
        ? `${manager.first} ${manager.last}: reader reached at ${reader.email}`
        : null,
      attributes: [
        ["title", facts.title],
        ["author", facts.author.slice(5)],
        ["isbn", facts.isbn[0] ?? ""],
        ["year", facts.year],
        ["class", facts.lcc.replace("$b", " ")],
        ["borrower_name", `${reader.first} ${reader.last}`],
        ["borrower_email", reader.email],
        ["borrower_card", reader.cardNumber],
      ].filter((pair): pair is [string, string] => pair[1] !== ""),
      at: localMoment(
        completedOn !== null && completedOn <= today ? completedOn : requestedOn,
        random.between(500, 1200),
      ),
    };
  });
}
