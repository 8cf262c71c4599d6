/**
 * Readers and staff who do not exist. Names are invented words, numbers have nine digits, birth dates lie before any
 * date of the library: each can be searched for in a database without finding something else.
 */
import type { Random } from "./random.ts";
import type { Patron } from "./model.ts";

const firstNames = [
  "Amarilda", "Bertoldine", "Casimirov", "Dorotelle", "Evandrine", "Fulgenzio", "Gwendelyne", "Hildemarie",
  "Isaltino", "Jocundine", "Kunigonde", "Lysandrine", "Melchioret", "Nepomukka", "Odalrike", "Philibertha",
  "Quirinella", "Rosamunder", "Sigisbertha", "Theodelinde", "Ursicinus", "Valtrudis", "Wilhelmette", "Zenobrina",
] as const; // prettier-ignore
const beginnings = [
  "Quarren",
  "Thistle",
  "Ombel",
  "Varnish",
  "Krummen",
  "Plover",
  "Zwiebel",
  "Hollun",
  "Drax",
] as const;
const endings = [
  "brookish",
  "wickle",
  "dorffine",
  "mantleby",
  "stovary",
  "quistle",
  "hammerli",
  "pennock",
] as const;
const streets = [
  "Pomfret Gate",
  "Larkspittle Row",
  "Old Tannery Rise",
  "Mizzenmast Court",
  "Umberfield Way",
] as const;
const categories = ["UG", "UG", "UG", "UG", "PG", "PG", "FAC", "STAFF", "ALUM"] as const;

/** The first `staff` of them work in the library. */
export function createPatrons(random: Random, count: number, staff: number): Patron[] {
  return Array.from({ length: count }, (_, index) => {
    const first = firstNames[(index * 7 + 3) % firstNames.length] ?? "";
    const last = `${beginnings[index % beginnings.length] ?? ""}${endings[Math.floor(index / beginnings.length) % endings.length] ?? ""}${index >= 72 ? `-${beginnings[(index >> 3) % beginnings.length] ?? ""}` : ""}`;
    const bornOn = `${String(random.between(1938, 1975))}-${String(random.between(1, 12)).padStart(2, "0")}-${String(random.between(1, 28)).padStart(2, "0")}`;
    return {
      id: 907_314_000 + index * 37 + random.between(0, 30),
      first,
      last,
      cardNumber: `2LIB${String(704_118_000 + index * 613 + random.between(0, 600))}`,
      userId: `${first.slice(0, 3).toLowerCase()}${last.slice(0, 6).toLowerCase()}${String(1000 + index)}`,
      email: `${first}.${last}${String(index)}@readers.example.edu`.toLowerCase(),
      phone: `+1 555 01${String(30 + (index % 70))} ${String(4000 + index * 7)}`,
      street: `${String(random.between(1, 199))} ${random.pick(streets)}, Unit ${String(1000 + index)}`,
      city: "Nowhereville-on-Sand",
      postalCode: `ZQ${String(10_000 + index * 13)}`,
      bornOn,
      category: index < staff ? "STAFF" : random.pick(categories),
      library: random.pick(["MAIN", "MAIN", "MAIN", "SCI", "LAW", "MED"]),
      staff: index < staff,
    };
  });
}

/** Every text that must be found nowhere outside Koha: one patron's. */
export function identitiesOf(patron: Patron): string[] {
  const { id, first, last, cardNumber, userId, email, phone, street, postalCode, bornOn } = patron;
  return [
    String(id),
    `${first} ${last}`,
    `${last}, ${first}`,
    cardNumber,
    userId,
    email,
    phone,
    street,
    postalCode,
    bornOn,
  ];
}
