/**
 * The demo's electronic resources: two providers of the demo's own making, whose titles carry ISSNs of journals that
 * the demo's catalogue holds in print, so that the same journal is met in all systems.
 */
import { hashed } from "./random.ts";

export interface ElectronicTitle {
  readonly title: string;
  readonly type: "serial" | "monograph";
  readonly printIssn: string;
  readonly onlineIssn: string;
  readonly isbn: string;
  readonly titleId: string;
  /** Years of coverage; "" is to the present. */
  readonly from: string;
  readonly to: string;
  readonly free: boolean;
  /** Opened items in a usual month. */
  readonly use: number;
  /** Readers turned away in a usual month. */
  readonly turnedAway: number;
}

export interface ElectronicPackage {
  readonly id: string;
  readonly name: string;
  readonly vendorId: string;
  readonly vendor: string;
  readonly platform: string;
  readonly titles: readonly ElectronicTitle[];
}

function journal(
  titleId: string,
  title: string,
  printIssn: string,
  onlineIssn: string,
  from: string,
  use: number,
  more: Partial<ElectronicTitle> = {},
): ElectronicTitle {
  const kind = { type: "serial", isbn: "", to: "", free: false, turnedAway: 0 } as const;
  return { ...kind, titleId, title, printIssn, onlineIssn, from, use, ...more };
}

function book(titleId: string, title: string, isbn: string, from: string, use: number): ElectronicTitle {
  const none = { printIssn: "", onlineIssn: "", to: from, free: false, turnedAway: 0 };
  return { type: "monograph", titleId, title, isbn, from, use, ...none };
}

export const demoPackages: readonly ElectronicPackage[] = [
  {
    id: "501",
    name: "Example Journals Complete",
    vendorId: "31",
    vendor: "Example Journals",
    platform: "Example Journals Online",
    titles: [
      journal("EJ1", "Acta physiologica", "1748-1708", "1748-1716", "1996", 46),
      journal("EJ2", "Analytical and quantitative cytology", "0190-0471", "", "1990", 12, { turnedAway: 3 }),
      journal("EJ3", "Water services", "0301-7028", "", "2001", 19),
      journal("EJ4", "Perspectives in religious studies", "0093-531X", "", "1985", 8),
      journal("EJ5", "The Journal of parapsychology", "0022-3387", "", "1999", 0),
      journal("EJ6", "Notes of example physics", "", "2999-0017", "2010", 23, { free: true }),
      journal("EJ7", "Letters of example chemistry", "", "2999-0025", "2012", 31, { turnedAway: 11 }),
      journal("EJ8", "Example review of everything", "", "2999-0033", "2004", 4, { to: "2019" }),
    ],
  },
  {
    id: "502",
    name: "Example Books in Science",
    vendorId: "32",
    vendor: "Example Press",
    platform: "Example Press Reader",
    titles: [
      book("EB1", "Waves for readers", "9780000000019", "2019", 14),
      book("EB2", "Cells for readers", "9780000000026", "2021", 9),
      book("EB3", "Numbers for readers", "9780000000033", "2023", 0),
    ],
  },
];

/** The same for the same title and month, term time busier than the summer. `month` is `year * 12 + month - 1`. */
export function useOf(title: ElectronicTitle, month: number): number {
  const season = [1.1, 1.2, 1.3, 1.2, 0.8, 0.5, 0.4, 0.5, 1.1, 1.4, 1.3, 0.7][month % 12] ?? 1;
  return Math.round(title.use * season * (0.8 + 0.4 * hashed(numberOf(title), month)));
}

/** As `useOf`, of readers who found no licence. */
export function turnedAwayOf(title: ElectronicTitle, month: number): number {
  return Math.round(title.turnedAway * (0.5 + hashed(numberOf(title), month, 1)));
}

function numberOf({ titleId }: ElectronicTitle): number {
  return [...titleId].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
}
