/**
 * Remembers texts by 64 bits of their hash, 8 bytes each: a million keys take 16 to 32 MB where their texts would take
 * several times that. Two different keys among a million share a hash with a chance of 3 in 100 million.
 */
export interface Seen {
  /** Whether the text was there before; it is there from now on. */
  add(text: string): boolean;
}

const firstSlots = 1024;

export function createSeen(): Seen {
  /** Each slot is two halves of a hash; both 0: empty. */
  let slots = new Uint32Array(2 * firstSlots);
  let count = 0;

  function put(low: number, high: number): boolean {
    const mask = slots.length / 2 - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const [foundLow, foundHigh] = [slots[2 * at], slots[2 * at + 1]];
      if (foundLow === low && foundHigh === high) return true;
      if (foundLow !== 0 || foundHigh !== 0) continue;
      slots[2 * at] = low;
      slots[2 * at + 1] = high;
      return false;
    }
  }

  function grow(): void {
    const old = slots;
    slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const [low = 0, high = 0] = [old[at], old[at + 1]];
      if (low !== 0 || high !== 0) put(low, high);
    }
  }

  return {
    add(text) {
      if (4 * count > slots.length) grow();
      // Two 32-bit FNV-1a hashes with different starts (RFC 9923).
      let [low, high] = [0x811c9dc5, 0x1b873593];
      for (let index = 0; index < text.length; index += 1) {
        const unit = text.charCodeAt(index);
        low = Math.imul(low ^ unit, 0x01000193);
        high = Math.imul(high ^ (unit + 0x9e37), 0x85ebca6b) ^ (high >>> 13);
      }
      const known = put(low === 0 && high === 0 ? 1 : low >>> 0, high >>> 0);
      if (!known) count += 1;
      return known;
    },
  };
}
