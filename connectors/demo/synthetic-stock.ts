/** Titles and copies of the synthetic library: each a function of the seed and its index from 0. */
import { dayNumber, dayText, localMoment } from "./clock.ts";
import { libraries } from "./codes.ts";
import type { Title } from "./facts.ts";
import type { Biblio, Item } from "./model.ts";
import { createRandom, hashed } from "./random.ts";
import { subclasses } from "./subclasses.ts";

export interface Stock {
  readonly itemCount: number;
  readonly biblio: (index: number) => Biblio;
  readonly item: (index: number) => Item;
  readonly itemIndexesOf: (biblioId: number) => readonly number[];
  /** Days since 1970 on which an item came. */
  readonly acquiredDay: (index: number) => number;
}

/** One number per question, so that the answers do not depend on each other. */
const salt = { subclass: 1, number: 2, year: 3, copies: 4, acquired: 5, home: 6 };

/** First position in ascending sums that is greater than the value. */
export function firstAbove(sums: ArrayLike<number>, value: number): number {
  let [low, high] = [0, sums.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Weight 1/(rank + 8) over the subclasses in a shuffled order. */
function subclassPicker(seed: number): (chance: number) => string {
  const random = createRandom(seed);
  const shuffled = subclasses.map((name) => [random.next(), name] as const).sort((a, b) => a[0] - b[0]);
  let total = 0;
  const sums = shuffled.map((_, rank) => (total += 1 / (rank + 8)));
  return (chance) => shuffled[firstAbove(sums, chance * total)]?.[1] ?? "QA";
}

function copiesOf(chance: number): number {
  if (chance < 0.05) return 0;
  if (chance < 0.67) return 1;
  if (chance < 0.87) return 2;
  return chance < 0.95 ? 3 : 4 + Math.floor(((chance - 0.95) / 0.05) * 3);
}

/** Publication years grow denser towards 2025; nothing is acquired before 1985, before it was published, or after `asOf`. */
export function syntheticStock(seed: number, asOf: string, count: number): Stock {
  const pick = subclassPicker(seed);
  const chance = (index: number, what: number) => hashed(seed, index, what);
  const lastItem = new Uint32Array(count);
  let itemCount = 0;
  for (let index = 0; index < count; index += 1)
    lastItem[index] = itemCount += copiesOf(chance(index, salt.copies));
  const yearOf = (index: number) => Math.round(2025 - 70 * chance(index, salt.year) ** 1.6);
  const lastDay = dayNumber(asOf) - 1;
  const earliest = (index: number) =>
    Math.max(dayNumber("1985-01-01"), dayNumber(`${String(yearOf(index))}-01-01`));

  function facts(index: number): Title {
    const subclass = pick(chance(index, salt.subclass));
    const number = Math.floor(1 + 9998 * chance(index, salt.number) ** 2);
    const cutter = `.${String.fromCharCode(65 + (index % 26))}${String((index * 7919) % 1000)}`;
    return {
      type: "book",
      author: `1001 Author${String(index % 5000)}, A.`,
      authorDates: "",
      title: `Studies in ${subclass} ${String(number)}`,
      remainder: `essay ${String(index + 1)}`,
      nonfiling: 0,
      year: String(yearOf(index)),
      publisher: "University Press",
      place: "Springfield",
      language: "eng",
      isbn: [],
      issn: "",
      lcc: `${subclass}${String(number)}$b${cutter} ${String(yearOf(index))}`,
      ddc: "",
      nlm: "",
      headings: [`650 0$aSubject of ${subclass}$xHistory`, `650 0$aTopic ${String(number % 500)}`],
      vernacularTitle: "",
      vernacularAuthor: "",
    };
  }

  function biblio(index: number): Biblio {
    const createdOn = dayText(Math.min(lastDay, earliest(index)));
    const at = localMoment(createdOn, 600);
    return {
      id: index + 1,
      facts: facts(index),
      createdOn,
      suppressed: false,
      corrupt: false,
      hasControlNumber: true,
      has005: true,
      biblioAt: at,
      biblioitemAt: at,
      metadataAt: at,
    };
  }

  const biblioOf = (item: number) => firstAbove(lastItem, item);
  const acquiredDay = (item: number) => {
    const from = earliest(biblioOf(item));
    return Math.min(
      lastDay,
      from + Math.floor(hashed(seed, item, salt.acquired) ** 2 * Math.max(1, lastDay - from)),
    );
  };

  function item(index: number): Item {
    const owner = biblioOf(index);
    const acquiredOn = dayText(acquiredDay(index));
    const home = libraries[Math.floor(hashed(seed, index, salt.home) * libraries.length)]?.code ?? "MAIN";
    return {
      id: index + 1,
      biblioId: owner + 1,
      barcode: `39001${String(index + 1).padStart(9, "0")}`,
      acquiredOn,
      source: null,
      homeLibrary: home,
      holdingLibrary: home,
      location: "STACKS",
      collection: "GEN",
      itemType: "BK",
      callNumber: facts(owner).lcc.replace("$b", " "),
      scheme: "lcc",
      copyNumber: null,
      volume: null,
      inventoryNumber: null,
      price: 25,
      replacementPrice: 30,
      notForLoan: 0,
      lost: 0,
      lostAt: null,
      withdrawn: 0,
      withdrawnAt: null,
      damaged: 0,
      damagedAt: null,
      restricted: null,
      publicNote: null,
      internalNote: null,
      checkouts: 0,
      renewals: 0,
      localUse: null,
      holds: null,
      lastCheckoutOn: null,
      lastSeenAt: null,
      dueOn: null,
      at: localMoment(acquiredOn, 600),
    };
  }

  return {
    itemCount,
    biblio,
    item,
    acquiredDay,
    itemIndexesOf(biblioId) {
      const from = biblioId > 1 ? (lastItem[biblioId - 2] ?? 0) : 0;
      const to = lastItem[biblioId - 1] ?? from;
      return Array.from({ length: to - from }, (_, n) => from + n);
    },
  };
}
