/** Recognising ISO 2709 structure in bytes: delimiters, numbers, leaders. */
export const fieldEnd = 0x1e;
export const recordEnd = 0x1d;
export const delimiter = "\u001f";
export const leaderBytes = 24;
export const entryBytes = 12;
/** Up to the base address a leader is printable even where NUL stands for blank at its end. */
const countedBytes = 17;
/** So many bytes decide whether a leader begins: the leader and the first directory entry. */
export const evidenceBytes = leaderBytes + entryBytes;

/** The number in `length` ASCII digits, or -1. */
export function digitsAt(bytes: Buffer, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index += 1) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Whether a leader begins here: no digit as type of record, and two of: length, base address, entry map (`45`), a first
 * directory entry. Each may be damaged; text has none of them, a directory is digits throughout.
 */
export function isLeaderAt(bytes: Buffer, at: number): boolean {
  if (at < 0 || at + leaderBytes > bytes.length || !isPrintable(bytes, at, countedBytes)) return false;
  if (digitsAt(bytes, at + 6, 1) >= 0) return false;
  const marks = [
    digitsAt(bytes, at, 5) >= 0,
    bytes[at + 20] === 0x34 && bytes[at + 21] === 0x35,
    digitsAt(bytes, at + 12, 5) >= 0,
    isEntryAt(bytes, at + leaderBytes),
  ];
  return marks.filter(Boolean).length >= 2;
}

/** The first leader that begins in `[from, to)`, sure enough to cut there; -1 if none. */
export function findLeader(bytes: Buffer, from: number, to: number): number {
  for (let map = bytes.indexOf("45", from + 20, "latin1"); map >= 0 && map - 20 < to;) {
    const at = map - 20;
    const numbered = digitsAt(bytes, at, 5) >= 0 || digitsAt(bytes, at + 12, 5) >= 0;
    if (numbered && isEntryAt(bytes, at + leaderBytes) && isLeaderAt(bytes, at)) return at;
    map = bytes.indexOf("45", map + 1, "latin1");
  }
  return -1;
}

/** White space, NUL and end-of-file marks that stand between records; length in bytes, 0 if there is none. */
export function paddingAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09 || byte === 0x1a || byte === 0)
    return 1;
  return byte === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? 3 : 0;
}

function isEntryAt(bytes: Buffer, at: number): boolean {
  return (
    at + entryBytes <= bytes.length &&
    isAlphanumeric(bytes[at]) &&
    isAlphanumeric(bytes[at + 1]) &&
    isAlphanumeric(bytes[at + 2]) &&
    digitsAt(bytes, at + 3, 9) >= 0
  );
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
}

function isAlphanumeric(byte: number | undefined): boolean {
  return isLetter(byte) || (byte !== undefined && byte >= 0x30 && byte <= 0x39);
}

function isPrintable(bytes: Buffer, at: number, length: number): boolean {
  for (let index = at; index < at + length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}
